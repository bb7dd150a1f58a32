"""Whether the database is at this version: by Django's own account, and by a quick look that spares loading it."""

import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any, Final

import kaname
from kaname.site.processes.home import Home

_STAMP: Final = "schema.json"


def is_migrated() -> bool:
    """Return whether no migration is waiting; needs Django loaded. About 20 queries."""
    from django.db import DEFAULT_DB_ALIAS, connections  # noqa: PLC0415 - the quick look runs without Django
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def migrate(*, verbosity: int = 0) -> None:
    """Bring the database to this version, cache table included; needs Django loaded. Safe to repeat."""
    from django.core.management import call_command  # noqa: PLC0415 - the quick look runs without Django

    call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("createcachetable", verbosity=verbosity)


def looks_migrated(home: Home) -> bool:
    """Return whether nothing has changed since `note_migrated`: neither our migrations nor the database's account of them.

    Loads no Django; takes some milliseconds.  Says no when in doubt, and always with a database on a server.
    """
    stamp = home.path / _STAMP
    if home.database_url or not stamp.is_file():
        return False
    try:
        noted = json.loads(stamp.read_text(encoding="utf-8"))
    except ValueError:
        return False
    return bool(noted == _account(home))


def note_migrated(home: Home) -> None:
    """Remember that the database is at this version."""
    if not home.database_url:
        (home.path / _STAMP).write_text(json.dumps(_account(home)), encoding="utf-8")


def _account(home: Home) -> dict[str, Any]:
    return {"code": _code_mark(), "database": _database_mark(home.sqlite_path)}


def _code_mark() -> str:
    package = Path(kaname.__file__).resolve().parent
    digest = hashlib.sha256(kaname.__version__.encode())
    for path in sorted(package.glob("*/**/migrations/*.py")):
        status = path.stat()
        digest.update(f"{path.relative_to(package)} {status.st_size} {status.st_mtime_ns}\n".encode())
    settings = package / "site" / "settings" / "applications.py"
    digest.update(settings.read_bytes())
    return digest.hexdigest()


def _database_mark(path: Path) -> list[Any]:
    if not path.is_file():
        return []
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)
        try:
            return list(connection.execute("SELECT count(*), max(id), max(applied) FROM django_migrations").fetchone())
        finally:
            connection.close()
    except sqlite3.Error:
        return []
