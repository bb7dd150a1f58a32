"""`kaname restore`: put a backup back."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from kaname.engine.text import Message, gettext_noop
from kaname.site.cli.sentences import render
from kaname.site.cli.up import STILL_AT_WORK
from kaname.site.cli.words import language
from kaname.site.processes.archive import ArchiveRefused, put_back
from kaname.site.processes.home import Occupied, Unfinished, home, occupied


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("source", help="The backup.")
    parser.add_argument("--force", action="store_true", help="Replace what is there; it is set aside, not deleted.")


def run(options: argparse.Namespace) -> int:
    """Check every byte of the backup, then put it in place; return 0 when it is."""
    place = home()
    try:
        with occupied(place):
            kept = put_back(place, Path(options.source), force=options.force, now=datetime.now(UTC))
    except Occupied as other:
        return _complain(Message(gettext_noop("Kaname runs on %(home)s (process %(pid)s); stop it first."),
                                 {"home": str(place.path), "pid": other.pid}))  # fmt: skip
    except Unfinished as others:
        return _complain(Message(STILL_AT_WORK, {"home": str(place.path), "pids": others.pids}))
    except ArchiveRefused as refused:
        return _complain(refused.message)
    if kept:
        sys.stdout.write(_say(Message(gettext_noop("What was there is kept in %(path)s."), {"path": str(kept)})))
    sys.stdout.write(_say(Message(gettext_noop("The backup is in place. Start Kaname with: kaname up"))))
    return 0


def _complain(message: Message) -> int:
    sys.stderr.write(_say(message))
    return 1


def _say(message: Message) -> str:
    return render(message, language=language()) + "\n"
