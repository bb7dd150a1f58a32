# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""Where tasks with a rule of their own stand: milestones, tasks of several people; early and late.

Plain Python that also runs compiled (see `engine.network.jit`).
"""

from kaname.engine.calendar.kernels import BEYOND, Ints, finish_moment, start_moment, work_at
from kaname.engine.network.arrays import (
    BY_CEILING,
    BY_DELAY,
    BY_FLOOR,
    BY_STATUS,
    DELAY,
    END_SHARE,
    EXPECTED_FINISH,
    FINISH_MAX,
    FINISH_MIN,
    FINISH_POINT,
    FIRST_SHARE,
    FLAGS,
    FLOOR,
    GIVEN_START,
    IGNORES_LINKS,
    OPENING,
    POINT,
    RESUME_MIN,
    RULE_WIDTH,
    SHARED,
    START_MAX,
    Extras,
    Nodes,
)


def place_share(
    eras: Ints, days: Ints, extras: Extras, row: int, start_bound: int, finish_bound: int
) -> tuple[int, int]:
    """Return start and finish of a task whose people work on different calendars, each from the same bound."""
    first = extras.rules[row + FIRST_SHARE]
    end = extras.rules[row + END_SHARE]
    if finish_bound > -BEYOND:
        needed = -BEYOND
        for share in range(first, end):
            calendar = extras.share_calendar[share]
            work = work_at(eras, days, calendar, finish_bound) - extras.share_span[share] - extras.share_delay[share]
            moment = start_moment(eras, days, calendar, work)
            needed = moment if share == first else min(needed, moment)
        start_bound = max(start_bound, needed)
    start = BEYOND
    finish = -BEYOND
    for share in range(first, end):
        calendar = extras.share_calendar[share]
        work = work_at(eras, days, calendar, start_bound) + extras.share_delay[share]
        start = min(start, start_moment(eras, days, calendar, work))
        finish = max(finish, finish_moment(eras, days, calendar, work + extras.share_span[share]))
    return start, finish


def place_share_late(
    eras: Ints, days: Ints, extras: Extras, row: int, start_bound: int, finish_bound: int
) -> tuple[int, int]:
    """Return the latest start and finish of a task whose people work on different calendars."""
    first = extras.rules[row + FIRST_SHARE]
    end = extras.rules[row + END_SHARE]
    start = start_bound
    for share in range(first, end):
        calendar = extras.share_calendar[share]
        work = work_at(eras, days, calendar, finish_bound) - extras.share_span[share] - extras.share_delay[share]
        start = min(start, start_moment(eras, days, calendar, work))
    finish = -BEYOND
    for share in range(first, end):
        calendar = extras.share_calendar[share]
        if start < start_bound:
            finish = max(finish, finish_moment(eras, days, calendar, work_at(eras, days, calendar, finish_bound)))
        else:
            work = work_at(eras, days, calendar, start) + extras.share_delay[share] + extras.share_span[share]
            finish = max(finish, finish_moment(eras, days, calendar, work))
    return start, finish


def place_point(eras: Ints, days: Ints, kind: int, calendar: int, moment: int) -> int:
    """Return where a milestone stands that must not come before `moment`."""
    if kind == POINT:
        return moment
    work = work_at(eras, days, calendar, moment)
    if kind == FINISH_POINT and finish_moment(eras, days, calendar, work) == moment:
        return moment
    return start_moment(eras, days, calendar, work)


def place_point_late(eras: Ints, days: Ints, kind: int, calendar: int, moment: int) -> int:
    """Return where a milestone stands that must not come after `moment`."""
    if kind == POINT:
        return moment
    work = work_at(eras, days, calendar, moment)
    if start_moment(eras, days, calendar, work) == moment:
        return moment
    return finish_moment(eras, days, calendar, work)


def stretched(eras: Ints, days: Ints, calendar: int, finish: int, bound: int) -> int:
    """Return the start of the next shift for a finish that is bound to it, as by a successor's start, else `finish`."""
    work = work_at(eras, days, calendar, bound)
    if start_moment(eras, days, calendar, work) == bound and work_at(eras, days, calendar, finish) == work:
        return bound
    return finish


def postponed(extras: Extras, row: int, moment: int, driver: int) -> tuple[int, int]:
    """Return a start after its levelling delay and not before its floor, and what then drives it."""
    if extras.rules[row + DELAY] != 0:
        moment += extras.rules[row + DELAY]
        driver = BY_DELAY
    if extras.rules[row + FLOOR] > moment:
        return extras.rules[row + FLOOR], BY_FLOOR
    return moment, driver


def settle_point(start_bound: int, finish_bound: int, ceiling: int, driver: int, finish_driver: int) -> tuple[int, int]:
    """Return the moment that bounds give a milestone, and which of them does."""
    if finish_bound > start_bound:
        start_bound = finish_bound
        driver = finish_driver
    if ceiling < start_bound:
        return ceiling, BY_CEILING
    return start_bound, driver


