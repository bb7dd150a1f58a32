"""Database constraints that both engines keep, from one declaration, and what they say when they refuse."""

import re
from typing import Any, Final

from django.apps import apps
from django.db import IntegrityError, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _

_SQLITE_COLUMNS: Final = re.compile(r"UNIQUE constraint failed: (?P<columns>[\w., ]+)")
_NAMED: Final = re.compile(r"constraint failed: (?P<name>\w+)|constraint \"(?P<quoted>\w+)\"")


class NoOverlap(Operation):
    """Refuse two rows with equal keys whose half-open date periods overlap; an open end lasts for ever.

    PostgreSQL gets an exclusion constraint (needs the trusted extension `btree_gist`), SQLite two triggers; both raise
    Django's `IntegrityError`.

    Parameters
    ----------
    name
        Of the constraint, unique in the database.
    model
        Name of the model in the migration's app.
    keys
        Column names that must be equal.
    starts, ends
        Columns of the period `[starts, ends)`; `ends` may be NULL.
    """

    reversible = True

    def __init__(self, name: str, model: str, keys: list[str], starts: str, ends: str) -> None:
        self.name = name
        self.model = model
        self.keys = keys
        self.starts = starts
        self.ends = ends

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return what the migration writer needs."""
        return type(self).__name__, [self.name, self.model, self.keys, self.starts, self.ends], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing in Django's picture of the models."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Put the constraint on."""
        table = to_state.apps.get_model(app_label, self.model)._meta.db_table
        statements = self._sqlite(table) if schema_editor.connection.vendor == "sqlite" else self._postgresql(table)
        for statement in statements:
            schema_editor.execute(statement)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take the constraint off."""
        table = from_state.apps.get_model(app_label, self.model)._meta.db_table
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER {self.name}_insert")
            schema_editor.execute(f"DROP TRIGGER {self.name}_update")
        else:
            schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {self.name}")

    def describe(self) -> str:
        """Say what the operation does."""
        return f"Refuse overlapping periods on {self.model} ({self.name})"

    def _sqlite(self, table: str) -> list[str]:
        same = " AND ".join(f"other.{key} = NEW.{key}" for key in self.keys)
        clash = (
            f"EXISTS (SELECT 1 FROM {table} other WHERE {same} AND other.id <> NEW.id "  # noqa: S608 - names come from migrations
            f"AND (NEW.{self.ends} IS NULL OR other.{self.starts} < NEW.{self.ends}) "
            f"AND (other.{self.ends} IS NULL OR NEW.{self.starts} < other.{self.ends}))"
        )
        return [
            f"CREATE TRIGGER {self.name}_{event.lower()} AFTER {event} ON {table} WHEN {clash} "
            f"BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
            for event in ("INSERT", "UPDATE")
        ]

    def _postgresql(self, table: str) -> list[str]:
        keys = ", ".join(f"{key} WITH =" for key in self.keys)
        period = f"daterange({self.starts}, {self.ends}, '[)') WITH &&"
        return [
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            f"ALTER TABLE {table} ADD CONSTRAINT {self.name} EXCLUDE USING gist ({keys}, {period})",
        ]


def explained(error: IntegrityError) -> str:
    """Return why the database refused a row, as a sentence in the active language that names the fields."""
    unique = _unique_fields(str(error))
    if unique:
        names = get_text_list([capfirst(str(field.verbose_name)) for field in unique], _("and"))
        return _("%(fields)s: there is one with this value already. Choose another.") % {"fields": names}
    return _("The values contradict each other or what is kept already; nothing was changed. Check them and try again.")


def _unique_fields(text: str) -> list[models.Field[Any, Any]]:
    columns = _SQLITE_COLUMNS.search(text)
    if columns:
        return [
            field for column in columns["columns"].split(", ") if (field := _field_of(*column.split("."))) is not None
        ]
    named = _NAMED.search(text)
    if named is None:
        return []
    wanted = named["name"] or named["quoted"]
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == wanted and isinstance(constraint, models.UniqueConstraint):
                return [model._meta.get_field(name) for name in constraint.fields]
        for field in model._meta.concrete_fields:
            if field.unique and wanted.startswith(f"{model._meta.db_table}_{field.column}_"):
                return [field]
    return []


def _field_of(table: str, column: str) -> models.Field[Any, Any] | None:
    for model in apps.get_models():
        if model._meta.db_table == table:
            return next((field for field in model._meta.concrete_fields if field.column == column), None)
    return None
