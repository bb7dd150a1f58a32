"""`kaname migrate`: bring the database, and the collected static files, to this version."""

import argparse
import sys

from kaname.site.cli.words import say
from kaname.site.processes.boot import boot


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--check", action="store_true", help="Only say whether it is; exit code 1 if it is not.")


def run(options: argparse.Namespace) -> int:
    """Migrate, or only look; return 0 when the database is at this version."""
    boot()
    from kaname.site.processes import assets, schema
    from kaname.site.processes.home import home

    if options.check:
        if schema.is_migrated():
            sys.stdout.write(say("The database is at this version.") + "\n")
            return 0
        sys.stderr.write(say("The database is not at this version. Run: kaname migrate") + "\n")
        return 1
    place = home()
    schema.migrate(verbosity=1)
    schema.note_migrated(place)
    if not assets.are_collected(place):
        assets.collect(place)
    sys.stdout.write(say("The database is at this version.") + "\n")
    return 0
