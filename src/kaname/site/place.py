"""Where Kaname lives: its package and its folder.  Loads nothing, so that what only starts others stays small."""

import os
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).resolve().parents[1]


def _default_home() -> Path:
    checkout = PACKAGE.parents[1]
    if (checkout / "pyproject.toml").is_file():
        return checkout / "var"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "kaname"


HOME: Final = Path(os.environ.get("KANAME_HOME") or _default_home()).absolute()
