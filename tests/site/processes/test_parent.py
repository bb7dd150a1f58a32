"""A child ends with the one who started it, also when that was killed before the child had loaded."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[3]
CHILD: Final = """
import time
from kaname.site.processes.parent import follow_parent
follow_parent()
time.sleep(60)
"""


def start(started_by: int) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "KANAME_STARTED_BY": str(started_by)}
    return subprocess.Popen([sys.executable, "-c", CHILD], env=environment)


def test_child_whose_parent_died_before_it_looked_ends() -> None:
    assert start(999_999).wait(30) == -15


def test_child_of_a_living_parent_stays() -> None:
    child = start(os.getpid())
    try:
        child.wait(3)
    except subprocess.TimeoutExpired:
        assert child.poll() is None
    finally:
        child.kill()
        child.wait()
