"""A process that is kept alive: started again when it dies, ever more patiently while it keeps dying."""

import signal
import subprocess
import time
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

LIFE: Final = "KANAME_LIFE"
"""Environment variable: a mark of this process that no other has."""
LIFE_BEFORE: Final = "KANAME_LIFE_BEFORE"
"""Environment variable: the marks, with commas between, of the processes that this one replaces and that are gone for
certain."""
_FIRST_PAUSE_SECONDS: Final = 0.5
_LONGEST_PAUSE_SECONDS: Final = 30.0
_GOOD_AFTER_SECONDS: Final = 10.0


@dataclass
class Child:
    """One kept process; in its own session, so that Ctrl-C reaches only the one who keeps it.

    Parameters
    ----------
    life
        Its mark once it was started; before that the marks, with commas between, of the dead whose place it takes.
    """

    name: str
    command: list[str]
    environment: dict[str, str]
    inherits: tuple[int, ...] = ()
    life: str = ""
    deaths: int = 0
    _process: subprocess.Popen[bytes] | None = None
    _started_at: float = 0.0
    _again_at: float = 0.0
    _pause: float = field(default=_FIRST_PAUSE_SECONDS)

    def start(self) -> None:
        """Start it, and tell it its own mark and that of the dead one whose place it takes."""
        before, self.life = self.life, uuid4().hex[:8]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and modules
            self.command,
            env=self.environment | {LIFE: self.life, LIFE_BEFORE: before},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=self.inherits,
        )
        self._started_at = time.monotonic()

    @property
    def pid(self) -> int | None:
        """Its process number while it runs."""
        return self._process.pid if self._process is not None and self._process.poll() is None else None

    def look_after(self) -> int | None:
        """Start it again when its pause is over; return the exit code at the moment its death is found, else `None`."""
        now = time.monotonic()
        if self._process is None:
            if now >= self._again_at:
                self.start()
            return None
        code = self._process.poll()
        if code is None:
            return None
        if now - self._started_at > _GOOD_AFTER_SECONDS:
            self._pause = _FIRST_PAUSE_SECONDS
        self.deaths += 1
        self._again_at = now + self._pause
        self._pause = min(self._pause * 2, _LONGEST_PAUSE_SECONDS)
        self._process = None
        return code

    def tell_to_go(self, number: int = signal.SIGTERM) -> None:
        """Send a signal if it runs."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)

    def is_gone(self) -> bool:
        """Return whether it has ended."""
        return self._process is None or self._process.poll() is not None
