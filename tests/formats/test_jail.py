"""What a child that reads a file loads."""

import subprocess
import sys

_LOADED = """
import sys
from kaname.formats.jail.child import enter_lightly
enter_lightly()
import kaname.formats.jail.requests
print(*sorted(name for name in sys.modules if name in sys.argv[1:]))
"""


def loaded(*names: str) -> list[str]:
    done = subprocess.run([sys.executable, "-c", _LOADED, *names], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_child_loads_no_reader_before_it_knows_the_kind_of_the_file() -> None:
    readers = (
        "kaname.formats.mspdi",
        "kaname.formats.xer",
        "kaname.formats.wbs.interpreter",
        "python_calamine",
        "numpy",
    )
    assert loaded("kaname.formats.detect", *readers) == ["kaname.formats.detect"]
