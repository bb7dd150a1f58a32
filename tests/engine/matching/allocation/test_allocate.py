import random
from dataclasses import replace

import pytest

from kaname.engine.matching import Axis, MatchingError, Person
from kaname.engine.matching.allocation import (
    Allotment,
    BrokenAllocation,
    Prices,
    Regret,
    Rules,
    Staffing,
    Status,
    allocate,
    check_allocation,
)
from tests.engine.matching.allocation.small_question import (
    BILLING,
    DATA,
    ITO,
    QUESTION,
    SATO,
    best_of_all,
    questions,
    random_question,
)


def told(found):
    return [(one.person_uid, one.demand, one.load_permille) for one in found.allotments]


def test_allocate_gives_the_best_worked_by_hand():
    found = allocate(QUESTION)
    assert told(found) == [
        (1, 0, (1000, 700, 500)),
        (1, 2, (0, 300, 300)),
        (2, 1, (500, 500, 500)),
    ]
    assert [(one.demand, one.load_permille) for one in found.unmet] == [(0, (0, 300, 0))]
    assert (found.status, found.gap) == (Status.OPTIMAL, 0.0)


def test_allocate_publishes_what_each_regret_costs():
    found = allocate(QUESTION)
    paid = {one.regret: (one.price, one.points) for one in found.paid}
    assert paid[Regret.UNMET] == (200, 3 * 9600 * 200 * 1000)
    assert paid[Regret.SKILL] == (35, 15 * 9600 * 35 * 400)
    assert paid[Regret.COST] == (10, 22 * 9600 * 10 * 167)
    assert paid[Regret.CONTINUITY] == (10, (28 * 1000 + 15 * 300) * 9600 * 10)
    assert paid[Regret.GROWTH] == (10, 28 * 9600 * 10 * 1000)
    assert paid[Regret.CHANGE] == (10, 43 * 9600 * 10 * 1000)
    assert found.points == sum(points for _, points in paid.values())


def test_allocate_says_who_is_stretched_and_what_is_unmet():
    found = allocate(QUESTION)
    assert [(one.demand, one.hours, one.hours_at_risk, str(one.reason)) for one in found.stretches] == [
        (1, 240, 96, "Ito is below the level wanted for Portal developer (Java 2/3): 96 of 240 hours are at risk."),
    ]
    (unmet,) = found.unmet
    assert str(unmet.reason) == (
        "Billing developer: 48 hours are unmet. Those who may do it (2) have no time left or do what counts more."
    )
    assert unmet.worth == (0, 170_000, 0)


def test_unmet_work_says_when_nobody_may_do_it_and_when_it_is_not_worth_it():
    alone = replace(QUESTION, demands=(BILLING,), people=(replace(SATO, levels={2: 5}),))
    assert str(allocate(alone).unmet[0].reason) == "Billing developer: 400 hours are unmet. Nobody may do it."
    cheap = replace(QUESTION, demands=(BILLING,), priorities={7: 1})
    assert str(allocate(cheap).unmet[0].reason) == (
        "Billing developer: 400 hours are unmet. Of those who may do it, 2 have time, but it would cost more than it is worth."
    )
    ruled = replace(QUESTION, demands=(BILLING,), rules=Rules(most_projects=0))
    assert str(allocate(ruled).unmet[0].reason) == (
        "Billing developer: 400 hours are unmet. Of those who may do it, 2 have time, but the rules forbid it, it would "
        "cost more than it is worth, or no better allocation was found."
    )


@pytest.mark.parametrize(
    "sizes", [{"people": 3, "demands": 2, "periods": 1}, {"people": 2, "demands": 2, "periods": 2}]
)
def test_allocation_without_rules_costs_no_more_than_any_other(sizes):
    for question in questions(1, 12, **sizes):
        found = allocate(question)
        assert (found.points, found.status) == (best_of_all(question), Status.OPTIMAL)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_allocation_without_rules_costs_what_a_linear_programme_finds(seed):
    dice = random.Random(seed)
    question = random_question(dice, people=25, demands=12, periods=3, step=100)
    assert allocate(question).points == pytest.approx(least_by_linear_programme(question), rel=1e-9)


