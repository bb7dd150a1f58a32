"""A `tsvector` of our own tokens with a GIN index, ranked by cover density.

Tokens are written as literals with their positions: PostgreSQL's own parser, whose idea of a word depends on the
database's locale, is not asked.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.models import BooleanField, FloatField, QuerySet
from django.db.models.expressions import RawSQL

from kaname.kernel.search.models import IndexedText
from kaname.kernel.search.words import Phrase

CREATE = (
    "ALTER TABLE search_indexedtext ADD COLUMN words tsvector NOT NULL DEFAULT ''",
    "CREATE INDEX search_words ON search_indexedtext USING gin (words)",
)
DROP = ("DROP INDEX search_words", "ALTER TABLE search_indexedtext DROP COLUMN words")

_MOST_POSITION = 16_383
_GAP = 2
"""Positions left between title and body, so that no phrase reaches from one into the other."""


class PostgresqlEngine:
    """The index on PostgreSQL."""

    def write(self, rows: Sequence[tuple[int, list[str], list[str]]]) -> None:
        """Replace tokens; 1 statement for each row."""
        with connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE search_indexedtext SET words = %s::tsvector WHERE id = %s",
                [(_vector(title, body), pk) for pk, title, body in rows],
            )

    def matching(self, rows: QuerySet[IndexedText], phrases: Sequence[Phrase]) -> QuerySet[IndexedText]:
        """Filter by the GIN index."""
        found = RawSQL(
            "search_indexedtext.words @@ %s::tsquery",
            [_expression(phrases)],
            output_field=BooleanField(),
        )
        return rows.filter(found)

    def ranked(self, rows: QuerySet[IndexedText], phrases: Sequence[Phrase]) -> QuerySet[IndexedText]:
        """Filter by the GIN index and order by cover density over the length of the text (larger is better)."""
        rank = RawSQL(
            "ts_rank_cd('{0.25, 0.25, 0.25, 1.0}', search_indexedtext.words, %s::tsquery, 1)",
            [_expression(phrases)],
            output_field=FloatField(),
        )
        return self.matching(rows, phrases).order_by(rank.desc(), "id")


def _vector(title: list[str], body: list[str]) -> str:
    places: dict[str, list[str]] = {}
    for number, token in enumerate(title, start=1):
        places.setdefault(token, []).append(f"{number}A")
    for number, token in enumerate(body, start=len(title) + _GAP):
        if number <= _MOST_POSITION:
            places.setdefault(token, []).append(str(number))
    return " ".join(f"{_quoted(token)}:{','.join(positions[:255])}" for token, positions in places.items())


def _expression(phrases: Sequence[Phrase]) -> str:
    return " & ".join(
        "(" + " <-> ".join(_quoted(token) + (":*" if phrase.is_prefix else "") for token in phrase.tokens) + ")"
        for phrase in phrases
    )


def _quoted(token: str) -> str:
    doubled = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{doubled}'"
