"""The parent's side: start a child for one call, feed it, watch it, take its answer or say why there is none."""

import logging
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO, Final

from kaname.engine.text import Message, gettext_noop
from kaname.formats.jail.codec import LONGEST_TEXT, CodecError, TooLongText, decode, encode
from kaname.formats.jail.frames import REQUEST, FrameError, Frames, Letter
from kaname.formats.jail.limits import DEFAULT_LIMITS, Limits
from kaname.formats.jail.refusals import Refusal
from kaname.formats.types import FileRefused

logger = logging.getLogger(__name__)

TOO_MUCH_MEMORY: Final = gettext_noop("The file needs more memory than a plan may.")
TOO_MUCH_TIME: Final = gettext_noop("Reading the file takes longer than a plan may.")
TOO_LONG: Final = gettext_noop("The plan in the file is larger than can be taken in.")
LONG_TEXT: Final = gettext_noop("A text in the file is longer than %(limit)s characters.")
SIMPLER_ADVICE: Final = gettext_noop("Remove what is not part of the plan, save the file again, or split the plan.")
FAILED: Final = gettext_noop("The file is built in a way that its reader does not know.")
FAILED_ADVICE: Final = gettext_noop(
    "Open it in the program that it comes from, save it again and try once more; if that does not help, report it."
)

_BOOT: Final = "import sys; sys.path[:0] = sys.argv.pop(1).split(':'); from kaname.formats.jail.child import main; main(sys.argv[1:])"
_PIECE: Final = 256 * 1024
_ENVIRONMENT: Final = {"LC_ALL": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"}
_UNANSWERED_SECONDS: Final = 2.0


@dataclass(frozen=True, slots=True)
class _Ending:
    """The last frame of a child, or how it ended without one."""

    letter: Letter | None = None
    payload: bytes = b""
    code: int = 0
    is_late: bool = False


def run_in_jail[T](
    function_path: str,
    data: bytes,
    *,
    request: object,
    wanted: type[T],
    file: str,
    limits: Limits = DEFAULT_LIMITS,
    on_progress: Callable[[int], None] | None = None,
) -> T:
    """Call a function on bytes in a child process of its own.

    Parameters
    ----------
    function_path
        `package.module:name` of a function `(data, *, request, report) -> value` whose `request` is a frozen dataclass.
    request
        The function's argument; its type is the one that the function's hint names.
    wanted
        The type of the answer, a frozen dataclass: nothing else can come back.
    file
        The file's name in refusals.
    on_progress
        Takes the percentage that is done, in this process.

    Raises
    ------
    FileRefused
        If the function refuses the file, or the child fails, takes too long or needs too much.
    """
    ending = _run(function_path, data, encode(request), limits, on_progress)
    if ending.letter is Letter.RESULT:
        try:
            return decode(ending.payload, wanted)
        except TooLongText:
            raise FileRefused(
                Message(LONG_TEXT, {"limit": LONGEST_TEXT}), file=file, advice=Message(SIMPLER_ADVICE)
            ) from None
        except CodecError as error:
            raise _failure(file, f"undecodable answer: {error}") from error
    raise _refusal(ending, file)


def _run(
    function_path: str, data: bytes, request: bytes, limits: Limits, on_progress: Callable[[int], None] | None
) -> _Ending:
    with ExitStack() as stack:
        source = stack.enter_context(_source(request, data))
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="kaname-"))
        reading, writing = os.pipe()
        answers = stack.enter_context(os.fdopen(reading, "rb", buffering=0))
        with os.fdopen(writing, "wb", buffering=0):
            child = _start(function_path, source, folder, writing, limits)
        stack.callback(_end, child)
        return _listen(child, answers, limits, on_progress)


def _source(request: bytes, data: bytes) -> IO[bytes]:
    """Return an unnamed file that holds the call, in memory where the system can."""
    if hasattr(os, "memfd_create"):
        source: IO[bytes] = os.fdopen(os.memfd_create("kaname"), "r+b")
    else:
        source = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    source.write(REQUEST.pack(len(request)) + request)
    source.write(data)
    source.seek(0)
    return source


def _start(function_path: str, source: IO[bytes], folder: str, writing: int, limits: Limits) -> subprocess.Popen[bytes]:
    path = ":".join(entry or os.getcwd() for entry in sys.path)
    command = [sys.executable, "-I", "-S", "-B", "-c", _BOOT, path, function_path, str(writing), *limits.words()]
    return subprocess.Popen(  # noqa: S603 - our own interpreter, no shell, no word from outside
        command,
        stdin=source,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(writing,),
        cwd=folder,
        env=_ENVIRONMENT,
        start_new_session=True,
        umask=0o077,
    )


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        child.kill()
    child.wait()


def _listen(
    child: subprocess.Popen[bytes], answers: IO[bytes], limits: Limits, on_progress: Callable[[int], None] | None
) -> _Ending:
    """Take frames until the answer, the end of the pipe or the end of patience."""
    deadline = time.monotonic() + limits.wall_seconds
    frames = Frames(limit=limits.result_bytes)
    with selectors.DefaultSelector() as selector:
        selector.register(answers, selectors.EVENT_READ)
        while True:
            rest = deadline - time.monotonic()
            if rest <= 0 or not selector.select(rest):
                return _Ending(is_late=True)
            piece = answers.read(_PIECE)
            if not piece:
                return _Ending(code=_exit_code(child))
            try:
                for letter, payload in frames.feed(piece):
                    if letter is not Letter.PERCENT:
                        return _Ending(letter, payload)
                    if on_progress is not None and payload:
                        on_progress(min(payload[0], 99))
            except FrameError:
                return _Ending(Letter.FAILURE, b"unknown frame")


def _exit_code(child: subprocess.Popen[bytes]) -> int:
    try:
        return child.wait(_UNANSWERED_SECONDS)
    except subprocess.TimeoutExpired:
        return 0


def _refusal(ending: _Ending, file: str) -> FileRefused:
    if ending.letter is Letter.REFUSAL:
        try:
            return decode(ending.payload, Refusal).exception(file)
        except ValueError as error:
            return _failure(file, f"undecodable refusal: {error}")
    if ending.letter is Letter.LONG:
        return FileRefused(Message(TOO_LONG), file=file, advice=Message(SIMPLER_ADVICE))
    if ending.is_late or ending.code in {-signal.SIGXCPU, -signal.SIGKILL}:
        return FileRefused(Message(TOO_MUCH_TIME), file=file, advice=Message(SIMPLER_ADVICE))
    if ending.letter is Letter.MEMORY or ending.code == -signal.SIGABRT:
        return FileRefused(Message(TOO_MUCH_MEMORY), file=file, advice=Message(SIMPLER_ADVICE))
    return _failure(file, ending.payload.decode("utf-8", "replace") or f"exit code {ending.code}")


def _failure(file: str, cause: str) -> FileRefused:
    logger.error("A reader failed on %r: %s", file, cause)
    return FileRefused(Message(FAILED), file=file, advice=Message(FAILED_ADVICE))