def least_by_linear_programme(question):
    """The same question in real numbers, pair by pair in plain loops, by the simplex method."""
    from ortools.linear_solver import pywraplp

    from kaname.engine.matching.allocation.checker import cost_of
    from kaname.engine.matching.crew import why_not

    step, solver = question.step_permille, pywraplp.Solver.CreateSolver("GLOP")
    base, nothing = solver.Objective(), cost_of(question, [])
    base.SetMinimization()
    base.SetOffset(nothing)
    now = {(one.person_uid, one.demand): one.load_permille for one in question.current}
    free, got = {}, {}
    for person in question.people:
        for place, demand in enumerate(question.demands):
            if why_not(demand, person) is not None and (person.uid, place) not in now:
                continue
            for period, minutes in enumerate(question.axis.minutes):
                if not minutes:
                    continue
                kept = now.get((person.uid, place), (0,) * question.axis.count)[period] // step
                loads = [0] * question.axis.count
                costs = []
                for count in (1, kept + 1):
                    loads[period] = count * step
                    one = Allotment(person_uid=person.uid, demand=place, load_permille=tuple(loads))
                    costs.append(cost_of(question, [one]) - nothing)
                first = costs[0]
                second = costs[1] - kept * first
                for most, price in ((kept, first), (solver.infinity(), second)):
                    variable = solver.NumVar(0, most, "")
                    base.SetCoefficient(variable, price)
                    free.setdefault((person.uid, period), []).append(variable)
                    got.setdefault((place, period), []).append(variable)
    for (uid, period), variables in free.items():
        person = next(person for person in question.people if person.uid == uid)
        spare = person.capacity_permille[period] - sum(work.load_permille[period] for work in person.assignments)
        solver.Add(solver.Sum(variables) <= max(spare, 0) // step)
    for (place, period), variables in got.items():
        solver.Add(solver.Sum(variables) <= -(-question.demands[place].load_permille[period] // step))
    assert solver.Solve() == solver.OPTIMAL
    return base.Value()


def test_worth_is_what_solving_again_with_one_step_less_to_do_saves():
    newcomer, seen = 30 * 1000, set()
    for drawn in questions(5, 8, people=4, demands=14, periods=2, step=100):
        question = replace(drawn, prices=Prices())
        found = allocate(question)
        for unmet in found.unmet:
            for period, worth in enumerate(unmet.worth):
                if worth:
                    less = allocate(replace(question, demands=with_one_step_less(question, unmet.demand, period)))
                    assert found.points - less.points == (worth + newcomer) * question.axis.minutes[period]
                    seen.add(worth)
    assert seen == {10_000, 170_000, 570_000}


def with_one_step_less(question, place, period):
    demands = list(question.demands)
    loads = list(demands[place].load_permille)
    loads[period] -= 100
    demands[place] = replace(demands[place], load_permille=tuple(loads))
    return tuple(demands)


def test_worth_of_a_fitting_person_is_what_solving_again_with_them_saves():
    found = allocate(QUESTION)
    abe = Person(uid=3, name="Abe", levels={1: 3}, capacity_permille=(0, 100, 0), rate=5000)
    more = allocate(replace(QUESTION, people=(*QUESTION.people, abe)))
    assert found.points - more.points == found.unmet[0].worth[1] * 9600 == 170_000 * 9600


def test_worth_counts_who_moves_on_for_the_newcomer():
    """Sato may do both; Kato may do the data work only, so that Kato's time is worth what Sato's is at the dear work."""
    dear = replace(BILLING, load_permille=(1000, 0, 0), budget_rate=6000)
    data = replace(DATA, load_permille=(1000, 0, 0), project_uid=9, budget_rate=6000)
    question = replace(QUESTION, people=(SATO,), demands=(dear, data), priorities={9: 300})
    found = allocate(question)
    assert [(one.demand, one.worth) for one in found.unmet] == [(0, (170_000, 0, 0))]
    kato = Person(uid=3, name="Kato", levels={2: 2}, capacity_permille=(100, 0, 0), rate=6000)
    more = allocate(replace(question, people=(SATO, kato)))
    assert told(more) == [(1, 0, (100, 0, 0)), (1, 1, (900, 0, 0)), (3, 1, (100, 0, 0))]
    assert found.points - more.points == 170_000 * 9600


def test_what_is_done_now_is_kept_at_equal_merit_and_changed_for_a_better_one():
    twin = replace(SATO, uid=9, name="Twin")
    now = Allotment(person_uid=9, demand=0, load_permille=(500, 500, 500))
    question = replace(QUESTION, people=(SATO, twin), demands=(BILLING,), current=(now,))
    assert told(allocate(question))[-1] == (9, 0, (1000, 1000, 500))
    dear = replace(question, people=(SATO, replace(twin, levels={1: 1})), prices=Prices(change=0, continuity=0))
    assert [one[0] for one in told(allocate(dear))] == [1]


def test_loads_are_cut_into_steps_rounded_down_for_people_and_up_for_demands():
    people = (replace(SATO, capacity_permille=(490, 99, 1000)),)
    found = allocate(replace(QUESTION, people=people, demands=(replace(BILLING, load_permille=(610, 500, 310)),)))
    assert told(found) == [(1, 0, (400, 0, 400))]
    assert [one.load_permille for one in found.unmet] == [(300, 500, 0)]


def test_nobody_works_in_a_period_without_working_time():
    axis = Axis(QUESTION.axis.edges, (9600, 0, 9600))
    found = allocate(replace(QUESTION, axis=axis, demands=(BILLING,), people=(SATO,)))
    assert (told(found), found.unmet) == ([(1, 0, (1000, 0, 500))], ())


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"demands": ()}, "Nothing is demanded. Name at least one demand."),
        ({"people": (SATO, SATO)}, "Number 1 (Sato) is given more than once."),
        ({"step_permille": 0}, "Loads are cut into steps of 1 to 1000 permille, not 0."),
        (
            {"prices": Prices(skill=10_001)},
            "Prices are whole numbers from 0 to 10000, and at least one is more than 0.",
        ),
        ({"priorities": {7: 0}}, "Project 7 has a priority of 0 %; 1 to 1000 are possible."),
        (
            {"current": (Allotment(person_uid=5, demand=0, load_permille=(0, 0, 0)),)},
            "Somebody does now what is not demanded, or is not among the people.",
        ),
        (
            {"current": (Allotment(person_uid=1, demand=0, load_permille=(0, 0, 0)),) * 2},
            "What “Sato” does now of “Billing developer” is given more than once.",
        ),
        (
            {"rules": Rules(least_stint=0)},
            "A stint is at least one period, and nobody can work for less than no project.",
        ),
        (
            {"rules": Rules(together=(frozenset({1, 5}),))},
            "Who is kept together is among the people, and in one group only.",
        ),
    ],
)
def test_questions_that_contradict_themselves_are_refused(change, sentence):
    with pytest.raises(MatchingError) as refused:
        allocate(replace(QUESTION, **change))
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("allotments", "fault"),
    [
        ([(1, 0, (1100, 0, 0))], "person 1 has 1100 in period 0, free is 1000"),
        ([(1, 0, (0, 0, 600))], "demand 0 gets 600 in period 2"),
        ([(2, 2, (0, 100, 0))], "person 2 may not do demand 2"),
        ([(1, 0, (150, 0, 0))], "person 1 has 150 of demand 0 in period 0"),
        ([(1, 0, (100, 0, 0)), (1, 0, (0, 100, 0))], "somebody is given twice for one demand"),
        ([(1, 0, (500, 0, 0)), (1, 1, (500, 0, 0))], "person 1 has 2 projects in period 0"),
        ([(1, 0, (500, 0, 0))], "person 1 stays 1 periods on demand 0"),
        ([(2, 0, (500, 500, 0))], "project 7 has 1 stretched people in period 0"),
        ([(1, 0, (500, 500, 0))], "group [1, 2] is apart in period 0"),
        ([], "costs 108480000000, not 5"),
    ],
)
def test_checker_finds_every_kind_of_fault(allotments, fault):
    rules = Rules(least_stint=2, most_projects=1, most_stretched=0, together=(frozenset({1, 2}),))
    found = [Allotment(person_uid=uid, demand=demand, load_permille=loads) for uid, demand, loads in allotments]
    with pytest.raises(BrokenAllocation) as broken:
        check_allocation(replace(QUESTION, rules=rules), found, 5)
    assert fault in broken.value.faults


def test_people_without_demand_stay_idle():
    question = Staffing(axis=QUESTION.axis, people=(SATO, ITO), demands=(replace(BILLING, load_permille=(0, 0, 0)),))
    found = allocate(question)
    assert (found.allotments, found.unmet, found.points, found.gap) == ((), (), 0, 0.0)
