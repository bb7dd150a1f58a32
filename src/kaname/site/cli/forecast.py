"""`kaname forecast`: what a record of closed projects says of the next one, or when a running plan will be finished.

`kaname forecast --history TABLE.csv --planned COLUMN --actual COLUMN` reads a record.  With `--json` the answer is an object: `file`,
`columns`, `encoding`, `cases`, `left_out` (rows with their `line` and the
`reason`: `planned` or `actual` is no number above zero), `strength` (how many cases of a wider class a narrower one is worth
giving up for; `null` where classes say nothing), `calibration` (each case forecast by all others: for P10 to P90 the `cases`
of which it could be said, the `share` that held and its 95 % `interval`; `plan_error` and `class_error`, the mean absolute
percentage errors of the plan as it was made and of the plan times P50), and `classes`, the whole record first: `classes`, `cases`,
`effective_cases`, `levels` (`name`, `cases`, `weight`) and `factors`, by which what is planned is to be multiplied, `null` where
the record is too small.  With `--for` only the class asked for is told.

`kaname forecast PLAN [--closed PLAN]...` forecasts a plan file with progress; see `forecast_plan`.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kaname.formats.types import FileRefused
from kaname.site.cli.forecast_plan import add_plan_arguments, run_plan
from kaname.site.cli.plan_files import EXIT_CODES, file_bytes, print_json, printed, refuse
from kaname.site.cli.sentences import chosen_language
from kaname.site.cli.words import LANGUAGES

if TYPE_CHECKING:
    from kaname.engine.forecast import Calibration, History, ReferenceClass
    from kaname.formats.history import HistoryTable

PERCENTILES: Final = (10, 20, 50, 80, 90, 95)
_PLACES: Final = 4
_MOST_CLASSES: Final = 500

type Answer = dict[str, object]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the verb."""
    add_plan_arguments(parser)
    parser.add_argument(
        "--history", type=Path, metavar="TABLE", help="closed projects as CSV, TSV or other delimited text"
    )  # fmt: skip
    parser.add_argument("--planned", metavar="COLUMN", help="heading or number of what was planned")
    parser.add_argument("--actual", metavar="COLUMN", help="heading or number of what it became")
    parser.add_argument(
        "--class", dest="classes", action="append", default=[], metavar="COLUMN",
        help="heading or number of the kind of project; several times for narrower kinds",
    )  # fmt: skip
    parser.add_argument(
        "--for", dest="wanted", action="append", default=[], metavar="CLASS",
        help="the kind of the next project; several times for narrower kinds",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="print JSON for programs")
    parser.add_argument("--language", choices=LANGUAGES, help="language of the sentences; by default the terminal's")
    parser.set_defaults(wrong_usage=parser.error)
    parser.epilog = EXIT_CODES


def run(options: argparse.Namespace) -> int:
    """Print a forecast; return 0, or 1 where a file is refused."""
    of_record = [options.history, options.planned, options.actual]
    if options.file is not None and not (any(of_record) or options.classes or options.wanted):
        return run_plan(options)
    if options.file is not None or None in of_record:
        options.wrong_usage("either PLAN, or --history with --planned and --actual")
    options.file = options.history
    return _run_record(options)


def _run_record(options: argparse.Namespace) -> int:
    from kaname.engine.forecast import Case, History, HistoryError, calibrate
    from kaname.formats.history import read_history

    file = options.file.name
    try:
        table = read_history(
            file_bytes(options.file), file=file, planned=options.planned, actual=options.actual, classes=options.classes
        )
        rows = zip(table.planned, table.actual, table.classes, strict=True)
        history = History([Case(planned, actual, classes) for planned, actual, classes in rows])
    except FileRefused as refusal:
        return refuse(options, refusal)
    except HistoryError as error:
        return refuse(options, FileRefused(error.messages[0], file=file))
    calibration = calibrate(history)
    paths = [tuple(options.wanted)] if options.wanted else [(), *history.class_names()[:_MOST_CLASSES]]
    found = [(path, history.reference_class(path)) for path in paths]
    if options.json:
        return printed(lambda: print_json(_answer(file, table, history, calibration, found)))

    from kaname.site.cli.forecast_page import print_page

    return printed(lambda: print_page(table, calibration, found, language=chosen_language(options.language)))


def _answer(
    file: str,
    table: "HistoryTable",
    history: "History",
    calibration: "Calibration",
    found: "Sequence[tuple[tuple[str, ...], ReferenceClass]]",
) -> Answer:
    from kaname.engine.forecast.reference import STRENGTHS

    return {
        "file": file,
        "columns": list(table.columns),
        "encoding": table.encoding,
        "cases": calibration.cases,
        "left_out": [{"line": each.line, "reason": each.reason.value} for each in table.left_out],
        "strength": None if history.strength == STRENGTHS[-1] else history.strength,
        "calibration": {
            "held": {
                f"P{each.percent}": {
                    "cases": each.cases,
                    "share": round(each.share, _PLACES),
                    "interval": [round(each.low, _PLACES), round(each.high, _PLACES)],
                }
                for each in calibration.held
            },
            "plan_error": round(calibration.plan_error, _PLACES),
            "class_error": round(calibration.class_error, _PLACES),
        },
        "classes": [_class(path, each) for path, each in found],
    }


def _class(path: tuple[str, ...], found: "ReferenceClass") -> Answer:
    return {
        "classes": list(path),
        "cases": found.levels[-1].cases,
        "effective_cases": round(found.effective_cases, 1),
        "levels": [
            {"name": level.name, "cases": level.cases, "weight": round(level.weight, _PLACES)} for level in found.levels
        ],
        "factors": {f"P{percent}": _rounded(found.factor(percent)) for percent in PERCENTILES},
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else float(f"{value:.6g}")
