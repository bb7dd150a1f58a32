"""Whether a commit is heard, on a database in a file of its own."""

import sqlite3
from contextlib import closing

import pytest
from django.db.utils import ConnectionHandler

from kaname.kernel.jobs import bell
from kaname.site.settings.environment import sqlite_database


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "bell.sqlite3"
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA journal_mode = WAL")
    return file


@pytest.fixture
def connection(path, monkeypatch, django_db_blocker):
    with django_db_blocker.unblock():
        made = ConnectionHandler({"default": sqlite_database(str(path))})["default"]
        monkeypatch.setattr(bell, "connection", made)
        yield made
        made.close()


def commit(path, name):
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"CREATE TABLE {name} (id INTEGER)")
        other.commit()


def test_bell_rings_once_for_what_another_connection_has_committed(connection, path):
    heard = bell.DataVersionBell()
    heard.listen()
    assert not heard.rings()
    commit(path, "one")
    assert heard.rings()
    assert not heard.rings()


def test_bell_that_listens_on_a_new_connection_hears_the_next_commit(connection, path):
    heard = bell.DataVersionBell()
    heard.listen()
    commit(path, "one")
    assert heard.rings()
    connection.close()
    heard.listen()
    commit(path, "two")
    assert heard.rings()
