"""`kaname sample`: build the sample company without clicking, into an installation that was not started yet."""

import argparse
import sys

from kaname.site.cli.words import say
from kaname.site.processes.boot import boot


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--quiet", action="store_true", help="Do not show how far it is.")


def run(options: argparse.Namespace) -> int:
    """Start the installation as a sample company and build it, or go on with one that was begun.

    Returns 0 when it stands, 1 where the installation was started for a real company.
    """
    boot()
    from django.db import transaction

    from kaname.kernel import clock
    from kaname.kernel.accounts.operations import start_sample
    from kaname.kernel.accounts.queries import find_instance, has_sample_people, is_started
    from kaname.kernel.accounts.types import InstanceMode
    from kaname.kernel.jobs.worker import collect_seldom
    from kaname.kernel.rules.system import SYSTEM
    from kaname.site.processes import assets, schema
    from kaname.site.processes.home import home
    from kaname.site.web.start_jobs import build_company

    place = home()
    if not schema.is_migrated():
        schema.migrate()
        schema.note_migrated(place)
    if not assets.are_collected(place):
        assets.collect(place)
    if not is_started():
        with transaction.atomic():
            start_sample(actor=SYSTEM, now=clock.now())
    instance = find_instance()
    if instance is None or instance.mode != InstanceMode.SAMPLE:
        sys.stderr.write(
            say("This installation belongs to a real company. Choose another folder with KANAME_HOME.") + "\n"
        )
        return 1
    if not has_sample_people():
        collect_seldom()
        build_company(on_progress=_quiet if options.quiet else _show)
    sys.stdout.write(say("The sample company stands. Start it with: kaname up") + "\n")
    return 0


def _show(permille: int, _step: str) -> None:
    sys.stdout.write(f"\r{permille // 10:3} %")
    sys.stdout.flush()


def _quiet(_permille: int, _step: str) -> None:
    return
