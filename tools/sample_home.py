"""Folders with the sample company, built once and copied: for looking at pages and for tests that need a whole company.

A built folder is kept under a key made from the code that builds it, the database's migrations and the week, because the
story is told relative to the day of building.
"""

import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "kaname"
ANSWER_WITHIN_SECONDS = 300


def key() -> str:
    """Return what a built folder is kept under."""
    week = date.today().isocalendar()[:2]  # noqa: DTZ011 - the week of this machine
    digest = hashlib.sha256("-".join(map(str, week)).encode())
    sources = [*(PACKAGE / "site" / "sample").glob("*.py"), *PACKAGE.glob("*/**/migrations/*.py")]
    for path in sorted(sources):
        digest.update(path.relative_to(PACKAGE).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def built_home(kept: Path) -> Path:
    """Return a folder with the sample company, below `kept`; one process builds it where it is not there yet."""
    home = kept / key()
    kept.mkdir(parents=True, exist_ok=True)
    with (kept / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "whole").exists():
            command([sys.executable, "-m", "kaname.site.cli", "sample", "--quiet"], home=home)
            (home / "whole").touch()
    return home


def copied_home(kept: Path, target: Path) -> Path:
    """Return a copy of the sample company's folder that may be changed."""
    home = built_home(kept)
    shutil.copytree(home, target, ignore=shutil.ignore_patterns("up.lock", "whole", "*-shm"))
    return target


@contextmanager
def served(home: Path, *, settings: str = "kaname.site.settings") -> Iterator[str]:
    """Run Kaname on a folder, with web server and worker, while the block runs; yields its address."""
    port = _free_port()
    environment = _environment(home) | {"DJANGO_SETTINGS_MODULE": settings}
    words = [sys.executable, "-m", "kaname.site.cli", "up", "--port", str(port)]
    process = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own command
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=60)


def command(words: list[str], *, home: Path) -> None:
    """Run a command on a folder; raise if it fails."""
    subprocess.run(words, env=_environment(home), check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command


def _environment(home: Path) -> dict[str, str]:
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")])
    rest = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    return rest | {"KANAME_HOME": str(home), "PYTHONPATH": path}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    give_up_at = time.monotonic() + ANSWER_WITHIN_SECONDS
    while time.monotonic() < give_up_at and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/start/", timeout=5).close()  # noqa: S310 - our own address
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("Kaname gives no answer")
