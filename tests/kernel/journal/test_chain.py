"""The chain of hashes, and what the check says of each kind of tampering."""

import json
from datetime import timedelta

import pytest
from django.db import connection, transaction

from kaname.kernel.journal.chain import Verdict, verify
from kaname.kernel.journal.models import Entry
from kaname.kernel.journal.operations import publish
from kaname.kernel.rules.system import SYSTEM
from tests.kernel.journal.conftest import NOW, Ear, counted

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(ear: Ear) -> list[Entry]:
    with transaction.atomic():
        first = publish(counted(1, project_id=3), actor=SYSTEM, now=NOW)
        second = publish(counted(2, project_id=3), actor=SYSTEM, now=NOW + timedelta(seconds=1), cause=first)
        third = publish(counted(3), actor=SYSTEM, now=NOW + timedelta(microseconds=1_000_001))
        fourth = publish(counted(4), actor=SYSTEM, now=NOW)
    return [first, second, third, fourth]


def checked() -> Verdict:
    return verify(Entry.objects.order_by("id").iterator())


def offline(statement: str, *values: object) -> None:
    """Do what the triggers refuse, as somebody with the database file could."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal_entry'")
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
            cursor.execute(statement, list(values))
            for _, sql in triggers:
                cursor.execute(sql)
        else:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute(statement, list(values))
            cursor.execute("SET LOCAL session_replication_role = origin")


def test_chain_of_honest_entries_holds(entries: list[Entry]) -> None:
    assert [entry.previous_hash for entry in entries] == ["", *(entry.hash for entry in entries[:-1])]
    assert checked() == Verdict(entries=4, head=entries[-1].hash)


def test_chain_of_no_entries_holds() -> None:
    assert checked() == Verdict(entries=0, head="")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("actor_label", "Mallory"),
        ("actor_id", 5),
        ("name", "journaltest.other"),
        ("project_id", 4),
        ("subject_type", "test.other"),
        ("subject_id", 8),
        ("payload", json.dumps({"count": 22})),
        ("cause_id", None),
        ("at", "2026-04-01 09:00:01.000001+00:00"),
    ],
)
def test_chain_with_one_value_changed_offline_names_that_entry(
    entries: list[Entry], column: str, value: object
) -> None:
    offline(f"UPDATE journal_entry SET {column} = %s WHERE id = %s", value, entries[1].pk)  # noqa: S608 - our names

    assert checked() == Verdict(entries=1, head=entries[0].hash, broken_id=entries[1].pk, reason="content")


def test_chain_with_an_entry_cut_out_names_the_next(entries: list[Entry]) -> None:
    offline("DELETE FROM journal_delivery WHERE entry_id = %s", entries[1].pk)
    offline("DELETE FROM journal_entry WHERE id = %s", entries[1].pk)

    assert checked() == Verdict(entries=1, head=entries[0].hash, broken_id=entries[2].pk, reason="link")


def test_chain_with_the_last_entry_cut_off_shows_another_head(entries: list[Entry]) -> None:
    offline("DELETE FROM journal_delivery WHERE entry_id = %s", entries[3].pk)
    offline("DELETE FROM journal_entry WHERE id = %s", entries[3].pk)

    assert checked() == Verdict(entries=3, head=entries[2].hash)
