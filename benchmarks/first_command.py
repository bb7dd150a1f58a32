"""How long the first command of the README takes in a fresh clone with empty caches, and the second start after it.

Run `python benchmarks/first_command.py`.  Clones this checkout (what is committed) into a temporary folder, gives it a home
folder and caches of its own, runs `make run` until the address answers, stops it as Ctrl-C does, and starts it again.  Prints
wall seconds and processor seconds of both.  Floors: 90 s and 3 s on a machine that does nothing else; the exit code is 1
when one is missed.  Needs the network for the packages, and port 8000 free.
"""

import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

FIRST_SECONDS = 90.0
SECOND_SECONDS = 3.0
_ROOT = Path(__file__).resolve().parents[1]
_ADDRESS = "http://127.0.0.1:8000/"
_GIVE_UP_SECONDS = 900.0
_OURS = ("KANAME_", "DJANGO_", "VIRTUAL_ENV", "PYTHON", "XDG_", "UV_CACHE", "PIP_CACHE")


def main() -> int:
    """Print both starts."""
    if _answers():
        print(f"{_ADDRESS} answers already; stop what listens there first")
        return 2
    with tempfile.TemporaryDirectory(prefix="kaname-first-") as folder:
        place = Path(folder)
        environment = _environment(place)
        clone = ["git", "clone", "--quiet", str(_ROOT), str(place / "kaname")]
        subprocess.run(clone, env=environment, check=True)
        first = _start(place / "kaname", environment, "first `make run`, all of it")
        second = _start(place / "kaname", environment, "second `make run`")
    return 0 if first <= FIRST_SECONDS and second <= SECOND_SECONDS else 1


def _environment(place: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    own = str(Path(sys.prefix) / "bin")
    kept["PATH"] = os.pathsep.join(part for part in kept["PATH"].split(os.pathsep) if part != own)
    return kept | {
        "HOME": str(place / "home"),
        "UV_CACHE_DIR": str(place / "uv"),
        "PIP_CACHE_DIR": str(place / "pip"),
        "PYTHON": str(Path(sys.base_prefix) / "bin" / "python3"),
    }


def _start(checkout: Path, environment: dict[str, str], label: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    process = subprocess.Popen(["make", "run"], cwd=checkout, env=environment, start_new_session=True)
    try:
        while not _answers():
            if process.poll() is not None:
                raise RuntimeError("`make run` ended before anything answered")
            if time.perf_counter() - began > _GIVE_UP_SECONDS:
                raise RuntimeError("nothing answers")
            time.sleep(0.02)
        seconds = time.perf_counter() - began
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    print(f"{seconds:6.1f} s until it answers, {used:6.1f} s of processor time until it was stopped: {label}")
    return seconds


def _answers() -> bool:
    try:
        urllib.request.urlopen(_ADDRESS, timeout=10).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
