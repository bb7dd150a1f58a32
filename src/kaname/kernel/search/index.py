"""Keeping the index: rooms call this from their reactions, and the rebuild job for all.

The index follows the things; it publishes no events and asks for no permission of its own.
"""

from collections.abc import Collection, Iterable
from itertools import batched
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet

from kaname.kernel.jobs.running import give_way
from kaname.kernel.rules.system import SYSTEM
from kaname.kernel.search.engines import engine
from kaname.kernel.search.models import IndexedText
from kaname.kernel.search.sources import SOURCES, Text
from kaname.kernel.search.words import tokens

LONGEST_TITLE: Final = 300
LONGEST_BODY: Final = 40_000
_BATCH: Final = 200


def index(*, source: str, object_id: int, title: str, body: str = "", project_id: int | None = None) -> None:
    """Write the words of one thing, in place of those before; begins a transaction.

    Notes
    -----
    2 queries on PostgreSQL, 3 on SQLite, besides the transaction's own.
    """
    _write(source, [Text(object_id=object_id, title=title, body=body, project_id=project_id)])


def refresh(*, source: str, object_ids: Collection[int]) -> None:
    """Write the words of some things anew as their source now gives them, and remove those that are gone.

    Begins a transaction, so that what is read is what is written.

    Raises
    ------
    KeyError
        If no room has registered the source.
    """
    with transaction.atomic():
        texts = list(SOURCES[source].texts(object_ids))
        _write(source, texts)
        gone = set(object_ids) - {text.object_id for text in texts}
        if gone:
            remove(source=source, object_ids=gone)


def remove(*, source: str, object_ids: Collection[int]) -> None:
    """Forget the words of some things; 1 query."""
    IndexedText.objects.filter(source=source, object_id__in=object_ids).delete()


def rebuild(*, source: str) -> int:
    """Write the words of all things of a source, remove what is gone, and return how many are indexed.

    Each batch is a short transaction; what rooms index meanwhile is kept.
    """
    return _rebuild(source, SOURCES[source].things(SYSTEM), IndexedText.objects.filter(source=source))


def rebuild_project(*, source: str, project_id: int) -> int:
    """Write the words of all things of a source in one project, remove what is gone, and return how many are indexed."""
    things = SOURCES[source].things(SYSTEM).filter(**{SOURCES[source].project: project_id})
    return _rebuild(source, things, IndexedText.objects.filter(source=source, project_id=project_id))


def forget_unknown_sources() -> int:
    """Remove what sources that no longer exist have left, and return how many texts that were."""
    unknown = set(IndexedText.objects.order_by().values_list("source", flat=True).distinct())
    with transaction.atomic():
        return IndexedText.objects.filter(source__in=[name for name in unknown if name not in SOURCES]).delete()[0]


def _rebuild(source: str, things: QuerySet[Any], indexed: QuerySet[IndexedText]) -> int:
    existing = things.order_by().values_list("pk", flat=True)
    known = indexed.values_list("object_id", flat=True)
    for object_ids in batched(sorted({*existing, *known}), _BATCH, strict=False):
        refresh(source=source, object_ids=object_ids)
        give_way()
    return indexed.all().count()


def _write(source: str, texts: Iterable[Text]) -> None:
    rows = [
        IndexedText(
            source=source,
            object_id=text.object_id,
            project_id=text.project_id,
            title=text.title.replace("\0", "")[:LONGEST_TITLE],
            body=text.body.replace("\0", "")[:LONGEST_BODY],
        )
        for text in texts
    ]
    with transaction.atomic():
        written = IndexedText.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["source", "object_id"],
            update_fields=["project_id", "title", "body"],
        )
        engine().write([(row.pk, tokens(row.title), tokens(row.body)) for row in written])
