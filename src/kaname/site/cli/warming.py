"""Tell that the calculation is being compiled, where a computer runs it for the first time."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from kaname.engine.text import Message, gettext_noop
from kaname.site.cli.sentences import render

_PATIENCE: Final = 2.0
"""Seconds after which it is compiling for sure: what was compiled before is there in less than one."""
_COMPILING: Final = gettext_noop(
    "Compiling the calculation: the first time on this computer it takes about half a minute."
)


@contextmanager
def announced(language: str) -> Iterator[None]:
    """Say on standard error that what goes on inside is compiling, if it takes as long as only that does."""
    sentence = render(Message(_COMPILING), language=language)
    timer = threading.Timer(_PATIENCE, lambda: print(sentence, file=sys.stderr, flush=True))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
