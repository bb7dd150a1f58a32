"""What the index knows of each thing.

The tokens lie beside it, in each database's own way: an FTS5 table on SQLite, a `tsvector` column on PostgreSQL
(`engines`).
"""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_lazy as _


class IndexedText(models.Model):
    """A thing's words as they were last indexed."""

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    project_id = models.BigIntegerField(null=True)
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True)

    class Meta:
        verbose_name = _("indexed text")
        verbose_name_plural = _("indexed texts")
        constraints = [models.UniqueConstraint(fields=["source", "object_id"], name="search_text_once")]

    def __str__(self) -> str:
        return self.title


class MatchField(models.TextField):
    """The hidden column of an FTS5 table that bears the table's name and takes a query."""


@MatchField.register_lookup
class Match(models.Lookup):
    """FTS5's `MATCH`."""

    lookup_name = "match"

    def as_sql(self, compiler: Any, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Return the condition."""
        column, column_params = self.process_lhs(compiler, connection)
        query, query_params = self.process_rhs(compiler, connection)
        return f"{column} MATCH {query}", (*column_params, *query_params)


class Tokens(models.Model):
    """The FTS5 table of SQLite, so that queries can join it; nobody writes it through this class."""

    text = models.OneToOneField(
        IndexedText, primary_key=True, db_column="rowid", on_delete=models.DO_NOTHING, related_name="tokens"
    )
    everything = MatchField(db_column="search_words")
    rank = models.FloatField()

    class Meta:
        managed = False
        db_table = "search_words"
        verbose_name = _("tokens")
        verbose_name_plural = _("tokens")

    def __str__(self) -> str:
        return str(self.pk)
