"""A child does not outlive the one who started it."""

import os
import signal
import threading
import time
from typing import Final

_LOOK_EVERY_SECONDS: Final = 0.5


STARTED_BY: Final = "KANAME_STARTED_BY"
"""Environment variable: the number of the process that starts others; a parent that died meanwhile is told from it."""


def follow_parent() -> None:
    """End this process (as SIGTERM does) soon after its parent is gone, even if that was killed while this one loaded."""
    parent = int(os.environ.get(STARTED_BY) or os.getppid())
    threading.Thread(target=_watch, args=(parent,), name="follow-parent", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_LOOK_EVERY_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
