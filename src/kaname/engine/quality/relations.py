"""Points 1 to 4: the links of the plan."""

from collections.abc import Iterator

from kaname.engine.network.plan import LagUnit, Link, LinkType, Task
from kaname.engine.quality.finding import at_least, at_most, finding
from kaname.engine.quality.population import Population, drives_start, is_started, leaves_finish
from kaname.engine.quality.types import Offender, PointCode, QualityPoint
from kaname.engine.text import Message, gettext_noop


def check_logic(population: Population) -> QualityPoint:
    """Count unfinished tasks that lack a predecessor or a successor (point 1).

    Dangling ends (a start that no link drives, a finish that no link leaves from) and milestones without logic are
    observed and not counted, as the pamphlet counts missing links of tasks only.  One milestone may open the plan and one
    may close it.
    """
    offenders = [found for task in population.incomplete if (found := _missing(population, task))]
    observations = [found for task in population.incomplete if (found := _dangling(population, task))]
    observations += _loose_milestones(population)
    return finding(
        PointCode.LOGIC,
        numerator=len(offenders),
        denominator=len(population.incomplete),
        threshold=at_most(population.thresholds.logic_permille),
        offenders=offenders,
        observations=observations,
    )


def check_leads(population: Population) -> QualityPoint:
    """Count links with a negative lag (point 2)."""
    return _count_links(
        population,
        PointCode.LEADS,
        [link for link in population.links if link.lag < 0],
        population.thresholds.leads_permille,
    )


def check_lags(population: Population) -> QualityPoint:
    """Count links with a positive lag (point 3)."""
    return _count_links(
        population,
        PointCode.LAGS,
        [link for link in population.links if link.lag > 0],
        population.thresholds.lags_permille,
    )


def check_relationship_types(population: Population) -> QualityPoint:
    """Count the share of finish-to-start links (point 4); the offenders are the others."""
    others = [link for link in population.links if link.type is not LinkType.FS]
    return finding(
        PointCode.RELATIONSHIP_TYPES,
        numerator=len(population.links) - len(others),
        denominator=len(population.links),
        threshold=at_least(population.thresholds.finish_to_start_permille),
        offenders=[_link_offender(population, link, _type_message(population, link)) for link in others],
        notes=_outside_note(population),
    )


def _missing(population: Population, task: Task) -> Offender | None:
    has_predecessor = bool(population.incoming.get(task.uid))
    has_successor = bool(population.outgoing.get(task.uid))
    if has_predecessor and has_successor:
        return None
    if has_predecessor:
        why = Message(gettext_noop("It has no successor."))
    elif has_successor:
        why = Message(gettext_noop("It has no predecessor."))
    else:
        why = Message(gettext_noop("It has neither predecessor nor successor."))
    return Offender(task.uid, task.name, why)


def _loose_milestones(population: Population) -> Iterator[Offender]:
    opening = [task.uid for task in population.milestones if not population.incoming.get(task.uid)]
    closing = [task.uid for task in population.milestones if not population.outgoing.get(task.uid)]
    for task in population.milestones:
        opens_alone, closes_alone = opening == [task.uid], closing == [task.uid]
        found = _missing(population, task)
        if found and not (opens_alone and task.uid not in closing) and not (closes_alone and task.uid not in opening):
            yield found


def _dangling(population: Population, task: Task) -> Offender | None:
    """Find an end that no link holds although the task has links on that side."""
    incoming = population.incoming.get(task.uid, ())
    outgoing = population.outgoing.get(task.uid, ())
    if incoming and not is_started(task) and not any(drives_start(link) for link in incoming):
        return Offender(task.uid, task.name, Message(gettext_noop("Dangling start: no link drives its start.")))
    if outgoing and not any(leaves_finish(link) for link in outgoing):
        return Offender(task.uid, task.name, Message(gettext_noop("Dangling finish: no link leaves from its finish.")))
    return None


def _count_links(population: Population, code: PointCode, links: list[Link], permille: int) -> QualityPoint:
    return finding(
        code,
        numerator=len(links),
        denominator=len(population.links),
        threshold=at_most(permille),
        offenders=[_link_offender(population, link, _lag_message(population, link)) for link in links],
        notes=_outside_note(population),
    )


def _link_offender(population: Population, link: Link, why: Message) -> Offender:
    return Offender(link.successor_uid, population.by_uid[link.successor_uid].name, why)


def _lag_message(population: Population, link: Link) -> Message:
    template = (
        gettext_noop("Lead of %(amount)s on its %(type)s link from “%(predecessor)s”.")
        if link.lag < 0
        else gettext_noop("Lag of %(amount)s on its %(type)s link from “%(predecessor)s”.")
    )
    amount = _lag_text(population, link)
    return Message(
        template, {"amount": amount, "type": link.type.upper(), "predecessor": _predecessor(population, link)}
    )


def _type_message(population: Population, link: Link) -> Message:
    template = gettext_noop("%(type)s link from “%(predecessor)s”.")
    return Message(template, {"type": link.type.upper(), "predecessor": _predecessor(population, link)})


def _predecessor(population: Population, link: Link) -> str:
    task = population.by_uid.get(link.predecessor_uid)
    return task.name if task else link.external_reference


def _lag_text(population: Population, link: Link) -> str:
    """Write a lag without its sign in the short units of the field: d, ed (elapsed days), %, e%."""
    lag = abs(link.lag)
    if link.lag_unit is LagUnit.WORKING:
        return f"{population.days_text(lag)}d"
    if link.lag_unit is LagUnit.ELAPSED:
        return f"{lag / 1440:g}ed"
    return f"{lag / 10:g}{'e%' if link.lag_unit is LagUnit.ELAPSED_PERCENT else '%'}"


def _outside_note(population: Population) -> Iterator[Message]:
    if population.links_outside:
        template = gettext_noop("Links not counted because an end is a summary or a level of effort: %(count)s.")
        yield Message(template, {"count": population.links_outside})
