"""The house as it stands on disk: its floors, rooms and modules."""

import ast
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGE: Final = ROOT / "src" / "kaname"
FLOORS_WITH_ROOMS: Final = ("ground", "pso", "pmo")


@dataclass(frozen=True, slots=True)
class Module:
    """One source file with its dotted name."""

    name: str
    tree: ast.Module

    @property
    def floor(self) -> str:
        """The floor that it lies on; empty for the house itself."""
        return self.name.partition(".")[2].partition(".")[0]

    @property
    def room(self) -> str:
        """The package that owns it: `kaname.pso.schedule`, `kaname.kernel.rules`, `kaname.ui`."""
        parts = self.name.split(".")
        return ".".join(parts[: 3 if self.floor in {*FLOORS_WITH_ROOMS, "kernel"} else 2])

    @property
    def furniture(self) -> str:
        """The piece of its room that it belongs to: `operations`, `web`, `models`; empty for the room itself."""
        return self.name.removeprefix(self.room).strip(".").partition(".")[0]


def parsed(name: str, text: str) -> Module:
    """Return a module of a text."""
    return Module(name, ast.parse(text))


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of Kaname but migrations."""
    return tuple(
        parsed(dotted(path), path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
        if "migrations" not in path.parts
    )


def dotted(path: Path) -> str:
    """Return the dotted name of a source file."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def rooms(package: Path = PACKAGE) -> Iterator[Path]:
    """Yield the folders of all rooms."""
    for floor in FLOORS_WITH_ROOMS:
        yield from (path for path in sorted((package / floor).iterdir()) if (path / "__init__.py").is_file())


def settings_of(tool: str) -> dict[str, Any]:
    """Return what pyproject.toml says to a tool."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][tool]
