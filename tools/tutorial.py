"""The outputs in the tutorial: run its commands and write what they print into the page.

    python tools/tutorial.py [--check]

A block that begins with ```` ```console ```` holds a command behind `$` and what it prints; the commands run in
`docs/examples`.  With `--check` nothing is written, and the exit code is 1 where a page tells something else than its
commands print.
"""

import contextlib
import io
import os
import re
import shlex
import sys
from pathlib import Path
from typing import Final

from kaname.site.cli import main as kaname

ROOT: Final = Path(__file__).resolve().parents[1]
PAGES: Final = tuple(ROOT / "docs" / language / "tutorial.md" for language in ("en", "ja"))
EXAMPLES: Final = ROOT / "docs" / "examples"
_BLOCK: Final = re.compile(r"^```console\n\$ kaname ([^\n]*)\n.*?^```$", re.DOTALL | re.MULTILINE)
_SHORTEN: Final = re.compile(r" \| head -n (\d+)$")


def renewed(page: str) -> str:
    """Return a page with what its commands print now."""
    return _BLOCK.sub(lambda block: f"```console\n$ kaname {block[1]}\n{output(block[1])}```", page)


def output(command: str) -> str:
    """Return what a command prints; ` | head -n N` at its end keeps the first lines, as it does in a shell."""
    shorten = _SHORTEN.search(command)
    told = io.StringIO()
    usual = Path.cwd()
    os.chdir(EXAMPLES)
    try:
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(io.StringIO()):
            code = kaname(shlex.split(_SHORTEN.sub("", command)))
    finally:
        os.chdir(usual)
    if code:
        raise RuntimeError(f"kaname {command}: exit code {code}")
    lines = told.getvalue().splitlines(keepends=True)
    return "".join(lines[: int(shorten[1])] if shorten else lines)


def main() -> int:
    """Renew the pages, or say which are old."""
    is_old = False
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        new = renewed(page)
        if new != page:
            is_old = True
            sys.stdout.write(f"{path.relative_to(ROOT)}: other output\n")
            if "--check" not in sys.argv:
                path.write_text(new, encoding="utf-8")
    return int(is_old and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
