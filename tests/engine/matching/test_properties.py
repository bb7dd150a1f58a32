"""What must hold for any demand."""

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.people_matching import random_case
from kaname.engine.matching import ProposalKind, match

CASES = st.integers(0, 10**6).map(lambda seed: random_case(random.Random(seed)))


def answer(case):
    demand, people, axis, preferences = case
    return match(demand, people, axis=axis, preferences=replace(preferences, count=99, pool=100))


@settings(max_examples=60, deadline=None)
@given(CASES)
def test_nobody_takes_more_than_is_free_and_nothing_is_taken_twice(case):
    demand, _, axis, _ = case
    for proposal in answer(case).proposals:
        for share in proposal.shares:
            assert all(load <= free for load, free in zip(share.load_permille, share.free_permille, strict=True))
        loads = zip(demand.load_permille, axis.minutes, proposal.shortfall_permille, strict=True)
        for period, (need, minutes, short) in enumerate(loads):
            taken = sum(share.load_permille[period] for share in proposal.shares)
            assert taken <= need
            assert short == (need - taken if minutes else 0)


@settings(max_examples=60, deadline=None)
@given(CASES)
def test_proposals_are_ranked_by_score_then_kind(case):
    proposals = answer(case).proposals
    keys = [(-one.score, list(ProposalKind).index(one.kind)) for one in proposals]
    assert keys == sorted(keys)
    assert [one.rank for one in proposals] == list(range(1, len(proposals) + 1))


@settings(max_examples=60, deadline=None)
@given(CASES)
def test_pairs_and_chains_cover_more_than_the_person_alone(case):
    _, _, axis, _ = case

    def covered(proposal):
        return [
            sum(load * minutes for load, minutes in zip(share.load_permille, axis.minutes, strict=True))
            for share in proposal.shares
        ]

    report = answer(case)
    alone = {
        one.shares[0].person_uid: sum(covered(one))
        for kind in (ProposalKind.WHOLE, ProposalKind.PART)
        for one in report.of_kind(kind)
    }
    for proposal in report.proposals:
        if proposal.kind not in {ProposalKind.WHOLE, ProposalKind.PART}:
            assert all(sum(covered(proposal)) > alone.get(share.person_uid, 0) for share in proposal.shares)


@settings(max_examples=60, deadline=None)
@given(CASES)
def test_more_capacity_never_worsens_the_best_alone(case):
    demand, people, axis, preferences = case
    richer = [replace(one, capacity_permille=tuple(load + 100 for load in one.capacity_permille)) for one in people]

    def best(report):
        kinds = (ProposalKind.WHOLE, ProposalKind.PART)
        return max((one.score for kind in kinds for one in report.of_kind(kind)), default=-1)

    assert best(answer((demand, richer, axis, preferences))) >= best(answer(case))
