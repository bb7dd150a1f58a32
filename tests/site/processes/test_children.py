"""A kept process knows whose place it takes."""

import os
import sys
import time
from pathlib import Path
from typing import Final

from kaname.site.processes.children import Child

TELLS: Final = "import os, sys; open(sys.argv[1], 'a').write(f\"{os.environ['KANAME_LIFE']},{os.environ['KANAME_LIFE_BEFORE']}\\n\")"


def test_successor_is_told_the_mark_of_the_dead_process(tmp_path: Path) -> None:
    told = tmp_path / "told"
    child = Child("one", [sys.executable, "-c", TELLS, str(told)], dict(os.environ))

    child.start()
    while child.look_after() is None:
        time.sleep(0.05)
    while child.look_after() is None and child.deaths < 2:
        time.sleep(0.05)

    (first, nobody), (second, before) = (line.split(",") for line in told.read_text().splitlines())
    assert (nobody, before) == ("", first)
    assert second != first
