"""Looking into the database from outside, in single statements, each of which sees one moment."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

_PLANS: Final = """
SELECT i.file_name,
       (SELECT count(*) FROM schedule_task t WHERE t.plan_id = p.id),
       (SELECT count(*) FROM schedule_link l WHERE l.plan_id = p.id),
       (SELECT count(*) FROM schedule_task t WHERE t.plan_id = p.id AND t.finish_at IS NULL)
FROM schedule_plan p JOIN schedule_planimport i ON i.project_id = p.project_id
WHERE i.file_name LIKE 'plan-%' AND i.applied_at = (
    SELECT max(o.applied_at) FROM schedule_planimport o WHERE o.project_id = p.project_id AND o.state = 'applied')
"""
_OPEN_JOBS: Final = """
SELECT r.task_path, r.status, coalesce(n.attempts, 0) FROM django_tasks_database_dbtaskresult r
LEFT JOIN jobs_run n ON n.result_id = r.id WHERE r.status IN ('READY', 'RUNNING')
"""


class Snapshot:
    """Asks a database, SQLite by path or PostgreSQL by address."""

    def __init__(self, *, home: Path, database_url: str) -> None:
        self._home = home
        self._database_url = database_url

    def half_imports(self) -> list[str]:
        """Return every plan that is not wholly what its last file said."""
        wrong = []
        for name, tasks, links, undated in self._ask(_PLANS):
            _, _, wanted_tasks, wanted_links, _ = name.split("-")
            if (tasks, links, undated) != (int(wanted_tasks), int(wanted_links), 0):
                wrong.append(f"{name}: {tasks} tasks, {links} links, {undated} without dates")
        return wrong

    def open_jobs(self) -> list[tuple[str, str, int]]:
        """Return the jobs that are not over: task, state, attempts."""
        return self._ask(_OPEN_JOBS)

    def _ask(self, statement: str) -> list[Any]:
        with self._connected() as connection:
            return list(connection.execute(statement).fetchall())

    @contextlib.contextmanager
    def _connected(self) -> Iterator[Any]:
        if self._database_url:
            import psycopg

            with psycopg.connect(self._database_url, autocommit=True) as connection:
                yield connection
            return
        path = self._home / "kaname.sqlite3"
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)) as connection:
            yield connection
