"""`kaname worker`: one more background worker, here or on another machine of the same PostgreSQL."""

import argparse
import logging
import os
import sys

from kaname.site.cli.words import say
from kaname.site.processes.boot import boot


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--lease", type=float, default=20.0, metavar="SECONDS", help=argparse.SUPPRESS)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Work until SIGTERM or Ctrl-C, finish the job at hand, and return 0."""
    boot()
    from kaname.kernel.jobs.worker import Worker
    from kaname.site.processes.children import LIFE, LIFE_BEFORE
    from kaname.site.processes.parent import follow_parent
    from kaname.site.processes.schema import is_migrated

    if not is_migrated():
        sys.stderr.write(say("The database is not at this version. Run: kaname migrate") + "\n")
        return 1
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    if options.child:
        mark, follows = os.environ.get(LIFE, ""), filter(None, os.environ.get(LIFE_BEFORE, "").split(","))
        worker = Worker(lease_seconds=options.lease, mark=mark, follows=follows)
    else:
        worker = Worker(lease_seconds=options.lease)
    worker.obey_signals()
    if options.child:
        follow_parent()
    else:
        sys.stdout.write(say("Worker %(name)s is ready. Stop it with Ctrl-C.", name=worker.name) + "\n")
        sys.stdout.flush()
    worker.run()
    return 0
