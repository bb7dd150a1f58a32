"""What a kill at any point leaves: never a row without its content."""

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from kaname.kernel.files import shelf

KILLED = """
import os, sys
from django.conf import settings
settings.configure(MEDIA_ROOT=sys.argv[1])
from kaname.kernel.files import shelf

def chunks():
    yield b"first"
    os.kill(os.getpid(), 9)

shelf.put(chunks(), limit_bytes=100)
"""


def test_kill_while_writing_leaves_only_a_part_that_nobody_takes_for_a_file(shelf_root: Path) -> None:
    src = Path(shelf.__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(shelf_root)], env={"PYTHONPATH": str(src)}, check=False
    )
    assert done.returncode == -9
    left = list(shelf_root.glob("*/*"))
    assert [place.suffix for place in left] == [".part"]


def test_failing_source_leaves_nothing(shelf_root: Path) -> None:
    def broken():
        yield b"first"
        raise ConnectionError

    with pytest.raises(ConnectionError):
        shelf.put(broken(), limit_bytes=100)
    assert list(shelf_root.glob("*/*")) == []


def test_names_are_random(shelf_root: Path) -> None:
    names = {shelf.put([b"same"], limit_bytes=9).shelf_name for _ in range(20)}
    assert len(names) == 20
    assert {len(name) for name in names} == {40}


def test_throwing_away_twice_is_fine(shelf_root: Path) -> None:
    kept = shelf.put([b"x"], limit_bytes=9)
    shelf.throw_away(kept.shelf_name)
    shelf.throw_away(kept.shelf_name)
    assert list(shelf_root.glob("*/*")) == []
