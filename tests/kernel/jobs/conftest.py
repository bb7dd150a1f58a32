"""An installation for each contract test, copied from one that is migrated once."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest
from django.db import connections

from kaname.site.settings.environment import postgres_database, sqlite_database
from tests.kernel.jobs.installation import ALIAS, Installation, connected

EFFECTS = {
    "sqlite": "CREATE TABLE contract_effect (id INTEGER PRIMARY KEY, job TEXT, step INTEGER, attempt INTEGER)",
    "postgresql": "CREATE TABLE contract_effect (id BIGSERIAL PRIMARY KEY, job TEXT, step INTEGER, attempt INTEGER)",
}
SERVER = os.environ.get("KANAME_TEST_DATABASE_URL", "")
TEMPLATE = f"kaname_contract_template_{os.getpid()}"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    home = tmp_path_factory.mktemp("installation")
    url = _create_database(TEMPLATE) if SERVER else ""
    made = Installation(home=home, database_url=url)
    done = made.run("migrate", seconds=300)
    assert done.returncode == 0, done.stderr
    yield made
    if SERVER:
        _drop_database(TEMPLATE)


@pytest.fixture
def installation(migrated: Installation, tmp_path: Path, django_db_blocker: Any) -> Iterator[Installation]:
    name = f"kaname_contract_{uuid4().hex[:8]}"
    if SERVER:
        url = _create_database(name, template=TEMPLATE)
        profile = postgres_database(url) | {"OPTIONS": {}}
    else:
        url = ""
        _copy(migrated.home / "kaname.sqlite3", tmp_path / "kaname.sqlite3")
        profile = sqlite_database(str(tmp_path / "kaname.sqlite3"))
    made = Installation(home=tmp_path, database_url=url)
    with django_db_blocker.unblock(), connected(made, profile):
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(EFFECTS[connections[ALIAS].vendor])
        yield made
    if SERVER:
        _drop_database(name)


def _copy(source: Path, target: Path) -> None:
    """Copy a database with what still lies in its write-ahead log."""
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as other:
        one.backup(other)


def _create_database(name: str, template: str = "template1") -> str:
    _drop_database(name)
    _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))


def _drop_database(name: str) -> None:
    _on_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    import psycopg

    profile = postgres_database(SERVER)
    parts = {"host": profile["HOST"], "port": profile["PORT"], "user": profile["USER"], "password": profile["PASSWORD"]}
    with psycopg.connect(dbname="postgres", autocommit=True, **{k: v for k, v in parts.items() if v}) as connection:
        connection.execute(statement)
