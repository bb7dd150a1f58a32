"""`kaname up`: everything at once, on this machine."""

import argparse
import os
import sys
from typing import Final

from kaname.engine.text import Message, gettext_noop
from kaname.site.cli.sentences import render
from kaname.site.cli.words import language
from kaname.site.processes.home import Occupied, Unfinished, home, occupied
from kaname.site.processes.supervisor import CannotStart, Plan, Supervisor

STILL_AT_WORK: Final = gettext_noop(
    "Kaname on %(home)s was ended by force and what it started is still at work (processes %(pids)s). "
    "Wait until it has finished, or end these processes."
)
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--host", default="127.0.0.1", help="Address to listen on (default: this machine only).")
    parser.add_argument("--port", type=_port, default=8000, help="Port to listen on (default: 8000).")
    parser.add_argument("--workers", type=_count, default=1, help="Web processes (default: 1).")
    parser.add_argument("--threads", type=_count, default=8, help="Threads of each web process (default: 8).")
    parser.add_argument(
        "--job-workers", type=_count_or_none, default=1, help="Background workers (default: 1; 0 for none here)."
    )


def run(options: argparse.Namespace) -> int:
    """Start, keep alive and stop; return 0 after a clean stop, 1 when it could not start."""
    place = home()
    plan = Plan(
        host=options.host,
        port=options.port,
        web_processes=options.workers,
        threads=options.threads,
        job_workers=options.job_workers,
    )
    try:
        with occupied(place, on_waiting=_tell_waiting) as lock:
            _warn_of_unreachable(plan)
            Supervisor(plan, place, lock, _tell).run()
    except Occupied as other:
        template = gettext_noop("Kaname runs already on %(home)s (process %(pid)s).")
        _complain(Message(template, {"home": str(place.path), "pid": other.pid}))
        return 1
    except Unfinished as others:
        _complain(Message(STILL_AT_WORK, {"home": str(place.path), "pids": others.pids}))
        return 1
    except CannotStart as reason:
        _complain(reason.message)
        return 1
    return 0


def _tell_waiting() -> None:
    _tell(Message(gettext_noop("The last run did not end properly; its processes are still finishing. Waiting …")))


def _warn_of_unreachable(plan: Plan) -> None:
    if plan.host not in _LOOPBACK and not os.environ.get("KANAME_BASE_URL"):
        template = gettext_noop("Other machines are refused until KANAME_BASE_URL names the address that people type.")
        _tell(Message(template))


def _tell(message: Message) -> None:
    sys.stdout.write(render(message, language=language()) + "\n")
    sys.stdout.flush()


def _complain(message: Message) -> None:
    sys.stderr.write(render(message, language=language()) + "\n")


def _port(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 65_535:
        raise argparse.ArgumentTypeError("1 … 65535")
    return number


def _count(text: str) -> int:
    number = int(text)
    if not 1 <= number <= 64:
        raise argparse.ArgumentTypeError("1 … 64")
    return number


def _count_or_none(text: str) -> int:
    return 0 if text == "0" else _count(text)
