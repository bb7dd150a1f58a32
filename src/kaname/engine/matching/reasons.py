"""Sentences that say why a proposal has its rank."""

from collections.abc import Iterable
from datetime import date

from kaname.engine.matching.types import Demand, Person, PlaceRule, SkillNeed
from kaname.engine.text import Message, gettext_noop


def wrong_employment() -> Message:
    """Say that the employment is not among those allowed."""
    return Message(gettext_noop("The employment is not among those allowed."))


def wrong_place(place: str) -> Message:
    """Say that the person works elsewhere."""
    return Message(gettext_noop("Does not work in %(place)s, which is required."), {"place": place})


def level_too_low(need: SkillNeed, level: int) -> Message:
    """Say which skill is below its least level."""
    template = gettext_noop("%(skill)s: level %(level)s, at least %(least)s is needed.")
    return Message(template, {"skill": need.name, "level": level, "least": need.least_level})


def skill(needs: Iterable[SkillNeed], person: Person) -> Message:
    """Say which skills are below or above the level wanted."""
    levels = [(need, person.levels.get(need.skill_uid, 0)) for need in needs]
    below = _levels((need, level) for need, level in levels if level < need.level)
    above = _levels((need, level) for need, level in levels if level > need.level)
    if below and above:
        template = gettext_noop("Below the level wanted: %(below)s. Above it: %(above)s.")
        return Message(template, {"below": below, "above": above})
    if below:
        return Message(gettext_noop("Below the level wanted: %(below)s."), {"below": below})
    if above:
        return Message(gettext_noop("Above the level wanted: %(above)s."), {"above": above})
    return Message(gettext_noop("Every skill is at the level wanted."))


def capacity(*, percent: int, hours_left: int, periods_left: int) -> Message:
    """Say how much of the work is covered, and what is left over."""
    if not periods_left:
        return Message(gettext_noop("All of the work is covered."))
    template = gettext_noop("%(percent)s %% of the work is covered. Left over: %(hours)s hours in %(periods)s periods.")
    return Message(template, {"percent": percent, "hours": hours_left, "periods": periods_left})


def capacity_alone(*, percent: int, hours_left: int, periods_left: int, steady_percent: int) -> Message:
    """Say the same of one person, and which even share would be possible."""
    if not periods_left:
        return capacity(percent=percent, hours_left=hours_left, periods_left=periods_left)
    template = gettext_noop(
        "%(percent)s %% of the work is covered. Left over: %(hours)s hours in %(periods)s periods. "
        "An even share of %(steady)s %% would be possible throughout."
    )
    left = {"hours": hours_left, "periods": periods_left}
    return Message(template, {"percent": percent, **left, "steady": steady_percent})


def cost(demand: Demand, person: Person, *, reference: int) -> Message:
    """Say what an hour costs, and against what."""
    params = {"rate": person.rate, "reference": reference}
    if demand.budget_rate is None:
        return Message(gettext_noop("%(rate)s an hour; the cheapest candidate costs %(reference)s."), params)
    return Message(gettext_noop("%(rate)s an hour; the plan reckons with %(reference)s."), params)


def place(demand: Demand, person: Person) -> Message:
    """Say whether the person works where the work is done."""
    if not demand.place or demand.place_rule is PlaceRule.ANYWHERE:
        return Message(gettext_noop("The work can be done anywhere."))
    if person.place == demand.place:
        return Message(gettext_noop("Works where the work is done: %(place)s."), {"place": demand.place})
    template = gettext_noop("Works in “%(own)s”; the work is done in “%(place)s”.")
    return Message(template, {"own": person.place, "place": demand.place})


def continuity(*, is_there: bool, has_been: bool) -> Message:
    """Say whether the person knows the project."""
    if is_there:
        return Message(gettext_noop("Works for this project already."))
    if has_been:
        return Message(gettext_noop("Has worked for this project before."))
    return Message(gettext_noop("Is new to this project."))


def growth(need: SkillNeed | None, person: Person) -> Message:
    """Say which wish to grow the work meets."""
    if need is None:
        return Message(gettext_noop("The work meets no wish to grow."))
    template = gettext_noop("Wants to grow in %(skill)s: level %(level)s now, wanted is %(wanted)s.")
    return Message(template, {"skill": need.name, "level": person.levels.get(need.skill_uid, 0), "wanted": need.level})


def mean_of_two(first: Person, one: int, second: Person, two: int) -> Message:
    """Say what each of two people has, where the mean by their work counts."""
    template = gettext_noop("%(first)s %(one)s, %(second)s %(two)s, by the work that each takes.")
    return Message(template, {"first": first.name, "one": one, "second": second.name, "two": two})


def chain_skill(first: Person, one: int, second: Person, two: int) -> Message:
    """Say how well both people of a chain fit."""
    template = gettext_noop("%(first)s for this work %(one)s, %(second)s for the work taken over %(two)s.")
    return Message(template, {"first": first.name, "one": one, "second": second.name, "two": two})


def takes_all(person: Person) -> Message:
    """Say that one person does it."""
    return Message(gettext_noop("%(name)s takes all of it."), {"name": person.name})


def takes_part(person: Person, *, percent: int) -> Message:
    """Say that one person does some of it."""
    return Message(gettext_noop("%(name)s takes %(percent)s %% of it."), {"name": person.name, "percent": percent})


def one_after_the_other(first: Person, second: Person, *, on: date) -> Message:
    """Say who begins and when the other one takes over."""
    template = gettext_noop("%(first)s begins, %(second)s takes over on %(date)s.")
    return Message(template, {"first": first.name, "second": second.name, "date": on.isoformat()})


def side_by_side(first: Person, one: int, second: Person, two: int) -> Message:
    """Say how two people share the load."""
    template = gettext_noop("Side by side: %(first)s takes %(one)s %%, %(second)s %(two)s %% of the work.")
    return Message(template, {"first": first.name, "one": one, "second": second.name, "two": two})


def chain(first: Person, second: Person, *, task: str) -> Message:
    """Say who takes what over, so that who is free."""
    template = gettext_noop("%(second)s takes over “%(task)s” from %(first)s, who is then free for this work.")
    return Message(template, {"first": first.name, "second": second.name, "task": task})


def handover(second: Person, *, hours: int, on: date) -> Message:
    """Say how much work changes hands and from when."""
    template = gettext_noop("%(name)s takes over %(hours)s hours from %(date)s on.")
    return Message(template, {"name": second.name, "hours": hours, "date": on.isoformat()})


def _levels(levels: Iterable[tuple[SkillNeed, int]]) -> str:
    return ", ".join(f"{need.name} {level}/{need.level}" for need, level in levels)
