"""Damaged files against the commands of the engine: none may crash, none may cost 5 s more than it was asked for.

    PYTHONPATH=src:. python benchmarks/hostile_commands.py [COMMAND] [FILES] [SEED]

COMMAND is one of `level`, `simulate`, `shared` (simulate --shared-people), `estimates` and `events` (the tables of simulate),
`forecast`, `running` (forecast of a plan) and `schedule`; without it, each of them.  FILES (10,000 by default) are made for
each from small right files of every kind that it reads: bytes turned, numbers exchanged for extreme ones, lines and elements
removed, doubled and moved, ends cut off, other encodings.  Each is answered as with `--json`, every tenth as a page too; a
search is given 0.02 s, a simulation 20 runs.  Prints how many were answered and refused, the slowest, and every crash with
the file that made it.  The exit code is 1 when a bar is missed.  `growth_hostile.py` does the same for `growth`.
"""

import contextlib
import io
import json
import random
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from kaname.site.cli import main as kaname
from tests.formats.mspdi.plans import FULL
from tests.formats.psplib.test_read import MPLIB, PATTERSON, SM
from tests.formats.xer.files import CALENDAR, PROJECT, WBS, activity, xer

MOST_SECONDS = 5.0
ASKED_SECONDS = 0.02
NUMBERS = (
    b"0", b"-1", b"1", b"2", b"999", b"1000000", b"2147483648", b"9223372036854775808", b"1e9", b"-0", b"0.5", b"", b"NaN",
    b"\xef\xbc\x91", b"1" * 60, b"1:2", b"2026-02-30T08:00:00", b"9999-12-31T23:59:00", b"0001-01-01T00:00:00", b"PT99999999H0M0S",
)  # fmt: skip
ENCODINGS = ("utf-16", "cp932", "utf-8-sig", "iso2022_jp")
_NUMBER = re.compile(rb"-?\d[\d.:T-]*")

HISTORY = (
    "name,kind,planned,actual\n"
    + "".join(f"P{row},{'web' if row % 2 else 'core'},{100 + row},{100 + 7 * row % 90}\n" for row in range(30))
).encode()
TABLE = "WBS,名前,開始,終了,日数,先行\n1,設計,2026-04-01,2026-04-10,8,\n2,製造,2026-04-13,2026-05-20,20,1\n3,試験,,,10,2FS+2d\n".encode()
LINKS = (
    {"task_pred_id": "1", "task_id": "2", "pred_task_id": "1", "proj_id": "100", "pred_proj_id": "100", "pred_type": "PR_FS", "lag_hr_cnt": "8"},
    {"task_pred_id": "2", "task_id": "3", "pred_task_id": "2", "proj_id": "100", "pred_proj_id": "100", "pred_type": "PR_SS", "lag_hr_cnt": "0"},
)  # fmt: skip
XER = xer(
    {
        "PROJECT": [PROJECT],
        "CALENDAR": [CALENDAR],
        "PROJWBS": WBS,
        "TASK": [activity("1"), activity("2", target_drtn_hr_cnt="80"), activity("3", task_type="TT_FinMile")],
        "TASKPRED": LINKS,
    }
)
PLANS = ((FULL, ".xml"), (XER, ".xer"), (TABLE, ".csv"))
TEXTS = ((PATTERSON, ".rcp"), (SM, ".sm"), (MPLIB, ".txt"))
EXAMPLES = Path(__file__).resolve().parents[1] / "docs" / "examples"
PLAN = str(EXAMPLES / "order-system.csv")
ESTIMATES = (EXAMPLES / "estimates.csv").read_bytes()
EVENTS = (EXAMPLES / "risks.csv").read_bytes()
SEARCH = ("--seconds", str(ASKED_SECONDS))
COMMANDS = {
    "level": ((*TEXTS, *PLANS), lambda path: ["level", path, *SEARCH]),
    "simulate": (PLANS, lambda path: ["simulate", path, "--runs", "20"]),
    "shared": (PLANS, lambda path: ["simulate", path, "--runs", "5", "--shared-people"]),
    "estimates": (((ESTIMATES, ".csv"),), lambda path: ["simulate", PLAN, "--runs", "20", "--estimates", path]),
    "events": (((EVENTS, ".csv"),), lambda path: ["simulate", PLAN, "--runs", "20", "--events", path]),
    "forecast": (((HISTORY, ".csv"),), lambda path: ["forecast", "--history", path, "--planned", "planned", "--actual", "actual", "--class", "kind"]),
    "running": (PLANS, lambda path: ["forecast", path, "--status-date", "2026-04-20"]),
    "schedule": (PLANS, lambda path: ["schedule", path]),
}  # fmt: skip


