"""The web server: `python -m kaname.site.processes.web`, started by `kaname up`."""

import argparse
import logging
import os
from collections.abc import Callable
from typing import Any

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from kaname.site.processes.parent import STARTED_BY, follow_parent

_KEEP_ALIVE_GRACE_SECONDS = 15


def serve() -> None:
    """Answer requests until SIGTERM; requests at hand are finished first."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--processes", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    options = parser.parse_args()
    os.umask(0o077)
    follow_parent()
    os.environ[STARTED_BY] = str(os.getpid())
    Server(
        "kaname.site.wsgi:application",
        address=options.host,
        port=options.port,
        interface=Interfaces.WSGI,
        workers=options.processes,
        blocking_threads=options.threads,
        respawn_failed_workers=True,
        workers_kill_timeout=_KEEP_ALIVE_GRACE_SECONDS,
        websockets=False,
        log_level=LogLevels.error,
    ).serve(target_loader=_load, wrap_loader=False)


def _load() -> Callable[..., Any]:
    follow_parent()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    from kaname.site.processes.boot import boot  # noqa: PLC0415 - loaded in the answering process, not in its parent

    boot()
    from kaname.site.wsgi import application  # noqa: PLC0415

    return application


if __name__ == "__main__":
    serve()
