"""Every room has the same furniture, under the same names."""

import re
from pathlib import Path
from typing import Final

from tests.house.source import PACKAGE, ROOT, rooms

FURNITURE: Final = frozenset(
    {
        "web", "rest", "tools", "exchange", "management", "admin", "reactions", "notices", "jobs", "operations", "queries",
        "rules", "bridge", "models", "events", "types", "apps", "migrations", "__init__",
    }
)  # fmt: skip
BESIDES: Final = frozenset({"locale", "static", "templates", "__pycache__"})
DRAWERS: Final = re.compile(r"^(utils?|helpers?|commons?|misc|managers?|stuff|tools)$")


def strange(room: Path) -> list[str]:
    """Return what stands in a room that has no business there."""
    return sorted(
        path.name
        for path in room.iterdir()
        if (path.stem not in FURNITURE if path.suffix == ".py" else path.name not in FURNITURE | BESIDES)
    )


def drawers(folder: Path) -> list[str]:
    """Return the modules and packages whose name says nothing of what is in them."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if DRAWERS.match(path.stem) and path.suffix in {"", ".py"}
    )


def test_rooms_hold_furniture_only() -> None:
    assert {room.name: strange(room) for room in rooms() if strange(room)} == {}


def test_there_are_no_drawers() -> None:
    assert drawers(PACKAGE) == []


def test_room_says_what_it_is() -> None:
    silent = [room.name for room in rooms() if not (room / "__init__.py").read_text(encoding="utf-8").startswith('"""')]
    assert silent == []


def test_tests_stand_where_their_sources_stand() -> None:
    floors = {path.name for path in PACKAGE.iterdir() if path.is_dir()}
    beside = {
        "conftest.py",
        "browser.py",
        "sample_company.py",
        "flows",
        "house",
        "rooms",
        "tools",
        "vendor",
        "__init__.py",
        "__pycache__",
    }
    known = {path.name for path in (ROOT / "tests").iterdir()}
    assert known - floors - beside == set()


def test_strange_furniture_is_found(tmp_path: Path) -> None:
    for name in (
        "__init__.py",
        "models.py",
        "helpers.py",
        "notes.txt",
        "operations/utils.py",
        "views/__init__.py",
        "templates/x",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert strange(tmp_path) == ["helpers.py", "notes.txt", "views"]
    assert drawers(tmp_path) == ["helpers.py", "operations/utils.py"]
