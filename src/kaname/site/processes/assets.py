"""Static files of this version, collected once, with hashed names."""

import hashlib
import os
from pathlib import Path
from typing import Final

import kaname
from kaname.site.processes.home import Home

_STAMP: Final = "static.stamp"


def are_collected(home: Home) -> bool:
    """Return whether the collected files are those of this version; loads no Django, takes some milliseconds."""
    stamp = home.path / _STAMP
    return (
        (home.path / "static").is_dir() and stamp.is_file() and stamp.read_text(encoding="ascii") == _mark_of_sources()
    )


def collect(home: Home) -> None:
    """Collect, hash and compress all static files anew; needs Django loaded."""
    from django.core.management import call_command  # noqa: PLC0415 - the quick look runs without Django

    (home.path / _STAMP).unlink(missing_ok=True)
    mark = _mark_of_sources()
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    os.sync()  # the stamp must not reach the disk before what it vouches for
    (home.path / _STAMP).write_text(mark, encoding="ascii")


def _mark_of_sources() -> str:
    package = Path(kaname.__file__).resolve().parent
    digest = hashlib.sha256(kaname.__version__.encode())
    for folder in sorted(package.glob("*/static")) + sorted(package.glob("*/*/static")):
        for path in sorted(folder.rglob("*")):
            status = path.stat()
            digest.update(f"{path.relative_to(package)} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
