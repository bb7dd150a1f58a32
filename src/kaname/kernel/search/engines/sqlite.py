"""FTS5: a table of tokens whose row number is the indexed text's id, ranked by BM25.

The tokenizer `ascii` takes every character beyond ASCII for a letter, whatever Unicode the library knows: the text comes cut
into tokens already.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.models import QuerySet

from kaname.kernel.search.models import IndexedText
from kaname.kernel.search.words import Phrase

CREATE = (
    "CREATE VIRTUAL TABLE search_words USING fts5(title, body, tokenize='ascii')",
    "INSERT INTO search_words(search_words, rank) VALUES('rank', 'bm25(4.0, 1.0)')",
    """
    CREATE TRIGGER search_words_go_with_their_text AFTER DELETE ON search_indexedtext
    BEGIN DELETE FROM search_words WHERE rowid = old.id; END
    """,
)
DROP = ("DROP TRIGGER search_words_go_with_their_text", "DROP TABLE search_words")


class SqliteEngine:
    """The index on SQLite."""

    def write(self, rows: Sequence[tuple[int, list[str], list[str]]]) -> None:
        """Replace tokens; 2 statements for each row."""
        with connection.cursor() as cursor:
            cursor.executemany("DELETE FROM search_words WHERE rowid = %s", [(pk,) for pk, _title, _body in rows])
            cursor.executemany(
                "INSERT INTO search_words(rowid, title, body) VALUES (%s, %s, %s)",
                [(pk, " ".join(title), " ".join(body)) for pk, title, body in rows],
            )

    def matching(self, rows: QuerySet[IndexedText], phrases: Sequence[Phrase]) -> QuerySet[IndexedText]:
        """Join the FTS5 table and filter by it."""
        return rows.filter(tokens__everything__match=_expression(phrases))

    def ranked(self, rows: QuerySet[IndexedText], phrases: Sequence[Phrase]) -> QuerySet[IndexedText]:
        """Order by the FTS5 table's rank (smaller is better)."""
        return self.matching(rows, phrases).order_by("tokens__rank", "id")


def _expression(phrases: Sequence[Phrase]) -> str:
    return " AND ".join(f'"{" ".join(phrase.tokens)}"{"*" if phrase.is_prefix else ""}' for phrase in phrases)
