"""Points 6 and 7: too much float, and less than none."""

from kaname.engine.quality.finding import at_most, finding
from kaname.engine.quality.population import Population
from kaname.engine.quality.types import Offender, PointCode, QualityPoint
from kaname.engine.text import Message, gettext_noop


def check_high_float(population: Population) -> QualityPoint:
    """Count unfinished tasks with more total float than 44 working days (point 6)."""
    limit = population.thresholds.high_float_days
    known = _floats(population)
    template = gettext_noop("Its total float of %(days)s days is more than %(limit)s.")
    offenders = [
        Offender(uid, name, Message(template, {"days": population.days_text(minutes), "limit": limit}))
        for uid, name, minutes in known
        if minutes > population.minutes(limit)
    ]
    return _float_finding(
        population, PointCode.HIGH_FLOAT, population.thresholds.high_float_permille, len(known), offenders
    )


def check_negative_float(population: Population) -> QualityPoint:
    """Count unfinished tasks with negative total float (point 7)."""
    template = gettext_noop("Its total float is %(days)s days.")
    known = _floats(population)
    offenders = [
        Offender(uid, name, Message(template, {"days": population.days_text(minutes)}))
        for uid, name, minutes in known
        if minutes < 0
    ]
    return _float_finding(
        population, PointCode.NEGATIVE_FLOAT, population.thresholds.negative_float_permille, len(known), offenders
    )


def _floats(population: Population) -> list[tuple[int, str, int]]:
    """List the unfinished tasks whose total float is known."""
    floats = ((task, population.dates(task).total_float_minutes) for task in population.incomplete)
    return [(task.uid, task.name, minutes) for task, minutes in floats if minutes is not None]


def _float_finding(
    population: Population, code: PointCode, permille: int, known: int, offenders: list[Offender]
) -> QualityPoint:
    unknown = len(population.incomplete) - known
    template = gettext_noop("Tasks not counted because their total float is unknown: %(count)s.")
    return finding(
        code,
        numerator=len(offenders),
        denominator=known,
        threshold=at_most(permille),
        offenders=offenders,
        notes=[Message(template, {"count": unknown})] if unknown else [],
    )
