"""A whole installation in a temporary folder: its own database, worker processes that can be killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.db import connections
from django.db.models import QuerySet
from django.tasks import Task
from django_tasks_db.models import DBTaskResult, get_date_max

from kaname.site.processes.children import LIFE, LIFE_BEFORE

ALIAS: Final = "contract"
PATIENCE: Final = 90.0
"""Seconds until a wait is given up; a busy machine starts a worker slowly."""
ROOT: Final = Path(__file__).resolve().parents[3]


@dataclass
class Installation:
    """Talks to its database through the alias `contract`."""

    home: Path
    database_url: str
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KANAME_")}
        chosen = {"KANAME_DATABASE_URL": self.database_url} if self.database_url else {}
        return (
            kept
            | chosen
            | {
                "KANAME_HOME": str(self.home),
                "KANAME_SECRET_KEY": "contract-" + "x" * 50,
                "DJANGO_SETTINGS_MODULE": "tests.kernel.jobs.contract_settings",
                "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            }
        )

    def run(self, *words: str, seconds: float = PATIENCE) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "kaname.site.cli", *words]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=seconds, check=False
        )

    def start_worker(self, *, lease: float = 2.0) -> subprocess.Popen[bytes]:
        return self._start("worker", "--lease", str(lease))

    def start_kept_worker(self, *, life: str, before: str = "", lease: float = 2.0) -> subprocess.Popen[bytes]:
        """Start a worker as `kaname up` does, with its mark and those of the dead whose place it takes."""
        return self._start("worker", "--lease", str(lease), "--child", **{LIFE: life, LIFE_BEFORE: before})

    def _start(self, *words: str, **told: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "kaname.site.cli", *words]
        with (self.home / f"worker-{len(self.processes)}.log").open("wb") as log:
            worker = subprocess.Popen(command, env=self.environment | told, stdout=log, stderr=log)
        self.processes.append(worker)
        return worker

    def enqueue(self, task: Task, **arguments: Any) -> UUID:
        return self.results.create(
            task_path=task.module_path,
            args_kwargs={"args": [], "kwargs": arguments},
            backend_name="default",
            run_after=get_date_max(),
        ).pk

    @property
    def results(self) -> QuerySet[DBTaskResult]:
        return DBTaskResult.objects.using(ALIAS).select_related("run")

    def job(self, job_id: UUID) -> DBTaskResult:
        return self.results.get(pk=job_id)

    def effects(self, job: str) -> list[tuple[int, int]]:
        with connections[ALIAS].cursor() as cursor:
            cursor.execute("SELECT step, attempt FROM contract_effect WHERE job = %s ORDER BY id", [job])
            return [tuple(row) for row in cursor.fetchall()]

    def wait_for(self, condition: Callable[[], object], *, seconds: float = PATIENCE) -> float:
        """Return how long it took until the condition held; fail with the workers' logs when it never did."""
        begin = time.monotonic()
        while time.monotonic() - begin < seconds:
            if condition():
                return time.monotonic() - begin
            time.sleep(0.02)
        logs = "\n".join(path.read_text(errors="replace") for path in sorted(self.home.glob("worker-*.log")))
        raise AssertionError(f"nothing within {seconds} s; the workers said:\n{logs}")

    def wait_until_done(self, job_id: UUID, *, seconds: float = PATIENCE) -> float:
        return self.wait_for(lambda: self.job(job_id).status in {"SUCCESSFUL", "FAILED"}, seconds=seconds)

    def kill_all(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
            process.wait()


@contextmanager
def connected(installation: Installation, profile: dict[str, Any]) -> Iterator[None]:
    """Make the alias lead to the installation's database."""
    connections.databases[ALIAS] = {
        "ATOMIC_REQUESTS": False,
        "AUTOCOMMIT": True,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": False,
        "TIME_ZONE": None,
        "TEST": {},
        "HOST": "",
        "PORT": "",
        "USER": "",
        "PASSWORD": "",
        **profile,
    }
    try:
        yield
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.databases[ALIAS]
        installation.kill_all()
