"""`kaname backup`: write database, files and signing key into one file while everything runs."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from kaname.engine.text import Message, gettext_noop
from kaname.site.cli.sentences import render
from kaname.site.cli.words import language
from kaname.site.processes.archive import ArchiveRefused, write_archive
from kaname.site.processes.home import home


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("target", nargs="?", default="", help="File to write (default: backups/ in KANAME_HOME).")


def run(options: argparse.Namespace) -> int:
    """Write the backup; return 0 when it is whole and on disk."""
    place = home()
    now = datetime.now(UTC)
    target = Path(options.target) if options.target else place.path / "backups" / f"kaname-{now:%Y%m%d-%H%M%S}.tar"
    if not options.target:
        target.parent.mkdir(mode=0o700, exist_ok=True)
    try:
        written = write_archive(place, target, now=now)
    except ArchiveRefused as refused:
        sys.stderr.write(render(refused.message, language=language()) + "\n")
        return 1
    except OSError as error:
        told = Message(gettext_noop("The backup cannot be written: %(reason)s"), {"reason": str(error)})
        sys.stderr.write(render(told, language=language()) + "\n")
        return 1
    places = {"path": str(written.path), "files": written.files, "size": f"{written.size / 1024**2:.1f}"}
    told = Message(
        gettext_noop("Written: %(path)s (%(files)s files, %(size)s MB). Keep it where only you can read it."), places
    )
    sys.stdout.write(render(told, language=language()) + "\n")
    return 0
