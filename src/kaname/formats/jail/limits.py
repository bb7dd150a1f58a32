"""What a child may use, and how it gives up everything else."""

import os
import sys
from dataclasses import dataclass
from typing import Final, Self

MEGABYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one child may use.

    Parameters
    ----------
    memory_bytes
        Of address space, the interpreter included.
    cpu_seconds, wall_seconds
        After which it is ended.
    result_bytes
        Of its answer; a longer one is not read.
    """

    memory_bytes: int = 512 * MEGABYTE
    cpu_seconds: int = 10
    wall_seconds: float = 20.0
    result_bytes: int = 128 * MEGABYTE

    def words(self) -> list[str]:
        """Return the limits as words of a command line."""
        return [str(self.memory_bytes), str(self.cpu_seconds), str(self.wall_seconds), str(self.result_bytes)]

    @classmethod
    def of_words(cls, words: list[str]) -> Self:
        """Return the limits that `words` wrote."""
        memory, cpu, wall, result = words
        return cls(memory_bytes=int(memory), cpu_seconds=int(cpu), wall_seconds=float(wall), result_bytes=int(result))


DEFAULT_LIMITS: Final = Limits()

_OPEN_FILES: Final = 64
_CORE: Final = ("RLIMIT_CORE", 0)
_FORBIDDEN: Final = frozenset(
    {
        "subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "pty.spawn",
        "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.symlink", "os.link", "os.chmod", "os.chown", "os.truncate",
        "shutil.rmtree", "webbrowser.open", "ctypes.dlopen", "urllib.Request", "ftplib.connect", "smtplib.connect",
    }
)  # fmt: skip
_WRITING: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def confine(limits: Limits) -> None:
    """Give up, for good, what a reader does not need: memory, time, new files, processes and the network.

    Each step that the operating system does not offer is left out; the others hold without it.
    """
    _limit_resources(limits)
    _leave_network()
    sys.addaudithook(_refuse)


def _limit_resources(limits: Limits) -> None:
    try:
        import resource  # noqa: PLC0415 - does not exist on every system
    except ImportError:
        return
    wanted = (
        ("RLIMIT_AS", limits.memory_bytes),
        ("RLIMIT_CPU", limits.cpu_seconds),
        ("RLIMIT_FSIZE", 0),
        ("RLIMIT_NOFILE", _OPEN_FILES),
        ("RLIMIT_NPROC", 0),
        _CORE,
    )
    for name, value in wanted:
        kind = getattr(resource, name, None)
        if kind is None:
            continue
        hard = resource.getrlimit(kind)[1]
        bound = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(kind, (bound, bound))
        except (ValueError, OSError):
            continue


def _leave_network() -> None:
    """Move into a network of our own, which has no way out; where that is not allowed the audit hook still refuses."""
    if not hasattr(os, "unshare"):
        return
    for flags in (os.CLONE_NEWUSER | os.CLONE_NEWNET, os.CLONE_NEWNET):
        try:
            os.unshare(flags)
        except OSError:
            continue
        return


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in _FORBIDDEN or event.startswith("socket."):
        raise PermissionError(f"a reader may not {event}")
    if event == "open" and len(arguments) > 2 and isinstance(arguments[2], int) and arguments[2] & _WRITING:
        raise PermissionError("a reader may not write files")
