"""How a count becomes a finding: the names of the points, their populations, and the verdict."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Final

from kaname.engine.quality.types import Comparison, Offender, PointCode, QualityPoint, Threshold, Verdict
from kaname.engine.text import Message, gettext_noop

NAMES: Final = {
    PointCode.LOGIC: Message(gettext_noop("Missing logic")),
    PointCode.LEADS: Message(gettext_noop("Leads")),
    PointCode.LAGS: Message(gettext_noop("Lags")),
    PointCode.RELATIONSHIP_TYPES: Message(gettext_noop("Relationship types")),
    PointCode.HARD_CONSTRAINTS: Message(gettext_noop("Hard constraints")),
    PointCode.HIGH_FLOAT: Message(gettext_noop("High float")),
    PointCode.NEGATIVE_FLOAT: Message(gettext_noop("Negative float")),
    PointCode.HIGH_DURATION: Message(gettext_noop("High duration")),
    PointCode.INVALID_DATES: Message(gettext_noop("Invalid dates")),
    PointCode.RESOURCES: Message(gettext_noop("Resources")),
    PointCode.MISSED_TASKS: Message(gettext_noop("Missed tasks")),
    PointCode.CRITICAL_PATH_TEST: Message(gettext_noop("Critical path test")),
    PointCode.CPLI: Message(gettext_noop("Critical path length index (CPLI)")),
    PointCode.BEI: Message(gettext_noop("Baseline execution index (BEI)")),
}
"""The label of each point."""

SOURCE: Final = Message(
    gettext_noop("DCMA-EA PAM 200.1, Earned Value Management System Program Analysis Pamphlet, October 2012, section 4")
)
"""Where the definitions come from."""

_INCOMPLETE: Final = Message(gettext_noop("unfinished tasks (no summaries, levels of effort or milestones)"))
_LINKS: Final = Message(gettext_noop("links into unfinished tasks"))
_POPULATIONS: Final = {
    PointCode.LEADS: _LINKS,
    PointCode.LAGS: _LINKS,
    PointCode.RELATIONSHIP_TYPES: _LINKS,
    PointCode.INVALID_DATES: Message(gettext_noop("tasks (no summaries, levels of effort or milestones)")),
    PointCode.RESOURCES: Message(gettext_noop("unfinished tasks of a day or more")),
    PointCode.MISSED_TASKS: Message(gettext_noop("tasks with a baseline finish on or before the status date")),
    PointCode.CRITICAL_PATH_TEST: Message(gettext_noop("working minutes of the delay put in")),
    PointCode.CPLI: Message(gettext_noop("working minutes from the status date to the finish")),
    PointCode.BEI: Message(
        gettext_noop("tasks with a baseline finish on or before the status date, and tasks without a baseline")
    ),
}

NO_STATUS_DATE: Final = Message(gettext_noop("The plan has no status date."))
"""Why the points of progress do not apply to a plan that has not begun."""


def at_most(permille: int) -> Threshold:
    """Return a threshold from above."""
    return Threshold(Comparison.AT_MOST, permille)


def at_least(permille: int) -> Threshold:
    """Return a threshold from below."""
    return Threshold(Comparison.AT_LEAST, permille)


def finding(
    code: PointCode,
    *,
    numerator: int,
    denominator: int,
    threshold: Threshold,
    offenders: Iterable[Offender] = (),
    observations: Iterable[Offender] = (),
    notes: Iterable[Message] = (),
) -> QualityPoint:
    """Judge a count; nothing to count means not applicable, never a pass."""
    if denominator <= 0:
        reason = Message(gettext_noop("There is nothing to count."))
        return not_applicable(code, threshold=threshold, reason=reason, observations=observations, notes=notes)
    point = QualityPoint(
        number=_number(code),
        code=code,
        name=NAMES[code],
        numerator=numerator,
        denominator=denominator,
        threshold=threshold,
        verdict=Verdict.PASS,
        population=_of(code),
        offenders=tuple(offenders),
        observations=tuple(observations),
        notes=tuple(notes),
    )
    is_good = threshold.is_met_by(Fraction(numerator, denominator))
    return point if is_good else replace(point, verdict=Verdict.FAIL)


def not_applicable(
    code: PointCode,
    *,
    threshold: Threshold,
    reason: Message,
    observations: Iterable[Offender] = (),
    notes: Iterable[Message] = (),
) -> QualityPoint:
    """Say that a point does not apply, and why."""
    return QualityPoint(
        number=_number(code),
        code=code,
        name=NAMES[code],
        numerator=None,
        denominator=None,
        threshold=threshold,
        verdict=Verdict.NOT_APPLICABLE,
        population=_of(code),
        reason=reason,
        observations=tuple(observations),
        notes=tuple(notes),
    )


def _number(code: PointCode) -> int:
    return tuple(PointCode).index(code) + 1


def _of(code: PointCode) -> Message:
    return _POPULATIONS.get(code, _INCOMPLETE)
