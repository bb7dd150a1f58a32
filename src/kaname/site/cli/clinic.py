"""`kaname clinic FILE`: check a plan file by the DCMA 14 points.

With `--json` the answer is an object: `file`, `status_at` (local ISO time or `null`), `source`, `counts` of tasks (`total`,
`complete`, `incomplete`) and of `verdicts`, and `points`, fourteen objects in the order of the pamphlet with `number`,
`code`, `name`, `numerator`, `denominator`, `ratio` (`null` where the point does not apply), `threshold`, `comparison`
(`at_most`, `at_least`), `verdict` (`pass`, `fail`, `not_applicable`), `reason`, `population`, `offenders` (each with `uid`,
`name`, `why`), `observations` (the same, not counted) and `notes`.  The dates judged are recalculated ones.  A plan that
fails is no error: the exit code is 0.
"""

import argparse
from typing import Final

from kaname.engine.network import PlanError, schedule
from kaname.engine.quality import Offender, QualityPoint, QualityReport, Verdict, assess, write_page
from kaname.engine.text import Message
from kaname.engine.units import wall_moment
from kaname.formats.types import FileRefused
from kaname.site.cli.plan_files import add_file_arguments, print_json, printed, read_plan, refuse
from kaname.site.cli.sentences import chosen_language, render

_RATIO_PLACES: Final = 6

type Answer = dict[str, object]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the verb."""
    add_file_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Check a file and print the findings; return 0, or 1 where the file or its plan is refused."""
    try:
        plan = read_plan(options.file).plan
        report = assess(plan, schedule(plan))
    except (FileRefused, PlanError) as refusal:
        return refuse(options, refusal)
    language = chosen_language(options.language)
    if options.json:
        return printed(lambda: print_json(_answer(options.file.name, report, language)))
    return printed(lambda: print(write_page(report, file=options.file.name, translate=lambda m: _told(m, language))))


def _answer(file: str, report: QualityReport, language: str) -> Answer:
    return {
        "file": file,
        "status_at": None if report.status_at is None else wall_moment(report.status_at).isoformat(),
        "source": _told(report.source, language),
        "counts": {"total": report.total, "complete": report.complete, "incomplete": report.incomplete},
        "verdicts": {verdict.value: report.count(verdict) for verdict in Verdict},
        "points": [_point(point, language) for point in report.points],
    }


def _point(point: QualityPoint, language: str) -> Answer:
    return {
        "number": point.number,
        "code": point.code.value,
        "name": _told(point.name, language),
        "numerator": point.numerator,
        "denominator": point.denominator,
        "ratio": None if point.ratio is None else round(float(point.ratio), _RATIO_PLACES),
        "threshold": point.threshold.permille / 1000,
        "comparison": point.threshold.comparison.value,
        "verdict": point.verdict.value,
        "reason": None if point.reason is None else _told(point.reason, language),
        "population": _told(point.population, language),
        "offenders": [_offender(each, language) for each in point.offenders],
        "observations": [_offender(each, language) for each in point.observations],
        "notes": [_told(note, language) for note in point.notes],
    }


def _offender(offender: Offender, language: str) -> Answer:
    return {"uid": offender.uid, "name": offender.name, "why": _told(offender.why, language)}


def _told(message: Message, language: str) -> str:
    return render(message, language=language)
