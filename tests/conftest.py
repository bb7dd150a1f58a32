"""What every test may rely on."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection as default
from django.db.backends.base.operations import BaseDatabaseOperations
from hypothesis import settings

settings.register_profile("kaname", deadline=None)
settings.load_profile("kaname")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what opens a browser, so that it can be chosen or left out."""
    for item in items:
        if {"live_server", "browser"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say before the closing line what was not run at all, or ran before."""
    if remark := os.environ.get("KANAME_TEST_REMARK"):
        terminalreporter.write_line(remark, red="FAILED" in remark)


@pytest.fixture(autouse=True, scope="session")
def _flush_empties_the_journal_too() -> Iterator[None]:
    """Let the emptying of the database between transactional tests pass the journal's triggers, and nothing else."""
    opened = _opened_on_sqlite if default.vendor == "sqlite" else _opened_on_postgresql
    operations = type(default.ops)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", _flushing(operations.execute_sql_flush, opened))
        yield


def _flushing(flush: Any, opened: Any) -> Any:
    def flush_opened(self: BaseDatabaseOperations, sql_list: Sequence[str]) -> None:
        with opened(self.connection):
            flush(self, sql_list)

    return flush_opened


@contextmanager
def _opened_on_sqlite(connection: Any) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal_entry'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, sql in triggers:
            cursor.execute(sql)


@contextmanager
def _opened_on_postgresql(connection: Any) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = origin")
