from dataclasses import replace

import pytest

from kaname.engine.matching import (
    Criterion,
    Employment,
    PlaceRule,
    Preferences,
    ProposalKind,
    SkillNeed,
    Weights,
    match,
)
from tests.engine.matching.small_company import ABE, AXIS, BILLING, DEVELOPER, ITO, JAVA, PEOPLE, SATO, SUZUKI


def told(report):
    return [(one.rank, one.kind.value, str(one.summary), one.score) for one in report.proposals]


def reasons(proposal):
    return {part.criterion.value: (part.merit_permille, str(part.reason)) for part in proposal.parts}


def test_match_ranks_a_small_company_worked_by_hand():
    assert told(match(DEVELOPER, PEOPLE, axis=AXIS)) == [
        (1, "whole", "Suzuki takes all of it.", 80000),
        (2, "chain", "Abe takes over “Billing” from Sato, who is then free for this work.", 75000),
        (3, "split_by_time", "Ito begins, Sato takes over on 2026-11-01.", 64220),
        (4, "split_by_load", "Side by side: Ito takes 20 %, Sato 40 % of the work.", 63740),
        (5, "part", "Ito takes 33 % of it.", 62240),
        (6, "part", "Sato takes 40 % of it.", 62000),
    ]


def test_match_gives_every_part_of_a_rank_with_its_reason():
    first = match(DEVELOPER, PEOPLE, axis=AXIS).proposals[0]
    assert reasons(first) == {
        "skill": (600, "Below the level wanted: Java 2/3."),
        "capacity": (1000, "All of the work is covered."),
        "cost": (1000, "5000 an hour; the plan reckons with 6000."),
        "place": (400, "Works in “Osaka”; the work is done in “Tokyo”."),
        "continuity": (700, "Has worked for this project before."),
        "growth": (1000, "Wants to grow in Java: level 2 now, wanted is 3."),
    }
    assert (first.is_complete, first.cost, first.score_permille, first.deduction) == (True, 1_200_000, 800, 0)


def test_match_tells_the_shortfall_of_a_part_and_the_even_share():
    sato, ito = (match(DEVELOPER, PEOPLE, axis=AXIS).of_kind(ProposalKind.PART)[place] for place in (1, 0))
    assert (sato.shortfall_permille, sato.shares[0].free_permille, sato.shares[0].steady_permille) == (
        (300, 300, 300),
        (200, 200, 200),
        400,
    )
    assert reasons(sato)["capacity"][1] == (
        "40 % of the work is covered. Left over: 144 hours in 3 periods. "
        "An even share of 40 % would be possible throughout."
    )
    assert (ito.shortfall_permille, ito.shares[0].steady_permille, ito.cost) == ((0, 500, 500), 0, 640_000)
    assert reasons(ito)["skill"] == (850, "Above the level wanted: Java 5/3.")
    assert reasons(ito)["continuity"] == (1000, "Works for this project already.")


def test_match_splits_the_work_and_takes_the_mean_by_work():
    by_time, by_load = (
        match(DEVELOPER, PEOPLE, axis=AXIS).of_kind(kind)[0]
        for kind in (ProposalKind.SPLIT_BY_TIME, ProposalKind.SPLIT_BY_LOAD)
    )
    assert [(share.person_uid, share.load_permille) for share in by_time.shares] == [
        (3, (500, 0, 0)),
        (1, (0, 200, 200)),
    ]
    assert [(share.person_uid, share.load_permille) for share in by_load.shares] == [
        (3, (300, 0, 0)),
        (1, (200, 200, 200)),
    ]
    assert by_time.shortfall_permille == (0, 300, 300)
    assert reasons(by_time)["skill"] == (916, "Ito 850, Sato 1000, by the work that each takes.")
    assert reasons(by_time)["capacity"] == (600, "60 % of the work is covered. Left over: 96 hours in 2 periods.")
    assert (by_time.deduction, by_time.cost) == (5000, 80 * 8000 + 64 * 6000)


def test_match_frees_a_person_by_a_chain_of_two():
    [chain] = match(DEVELOPER, PEOPLE, axis=AXIS).of_kind(ProposalKind.CHAIN)
    assert (chain.handover.assignment_uid, chain.handover.from_uid, chain.handover.to_uid) == (81, 1, 4)
    assert (chain.handover.load_permille, chain.handover.extra_cost) == ((800, 800, 800), -768_000)
    assert str(chain.handover.reason) == "Abe takes over 384 hours from 2026-10-01 on."
    assert (chain.shares[0].free_permille, chain.is_complete) == ((1000, 1000, 1000), True)
    assert reasons(chain)["skill"] == (1000, "Sato for this work 1000, Abe for the work taken over 1000.")


