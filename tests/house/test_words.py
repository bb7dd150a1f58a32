"""The repository speaks of the product alone."""

import re
import subprocess
from pathlib import Path
from typing import Final

import pytest

from tests.house.source import ROOT

TEXTS: Final = frozenset(
    {
        "",
        ".py",
        ".md",
        ".html",
        ".css",
        ".js",
        ".toml",
        ".sh",
        ".po",
        ".txt",
        ".yml",
        ".yaml",
        ".service",
        ".json",
        ".svg",
    }
)
PLACES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"/(?:work|root|mnt|workspace)/(?:wt|main|shared|[a-z_-]+/\.venv)",
        r"/home/(?!kaname\b)[a-z]+/",
        r"(?i)\bwork" + r"tree\b",
        r"(?i)\b(?:find-links|extra-index-url|index-url)\b",
        r"\bTO" + r"DO\b(?!・)",
        r"\bFIX" + r"ME\b",
    )
)
NOT_OURS: Final = ("tests/vendor/", "src/kaname/ui/static/ui/vendor/")
MAY_SAY: Final = frozenset({"tests/house/test_words.py"})


def files() -> list[Path]:
    """Return every text file that is kept in the repository, or will be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        return [path for path in ROOT.rglob("*") if path.is_file() and not {".venv", "var"} & set(path.parts)]
    return [ROOT / name for name in listed.stdout.splitlines()]


def said(text: str) -> list[str]:
    """Return what a text says that belongs to no product."""
    return [found.group() for pattern in PLACES for found in pattern.finditer(text)]


def test_no_file_speaks_of_where_it_was_made() -> None:
    found = {}
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        is_ours = path.suffix in TEXTS and not name.startswith(NOT_OURS) and name not in MAY_SAY
        if is_ours and path.is_file() and (words := said(path.read_text(encoding="utf-8", errors="ignore"))):
            found[name] = words
    assert found == {}


@pytest.mark.parametrize(
    "text",
    ["see /work/" + "wt/x", "/root/" + "main", "/home/" + "taro/kaname", "in the work" + "tree", "# TO" + "DO: later"],
)
def test_word_of_the_workplace_is_found(text: str) -> None:
    assert len(said(text)) == 1


@pytest.mark.parametrize("text", ["/home/kaname/var", "networks", "ToDo・宿題事項", "/workbook/main"])
def test_word_of_the_product_is_free(text: str) -> None:
    assert said(text) == []
