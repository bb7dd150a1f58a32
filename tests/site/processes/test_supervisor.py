"""Whose work the workers of a new start take over."""

from pathlib import Path

import pytest

from kaname.site.processes.home import Home, occupied
from kaname.site.processes.supervisor import Plan, Supervisor


@pytest.mark.parametrize(
    ("job_workers", "shares"), [(1, ["a,b,c"]), (2, ["a,c", "b"]), (4, ["a", "b", "c", ""]), (0, [])]
)
def test_marks_of_dead_workers_are_shared_out(tmp_path: Path, job_workers: int, shares: list[str]) -> None:
    (tmp_path / "up.lock").write_text("999999\n12 13 14 15\na b c\n")
    place = Home(path=tmp_path, database_url="")
    plan = Plan(host="127.0.0.1", port=8000, web_processes=1, threads=1, job_workers=job_workers)
    with occupied(place) as lock:
        supervisor = Supervisor(plan, place, lock, lambda _: None)
    assert [worker.life for worker in supervisor.workers] == shares
