"""A smaller run of `benchmarks/calendar_oracle.py`."""

import random

import pytest

from benchmarks.calendar_oracle import cases


@pytest.mark.parametrize("seed", [7, 11])
def test_calendar_random_cases_equal_the_naive_oracle(seed):
    answers = list(cases(random.Random(seed), 1000))
    assert len(answers) == 1000
    assert [case for case in answers if not case[1] == case[2] == case[3]] == []
