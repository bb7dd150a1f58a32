"""Vendor Noto Sans JP variable (SIL OFL 1.1) in unicode-range slices, so that a page loads only the letters it shows."""

import re
import shutil
import sys
from pathlib import Path
from typing import Final

STATIC: Final = Path(__file__).resolve().parent.parent / "static" / "ui"
_URL: Final = re.compile(r"url\(\./files/([^)]+)\)")


def build(package: Path) -> None:
    """Write `font/` and `css/font.css` from an unpacked `@fontsource-variable/noto-sans-jp`."""
    letters = STATIC / "font"
    letters.mkdir(exist_ok=True)
    for old in letters.glob("*.woff2"):
        old.unlink()
    sheet = (package / "index.css").read_text(encoding="utf-8")
    for name in _URL.findall(sheet):
        shutil.copyfile(package / "files" / name, letters / name)
    shutil.copyfile(package / "LICENSE", letters / "LICENSE.txt")
    sheet = _URL.sub(r'url("../font/\1")', sheet)
    (STATIC / "css" / "font.css").write_text(sheet, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    build(Path(sys.argv[1]))
