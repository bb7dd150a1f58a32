"""The folder of an installation, known without loading Django."""

import fcntl
import os
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kaname.site.place import HOME

_WAIT_SECONDS: Final = 30.0
_LOOK_EVERY_SECONDS: Final = 0.1
_LONGEST: Final = 10_000


class Occupied(Exception):
    """Another `kaname up` runs on this folder."""

    def __init__(self, pid: str) -> None:
        self.pid = pid
        super().__init__(pid)


class Unfinished(Exception):
    """A `kaname up` on this folder has died, and processes that it started are still at work."""

    def __init__(self, pids: str) -> None:
        self.pids = pids
        super().__init__(pids)


class Lock:
    """The right to run on a folder; whoever inherits its descriptor holds it as well, until the last of them is gone."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    def write(self, pids: Iterable[int], *, lives: Iterable[str] = ()) -> None:
        """Write down who holds it: this process and those that it started, for whoever finds it taken.

        `lives` are the marks of the workers among them, for whoever holds it next.
        """
        os.ftruncate(self.descriptor, 0)
        text = f"{os.getpid()}\n{' '.join(map(str, pids))}\n{' '.join(lives)}\n"
        os.pwrite(self.descriptor, text.encode("ascii"), 0)

    def read_lives(self) -> list[str]:
        """Return the marks of the workers that were written down last.

        Once the lock is ours all of those have ended, as each of them has held it: no number of a process has to be asked
        for, which another process might have by now.
        """
        lines = os.pread(self.descriptor, _LONGEST, 0).decode("ascii", "replace").splitlines()
        return [life for life in "".join(lines[2:3]).split() if life.isalnum()]


@dataclass(frozen=True, slots=True)
class Home:
    """Where database, files and secrets are."""

    path: Path
    database_url: str

    @property
    def sqlite_path(self) -> Path:
        """The embedded database's file."""
        return self.path / "kaname.sqlite3"


def home() -> Home:
    """Return the folder that the environment asks for; made if it is not there."""
    HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Home(path=HOME, database_url=os.environ.get("KANAME_DATABASE_URL", ""))


@contextmanager
def occupied(place: Home, *, on_waiting: Callable[[], None] = lambda: None) -> Iterator[Lock]:
    """Keep everybody else from starting on the folder while the block runs; a killed process frees it by dying.

    What a killed `kaname up` has started ends by itself a moment later; that is waited for, `on_waiting` called first.

    Raises
    ------
    Occupied
        If somebody is there already.
    Unfinished
        If what a killed one has started is not gone within half a minute.
    """
    descriptor = os.open(place.path / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _take(descriptor, on_waiting)
        lock = Lock(descriptor)
        lock.write((), lives=lock.read_lives())
        yield lock
    finally:
        os.close(descriptor)


def _take(descriptor: int, on_waiting: Callable[[], None]) -> None:
    is_told = False
    give_up_at = time.monotonic() + _WAIT_SECONDS
    while not _takes(descriptor):
        holder, _, others = os.pread(descriptor, _LONGEST, 0).decode("ascii", "replace").partition("\n")
        if not holder.isdecimal() or _lives(int(holder)):
            raise Occupied(holder or "?")
        if time.monotonic() > give_up_at:
            raise Unfinished(", ".join(pid for pid in others.split() if pid.isdecimal() and _lives(int(pid))) or "?")
        if not is_told:
            on_waiting()
            is_told = True
        time.sleep(_LOOK_EVERY_SECONDS)


def _takes(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
