"""The verbs on an installation: prove the journal, write a backup, put it back; on SQLite, and on PostgreSQL by address."""

import hashlib
import io
import json
import os
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[3]
ADD: Final = """
from kaname.site.processes.boot import boot
boot()
from django.utils import timezone
from kaname.kernel.journal.types import Event, Subject
from kaname.kernel.journal.operations import publish
from kaname.kernel.rules.system import SYSTEM
from kaname.ground.people.events import DepartmentChanged
from django.db import transaction
with transaction.atomic():
    for number in range(3):
        publish(DepartmentChanged(subject=Subject("people.department", number), department_name="x", change="made"),
                actor=SYSTEM, now=timezone.now())
"""


def kaname(home: Path, *words: str, code: str = "") -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KANAME_", "DJANGO_"))}
    command = ["-c", code] if code else ["-m", "kaname.site.cli", *words]
    environment = kept | {"KANAME_HOME": str(home), "KANAME_LANGUAGE": "en", "PYTHONPATH": str(ROOT / "src")}
    return subprocess.run(
        [sys.executable, *command], env=environment, capture_output=True, text=True, check=False, timeout=120
    )


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("lived-in")
    for done in (kaname(home, "migrate"), kaname(home, code=ADD)):
        assert done.returncode == 0, done.stderr
    (home / "files" / "ab").mkdir(parents=True)
    (home / "files" / "ab" / "abc").write_bytes(b"plan")
    return home


@pytest.fixture
def home(lived_in: Path, tmp_path: Path) -> Path:
    archive = tmp_path / "start.tar"
    assert kaname(lived_in, "backup", str(archive)).returncode == 0
    home = tmp_path / "home"
    done = kaname(home, "restore", str(archive))
    assert (done.returncode, done.stdout) == (0, "The backup is in place. Start Kaname with: kaname up\n"), done.stderr
    return home


def journal(home: Path, statement: str) -> list[tuple[str, ...]]:
    connection = sqlite3.connect(home / "kaname.sqlite3")
    for (trigger,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE tbl_name = 'journal_entry' AND type = 'trigger'"
    ):
        connection.execute(f"DROP TRIGGER {trigger}")
    rows = connection.execute(statement).fetchall()
    connection.commit()
    connection.close()
    return rows


def test_backup_put_back_holds_the_same(home: Path, lived_in: Path) -> None:
    assert (home / "files" / "ab" / "abc").read_bytes() == b"plan"
    assert (home / "secret-key").read_text() == (lived_in / "secret-key").read_text()
    rows = "SELECT hash FROM journal_entry ORDER BY id"
    assert journal(home, rows) == journal(lived_in, rows) != []


def test_backup_is_private_and_names_the_sum_of_every_part(home: Path, tmp_path: Path) -> None:
    done = kaname(home, "backup", str(tmp_path / "b.tar"))
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "b.tar").stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob("*.part")) == list(home.glob("backup-*")) == []
    with tarfile.open(tmp_path / "b.tar") as tar:
        sums = json.load(tar.extractfile("manifest.json"))["sha256"]
        assert sorted([*sums, "manifest.json"]) == sorted(tar.getnames())
    assert list(sums) == ["database.sqlite3", "files/ab/abc", "secret-key"]
    assert sums["files/ab/abc"] == hashlib.sha256(b"plan").hexdigest()


def test_backup_never_overwrites(home: Path, tmp_path: Path) -> None:
    (tmp_path / "b.tar").write_text("mine")
    done = kaname(home, "backup", str(tmp_path / "b.tar"))
    assert (done.returncode, (tmp_path / "b.tar").read_text()) == (1, "mine")


def test_restore_asks_for_force_and_keeps_what_was_there(home: Path, tmp_path: Path) -> None:
    archive = tmp_path / "start.tar"
    before = (home / "kaname.sqlite3").read_bytes()
    refused = kaname(home, "restore", str(archive))
    assert (refused.returncode, (home / "kaname.sqlite3").read_bytes()) == (1, before)
    assert refused.stderr == f"Something is in {home} already; --force puts the backup in its place.\n"

    assert kaname(home, "restore", str(archive), "--force").returncode == 0
    (kept,) = home.glob("before-restore-*")
    assert (kept / "kaname.sqlite3").read_bytes() == before


def test_damaged_backup_is_refused(tmp_path: Path, lived_in: Path) -> None:
    archive = tmp_path / "b.tar"
    assert kaname(lived_in, "backup", str(archive)).returncode == 0
    with tarfile.open(archive) as old, tarfile.open(tmp_path / "changed.tar", "w") as new:
        for member in old:
            content = old.extractfile(member).read()
            if member.name == "files/ab/abc":
                content = content[::-1]
            new.addfile(member, io.BytesIO(content))
    done = kaname(tmp_path / "empty", "restore", str(tmp_path / "changed.tar"))
    assert (done.returncode, (tmp_path / "empty" / "kaname.sqlite3").exists()) == (1, False)
    assert "damaged" in done.stderr
    archive.write_bytes(archive.read_bytes()[:3000])
    assert kaname(tmp_path / "empty", "restore", str(archive)).returncode == 1


def test_sound_journal_is_proven(home: Path) -> None:
    (head,) = journal(home, "SELECT hash FROM journal_entry ORDER BY id DESC LIMIT 1")[0]
    (count,) = journal(home, "SELECT count(*) FROM journal_entry")[0]
    done = kaname(home, "verify-journal", "--head", head)
    assert (done.returncode, done.stdout) == (0, f"Sound entries: {count}, last hash {head}.\n")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "UPDATE journal_entry SET actor_label = 'other' WHERE id = {last}",
            "Entry {last} was changed after it was written.\n",
        ),
        ("DELETE FROM journal_entry WHERE id = {last} - 1", "Entry {last} does not follow the entry before it"),
    ],
)
def test_changed_journal_is_found(home: Path, statement: str, said: str) -> None:
    (last,) = journal(home, "SELECT max(id) FROM journal_entry")[0]
    journal(home, statement.format(last=last))
    done = kaname(home, "verify-journal")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(said.format(last=last))


def test_journal_that_was_cut_off_is_found_by_the_hash_that_was_kept(home: Path) -> None:
    (head,) = journal(home, "SELECT hash FROM journal_entry ORDER BY id DESC LIMIT 1")[0]
    journal(home, "DELETE FROM journal_entry WHERE id = (SELECT max(id) FROM journal_entry)")
    assert kaname(home, "verify-journal").returncode == 0
    done = kaname(home, "verify-journal", "--head", head)
    assert (done.returncode, done.stdout) == (1, "")
