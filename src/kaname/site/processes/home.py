"""The folder of an installation, known without loading Django."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kaname.site.settings import environment


class Occupied(Exception):
    """Another `kaname up` runs on this folder."""

    def __init__(self, pid: str) -> None:
        self.pid = pid
        super().__init__(pid)


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
    environment.HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    return Home(path=environment.HOME, database_url=os.environ.get("KANAME_DATABASE_URL", ""))


@contextmanager
def occupied(place: Home) -> Iterator[None]:
    """Keep everybody else from starting on the folder while the block runs; a killed process frees it by dying.

    Raises
    ------
    Occupied
        If somebody is there already.
    """
    descriptor = os.open(place.path / "up.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Occupied(os.read(descriptor, 20).decode("ascii", "replace").strip() or "?") from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
        yield
    finally:
        os.close(descriptor)
