from dataclasses import replace

import pytest

from kaname.engine.leveling import BrokenSchedule, Link, LinkKind, Resource, check_schedule
from tests.engine.leveling.problems import OFFICE, activity, problem

PAIR = problem([activity(1, 3, 1), activity(2, 2, 1)], [Link(before_uid=1, after_uid=2, lag=1)])
GOOD = (0, 4)


def faults(wanted, starts) -> tuple[str, ...]:
    with pytest.raises(BrokenSchedule) as refused:
        check_schedule(wanted, starts)
    return refused.value.faults


def test_checker_accepts_a_good_schedule():
    check_schedule(PAIR, GOOD)
    check_schedule(OFFICE, (0, 3, 3, 5, 10, 7, 12))


@pytest.mark.parametrize(
    ("kind", "lag", "after", "earliest", "actual"),
    [
        (LinkKind.FS, 1, 3, 4, 3),
        (LinkKind.SS, 2, 1, 2, 1),
        (LinkKind.FF, 0, 0, 3, 2),
        (LinkKind.SF, 5, 2, 5, 4),
        (LinkKind.FS, -2, 0, 1, 0),
    ],
)
def test_checker_refuses_a_broken_link_of_each_kind(kind, lag, after, earliest, actual):
    link = Link(before_uid=1, after_uid=2, kind=kind, lag=lag)
    wanted = replace(PAIR, links=(link,))
    assert faults(wanted, (0, after)) == (f"link 1 {kind} 2: {actual} before {earliest}",)


def test_checker_refuses_what_breaks_dates_counts_and_capacity():
    assert faults(PAIR, (0,)) == ("2 activities, 1 starts",)
    assert faults(PAIR, (-1, 4)) == (
        "activity 1 starts at -1",
        "activity 1 is released at 0 and starts at -1",
    )
    late = problem([activity(1, 1, 1, release=3)])
    assert faults(late, (2,)) == ("activity 1 is released at 3 and starts at 2",)
    fixed = problem([activity(1, 1, 1, fixed_start=3)])
    assert faults(fixed, (4,)) == ("activity 1 is fixed at 3 and starts at 4",)
    crowd = problem([activity(1, 2, 2), activity(2, 2, 1)])
    assert faults(crowd, (0, 1)) == ("R1 at 1: 3 of 2",)


def test_checker_refuses_too_little_capacity_later_in_an_activity():
    wanted = replace(
        problem([activity(1, 4, 2)]), resources=(Resource(name="R1", capacity=2, changes=((3, 1), (9, 2))),)
    )
    assert faults(wanted, (0,)) == ("R1 at 3: 2 of 1",)
    check_schedule(wanted, (9,))
