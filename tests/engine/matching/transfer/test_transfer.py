from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.transfer_effect import company, differs, moves_to
from kaname.engine.calendar import Calendar, Shift
from kaname.engine.leveling.plans import level_plan
from kaname.engine.matching import MatchingError
from kaname.engine.matching.transfer import Move, Project, TransferDesk
from kaname.engine.matching.transfer.changing import Office
from kaname.engine.network.plan import Assignment, Link, Plan, Progress, Resource, Task, TaskType
from kaname.engine.units import wall_minute, wall_moment
from tests.engine.leveling.plans.some_plans import plans

MONDAY = wall_minute(datetime(2026, 10, 5, 9, 0))
DAY = 1440
CALENDARS = (
    Calendar(1, "office", ((Shift(540, 720), Shift(780, 1080)),) * 5 + ((), ())),
    Calendar(2, "short", ((Shift(540, 720),),) * 5 + ((), ())),
)
SATO = Resource(uid=1, name="Sato", rate_per_hour=6000)
ITO = Resource(uid=2, name="Ito", rate_per_hour=5000)
ABE = Resource(uid=3, name="Abe", rate_per_hour=4000)
KATO = Resource(uid=4, name="Kato", rate_per_hour=8000)


def days(count):
    return 480 * count


def task(uid, name, length, **said):
    return Task(uid=uid, name=name, duration_minutes=length, **({"is_effort_driven": True} | said))


def project(uid, name, tasks, people, taken, links=(), **said):  # noqa: PLR0917 - read like a table
    plan = Plan(
        start_at=MONDAY,
        calendar_uid=1,
        calendars=CALENDARS,
        tasks=tuple(tasks),
        resources=tuple(people),
        assignments=tuple(
            Assignment(task_uid=one, resource_uid=two, units_permille=units) for one, two, units in taken
        ),
        links=tuple(Link(predecessor_uid=before, successor_uid=after) for before, after in links),
    )
    return Project(uid=uid, name=name, leveling=level_plan(plan), **said)


SHOP = project(
    1,
    "Shop",
    [task(1, "design", days(2)), task(2, "build", days(4)), task(3, "test", days(2))],
    [SATO, ITO],
    [(1, 1, 1000), (2, 1, 1000), (2, 2, 1000), (3, 2, 1000)],
    [(1, 2), (2, 3)],
)
CRM = project(
    2,
    "CRM",
    [task(1, "analysis", days(2)), task(2, "build", days(10)), task(3, "data", days(2))],
    [ABE],
    [(1, 3, 1000), (2, 3, 1000), (3, 3, 500)],
    [(1, 2), (2, 3)],
    priority=200,
)
SATO_LEAVES = Move(person_uid=1, from_uid=1, to_uid=2, from_at=MONDAY + DAY)


def effect(move, *projects):
    return TransferDesk(projects or (SHOP, CRM)).effect(move)


def day(minute):
    return wall_moment(minute).strftime("%m-%d %H:%M")


def test_effect_of_a_move_worked_by_hand():
    """Design is begun and is finished first; then Ito builds alone for 8 days, Abe and Sato build for 5 instead of 10."""
    found = effect(SATO_LEAVES)
    assert day(found.at) == "10-06 18:00"
    assert (found.left.changed.lengths, found.left.changed.handed_over) == ({2: (days(4), days(8))}, {})
    assert (day(found.left.before.finish_at), day(found.left.after.finish_at)) == ("10-14 18:00", "10-20 18:00")
    assert found.joined.changed.lengths == {2: (days(10), days(5)), 3: (days(2), 320)}
    assert (day(found.joined.before.finish_at), day(found.joined.after.finish_at)) == ("10-22 18:00", "10-14 15:20")
    assert found.net == 2 * (8 * DAY + 160) - 6 * DAY
    assert str(found.reason) == (
        "Sato from Shop to CRM: CRM finishes on 2026-10-14 instead of 2026-10-22, Shop on 2026-10-20 instead of 2026-10-14."
    )


