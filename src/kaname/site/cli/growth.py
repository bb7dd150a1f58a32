"""`kaname growth SERIES.csv`: say how many defects there are, how many are left, and when nearly all are found.

With `--json` the answer is an object.  `verdict` is `estimated`, `close` (several models are too close to call) or `too_early`;
then `model`, `total`, `interval`, `left`, `left_interval`, `day_95`, `day_95_interval`, `date_95`, `date_95_interval`, `aic` and
`aicc` are `null` and `reasons` say why.  `interval` is that of the expected total, the parameter a of the curves, which may lie
below what is found; what is found and `left_interval` together bound the defects in all.  Intervals are `[low, high]`, `high` is `null` where there is no upper bound; the `95` of
the keys is the share asked for.  Days are numbers on the scale of the file (from 1 where it has dates or no time), dates ISO or
`null` where the file has none.  `models` holds all four fits, the best first, each with the same values by itself, `rate`, `inflection`,
`starts_at_zero`, `log_likelihood`, `difference` (of AICc to the best), `weight`, `chi_square` (`value`, `degrees`, `p`) and `reasons` why it is out.
`reading` says how the file was understood: `quantity`, `unit`, `columns`, `encoding`, `intervals` or failure times (`records`), `starts_on`,
`until`.  `found`, `share`, `confidence`, `dispersion` and `cautions` complete it.  A file that is refused gives `file` and `refused`.
"""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kaname.engine.text import Message
from kaname.formats.types import FileRefused
from kaname.site.cli.plan_files import file_bytes, print_json, printed, refuse
from kaname.site.cli.sentences import chosen_language, render
from kaname.site.cli.words import LANGUAGES

if TYPE_CHECKING:
    from kaname.engine.growth import Estimate, Growth, ModelFit
    from kaname.formats.series import DefectSeries

_EXIT_CODES: Final = "Exit codes: 0 done - also where it is too early to say -, 1 the file is refused (the reason is told), 2 wrong usage."
_PLACES: Final = 4
_FINE_PLACES: Final = 8