def settle_share(
    eras: Ints,
    days: Ints,
    extras: Extras,
    row: int,
    start_bound: int,
    finish_bound: int,
    driver: int,
    finish_driver: int,
) -> tuple[int, int, int]:
    """Return start, finish and driver of a task whose people work on different calendars."""
    start, finish = place_share(eras, days, extras, row, start_bound, -BEYOND)
    if finish_bound > finish:
        start, finish = place_share(eras, days, extras, row, start_bound, finish_bound)
        driver = finish_driver
    if start > extras.rules[row + START_MAX]:
        start, finish = place_share(eras, days, extras, row, extras.rules[row + START_MAX], -BEYOND)
        driver = BY_CEILING
    if finish > extras.rules[row + FINISH_MAX]:
        start, finish = place_share(eras, days, extras, row, -BEYOND, extras.rules[row + FINISH_MAX])
        driver = BY_CEILING
    moment, driver = postponed(extras, row, start, driver)
    if moment != start:
        start, finish = place_share(eras, days, extras, row, moment, -BEYOND)
    return start, finish, driver


def settle_work(
    eras: Ints,
    days: Ints,
    extras: Extras,
    row: int,
    calendar: int,
    span: int,
    start_bound: int,
    finish_bound: int,
    driver: int,
    finish_driver: int,
    follows_start: bool,
) -> tuple[int, int, int, int]:
    """Return start, finish, work before the start and driver of work on one calendar that has a rule."""
    start_max = extras.rules[row + START_MAX]
    finish_max = extras.rules[row + FINISH_MAX]
    work = work_at(eras, days, calendar, start_bound)
    if finish_bound > -BEYOND and work_at(eras, days, calendar, finish_bound) - span > work:
        work = work_at(eras, days, calendar, finish_bound) - span
        driver = finish_driver
    if start_max < BEYOND and work_at(eras, days, calendar, start_max) < work:
        work = work_at(eras, days, calendar, start_max)
        driver = BY_CEILING
    if finish_max < BEYOND and work_at(eras, days, calendar, finish_max) - span < work:
        work = work_at(eras, days, calendar, finish_max) - span
        driver = BY_CEILING
    if extras.rules[row + DELAY] != 0 or extras.rules[row + FLOOR] > -BEYOND:
        moment, driver = postponed(extras, row, start_moment(eras, days, calendar, work), driver)
        work = work_at(eras, days, calendar, moment)
    start = start_moment(eras, days, calendar, work)
    finish = finish_moment(eras, days, calendar, work + span)
    if finish < finish_bound and follows_start:
        finish = stretched(eras, days, calendar, finish, finish_bound)
    if extras.rules[row + EXPECTED_FINISH] > -BEYOND:
        finish = max(start, extras.rules[row + EXPECTED_FINISH])
    return start, finish, work, driver


def resume_work(
    eras: Ints,
    days: Ints,
    nodes: Nodes,
    extras: Extras,
    node: int,
    start_bound: int,
    finish_bound: int,
    driver: int,
) -> tuple[int, int, int, int]:
    """Return given start, finish, work before the remaining work and driver of a started task."""
    row = nodes.rule[node] * RULE_WIDTH
    calendar = nodes.calendar[node]
    resume = extras.rules[row + RESUME_MIN]
    if extras.rules[row + FLAGS] & IGNORES_LINKS == 0:
        if start_bound > resume:
            resume = start_bound
        else:
            driver = BY_STATUS
    else:
        driver = BY_STATUS
        finish_bound = -BEYOND
    work = work_at(eras, days, calendar, resume)
    span = nodes.span[node]
    finish_min = max(finish_bound, extras.rules[row + FINISH_MIN])
    if finish_min > -BEYOND:
        work = max(work, work_at(eras, days, calendar, finish_min) - span)
    start = extras.rules[row + GIVEN_START]
    finish = finish_moment(eras, days, calendar, work + span) if span > 0 else resume
    if extras.rules[row + EXPECTED_FINISH] > -BEYOND:
        finish = max(resume, extras.rules[row + EXPECTED_FINISH])
    return start, max(start, finish), work, driver


def settle_other(
    eras: Ints,
    days: Ints,
    nodes: Nodes,
    extras: Extras,
    node: int,
    start_bound: int,
    finish_bound: int,
    driver: int,
    finish_driver: int,
) -> tuple[int, int, int, int]:
    """Return start, finish, work before the start and driver of an opening node, a milestone or a shared task."""
    kind = nodes.kind[node]
    row = nodes.rule[node] * RULE_WIDTH
    if kind == SHARED:
        start, finish, driver = settle_share(eras, days, extras, row, start_bound, finish_bound, driver, finish_driver)
        return start, finish, work_at(eras, days, nodes.slack_calendar[node], start), driver
    ceiling = BEYOND
    if row >= 0:
        ceiling = extras.rules[row + START_MAX]
        if kind != OPENING:
            ceiling = min(ceiling, extras.rules[row + FINISH_MAX])
    if kind == OPENING:
        bound = min(start_bound, ceiling)
        return bound, bound, bound, BY_CEILING if ceiling < start_bound else driver
    calendar = nodes.calendar[node]
    moment, driver = settle_point(start_bound, finish_bound, ceiling, driver, finish_driver)
    moment = place_point(eras, days, kind, calendar, moment)
    if row >= 0:
        moment, driver = postponed(extras, row, moment, driver)
        moment = place_point(eras, days, kind, calendar, moment)
    return moment, moment, work_at(eras, days, calendar, moment), driver
