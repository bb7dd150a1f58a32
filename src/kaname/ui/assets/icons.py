"""Build the icon sprite from Tabler's outline icons (MIT): only the ones named in `icons.txt`."""

import re
import sys
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
SPRITE: Final = HERE.parent / "static" / "ui" / "icons.svg"
_FRAME: Final = re.compile(r"<path stroke=\"none\" d=\"M0 0h24v24H0z\" fill=\"none\"\s*/>")


def names() -> list[str]:
    """Return the names of the icons in the sprite."""
    return (HERE / "icons.txt").read_text(encoding="ascii").split()


def symbol(name: str, drawing: str) -> str:
    """Return one icon as a symbol without colours, so that the page's own colour shows."""
    inner = drawing[drawing.index(">", drawing.index("<svg")) + 1 : drawing.rindex("</svg>")]
    return f'<symbol id="{name}" viewBox="0 0 24 24">{"".join(_FRAME.sub("", inner).split(chr(10))).strip()}</symbol>'


def build(package: Path) -> None:
    """Write the sprite from an unpacked `@tabler/icons`."""
    folder = package / "icons" / "outline"
    symbols = [symbol(name, (folder / f"{name}.svg").read_text(encoding="utf-8")) for name in sorted(names())]
    SPRITE.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n", encoding="utf-8", newline="\n"
    )
    licence = (package / "LICENSE").read_text(encoding="utf-8")
    SPRITE.with_name("icons.LICENSE.txt").write_text(licence, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    build(Path(sys.argv[1]))
