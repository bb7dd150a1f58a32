"""A smaller run of `benchmarks/people_matching.py`."""

import random

import pytest

from benchmarks.people_matching import equal, random_case


@pytest.mark.parametrize("seed", [3, 5, 8])
def test_matches_of_random_cases_equal_the_naive_search(seed):
    dice = random.Random(seed)
    answers = [equal(random_case(dice)) for _ in range(200)]
    assert [place for place, (is_equal, _) in enumerate(answers) if not is_equal] == []
    assert sum(found for _, found in answers) > 300
