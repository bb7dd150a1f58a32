"""A backup: one `.tar` of database, files and signing key, with the SHA-256 of each, written while everything runs.

The database is copied first, as it stood at one moment; files are never changed and only swept when no row names them, so
every file that the copied rows name is there when the files are added.
"""

import contextlib
import hashlib
import io
import json
import os
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import kaname
from kaname.engine.text import Message, gettext_noop
from kaname.site.processes.home import Home
from kaname.site.settings.environment import postgres_database

MANIFEST: Final = "manifest.json"
SQLITE: Final = "database.sqlite3"
POSTGRESQL: Final = "database.dump"
KEY: Final = "secret-key"
FILES: Final = "files"
_PIECE: Final = 1024 * 1024


class ArchiveRefused(Exception):
    """A backup that cannot be written or put back; carries what to tell the user."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a backup holds."""

    path: Path
    files: int
    size: int


def write_archive(place: Home, target: Path, *, now: datetime) -> Written:
    """Write a backup to a file that is not there yet, readable by its owner only.

    Raises
    ------
    ArchiveRefused
        If the file is there, or the database cannot be copied.
    """
    part = target.with_name(f"{target.name}.part")
    if target.exists():
        raise ArchiveRefused(
            Message(gettext_noop("%(path)s is there already; nothing was written."), {"path": str(target)})
        )
    with contextlib.suppress(FileNotFoundError):
        part.unlink()
    try:
        with _private(part) as file, tarfile.open(fileobj=file, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            sums = dict(_add_everything(tar, place))
            facts = {"kaname": kaname.__version__, "made_at": now.isoformat(), "sha256": sums}
            _add_bytes(tar, MANIFEST, json.dumps(facts, indent=1, sort_keys=True).encode(), now)
        os.link(part, target)
    finally:
        with contextlib.suppress(FileNotFoundError):
            part.unlink()
    return Written(path=target, files=sum(name.startswith(f"{FILES}/") for name in sums), size=target.stat().st_size)


def check_archive(source: Path) -> dict[str, Any]:
    """Return the manifest of a backup after every byte was checked against it.

    Raises
    ------
    ArchiveRefused
        If it cannot be read, is no backup, or a part of it is missing or changed.
    """
    sums = {}
    facts: dict[str, Any] = {}
    try:
        with tarfile.open(source, "r|") as tar:
            for member in tar:
                content = tar.extractfile(member)
                if content is None:
                    raise ArchiveRefused(Message(_NO_BACKUP, {"path": str(source)}))
                if member.name == MANIFEST:
                    facts = json.loads(content.read())
                else:
                    sums[member.name] = hashlib.file_digest(content, "sha256").hexdigest()
    except (tarfile.TarError, OSError, ValueError) as error:
        raise ArchiveRefused(Message(_NO_BACKUP, {"path": str(source)})) from error
    if not facts or facts.get("sha256") != sums:
        raise ArchiveRefused(
            Message(gettext_noop("%(path)s is damaged: it differs from its manifest."), {"path": str(source)})
        )
    return facts


def put_back(place: Home, source: Path, *, force: bool, now: datetime) -> Path | None:
    """Put a backup in place of what an installation holds; return the folder that keeps what was there, if anything was.

    Raises
    ------
    ArchiveRefused
        If the backup is damaged or of another database, or something is there already and it is not forced.
    """
    sums = check_archive(source)["sha256"]
    database = POSTGRESQL if place.database_url else SQLITE
    if database not in sums:
        raise ArchiveRefused(Message(gettext_noop("%(path)s holds a database of another kind."), {"path": str(source)}))
    there = [path for path in _own_parts(place) if path.exists()]
    if [path.name for path in there] == [KEY]:
        there = []  # made whenever Kaname is asked anything; alone it is worth nothing
    if (there or place.database_url) and not force:
        told = gettext_noop("Something is in %(home)s already; --force puts the backup in its place.")
        raise ArchiveRefused(Message(told, {"home": (place.database_url and "PostgreSQL") or str(place.path)}))
    with tempfile.TemporaryDirectory(dir=place.path, prefix="restore-") as folder:
        with tarfile.open(source, "r") as tar:
            tar.extractall(folder, filter="data")
        kept = _set_aside(place, there, now)
        _move_in(place, Path(folder))
    return kept


_NO_BACKUP: Final = gettext_noop("%(path)s is no backup of Kaname, or it is cut off.")


def _own_parts(place: Home) -> list[Path]:
    database = place.sqlite_path
    return [database, Path(f"{database}-wal"), Path(f"{database}-shm"), place.path / KEY, place.path / FILES]


def _set_aside(place: Home, there: list[Path], now: datetime) -> Path | None:
    if not there:
        return None
    kept = place.path / f"before-restore-{now:%Y%m%d-%H%M%S}"
    kept.mkdir(mode=0o700)
    for path in there:
        path.rename(kept / path.name)
    return kept


def _move_in(place: Home, folder: Path) -> None:
    if place.database_url:
        _run_on_server(place, "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction",
                       "--dbname", _database_name(place), str(folder / POSTGRESQL))  # fmt: skip
    else:
        (folder / SQLITE).rename(place.sqlite_path)
    for name in (KEY, FILES):
        if (folder / name).exists():
            (folder / name).rename(place.path / name)


def _add_everything(tar: tarfile.TarFile, place: Home) -> Iterator[tuple[str, str]]:
    with tempfile.TemporaryDirectory(dir=place.path, prefix="backup-") as folder:
        name = POSTGRESQL if place.database_url else SQLITE
        copy = Path(folder) / name
        if place.database_url:
            _run_on_server(
                place, "pg_dump", "--format=custom", "--no-owner", "--file", str(copy), _database_name(place)
            )
        else:
            _copy_sqlite(place, copy)
        yield name, _add_file(tar, name, copy)
    key = place.path / KEY
    if key.is_file():
        yield KEY, _add_file(tar, KEY, key)
    for path in sorted((place.path / FILES).rglob("*")):
        if path.is_file():
            with contextlib.suppress(FileNotFoundError):
                name = f"{FILES}/{path.relative_to(place.path / FILES).as_posix()}"
                yield name, _add_file(tar, name, path)


def _copy_sqlite(place: Home, copy: Path) -> None:
    if not place.sqlite_path.is_file():
        raise ArchiveRefused(Message(gettext_noop("There is no database in %(home)s."), {"home": str(place.path)}))
    with contextlib.closing(sqlite3.connect(f"file:{place.sqlite_path}?mode=ro", uri=True, timeout=60)) as connection:
        connection.execute("VACUUM INTO ?", [str(copy)])


def _add_file(tar: tarfile.TarFile, name: str, path: Path) -> str:
    with path.open("rb") as content:
        facts = os.fstat(content.fileno())
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = facts.st_size, int(facts.st_mtime), 0o600
        reader = _Summing(content)
        tar.addfile(info, reader)  # type: ignore[arg-type]
    return reader.sum.hexdigest()


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes, now: datetime) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = len(content), int(now.timestamp()), 0o600
    tar.addfile(info, io.BytesIO(content))