def main() -> int:
    """Print an account for each command; return 1 when a bar is missed."""
    wanted = [word for word in sys.argv[1:] if word in COMMANDS]
    numbers = [int(word) for word in sys.argv[1:] if word.isdecimal()]
    files = numbers[0] if numbers else 10_000
    seed = numbers[1] if len(numbers) > 1 else 1
    missed = [account(command, files=files, seed=seed) for command in wanted or COMMANDS]
    return int(any(missed))


def account(command: str, *, files: int, seed: int) -> bool:
    """Answer damaged files with one command; print the account and return whether a bar was missed."""
    chance = random.Random(seed)
    bases, words = COMMANDS[command]
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for number in range(files):
            content, ending = chance.choice(bases)
            path = Path(folder) / f"file{ending}"
            path.write_bytes(damaged(content, chance))
            began = time.process_time()
            outcome = judged(words, path, shows_page=number % 10 == 0)
            spent = time.process_time() - began
            slowest = max(slowest, spent)
            outcomes[outcome] += 1
            if outcome == "crash" or spent > MOST_SECONDS:
                kept = Path(tempfile.gettempdir()) / f"{command}-{seed}-{number}{ending}"
                kept.write_bytes(path.read_bytes())
                print(f"{command} file {number}: {outcome}, {spent:.2f} s, kept as {kept}")
                outcomes["slow"] += spent > MOST_SECONDS
    print(f"{command}: {files} files, {dict(outcomes)}, slowest {slowest:.2f} s CPU (bar {MOST_SECONDS:g})", flush=True)
    return bool(outcomes["crash"] or outcomes["slow"])


def judged(words: Callable[[str], list[str]], path: Path, *, shows_page: bool) -> str:
    """Answer a file as the command does and return what became of it."""
    told = io.StringIO()
    try:
        with contextlib.redirect_stdout(told), contextlib.redirect_stderr(io.StringIO()):
            code = kaname([*words(str(path)), "--json"])
            answer = json.loads(told.getvalue())
            if shows_page:
                kaname(words(str(path)))
    except BaseException:  # noqa: BLE001 - whatever leaves the command is a crash
        traceback.print_exc()
        return "crash"
    if code:
        return "refused" if "refused" in answer else "crash"
    return "answered"


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return a file that is no longer quite right."""
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3, 8))):
        content = chance.choice((_other_number, _other_number, _other_number, _turned, _other_lines, _cut, _encoded))(
            content, chance
        )
    return content


def _other_number(content: bytes, chance: random.Random) -> bytes:
    places = [match.span() for match in _NUMBER.finditer(content)]
    if not places:
        return content
    first, end = chance.choice(places)
    other = chance.choice(NUMBERS)
    if chance.random() < 0.5:
        begun, ended = chance.choice(places)
        other = content[begun:ended]
    return content[:first] + other + content[end:]


def _turned(content: bytes, chance: random.Random) -> bytes:
    if not content:
        return content
    place = chance.randrange(len(content))
    return content[:place] + chance.randbytes(chance.randrange(3)) + content[place + chance.randrange(3) :]


def _other_lines(content: bytes, chance: random.Random) -> bytes:
    """Remove, double or move a line, or an element where there are no lines."""
    parts = re.split(rb"(?<=\n)|(?<=>)(?=<)", content)
    place = chance.randrange(len(parts))
    match chance.randrange(3):
        case 0:
            del parts[place : place + chance.choice((1, 1, 4))]
        case 1:
            parts[place:place] = [parts[place]] * chance.choice((1, 1, 50))
        case _:
            parts.insert(chance.randrange(len(parts)), parts.pop(place))
    return b"".join(parts)


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _encoded(content: bytes, chance: random.Random) -> bytes:
    return content.decode("utf-8", "replace").encode(chance.choice(ENCODINGS), "replace")


if __name__ == "__main__":
    sys.exit(main())