type Answer = dict[str, object]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the verb."""
    parser.add_argument("file", type=Path, metavar="FILE", help="defects found as CSV, TSV or other delimited text")
    parser.add_argument("--json", action="store_true", help="print JSON for programs")
    parser.add_argument("--language", choices=LANGUAGES, help="language of the sentences; by default the terminal's")
    parser.add_argument(
        "--share",
        type=_percent(1, 99.9),
        default=0.95,
        metavar="PERCENT",
        help="share whose day is told; 95 by default",
    )
    parser.add_argument(
        "--confidence", type=_percent(50, 99.9), default=0.95, metavar="PERCENT", help="of the intervals; 95 by default"
    )
    columns = parser.add_argument_group("columns, by heading or number from 1; by default found by their headings")
    columns.add_argument("--time", metavar="COLUMN", help="date, or number of the day or week")
    columns.add_argument("--found", metavar="COLUMN", help="defects found per interval")
    columns.add_argument("--cumulative", metavar="COLUMN", help="defects found up to the row")
    columns.add_argument("--times", metavar="COLUMN", help="time of each defect since the start of the test")
    columns.add_argument("--between", metavar="COLUMN", help="time of each defect since the one before")
    parser.add_argument(
        "--until", metavar="TIME", help="end of the observation, if after the last row: a date or a number"
    )
    parser.epilog = _EXIT_CODES


def run(options: argparse.Namespace) -> int:
    """Print what a series says; return 0 - also where it is too early to say -, or 1 where it is refused."""
    from kaname.engine.growth import estimate_growth
    from kaname.formats.series import Choice, read_series

    choice = Choice(
        time=options.time,
        found=options.found,
        cumulative=options.cumulative,
        times=options.times,
        between=options.between,
        until=options.until,
    )
    try:
        read = read_series(file_bytes(options.file), file=options.file.name, choice=choice)
    except FileRefused as refusal:
        return refuse(options, refusal)
    growth = estimate_growth(read.series, share=options.share, confidence=options.confidence)
    language = chosen_language(options.language)
    if options.json:
        return printed(lambda: print_json(_answer(options.file.name, read, growth, language)))

    from kaname.site.cli.growth_page import print_page

    return printed(lambda: print_page(options.file.name, read, growth, language=language))


def _percent(least: float, most: float) -> Callable[[str], float]:
    def parsed(text: str) -> float:
        try:
            percent = float(text)
        except ValueError:
            percent = -1.0
        if not least <= percent <= most:
            raise argparse.ArgumentTypeError(f"give a number of per cent from {least:g} to {most:g}")
        return percent / 100

    return parsed


def _answer(file: str, read: "DefectSeries", growth: "Growth", language: str) -> Answer:
    best = growth.best
    return {
        "file": file,
        "reading": {
            "quantity": read.quantity.value,
            "unit": read.unit.value,
            "columns": list(read.columns),
            "encoding": read.encoding,
            "records": read.records,
            "starts_on": None if read.starts_on is None else read.starts_on.isoformat(),
            "until": _rounded(read.series.until + read.offset),
        },
        "found": growth.found,
        "share": growth.share,
        "confidence": growth.confidence,
        "verdict": growth.verdict.value,
        "reasons": _told(growth.reasons, language),
        "cautions": _told(growth.cautions, language),
        "model": None if best is None else best.model.value,
        **_values(read, growth.share, growth.total, growth.left, growth.day),
        "aic": None if best is None else _rounded(best.aic),
        "aicc": None if best is None else _rounded(best.aicc),
        "dispersion": _rounded(growth.dispersion),
        "models": [_model(read, growth.share, fit, language) for fit in growth.fits],
    }


def _values(
    read: "DefectSeries", share: float, total: "Estimate | None", left: "Estimate | None", day: "Estimate | None"
) -> Answer:
    key = f"{100 * share:g}"
    days = None if day is None else [day.value, day.low, day.high]
    numbers = [None] * 3 if days is None else [None if each is None else each + read.offset for each in days]
    dates = [None] * 3 if days is None else [_date(read, each) for each in days]
    return {
        "total": None if total is None else _rounded(total.value),
        "interval": _interval(total),
        "left": None if left is None else _rounded(left.value),
        "left_interval": _interval(left),
        f"day_{key}": _rounded(numbers[0]),
        f"day_{key}_interval": None if days is None else [_rounded(each) for each in numbers[1:]],
        f"date_{key}": dates[0],
        f"date_{key}_interval": None if read.starts_on is None or days is None else dates[1:],
    }


def _model(read: "DefectSeries", share: float, fit: "ModelFit", language: str) -> Answer:
    goodness = fit.goodness
    return {
        "model": fit.model.value,
        **_values(read, share, fit.total, fit.left, fit.day),
        "rate": _rounded(fit.rate, _FINE_PLACES),
        "inflection": None if fit.inflection is None else _rounded(fit.inflection + read.offset),
        "starts_at_zero": fit.starts_at_zero,
        "log_likelihood": _rounded(fit.log_likelihood),
        "aic": _rounded(fit.aic),
        "aicc": _rounded(fit.aicc),
        "difference": _rounded(fit.difference),
        "weight": _rounded(fit.weight),
        "chi_square": None
        if goodness is None
        else {
            "value": _rounded(goodness.chi_square),
            "degrees": goodness.degrees,
            "p": _rounded(goodness.p_value, _FINE_PLACES),
        },
        "reasons": _told(fit.reasons, language),
    }


def _interval(estimate: "Estimate | None") -> list[float | None] | None:
    return None if estimate is None else [_rounded(estimate.low), _rounded(estimate.high)]


def _date(read: "DefectSeries", day: float | None) -> str | None:
    found = None if day is None else read.day_of(day)
    return None if found is None else found.isoformat()


def _rounded(value: float | None, places: int = _PLACES) -> float | None:
    """Return a number as JSON can hold it: rounded, and `null` where it is infinite."""
    return None if value is None or value - value != 0 else round(float(value), places)


def _told(messages: Sequence[Message], language: str) -> list[str]:
    return [render(message, language=language) for message in messages]