def test_cost_follows_effort_and_rates():
    """Shop: 4 days by Ito instead of Sato.  CRM: 5 days of build and a third of the data work by Sato instead of Abe."""
    found = effect(SATO_LEAVES)
    assert found.left.before.cost == 8 * (2 * 6000 + 4 * 6000 + 4 * 5000 + 2 * 5000)
    assert found.left.extra_cost == 8 * 4 * (5000 - 6000)
    assert found.joined.before.cost == 8 * 13 * 4000
    assert found.joined.extra_cost == 8 * 5 * (6000 - 4000) + (320 * (4000 // 2 + 6000) - 480 * 4000) // 60


def test_half_of_a_person_leaves_the_other_half():
    found = effect(replace(SATO_LEAVES, share_permille=500))
    assert found.left.changed.lengths == {2: (days(4), 2560)}
    assert found.joined.changed.lengths == {2: (days(10), 3200), 3: (days(2), days(1))}
    assert [
        (each.resource_uid, each.units_permille) for each in found.left.changed.plan.assignments if each.task_uid == 2
    ] == [
        (2, 1000),
        (1, 500),
    ]


def test_work_that_nobody_is_left_for_goes_to_the_colleague_with_the_least_work():
    more = project(
        1,
        "Shop",
        [task(1, "design", days(2)), task(2, "build", days(4)), task(3, "test", days(2))],
        [SATO, ITO, KATO],
        [(1, 1, 1000), (2, 2, 1000), (3, 4, 1000)],
        [(1, 2), (2, 3)],
    )
    leaves = replace(SATO_LEAVES, from_at=MONDAY)
    found = effect(leaves, more, CRM)
    assert (found.left.changed.handed_over, found.left.delay_minutes) == ({1: 4}, 0)
    assert found.left.extra_cost == 16 * (8000 - 6000)
    named = effect(replace(leaves, stand_ins=frozenset({2})), more, CRM)
    assert named.left.changed.handed_over == {1: 2}


def test_work_that_is_not_effort_driven_keeps_its_length_and_is_handed_over():
    for said in ({"is_effort_driven": False}, {"task_type": TaskType.FIXED_DURATION}):
        steady = project(
            1, "Shop", [task(2, "build", days(4), **said)], [SATO, ITO, KATO], [(2, 1, 1000), (2, 2, 1000)]
        )
        found = effect(replace(SATO_LEAVES, from_at=MONDAY), steady, CRM)
        assert (found.left.changed.lengths, found.left.changed.handed_over) == ({}, {2: 4})
        assert found.left.delay_minutes == 0


def test_work_that_is_not_effort_driven_takes_longer_where_no_colleague_is_left():
    alone = project(
        1, "Shop", [task(2, "build", days(4), is_effort_driven=False)], [SATO, ITO], [(2, 1, 1000), (2, 2, 1000)]
    )
    assert effect(replace(SATO_LEAVES, from_at=MONDAY), alone, CRM).left.changed.lengths == {2: (days(4), days(8))}


def test_who_stands_in_is_not_taken_twice():
    """Two tasks side by side of Sato and of Ito: Ito does both, one after the other."""
    both = project(
        1, "Shop", [task(1, "one", days(3)), task(2, "two", days(3))], [SATO, ITO], [(1, 1, 1000), (2, 2, 1000)]
    )
    found = effect(replace(SATO_LEAVES, from_at=MONDAY), both, CRM)
    assert found.left.changed.handed_over == {1: 2}
    assert day(found.left.after.finish_at) == "10-12 18:00"
    assert found.left.after.overload_minutes == 0


def test_overload_is_told_where_tasks_must_not_wait():
    pinned = project(
        1,
        "Shop",
        [task(1, "one", days(3)), task(2, "two", days(3), priority=1000)],
        [SATO, ITO],
        [(1, 1, 1000), (2, 2, 1000)],
    )
    fixed = replace(pinned.leveling.plan.tasks[0], priority=500)
    plan = replace(pinned.leveling.plan, tasks=(fixed, pinned.leveling.plan.tasks[1]))
    crowd = Project(uid=1, name="Shop", leveling=level_plan(replace(plan, assignments=(
        Assignment(task_uid=1, resource_uid=1), Assignment(task_uid=2, resource_uid=2), Assignment(task_uid=2, resource_uid=2),
    ))))  # fmt: skip
    desk = TransferDesk((crowd, CRM))
    assert desk.before(1).overload_minutes == days(3)


def test_help_goes_to_what_is_most_urgent_and_fits_the_skills():
    wide = project(
        2,
        "CRM",
        [task(1, "long", days(8)), task(2, "beside", days(4)), task(3, "after", days(2)), task(4, "begun", days(1))],
        [ABE, KATO],
        [(1, 3, 1000), (2, 4, 1000), (3, 3, 1000), (4, 4, 1000)],
        [(1, 3), (4, 2)],
    )
    early = replace(SATO_LEAVES, from_at=MONDAY, stand_ins=None)
    assert list(effect(early, SHOP, wide).joined.changed.lengths) == [1, 3]
    assert list(effect(replace(early, may_help=frozenset({2, 4})), SHOP, wide).joined.changed.lengths) == [2, 4]


def test_guest_brings_a_calendar_and_is_there_from_the_move_on():
    short = replace(SATO, calendar_uid=2)
    mine = project(1, "Shop", [task(1, "design", days(2))], [short, ITO], [(1, 1, 1000)])
    plan = replace(CRM.leveling.plan, calendars=CALENDARS[:1])
    other = replace(CRM, leveling=level_plan(plan))
    found = effect(replace(SATO_LEAVES, from_at=MONDAY), mine, other)
    assert [calendar.uid for calendar in found.joined.changed.plan.calendars] == [1, 2]
    assert found.joined.changed.availability == {1: ((MONDAY, 1000),)}
    assert found.joined.changed.plan.resources[-1] == replace(short, max_units_permille=0)
    assert found.joined.delay_minutes == effect(replace(SATO_LEAVES, from_at=MONDAY), mine, CRM).joined.delay_minutes


@pytest.mark.parametrize(
    ("change", "projects", "sentence"),
    [
        ({"person_uid": 9}, (SHOP, CRM), "Nobody with number 9 works for Shop."),
        ({"to_uid": 1}, (SHOP, CRM), "Shop cannot give people to itself."),
        ({"to_uid": 7}, (SHOP, CRM), "There is no project with number 7."),
        ({"share_permille": 0}, (SHOP, CRM), "A move takes at least one permille of a person's time."),
        ({"may_help": frozenset()}, (SHOP, CRM), "In CRM there is nothing that Sato could help with from then on."),
        (
            {"from_at": MONDAY, "stand_ins": frozenset()},
            (SHOP, CRM),
            "Sato cannot leave Shop: nobody would be left for “design”.",
        ),
    ],
)
def test_moves_that_cannot_be_made_are_refused_and_left_out_of_the_list(change, projects, sentence):
    move = replace(SATO_LEAVES, **change)
    with pytest.raises(MatchingError) as refused:
        effect(move, *projects)
    assert str(refused.value) == sentence
    ranking = TransferDesk(projects).rank([move, SATO_LEAVES])
    assert [(one.move, str(one.reason)) for one in ranking.refused] == [(move, sentence)]
    assert [one.move for one in ranking.effects] == [SATO_LEAVES]


def test_project_without_dates_is_refused():
    empty = Project(uid=3, name="Empty", leveling=level_plan(Plan(start_at=MONDAY)))
    with pytest.raises(MatchingError, match="Empty has no tasks with dates"):
        TransferDesk([empty])


def test_list_is_ranked_by_what_both_projects_win():
    moves = [replace(SATO_LEAVES, share_permille=share, person_uid=uid) for uid in (1, 2) for share in (300, 1000)]
    effects = TransferDesk((SHOP, CRM)).rank(moves).effects
    assert [one.net for one in effects] == sorted((one.net for one in effects), reverse=True)
    assert len(effects) == 4


@pytest.mark.parametrize("share", [1000, 400])
def test_every_effect_of_a_company_equals_a_full_reschedule(share):
    projects = company(4, 12, 15, seed=3)
    effects = TransferDesk(projects).rank(moves_to(projects, 3, share=share)).effects
    offices = {one.uid: Office(one) for one in projects}
    assert [one.move for one in effects if differs(offices, one)] == []
    assert len({one.joined.delay_minutes for one in effects}) > 2
    assert any(one.left.delay_minutes > 0 for one in effects)


@settings(max_examples=20, deadline=None)
@given(one=plans(most=7), other=plans(most=7), share=st.sampled_from([1000, 500]), since=st.integers(0, 3))
def test_effects_of_any_plans_equal_a_full_reschedule(one, other, share, since):
    projects = [
        Project(uid=uid, name=f"p{uid}", leveling=level_plan(driven(plan, uid))) for uid, plan in ((1, one), (2, other))
    ]
    if any(each.leveling.finish_at is None for each in projects):
        return
    desk, offices = TransferDesk(projects), {each.uid: Office(each) for each in projects}
    start = min(each.leveling.schedule.start_at for each in projects)
    moves = [
        Move(person_uid=11, from_uid=1, to_uid=2, from_at=start + since * DAY, share_permille=share),
        Move(person_uid=21, from_uid=2, to_uid=1, from_at=start + since * DAY, share_permille=share),
    ]
    assert [each.move for each in desk.rank(moves).effects if differs(offices, each)] == []


def driven(plan, uid):
    return replace(
        plan,
        tasks=tuple(replace(each, is_effort_driven=True) for each in plan.tasks),
        resources=tuple(replace(each, uid=each.uid + 10 * uid) for each in plan.resources),
        assignments=tuple(replace(each, resource_uid=each.resource_uid + 10 * uid) for each in plan.assignments),
    )


def test_what_has_begun_stays_with_the_person():
    begun = project(
        1,
        "Shop",
        [
            task(1, "design", days(2), progress=Progress(actual_start_at=MONDAY, percent_permille=500)),
            task(2, "build", days(4)),
        ],
        [SATO, ITO],
        [(1, 1, 1000), (2, 1, 1000)],
        [(1, 2)],
    )
    found = effect(SATO_LEAVES, begun, CRM)
    assert (found.left.changed.handed_over, day(found.at)) == ({2: 2}, "10-06 18:00")
