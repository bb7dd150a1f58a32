"""Generated files against the command `growth`: none may crash, none may cost more than 5 s.

    python benchmarks/growth_hostile.py [FILES] [SEED]

Writes FILES (10,000 by default) broken, mixed, huge and nearly right tables and answers each as `kaname growth FILE --json`
does, every tenth as a page as well.  Prints how many were answered with a number, answered "too early", and refused, the slowest
of them, and every crash with its file.  The exit code is 1 when a bar is missed.
"""

import contextlib
import io
import json
import math
import random
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from kaname.site.cli import main as kaname

MOST_SECONDS = 5.0
HEADINGS = (
    "日付,件数",
    "day,found",
    "T,CFC",
    "FN,IF",
    "検出日",
    "故障時刻",
    "week;bugs",
    "date\tfound\tcumulative",
    "x,y,z",
    "found",
    "",
)
WORDS = ("", " ", "n/a", "合計", "第3週", "2026-04-01", "4/1", "R8.4.1", "1e308", "-1", "1,234", '"', '""', "'=1+1", "９９", "\x00", "\x1b$B", "∞", "NaN",
         "0", "00", "3.5", "9" * 40, "あ" * 50)  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "utf-16", "euc_jp", "iso2022_jp", "latin-1")


def main() -> int:
    """Print the account; return 1 when a bar is missed."""
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 1)
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "series.csv"
        for number in range(files):
            path.write_bytes(table(chance))
            began = time.process_time()
            outcome = judged(path, shows_page=number % 10 == 0)
            spent = time.process_time() - began
            slowest = max(slowest, spent)
            outcomes[outcome] += 1
            if outcome == "crash" or spent > MOST_SECONDS:
                print(f"file {number}: {outcome}, {spent:.2f} s, begins {path.read_bytes()[:80]!r}")
                outcomes["slow"] += spent > MOST_SECONDS
    print(f"{files} files: {dict(outcomes)}, slowest {slowest:.2f} s CPU (bar {MOST_SECONDS:g})")
    return 1 if outcomes["crash"] or outcomes["slow"] else 0


def judged(path: Path, *, shows_page: bool) -> str:
    """Answer a file as the command does and return what became of it."""
    told = io.StringIO()
    try:
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(io.StringIO()):
            code = kaname(["growth", str(path), "--json"])
            answer = json.loads(told.getvalue())
            if shows_page:
                kaname(["growth", str(path)])
    except BaseException:  # noqa: BLE001 - whatever leaves the command is a crash
        traceback.print_exc()
        return "crash"
    if code:
        return "refused" if "refused" in answer else "crash"
    return str(answer["verdict"])


def table(chance: random.Random) -> bytes:
    """Return the bytes of one file."""
    kind = chance.random()
    if kind < 0.1:
        return chance.randbytes(chance.randrange(400))
    if kind < 0.15:
        return _large(chance)
    rows = chance.randrange(60) if kind < 0.9 else chance.randrange(400)
    delimiter = chance.choice((",", ",", "\t", ";", "|"))
    lines = [chance.choice(HEADINGS)]
    is_tame = chance.random() < 0.5
    at = total = 0
    fall = 4 * chance.random()
    for row in range(rows):
        at += chance.choice((1, 1, 1, 2, 7))
        count = int(12 * chance.expovariate(1.0) * math.exp(-fall * row / rows))
        total += count
        cells = [str(at), str(total if chance.random() < 0.02 or "CFC" in lines[0] else count)]
        if not is_tame and chance.random() < 0.3:
            cells[chance.randrange(2)] = chance.choice(WORDS)
        if chance.random() < 0.02:
            cells.append(chance.choice(WORDS))
        lines.append(delimiter.join(cells))
    return chance.choice(("\n", "\r\n", "\r")).join(lines).encode(chance.choice(ENCODINGS), "replace")


def _large(chance: random.Random) -> bytes:
    """Return a table at or beyond the limits."""
    rows = chance.choice((4_999, 5_000, 5_001, 30_000))
    heading = chance.choice(("day,found", "IF", "found", "検出日"))
    if heading == "検出日":
        return (
            heading
            + "\n"
            + "".join(
                f"{chance.randrange(1990, 2030)}-{chance.randrange(1, 13)}-{chance.randrange(1, 29)}\n"
                for _ in range(rows)
            )
        ).encode()
    if heading == "IF":
        return (heading + "\n" + "".join(f"{chance.expovariate(1 / (1 + at)):.6f}\n" for at in range(rows))).encode()
    values = (chance.choice((0, 1, 2, 3, 1_000)) for _ in range(rows))
    if heading == "found":
        return (heading + "\n" + "".join(f"{value}\n" for value in values)).encode()
    return (heading + "\n" + "".join(f"{at},{value}\n" for at, value in enumerate(values, start=1))).encode()


if __name__ == "__main__":
    sys.exit(main())
