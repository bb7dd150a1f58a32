"""The tutorial tells what its commands and its program really print."""

import contextlib
import io
import re

import pytest

from tools.tutorial import PAGES, renewed

_PROGRAM = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_outputs_are_those_of_the_commands(page):
    text = page.read_text(encoding="utf-8")
    assert text.count("```console") == 6
    assert renewed(text) == text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_program_prints_what_its_last_line_says(page):
    [program] = _PROGRAM.findall(page.read_text(encoding="utf-8"))
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        exec(program, {})  # noqa: S102 - the page's own program
    assert told.getvalue().strip() == program.rsplit("# ", 1)[1].strip()