class _Summing:
    """Reads a file and adds up what was read."""

    def __init__(self, file: io.BufferedReader) -> None:
        self._file = file
        self.sum = hashlib.sha256()

    def read(self, size: int = _PIECE) -> bytes:
        piece = self._file.read(size)
        self.sum.update(piece)
        return piece


@contextlib.contextmanager
def _private(path: Path) -> Iterator[io.BufferedWriter]:
    """Open a new file that only its owner may read, and have it on disk when the block ends."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _database_name(place: Home) -> str:
    return str(postgres_database(place.database_url)["NAME"])


def _run_on_server(place: Home, *command: str) -> None:
    profile = postgres_database(place.database_url)
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    chosen = {variable: str(profile[name]) for name, variable in names.items() if profile[name]}
    try:
        done = subprocess.run(command, env=os.environ | chosen, capture_output=True, text=True, check=False)  # noqa: S603
    except FileNotFoundError:
        told = gettext_noop("%(program)s is missing; on Debian and Ubuntu: apt-get install postgresql-client")
        raise ArchiveRefused(Message(told, {"program": command[0]})) from None
    if done.returncode:
        told = gettext_noop("%(program)s failed: %(reason)s")
        raise ArchiveRefused(Message(told, {"program": command[0], "reason": done.stderr.strip()}))
