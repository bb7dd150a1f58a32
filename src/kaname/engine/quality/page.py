"""The report as a page of plain text, for a terminal or a mail."""

import unicodedata
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Final

from kaname.engine.quality.types import Comparison, Offender, QualityPoint, QualityReport, Verdict
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import wall_moment

type Translate = Callable[[Message], str]
"""Turns a message into a sentence of the reader's language; `str` gives English."""

VERDICTS: Final = {
    Verdict.PASS: Message(gettext_noop("Passed")),
    Verdict.FAIL: Message(gettext_noop("Failed")),
    Verdict.NOT_APPLICABLE: Message(gettext_noop("Not applicable")),
}
"""The label of each verdict."""

_TITLE: Final = gettext_noop("Schedule clinic (DCMA 14 points): %(file)s")
_STATUS: Final = gettext_noop("Status date: %(date)s")
_TASKS: Final = gettext_noop("Tasks: %(total)s (finished %(complete)s, unfinished %(incomplete)s)")
_SCORE: Final = gettext_noop("Passed %(passed)s, failed %(failed)s, not applicable %(silent)s")
_AT_MOST: Final = gettext_noop("at most %(limit)s")
_AT_LEAST: Final = gettext_noop("at least %(limit)s")
_MORE: Final = gettext_noop("… and %(count)s more")
_OBSERVED: Final = gettext_noop("Not counted, but worth a look:")
_SOURCE: Final = gettext_noop("Source: %(source)s")
_NAME_COLUMNS: Final = 36
_VERDICT_COLUMNS: Final = 16


def write_page(report: QualityReport, *, file: str, translate: Translate = str, most_offenders: int = 10) -> str:
    """Return the report as lines of text.

    Parameters
    ----------
    report
        What was found.
    file
        How the plan is called.
    translate
        Into which language.
    most_offenders
        How many tasks a point names at most; the rest is told as a number.
    """
    lines = [*_head(report, file, translate), ""]
    for point in report.points:
        lines += _point(point, translate, most_offenders)
    return "\n".join([*lines, "", translate(Message(_SOURCE, {"source": translate(report.source)}))])


def _head(report: QualityReport, file: str, translate: Translate) -> Iterator[str]:
    yield translate(Message(_TITLE, {"file": file}))
    if report.status_at is not None:
        yield translate(Message(_STATUS, {"date": wall_moment(report.status_at).date().isoformat()}))
    counts = {"total": report.total, "complete": report.complete, "incomplete": report.incomplete}
    yield translate(Message(_TASKS, counts))
    score = {
        "passed": report.count(Verdict.PASS),
        "failed": report.count(Verdict.FAIL),
        "silent": report.count(Verdict.NOT_APPLICABLE),
    }
    yield translate(Message(_SCORE, score))


def _point(point: QualityPoint, translate: Translate, most: int) -> Iterator[str]:
    name = _pad(translate(point.name), _NAME_COLUMNS)
    verdict = _pad(translate(VERDICTS[point.verdict]), _VERDICT_COLUMNS)
    yield f"{point.number:>2}  {name}  {verdict}  {_measure(point, translate)}".rstrip()
    if point.reason is not None:
        yield f"      {translate(point.reason)}"
    yield from _named(point.offenders, translate, most)
    if point.observations:
        yield f"      {translate(Message(_OBSERVED))}"
        yield from _named(point.observations, translate, most)
    for note in point.notes:
        yield f"      {translate(note)}"


def _named(offenders: tuple[Offender, ...], translate: Translate, most: int) -> Iterator[str]:
    for offender in offenders[:most]:
        yield f"      - [{offender.uid}] {offender.name}: {translate(offender.why)}"
    if len(offenders) > most:
        yield f"      {translate(Message(_MORE, {'count': len(offenders) - most}))}"


def _measure(point: QualityPoint, translate: Translate) -> str:
    if point.ratio is None:
        return ""
    template = _AT_MOST if point.threshold.comparison is Comparison.AT_MOST else _AT_LEAST
    limit = _percent(Fraction(point.threshold.permille, 1000))
    limited = translate(Message(template, {"limit": limit}))
    return f"{point.numerator}/{point.denominator} = {_percent(point.ratio)} ({limited})"


def _percent(ratio: Fraction) -> str:
    """Write a ratio in percent with one decimal, half up."""
    tenths = (2000 * ratio.numerator + ratio.denominator) // (2 * ratio.denominator)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}%"


def _pad(text: str, columns: int) -> str:
    """Fill up to a width; wide characters of Japanese take two columns."""
    width = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return text + " " * max(columns - width, 0)
