"""The database itself refuses to rewrite the journal, whatever asks it to."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from kaname.kernel.journal.models import Entry
from kaname.kernel.journal.operations import publish
from kaname.kernel.rules.system import SYSTEM
from tests.kernel.journal.conftest import NOW, Counted, counted

pytestmark = pytest.mark.django_db


def _sql(statement: str) -> Callable[[Entry], object]:
    def run(entry: Entry) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, [entry.pk])

    return run


REPLACE = """
    INSERT OR REPLACE INTO journal_entry
        (id, at, actor_label, name, subject_type, payload, previous_hash, hash) VALUES (%s, 0, '', 'x', '', '{}', '', 'y')
"""
ATTEMPTS = {
    "update": _sql("UPDATE journal_entry SET actor_label = 'Mallory' WHERE id = %s"),
    "delete": _sql("DELETE FROM journal_entry WHERE id = %s"),
    "orm update": lambda entry: Entry.objects.filter(pk=entry.pk).update(actor_label="Mallory"),
    "orm delete": lambda entry: Entry.objects.filter(pk=entry.pk).delete(),
    "orm save": lambda entry: entry.save(),
    "orm upsert": lambda entry: Entry.objects.bulk_create(
        [entry], update_conflicts=True, unique_fields=["id"], update_fields=["name"]
    ),
}
if connection.vendor == "sqlite":
    ATTEMPTS["replace"] = _sql(REPLACE)
else:
    ATTEMPTS["truncate"] = lambda _entry: connection.cursor().execute("TRUNCATE journal_entry CASCADE")


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS.keys())
def test_entry_whatever_tries_to_change_it_stays(attempt: Callable[[Entry], object]) -> None:
    with transaction.atomic():
        entry = publish(counted(1), actor=SYSTEM, now=NOW)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        attempt(entry)

    kept = Entry.objects.get()
    assert (kept.pk, kept.actor_label, kept.name, kept.hash) == (entry.pk, "Kaname", Counted.name, entry.hash)


def test_publish_outside_of_a_transaction_is_refused_in_words() -> None:
    assert "needs the transaction" in str(_refusal())


def _refusal() -> BaseException:
    connection.in_atomic_block, kept = False, connection.in_atomic_block
    try:
        with pytest.raises(RuntimeError) as caught:
            publish(counted(1), actor=SYSTEM, now=NOW)
        return caught.value
    finally:
        connection.in_atomic_block = kept
