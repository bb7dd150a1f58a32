"""Refuse questions whose numbers contradict themselves."""

from kaname.engine.matching.allocation.types import MAX_PRICE, MAX_PRIORITY, Regret, Rules, Staffing
from kaname.engine.matching.checking import check_demand, check_load, check_people, refuse
from kaname.engine.text import gettext_noop
from kaname.engine.units import PERMILLE


def check(staffing: Staffing) -> None:
    """Refuse what cannot be allocated.

    Raises
    ------
    MatchingError
        With the first thing that is wrong.
    """
    if not staffing.demands:
        refuse(gettext_noop("Nothing is demanded. Name at least one demand."))
    for demand in staffing.demands:
        check_demand(demand, staffing.axis)
    check_people(staffing.people, staffing.axis)
    _check_numbers(staffing)
    _check_current(staffing)
    _check_rules(staffing.rules, {person.uid for person in staffing.people})


def _check_numbers(staffing: Staffing) -> None:
    if not 1 <= staffing.step_permille <= PERMILLE:
        template = gettext_noop("Loads are cut into steps of 1 to 1000 permille, not %(step)s.")
        refuse(template, {"step": staffing.step_permille})
    if not staffing.prices.is_sound(Regret) or any(staffing.prices.of(regret) > MAX_PRICE for regret in Regret):
        template = gettext_noop("Prices are whole numbers from 0 to %(most)s, and at least one is more than 0.")
        refuse(template, {"most": MAX_PRICE})
    for uid, priority in staffing.priorities.items():
        if not 1 <= priority <= MAX_PRIORITY:
            template = gettext_noop("Project %(uid)s has a priority of %(priority)s %%; 1 to %(most)s are possible.")
            refuse(template, {"uid": uid, "priority": priority, "most": MAX_PRIORITY})


def _check_current(staffing: Staffing) -> None:
    names = {person.uid: person.name for person in staffing.people}
    seen = set()
    for one in staffing.current:
        if one.person_uid not in names or not 0 <= one.demand < len(staffing.demands):
            refuse(gettext_noop("Somebody does now what is not demanded, or is not among the people."))
        check_load(names[one.person_uid], one.load_permille, staffing.axis)
        if (one.person_uid, one.demand) in seen:
            template = gettext_noop("What “%(name)s” does now of “%(role)s” is given more than once.")
            refuse(template, {"name": names[one.person_uid], "role": staffing.demands[one.demand].role})
        seen.add((one.person_uid, one.demand))


def _check_rules(rules: Rules, uids: set[int]) -> None:
    if rules.least_stint < 1 or min(rules.most_projects or 0, rules.most_stretched or 0) < 0:
        refuse(gettext_noop("A stint is at least one period, and nobody can work for less than no project."))
    grouped = [uid for group in rules.together for uid in group]
    if len(set(grouped)) < len(grouped) or not uids.issuperset(grouped):
        refuse(gettext_noop("Who is kept together is among the people, and in one group only."))
