"""What must be true of database and static files before anything answers.

Runs as its own process (`python -m kaname.site.processes.prepare`) below `kaname up`, whose own process stays small.
"""

import os
import sys

from kaname.site.processes import assets, schema
from kaname.site.processes.boot import boot
from kaname.site.processes.home import Home, home


def is_prepared(place: Home) -> bool:
    """Return whether a quick look finds nothing to do; loads no Django."""
    return schema.looks_migrated(place) and assets.are_collected(place)


def prepare() -> None:
    """Migrate the database and collect static files where needed; each step may be killed and repeated."""
    boot()
    place = home()
    os.umask(0o077)
    if not schema.is_migrated():
        schema.migrate()
    schema.note_migrated(place)
    if not assets.are_collected(place):
        assets.collect(place)


if __name__ == "__main__":
    prepare()
    sys.exit(0)
