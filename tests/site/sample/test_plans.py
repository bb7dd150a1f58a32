"""Plans and realities of the sample company are the same for the same seed."""

from datetime import UTC, date, datetime

from kaname.engine.network import schedule
from kaname.engine.network.plan import LinkType, TaskKind
from kaname.engine.units import wall_moment
from kaname.site.sample.cases import CASES, Course
from kaname.site.sample.personas import PERSONAS
from kaname.site.sample.plans import draw_plan, ends_before
from kaname.site.sample.staff import BY_NUMBER, DEPARTMENTS, PARTNERS, STAFF
from kaname.site.sample.timetable import Timetable
from kaname.site.sample.truth import live_through

MONDAY = date(2026, 4, 6)


def test_staff_counts():
    assert (len(STAFF), len(BY_NUMBER), len(DEPARTMENTS), len(PARTNERS)) == (60, 60, 6, 3)
    assert len({person.email for person in STAFF}) == 60
    assert all(persona.number in BY_NUMBER for persona in PERSONAS)


def test_cases_tell_the_story():
    courses = [case.course for case in CASES]
    counts = {
        course: courses.count(course) for course in (Course.CLOSED, Course.WATERMELON, Course.SHELVED, Course.PROPOSED)
    }
    assert len(CASES) == 24
    assert counts == {Course.CLOSED: 8, Course.WATERMELON: 3, Course.SHELVED: 1, Course.PROPOSED: 1}


def test_plan_of_every_case_has_twenty_to_hundred_and_twenty_tasks_and_ends_in_time():
    for case in CASES:
        if not case.has_plan:
            continue
        plan = draw_plan(case, starts_on=MONDAY)
        finish = schedule(plan).finish_at
        assert 20 <= len(plan.tasks) <= 120, case.name
        assert finish is not None
        assert wall_moment(finish).date() < ends_before(case, starts_on=MONDAY), case.name


def test_plans_use_links_of_all_kinds():
    links = [link for case in CASES if case.has_plan for link in draw_plan(case, starts_on=MONDAY).links]
    assert {link.type for link in links} == set(LinkType)
    assert {link.lag_unit.value for link in links} == {"working", "elapsed", "percent"}
    assert min(link.lag for link in links) < 0 < max(link.lag for link in links)


def test_reality_is_the_same_for_the_same_seed_and_another_for_another():
    plan = draw_plan(CASES[8], starts_on=MONDAY)
    first, second, other = (live_through(CASES[8], plan, seed=seed) for seed in (1, 1, 2))
    work = {task.uid for task in plan.tasks if task.kind in {TaskKind.WORK, TaskKind.MILESTONE}}
    assert first == second
    assert first != other
    assert set(first) == work


def test_moments_are_fridays_and_the_last_weekday_evening_before_now():
    timetable = Timetable(datetime(2026, 7, 9, 3, tzinfo=UTC))
    moments = timetable.moments()
    assert moments[-1] == datetime(2026, 7, 8, 8, 30, tzinfo=UTC)
    assert {moment.weekday() for moment in moments[:-1]} == {4}
    assert moments == sorted(set(moments))
    assert (len(moments), timetable.week_of(moments[-1])) == (109, 0)


def test_moments_on_a_weekend_end_with_friday():
    moments = Timetable(datetime(2026, 7, 12, 3, tzinfo=UTC)).moments()
    assert moments[-1] == datetime(2026, 7, 10, 8, 30, tzinfo=UTC)
    assert len(moments) == len(set(moments))
