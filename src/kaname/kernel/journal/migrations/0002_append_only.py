"""The database itself refuses to change, replace or delete journal entries, on both engines."""

from django.db import migrations

SQLITE = (
    """
    CREATE TRIGGER journal_entry_no_update BEFORE UPDATE ON journal_entry
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
    """
    CREATE TRIGGER journal_entry_no_delete BEFORE DELETE ON journal_entry
    BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER journal_entry_no_change BEFORE UPDATE OR DELETE ON journal_entry
    FOR EACH ROW EXECUTE FUNCTION journal_refuse()
    """,
    """
    CREATE TRIGGER journal_entry_no_truncate BEFORE TRUNCATE ON journal_entry
    FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()
    """,
)
UNDO = {
    "sqlite": ("DROP TRIGGER journal_entry_no_update", "DROP TRIGGER journal_entry_no_delete"),
    "postgresql": (
        "DROP TRIGGER journal_entry_no_truncate ON journal_entry",
        "DROP TRIGGER journal_entry_no_change ON journal_entry",
        "DROP FUNCTION journal_refuse()",
    ),
}


def close(apps, schema_editor):
    """Put the triggers on."""
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def reopen(apps, schema_editor):
    """Take the triggers off."""
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Append-only triggers."""

    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(close, reopen)]
