"""The `kaname` command.

Verbs on files alone (`schedule`, `clinic`, `level`, `simulate`, `growth`, `forecast`, `inspect`) never load Django, so that
they start quickly and run anywhere.
Verbs on the installation load it when they need it.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Final

from kaname import __version__

_VERBS: Final = {
    "up": "Start Kaname: web server, background worker, database, all in one.",
    "sample": "Build the sample company into an empty installation, to look round.",
    "worker": "Start one more background worker.",
    "migrate": "Bring the database to this version.",
    "backup": "Write a backup of database and files while everything runs.",
    "restore": "Put a backup back.",
    "verify-journal": "Prove that no journal entry was changed or removed.",
    "schedule": "Recalculate a plan file and compare with the dates that it stores.",
    "clinic": "Check a plan file by the DCMA 14 points.",
    "growth": "Say how many defects are left and when nearly all are found, from a series of defects found.",
    "simulate": "Say how probable the dates of a plan file are, by Monte Carlo simulation.",
    "forecast": "Say what the record of closed projects says of the next one (reference classes).",
    "level": "Level a scheduling problem: the shortest schedule in which no resource is short.",
    "inspect": "Say what a plan file is and what of it would be mapped, changed or lost.",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; return the exit code (0 done, 1 the file or the data is refused, 2 wrong usage)."""
    parser = argparse.ArgumentParser(prog="kaname", description="Kaname (要): PMO and PSO in one system.")
    parser.add_argument("--version", action="version", version=f"kaname {__version__}")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    words = list(sys.argv[1:] if arguments is None else arguments)
    for verb, summary in _VERBS.items():
        subparser = verbs.add_parser(verb, help=summary, description=summary)
        if verb in words[:1]:
            _module(verb).add_arguments(subparser)
    options = parser.parse_args(words)
    return int(_module(options.verb).run(options))


def _module(verb: str) -> ModuleType:
    return import_module(f"kaname.site.cli.{verb.replace('-', '_')}")
