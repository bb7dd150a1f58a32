"""Several plans as one: the same dates as alone, and people of two plans levelled together."""

from dataclasses import replace

import pytest

from kaname.engine.leveling.plans import CrossLink, Objective, Wishes, level_plan, merged
from kaname.engine.network import PlanError, schedule
from kaname.engine.network.plan import Assignment, Link, LinkType, Resource, ScheduleFrom, ScheduleRules
from tests.engine.leveling.plans.some_plans import ORIGIN
from tests.engine.leveling.plans.test_bench import OFFICE, plan_of, work
from tests.engine.leveling.plans.test_level import at, by


def two_plans():
    """Return two plans; person 1 of the first is person 2 of the second, who has a person 1 of its own."""
    one = plan_of(work(1, 8), work(2, 8), links=(Link(predecessor_uid=1, successor_uid=2),))
    other = plan_of(work(1, 8), work(5, 4), links=(Link(predecessor_uid=1, successor_uid=5, type=LinkType.SS),))
    people = (Resource(uid=1, name="Ota"), Resource(uid=2, name="P1"))
    shared = (Assignment(task_uid=1, resource_uid=2), Assignment(task_uid=5, resource_uid=1))
    return replace(one, name="one"), replace(other, name="other", resources=people, assignments=shared)


def test_plans_put_together_have_the_dates_that_they_have_alone():
    one, other = two_plans()
    strangers = (other.resources[0], replace(other.resources[1], name="Abe"))
    other = replace(other, start_at=at(3), calendar_uid=3, resources=strangers)
    whole = merged((one, other))
    found = schedule(whole.plan)
    for place, plan in enumerate((one, other)):
        for alone in schedule(plan):
            together = found.task(whole.uids[place, alone.uid])
            assert (together.start_at, together.finish_at) == (alone.start_at, alone.finish_at)
    assert [resource.name for resource in whole.plan.resources] == ["P1", "Ota", "Abe"]


def test_person_of_two_plans_does_one_thing_after_the_other():
    plans = two_plans()
    whole = merged(plans)
    found = level_plan(whole.plan, schedules=100)
    starts = {key: OFFICE.between(ORIGIN, found.schedule.task(uid).start_at) // 60 for key, uid in whole.uids.items()}
    busy = sorted((starts[0, 1], starts[0, 2], starts[1, 1]))
    assert busy == [0, 8, 16]
    assert found.overallocations == ()
    levelled = whole.split(found.plan)
    for place, plan in enumerate(levelled):
        assert [task.uid for task in plan.tasks] == [task.uid for task in plans[place].tasks]
        for alone in schedule(plan):
            assert alone.start_at == found.schedule.task(whole.uids[place, alone.uid]).start_at


@pytest.mark.parametrize(("priorities", "first"), [((900, 100), 0), ((100, 900), 1)])
def test_plan_of_higher_priority_meets_its_date(priorities, first):
    plans = tuple(replace(plan_of(work(1, 8)), name=name, must_finish_at=by(8)) for name in ("one", "other"))
    whole = merged(plans, priorities=priorities)
    found = level_plan(whole.plan, wishes=Wishes(objectives=(Objective.DELAY,)), schedules=50)
    assert found.schedule.task(whole.summary_uids[first]).finish_at == by(8)
    assert found.schedule.task(whole.summary_uids[1 - first]).finish_at == by(16)
    assert found.log[-1].values == (min(priorities) * (by(16) - by(8)),)


def test_link_between_plans_holds():
    whole = merged(two_plans(), links=(CrossLink(before=(0, 2), after=(1, 5), lag=60),))
    assert schedule(whole.plan).task(whole.uids[1, 5]).start_at == at(17)


def test_plans_that_cannot_be_put_together_are_refused():
    one, other = two_plans()
    with pytest.raises(PlanError, match="no plan"):
        merged(())
    with pytest.raises(PlanError, match="different rules"):
        merged((one, replace(other, status_at=ORIGIN)))
    backward = replace(other, rules=ScheduleRules(schedule_from=ScheduleFrom.FINISH))
    with pytest.raises(PlanError, match="counted back"):
        merged((one, backward))
    with pytest.raises(PlanError, match="task 77 of plan 2"):
        merged((one, other), links=(CrossLink(before=(0, 1), after=(1, 77)),))
