"""Searches that end by themselves when their time is over, and early on Ctrl-C with the best so far."""

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from kaname.engine.text import Message, gettext_noop
from kaname.site.cli.sentences import render

_STOPPING: Final = gettext_noop("Stopping: the best schedule so far follows.")


def told(message: Message, *, language: str) -> None:
    """Say how far a search is, on standard error."""
    print(render(message, language=language), file=sys.stderr)


@contextmanager
def until(end: float, language: str) -> Iterator[Callable[[], float]]:
    """Give the seconds that are left until `end` of the performance counter; Ctrl-C lets none be left."""
    stopped: list[int] = []

    def stop(number: int, _frame: object) -> None:
        if not stopped:
            told(Message(_STOPPING), language=language)
        stopped.append(number)

    usual = signal.signal(signal.SIGINT, stop)
    try:
        yield lambda: 0.0 if stopped else end - time.perf_counter()
    finally:
        signal.signal(signal.SIGINT, usual)
