"""The child's side: confine itself, read the bytes, call one function, write one answer."""

import gc
import importlib
import os
import sys
import traceback
import typing
from collections.abc import Callable
from types import ModuleType
from typing import Any, Final

_LIGHT: Final = ("kaname.engine.calendar", "kaname.engine.network")
LONGEST_TRACE: Final = 8_000


def enter_lightly() -> None:
    """Let the engine's value types be imported without the arrays and compilers behind its front doors.

    A reader needs `calendar.types` and `network.plan` only; their packages would load numpy for it, which costs a child
    more time and memory than all the rest.
    """
    import kaname.engine  # noqa: PLC0415 - the path must be set first

    for name in _LIGHT:
        package = ModuleType(name)
        package.__path__ = [os.path.join(path, name.rpartition(".")[2]) for path in kaname.engine.__path__]
        sys.modules[name] = package


def main(arguments: list[str]) -> None:
    """Answer one call: function path, number of the pipe to write to, then the limits."""
    enter_lightly()
    from kaname.formats.jail.frames import Letter, frame  # noqa: PLC0415 - after the light entry
    from kaname.formats.jail.limits import Limits, confine  # noqa: PLC0415

    path, pipe, *amounts = arguments
    limits = Limits.of_words(amounts)
    module, _, name = path.partition(":")
    function = getattr(importlib.import_module(module), name)
    confine(limits)
    # A child lives for one file: looking for rings among its many values costs more than they hold.
    gc.disable()

    def send(letter: Letter, payload: bytes) -> None:
        _write(int(pipe), frame(letter, payload))

    def report(percent: int) -> None:
        send(Letter.PERCENT, bytes([max(0, min(100, percent))]))

    letter, payload = _answer(function, report)
    if len(payload) > limits.result_bytes:
        letter, payload = Letter.LONG, b""
    send(letter, payload)


def _answer(function: Callable[..., object], report: Callable[[int], None]) -> tuple[Any, bytes]:
    from kaname.formats.jail.codec import decode, encode  # noqa: PLC0415 - after the light entry
    from kaname.formats.jail.frames import REQUEST, Letter  # noqa: PLC0415
    from kaname.formats.jail.refusals import Refusal  # noqa: PLC0415
    from kaname.formats.types import FileRefused  # noqa: PLC0415

    try:
        stream = sys.stdin.buffer
        (length,) = REQUEST.unpack(stream.read(REQUEST.size))
        request = decode(stream.read(length), typing.get_type_hints(function)["request"])
        data = stream.read()
        report(5)
        result = function(data, request=request, report=report)
        del data
        return Letter.RESULT, encode(result)
    except FileRefused as refusal:
        return Letter.REFUSAL, encode(Refusal.of(refusal))
    except MemoryError:
        return Letter.MEMORY, b""
    except BaseException:  # noqa: BLE001 - a panic of a library is no Exception; the parent logs the trace
        return Letter.FAILURE, traceback.format_exc()[-LONGEST_TRACE:].encode("utf-8", "replace")


def _write(target: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(target, rest) :]
