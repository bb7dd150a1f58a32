"""A backup that is taken while people write restores to what was there at one moment."""

import json
import sqlite3
import time
from pathlib import Path

from tests.flows.soak.processes import Upkeep
from tests.flows.soak.snapshot import Snapshot
from tests.flows.soak.soaking import Size, make_writers
from tests.flows.soak.visitor import Stopping

SIZE = Size(kills=0, seconds_at_most=0, reported_tasks=60, imported_projects=1, file_tasks=(120, 200), reporters=1)
_CLI = "kaname.site.cli"
_REPORTS = "SELECT id, comment FROM schedule_progressreport ORDER BY id"
_JOURNAL = "SELECT id, hash FROM journal_entry ORDER BY id"


def test_backup_under_load_restores_to_one_moment(tmp_path: Path) -> None:
    upkeep, other = Upkeep(home=tmp_path / "home"), Upkeep(home=tmp_path / "other")
    upkeep.home.mkdir()
    other.home.mkdir()
    facts = json.loads(upkeep.run_module("tests.flows.soak.seed", "60", "1").splitlines()[-1])
    stopping = Stopping()
    importer, reporter = writers = make_writers(upkeep, facts, SIZE, stopping, 7)
    upkeep.start()
    try:
        upkeep.wait_until_it_answers()
        for writer in writers:
            writer.start()
        wait_until(lambda: len(reporter.written.comments) >= 2 and importer.written.uploads)
        before = list(reporter.written.comments), list(importer.written.uploads)
        upkeep.run_module(_CLI, "backup", str(tmp_path / "backup.tar"))
        wait_until(lambda: len(reporter.written.comments) >= len(before[0]) + 2)
        stopping.set()
        for writer in writers:
            writer.join(120)
    finally:
        stopping.set()
        upkeep.stop()
    other.run_module(_CLI, "restore", str(tmp_path / "backup.tar"))
    other.run_module(_CLI, "verify-journal")

    reports, all_reports = ask(other, _REPORTS), ask(upkeep, _REPORTS)
    journal, whole_journal = ask(other, _JOURNAL), ask(upkeep, _JOURNAL)
    assert (reports, journal) == (all_reports[: len(reports)], whole_journal[: len(journal)])
    assert len(journal) < len(whole_journal)
    assert set(before[0]) <= {comment for _id, comment in reports}
    assert set(before[1]) <= {name for (name,) in ask(other, "SELECT file_name FROM schedule_planimport")}
    assert Snapshot(home=other.home, database_url="").half_imports() == []
    assert ask(other, "PRAGMA integrity_check") == [("ok",)]
    assert ask(other, "PRAGMA foreign_key_check") == []
    assert {name for (name,) in ask(other, "SELECT shelf_name FROM files_storedfile")} <= kept_files(other.home)


def ask(upkeep: Upkeep, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(f"file:{upkeep.home / 'kaname.sqlite3'}?mode=ro", uri=True)
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.close()


def kept_files(home: Path) -> set[str]:
    return {path.name for path in (home / "files").rglob("*") if path.is_file()}


def wait_until(condition: object) -> None:
    give_up_at = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < give_up_at
        time.sleep(0.05)
