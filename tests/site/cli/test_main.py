import subprocess
import sys

import pytest

from kaname.site.cli import main

LOADED = """
import runpy, sys
sys.argv = ["kaname", "--help"]
try:
    runpy.run_module("kaname", run_name="__main__")
except SystemExit as end:
    print(end.code, sorted({"django", "numpy", "numba", "scipy"} & set(sys.modules)))
"""


def python(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False, timeout=120)


def test_module_answers_as_the_command_does(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    answered = python("-m", "kaname", "--help")
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert (answered.returncode, answered.stderr, answered.stdout) == (end.value.code, "", capsys.readouterr().out)
    assert answered.stdout.startswith("usage: kaname [-h] [--version] VERB ...\n")


def test_module_refuses_an_unknown_verb_with_the_code_of_wrong_usage():
    answered = python("-m", "kaname", "no-such-verb")
    assert (answered.returncode, answered.stdout) == (2, "")


def test_help_loads_nothing_that_it_does_not_need():
    assert python("-c", LOADED).stdout.splitlines()[-1] == "0 []"
