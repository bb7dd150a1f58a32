"""One index, two databases: each engine writes tokens beside a row and finds rows by phrases, best first."""

from collections.abc import Sequence
from typing import Protocol

from django.db import connection
from django.db.models import QuerySet

from kaname.kernel.search.engines.postgresql import PostgresqlEngine
from kaname.kernel.search.engines.sqlite import SqliteEngine
from kaname.kernel.search.models import IndexedText
from kaname.kernel.search.words import Phrase

TITLE_WEIGHT = 4.0
"""How much more a word in a title counts than one in a body."""


class Engine(Protocol):
    """What a database has to offer."""

    def write(self, rows: Sequence[tuple[int, list[str], list[str]]]) -> None:
        """Replace the tokens of rows: id, tokens of the title, tokens of the body."""

    def matching(self, rows: QuerySet[IndexedText], phrases: Sequence[Phrase]) -> QuerySet[IndexedText]:
        """Return the rows that hold all phrases, unordered."""

    def ranked(self, rows: QuerySet[IndexedText], phrases: Sequence[Phrase]) -> QuerySet[IndexedText]:
        """Return the rows that hold all phrases, best first, equal ones in order of id."""


def engine() -> Engine:
    """Return the engine of the database in use."""
    return PostgresqlEngine() if connection.vendor == "postgresql" else SqliteEngine()
