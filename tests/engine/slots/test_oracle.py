"""A smaller run of `benchmarks/slot_finder.py`."""

import random

import pytest

from benchmarks.slot_finder import equal, random_case


@pytest.mark.parametrize("seed", [7, 11])
def test_slots_of_random_cases_equal_the_naive_search(seed):
    dice = random.Random(seed)
    answers = [equal(random_case(dice, people=6, rooms=3)) for _ in range(25)]
    assert [place for place, answer in enumerate(answers) if not answer[0]] == []
    assert 0 < sum(answer[1] == 0 for answer in answers) < 25