def test_match_hands_over_only_from_the_first_period_of_the_demand():
    later = replace(DEVELOPER, load_permille=(0, 0, 500))
    busy = replace(ABE, capacity_permille=(0, 0, 800))
    [chain] = match(later, (SATO, busy), axis=AXIS).of_kind(ProposalKind.CHAIN)
    assert chain.handover.load_permille == (0, 0, 800)
    assert str(chain.handover.reason) == "Abe takes over 128 hours from 2026-12-01 on."


@pytest.mark.parametrize(
    "people",
    [
        (replace(SATO, assignments=(replace(BILLING, is_movable=False),)), ABE),
        (SATO, replace(ABE, levels={2: 0})),
        (SATO, replace(ABE, capacity_permille=(1000, 1000, 799))),
        (SATO,),
    ],
)
def test_match_proposes_no_chain_that_nobody_can_take_over(people):
    assert match(DEVELOPER, people, axis=AXIS).of_kind(ProposalKind.CHAIN) == ()


def test_match_says_why_somebody_is_no_candidate():
    demand = replace(
        DEVELOPER, employments=frozenset({Employment.PERMANENT}), place_rule=PlaceRule.REQUIRED, place="Tokyo"
    )
    people = (replace(SATO, employment=Employment.PARTNER), SUZUKI, ITO, ABE)
    report = match(demand, people, axis=AXIS)
    assert [(one.person_uid, str(one.reason)) for one in report.excluded] == [
        (1, "The employment is not among those allowed."),
        (2, "Does not work in Tokyo, which is required."),
        (4, "Java: level 0, at least 1 is needed."),
    ]


def test_match_ranks_overqualified_people_behind_those_who_fit():
    people = [
        replace(SUZUKI, uid=level, name=f"level {level}", levels={1: level}, wishes=frozenset())
        for level in (5, 4, 3, 2, 1)
    ]
    report = match(DEVELOPER, people, axis=AXIS)
    assert [(one.shares[0].person_uid, reasons(one)["skill"][0]) for one in report.of_kind(ProposalKind.WHOLE)] == [
        (3, 1000),
        (4, 950),
        (5, 850),
        (2, 600),
        (1, 250),
    ]


def test_match_weighs_skills_and_names_what_is_below_and_above():
    needs = (replace(JAVA, weight=3), SkillNeed(skill_uid=2, name="SQL", level=2, least_level=0))
    person = replace(SUZUKI, levels={1: 4, 2: 1})
    [proposal] = match(replace(DEVELOPER, skills=needs), [person], axis=AXIS).proposals
    assert reasons(proposal)["skill"] == (862, "Below the level wanted: SQL 1/2. Above it: Java 4/3.")


def test_match_reckons_with_the_cheapest_candidate_where_the_plan_has_no_rate():
    report = match(replace(DEVELOPER, budget_rate=None), (SUZUKI, replace(SUZUKI, uid=9, rate=10_000)), axis=AXIS)
    assert [reasons(one)["cost"] for one in report.of_kind(ProposalKind.WHOLE)] == [
        (1000, "5000 an hour; the cheapest candidate costs 5000."),
        (500, "10000 an hour; the cheapest candidate costs 5000."),
    ]


def test_match_counts_a_period_without_working_time_for_nothing():
    axis = replace(AXIS, minutes=(9600, 0, 9600))
    person = replace(SUZUKI, capacity_permille=(1000, 0, 1000))
    [proposal] = match(DEVELOPER, [person], axis=axis).proposals
    assert (proposal.kind, proposal.is_complete, proposal.shares[0].load_permille) == (
        ProposalKind.WHOLE,
        True,
        (500, 0, 500),
    )


def test_match_of_equal_scores_keeps_the_order_given():
    people = [replace(SUZUKI, uid=uid) for uid in (9, 3, 7)]
    report = match(DEVELOPER, people, axis=AXIS, preferences=Preferences(count=2))
    assert [one.shares[0].person_uid for one in report.proposals] == [9, 3]


def test_match_without_candidates_proposes_nothing():
    report = match(DEVELOPER, [ABE], axis=AXIS)
    assert (report.proposals, len(report.excluded)) == ((), 1)


def test_match_follows_other_weights():
    only_cost = Weights(skill=0, capacity=0, cost=1, place=0, continuity=0, growth=0, further_person=0)
    report = match(DEVELOPER, PEOPLE, axis=AXIS, preferences=Preferences(weights=only_cost))
    assert report.weights.of(Criterion.COST) == 1
    assert [(one.score, one.kind.value) for one in report.proposals] == [
        (1000, "whole"), (1000, "part"), (1000, "chain"), (980, "split_by_load"), (861, "split_by_time"), (750, "part"),
    ]  # fmt: skip
