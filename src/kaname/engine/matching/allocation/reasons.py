"""Sentences of an allocation."""

from kaname.engine.matching.types import Demand, Person
from kaname.engine.text import Message, gettext_noop


def unmet(demand: Demand, *, hours: int, people: int, idle: int, is_ruled: bool) -> Message:
    """Say why work is left undone."""
    params: dict[str, str | int] = {"role": demand.role, "hours": hours, "count": people, "idle": idle}
    if not people:
        template = gettext_noop("%(role)s: %(hours)s hours are unmet. Nobody may do it.")
    elif not idle:
        template = gettext_noop(
            "%(role)s: %(hours)s hours are unmet. Those who may do it (%(count)s) have no time left or do what counts more."
        )
    elif is_ruled:
        template = gettext_noop(
            "%(role)s: %(hours)s hours are unmet. Of those who may do it, %(idle)s have time, but the rules forbid it, it would "
            "cost more than it is worth, or no better allocation was found."
        )
    else:
        template = gettext_noop(
            "%(role)s: %(hours)s hours are unmet. Of those who may do it, %(idle)s have time, but it would cost more than it is "
            "worth."
        )
    return Message(template, {name: value for name, value in params.items() if f"%({name})s" in template})


def stretch(person: Person, demand: Demand, *, hours: int, at_risk: int) -> Message:
    """Say in what somebody is below the level wanted, and what that puts at risk."""
    levels = ", ".join(
        f"{need.name} {person.levels.get(need.skill_uid, 0)}/{need.level}"
        for need in demand.skills
        if person.levels.get(need.skill_uid, 0) < need.level
    )
    template = gettext_noop(
        "%(name)s is below the level wanted for %(role)s (%(levels)s): %(risk)s of %(hours)s hours are at risk."
    )
    return Message(
        template, {"name": person.name, "role": demand.role, "levels": levels, "risk": at_risk, "hours": hours}
    )
