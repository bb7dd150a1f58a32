import random
from dataclasses import replace

import pytest

from kaname.engine.matching import MatchingError
from kaname.engine.matching.selection import BrokenChoice, Candidate, Limits, Shortlist, check_choice, select
from tests.engine.matching.selection.brute_force import all_choices, random_shortlist

JAVA, DATA = 1, 2
SHOP = Candidate(uid=1, name="Shop", value=90, cost=(30, 20), staff_permille={JAVA: (2000, 1000)})
CRM = Candidate(uid=2, name="CRM", value=70, cost=(20, 20), staff_permille={JAVA: (1000, 2000)})
LAKE = Candidate(uid=3, name="Data lake", value=-10, cost=(10, 10), staff_permille={DATA: (1000, 0)})
REPORTS = Candidate(uid=4, name="Reports", value=60, cost=(0, 20), needs=frozenset({3}))
LAW = Candidate(uid=5, name="Law", value=0, cost=(10, 10), is_must=True)
LIMITS = Limits(
    budget=(60, 60), staff_permille={JAVA: (2000, 2000), DATA: (1000, 1000)}, skills={JAVA: "Java", DATA: "SQL"}
)
LIST = Shortlist(candidates=(SHOP, CRM, LAKE, REPORTS, LAW), limits=LIMITS)


def test_select_chooses_the_best_worked_by_hand():
    found = select(LIST)
    assert (found.best.chosen, found.best.value, found.upper_bound) == ((1, 3, 4, 5), 140, 140)
    assert found.used.budget == (50, 60)
    assert found.used.staff_permille == {JAVA: (2000, 1000), DATA: (1000, 0)}
    assert found.is_complete


def test_each_project_has_the_reason_for_its_verdict():
    assert [(one.uid, one.is_chosen, one.loss, str(one.reason)) for one in select(LIST).verdicts] == [
        (1, True, 20, "Without “Shop” the best value would be 20 lower: CRM would come in."),
        (2, False, 20, "“CRM” would displace Shop and lower the best value by 20."),
        (3, True, 50, "Without “Data lake” the best value would be 50 lower: Reports would go as well."),
        (4, True, 50, "Without “Reports” the best value would be 50 lower: Data lake would go as well."),
        (5, True, None, "“Law” has to be done."),
    ]


def test_worth_of_people_and_money_is_found_by_choosing_again():
    worths = select(LIST, extra_budget=20).worths
    assert [(one.skill_uid, one.extra, one.gain, str(one.reason)) for one in worths] == [
        (JAVA, 1000, 20, "One more person for Java would be worth 20: CRM would come in, Data lake, Reports go."),
        (DATA, 1000, 0, "One more person for SQL would change nothing."),
        (None, 20, 0, "A budget larger by 20 would change nothing."),
    ]


def test_alternatives_are_the_next_best_choices():
    assert [(one.value, one.added, one.removed) for one in select(LIST, alternatives=2).alternatives] == [
        (120, (2,), (1,)),
        (90, (), (3, 4)),
    ]


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_equals_that_of_all_choices(seed):
    dice, seen = random.Random(seed), 0
    for _ in range(25):
        shortlist = random_shortlist(dice)
        values = all_choices(shortlist)
        if not values:
            with pytest.raises(MatchingError, match="No choice keeps to dependencies, must-dos and limits"):
                select(shortlist)
            continue
        best = max(values.values())
        found = select(shortlist, alternatives=3, extra_budget=15)
        assert (found.best.value, found.upper_bound, values[frozenset(found.best.chosen)]) == (best, best, best)
        ranked = sorted(values.values(), reverse=True)
        assert [one.value for one in found.alternatives] == ranked[1:4]
        for one in found.verdicts:
            others = [value for chosen, value in values.items() if (one.uid in chosen) != one.is_chosen]
            is_must = next(each for each in shortlist.candidates if each.uid == one.uid).is_must
            assert one.loss == (best - max(others) if others and not is_must else None)
        for worth in found.worths:
            more = all_choices(shortlist, skill=worth.skill_uid, extra=0 if worth.skill_uid else 15)
            assert worth.gain == max(more.values()) - best
            assert more[frozenset(worth.choice.chosen)] == best + worth.gain
        seen += 1
    assert seen > 10


def test_exactly_one_of_a_group_is_chosen_and_says_so_when_there_is_no_other():
    found = select(replace(LIST, exactly_one=(frozenset({2, 4}),)))
    assert (found.best.chosen, found.best.value) == ((1, 3, 4, 5), 140)
    alone = select(replace(LIST, candidates=(SHOP, LAW), exactly_one=(frozenset({1}),)))
    assert str(alone.verdicts[0].reason) == (
        "“Shop” cannot be left out: no other choice keeps to dependencies and limits."
    )
    dear = select(replace(LIST, candidates=(replace(SHOP, cost=(99, 99)), CRM)))
    assert str(dear.verdicts[0].reason) == "“Shop” cannot be done: with it, no choice keeps to dependencies and limits."


def test_progress_is_told_and_time_that_is_over_leaves_out_what_is_not_proved():
    told = []
    select(LIST, alternatives=2, on_progress=lambda done, total: told.append((done, total)))
    assert told == [(done, 10) for done in range(1, 11)]
    left = iter([1e9, *[0.0] * 50])
    found = select(LIST, time_left=lambda: next(left))
    assert (found.best.value, found.is_complete, found.worths, found.alternatives) == (140, False, (), ())
    with pytest.raises(MatchingError, match="No choice was found in time"):
        select(LIST, time_left=lambda: 0.0)


@pytest.mark.parametrize(
    ("shortlist", "sentence"),
    [
        (replace(LIST, candidates=()), "There is no project to choose from."),
        (replace(LIST, candidates=(SHOP, SHOP)), "Number 1 (Shop) is given more than once."),
        (replace(LIST, candidates=(REPORTS,)), "“Reports” needs or excludes a project that is not in the list."),
        (
            replace(LIST, candidates=(replace(SHOP, cost=(1,)),)),
            "“Shop” needs one figure for each of the 2 periods.",
        ),
        (replace(LIST, candidates=(replace(SHOP, cost=(-1, 0)),)), "“Shop” has a figure below 0 or too large."),
        (replace(LIST, limits=replace(LIMITS, budget=(60, -1))), "The limits need one figure from 0 for each period."),
        (
            replace(LIST, exactly_one=(frozenset({9}),)),
            "A group of which exactly one is chosen names a project that is not in the list.",
        ),
    ],
)
def test_shortlists_that_contradict_themselves_are_refused(shortlist, sentence):
    with pytest.raises(MatchingError) as refused:
        select(shortlist)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("chosen", "fault"),
    [
        ([1], "5 must be chosen"),
        ([4, 5], "4 lacks what it needs"),
        ([1, 2, 5], "skill 1 in period 0; skill 1 in period 1"),
        ([1, 3, 4, 5, 6], "15 over the budgets"),
    ],
)
def test_checker_names_what_a_choice_breaks(chosen, fault):
    more = replace(LAW, uid=6, name="More", cost=(20, 5), is_must=False)
    with pytest.raises(BrokenChoice, match=fault):
        check_choice(replace(LIST, candidates=(*LIST.candidates, more)), chosen)
