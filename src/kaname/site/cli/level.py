"""`kaname level FILE`: find the shortest schedule of a problem in which no resource is short.

With `--json` the answer is an object: `file`, `makespan`, `lower_bound`, `gap` (share of the bound), `status` (`optimal`,
`feasible`), `schedules` (how many were made), `seconds`, `starts` and `causes`, both in the order of the file, and `people`:
the resources, with `uid`, `name` and the `tasks` that take them.  A cause has `uid`, `kind` (`nothing`, `fixed`, `date`,
`predecessor`, `resource`), `by` (the other activity), `resource` (its name) and `waits`, the time for which a resource keeps the
activity waiting.  All times are units of the file.

Plan files are levelled on their calendars, see `level_plan_file`.
"""

import argparse
import time
from pathlib import Path
from typing import Final

from kaname.engine.leveling import Activity, Leveling, Problem, ProblemError, Progress, level
from kaname.engine.network import PlanError
from kaname.engine.text import Message, gettext_noop
from kaname.formats.psplib import is_psplib, read_psplib
from kaname.formats.types import FileRefused
from kaname.site.cli.level_plan_file import add_plan_arguments, run_plan
from kaname.site.cli.level_table import print_table
from kaname.site.cli.plan_files import EXIT_CODES, file_bytes, print_json, printed, refuse
from kaname.site.cli.sentences import chosen_language
from kaname.site.cli.stopping import told, until
from kaname.site.cli.warming import announced
from kaname.site.cli.words import LANGUAGES

MOST_SECONDS: Final = 86_400.0
_FILES: Final = (
    "a plan (Microsoft Project XML, Primavera XER, XLSX, CSV), or a PSPLIB (.sm), Patterson (.rcp) or MPLIB text"
)
_TEXTS: Final = (".sm", ".rcp")
_BETTER: Final = gettext_noop("%(seconds)s s: %(makespan)s units of time, at least %(bound)s")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the verb."""
    parser.add_argument("file", type=Path, metavar="FILE", help=_FILES)
    parser.add_argument("--seconds", type=_seconds, default=10.0, metavar="S", help="time to search, 10 by default")
    parser.add_argument(
        "--schedules", type=_count, metavar="N", help="stop after so many schedules: the same everywhere"
    )
    parser.add_argument("--seed", type=_count, default=1, metavar="N", help="start of the dice, 1 by default")
    parser.add_argument("--json", action="store_true", help="print JSON for programs")
    parser.add_argument("--language", choices=LANGUAGES, help="language of the sentences; by default the terminal's")
    add_plan_arguments(parser)
    parser.epilog = f"{EXIT_CODES} Ctrl-C ends the search and prints the best schedule so far, with exit code 0."


def run(options: argparse.Namespace) -> int:
    """Level a file and print the schedule; return 0, or 1 where the file or its problem is refused."""
    language = chosen_language(options.language)
    try:
        data = file_bytes(options.file)
        if not is_psplib(data) and options.file.suffix.lower() not in _TEXTS:
            return run_plan(options, language)
        problem = read_psplib(data, file=options.file.name)
        return _run_problem(problem, options, language)
    except (FileRefused, PlanError) as refusal:
        return refuse(options, refusal)
    except ProblemError as error:
        return refuse(options, PlanError(error.messages))


def _run_problem(problem: Problem, options: argparse.Namespace, language: str) -> int:
    if options.seconds > 0:
        with announced(language):
            _warm_up()
    begun = time.perf_counter()
    found = _level(problem, options, begun, language)
    if options.json:
        answer = _answer(found, file=options.file.name, seconds=time.perf_counter() - begun)
        return printed(lambda: print_json(answer))
    return printed(lambda: print_table(found, language=language))


def _warm_up() -> None:
    level(Problem(activities=tuple(Activity(uid=uid, duration=1) for uid in range(2))), schedules=10)


def _level(problem: Problem, options: argparse.Namespace, begun: float, language: str) -> Leveling:
    def tell(progress: Progress) -> None:
        places: dict[str, str | int] = {
            "seconds": f"{time.perf_counter() - begun:.1f}",
            "makespan": progress.makespan,
            "bound": progress.lower_bound,
        }
        told(Message(_BETTER, places), language=language)

    with until(begun + options.seconds, language) as time_left:
        return level(problem, seed=options.seed, schedules=options.schedules, time_left=time_left, on_progress=tell)


def _answer(found: Leveling, *, file: str, seconds: float) -> dict[str, object]:
    problem = found.problem
    return {
        "file": file,
        "makespan": found.makespan,
        "lower_bound": found.lower_bound,
        "gap": round(found.gap, 6),
        "status": found.status.value,
        "schedules": found.schedules,
        "seconds": round(seconds, 3),
        "starts": list(found.starts),
        "people": [
            {
                "uid": place + 1,
                "name": resource.name,
                "tasks": [
                    activity.uid
                    for activity in problem.activities
                    if any(demand.resource == place and demand.units for demand in activity.demands)
                ],
            }
            for place, resource in enumerate(problem.resources)
        ],
        "causes": [
            {
                "uid": activity.uid,
                "kind": cause.kind.value,
                "by": cause.uid,
                "resource": None if cause.resource is None else problem.resources[cause.resource].name,
                "waits": cause.waits,
            }
            for activity, cause in zip(problem.activities, found.causes, strict=True)
        ],
    }


def _seconds(word: str) -> float:
    seconds = float(word)
    if not 0 <= seconds <= MOST_SECONDS:
        raise argparse.ArgumentTypeError(f"from 0 to {MOST_SECONDS:.0f}")
    return seconds


def _count(word: str) -> int:
    number = int(word)
    if not 0 <= number < 1 << 31:
        raise argparse.ArgumentTypeError("from 0 to 2147483647")
    return number
