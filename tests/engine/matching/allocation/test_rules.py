import random
from dataclasses import replace

import pytest

from benchmarks.people_allocation import company
from kaname.engine.matching.allocation import Allotment, Progress, Rules, Status, allocate, check_allocation
from kaname.engine.matching.allocation.board import set_up
from kaname.engine.matching.allocation.costing import points_of
from kaname.engine.matching.allocation.filling import Filler
from kaname.engine.matching.allocation.flow import cheapest
from kaname.engine.matching.allocation.repair import Repair
from kaname.engine.matching.allocation.stints import short_stints
from kaname.engine.matching.allocation.telling import allotments_of
from tests.engine.matching.allocation.small_question import (
    BILLING,
    ITO,
    PORTAL,
    QUESTION,
    SATO,
    best_of_all,
    questions,
    random_question,
)

TOGETHER = (frozenset({10, 11}),)


def told(found):
    return [(one.person_uid, one.demand, one.load_permille) for one in found.allotments]


@pytest.mark.parametrize(
    ("rules", "count", "sizes"),
    [
        (Rules(least_stint=2), 12, {"people": 2, "demands": 2, "periods": 3, "step": 1000}),
        (Rules(most_projects=1), 20, {"people": 2, "demands": 3, "periods": 1, "step": 500}),
        (Rules(most_stretched=0), 20, {"people": 3, "demands": 2, "periods": 1, "step": 500}),
        (Rules(together=TOGETHER), 20, {"people": 3, "demands": 2, "periods": 1, "step": 500}),
        (
            Rules(least_stint=3, most_projects=1, most_stretched=0),
            12,
            {"people": 2, "demands": 2, "periods": 3, "step": 1000},
        ),
    ],
)
def test_allocation_under_rules_is_the_best_of_all_that_respect_them(rules, count, sizes):
    binding = 0
    for drawn in questions(3, count, rules=rules, **sizes):
        demands = tuple(replace(one, project_uid=1 + place) for place, one in enumerate(drawn.demands))
        people = tuple(replace(one, capacity_permille=full(one)) for one in drawn.people)
        question = replace(drawn, people=people, demands=demands)
        found = allocate(question, rounds=30)
        assert (found.points, found.status) == (best_of_all(question), Status.OPTIMAL)
        binding += found.points > allocate(replace(question, rules=Rules())).points
    assert binding > 0


def full(person):
    return tuple(1000 + person.assignments[0].load_permille[period] for period in range(len(person.capacity_permille)))


def test_stint_of_two_periods_is_kept_where_one_would_be_cheaper():
    short = replace(BILLING, load_permille=(1000, 500, 0))
    question = replace(QUESTION, people=(SATO,), demands=(short, replace(PORTAL, load_permille=(0, 1000, 1000))))
    assert told(allocate(question)) == [(1, 0, (1000, 0, 0)), (1, 1, (0, 1000, 1000))]
    found = allocate(replace(question, rules=Rules(least_stint=2)), rounds=5)
    assert told(found) == [(1, 0, (1000, 100, 0)), (1, 1, (0, 900, 1000))]
    assert found.status is Status.OPTIMAL


def test_what_goes_on_from_before_may_end_at_once():
    now = (Allotment(person_uid=1, demand=0, load_permille=(1000, 0, 0)),)
    demands = (BILLING, replace(PORTAL, load_permille=(0, 1000, 1000)))
    question = replace(QUESTION, people=(SATO,), demands=demands, rules=Rules(least_stint=2))
    assert told(allocate(replace(question, current=now), rounds=5)) == [(1, 0, (1000, 0, 0)), (1, 1, (0, 1000, 1000))]
    assert told(allocate(question, rounds=5)) != [(1, 0, (1000, 0, 0)), (1, 1, (0, 1000, 1000))]


@pytest.mark.parametrize(
    ("flags", "could", "goes_on", "short"),
    [
        ("110100", "111111", False, [(3, 4)]),
        ("100110", "111111", True, []),
        ("100110", "111111", False, [(0, 1)]),
        ("010010", "010011", False, [(4, 5)]),
        ("011011", "011011", False, []),
    ],
)
def test_short_stints_are_those_that_neither_last_nor_fill_their_run(flags, could, goes_on, short):
    found = short_stints([one == "1" for one in flags], could=[one == "1" for one in could], least=2, goes_on=goes_on)
    assert list(found) == short


def test_stretched_people_are_counted_over_the_demands_of_a_project():
    question = replace(QUESTION, people=(ITO, replace(ITO, uid=3, name="Kudo")), rules=Rules(most_stretched=1))
    found = allocate(question, rounds=5)
    for period in range(3):
        assert [one.demand for one in found.allotments if one.load_permille[period]] in ([0, 1], [1, 0])


@pytest.mark.parametrize("seed", range(6))
def test_first_allocation_respects_every_rule_and_filling_only_saves(seed):
    dice = random.Random(seed)
    rules = Rules(least_stint=3, most_projects=2, most_stretched=1, together=TOGETHER)
    question = random_question(dice, people=12, demands=9, periods=6, step=100, rules=rules)
    board = set_up(question)
    repaired = Repair(board).repaired(cheapest(board).steps)
    filled = Filler(board, repaired).filled()
    for steps in (repaired, filled):
        check_allocation(question, allotments_of(board, steps), points_of(board, steps))
    assert points_of(board, filled) <= points_of(board, repaired)
    assert (filled >= repaired).all()


def test_rounds_give_the_same_allocation_again_and_never_a_worse_one():
    rules = Rules(least_stint=2, most_projects=1, most_stretched=1)
    question = replace(company(20, 5, seed=4, periods=4), rules=rules)
    told_of: list[Progress] = []
    first = allocate(question)
    found = allocate(question, seed=3, rounds=2, on_progress=told_of.append)
    assert allocate(question, seed=3, rounds=2) == found
    assert found.points < first.points
    assert [one.points for one in told_of] == sorted((one.points for one in told_of), reverse=True)
    assert (told_of[-1].points, found.log) == (found.points, tuple(told_of))
    assert found.lower_bound <= found.points


def test_search_ends_when_time_is_over():
    question = replace(QUESTION, rules=Rules(least_stint=2))
    assert len(allocate(question, time_left=lambda: 0.0).log) == 1
