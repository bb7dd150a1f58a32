import pytest

from kaname.engine.growth import MOST_RECORDS, FailureTimes, GroupedCounts


@pytest.mark.parametrize(
    ("ends", "counts"),
    [
        ((), ()),
        ((1, 2), (3,)),
        ((1, 1), (3, 4)),
        ((0, 1), (3, 4)),
        ((1, float("inf")), (3, 4)),
        ((1, 2), (3, -1)),
        ((1, 2), (9_999_999, 2)),
        (tuple(range(1, MOST_RECORDS + 2)), (0,) * (MOST_RECORDS + 1)),
    ],
)
def test_impossible_counts_are_no_series(ends, counts):
    with pytest.raises(ValueError, match=r"\w"):
        GroupedCounts(ends=ends, counts=counts)


@pytest.mark.parametrize(
    ("times", "until"), [((), 1.0), ((2.0, 1.0), 3.0), ((1.0, 2.0), 1.5), ((-1.0,), 2.0), ((1.0,), float("nan"))]
)
def test_impossible_times_are_no_series(times, until):
    with pytest.raises(ValueError, match=r"\w"):
        FailureTimes(times=times, until=until)


def test_series_know_their_size():
    assert (GroupedCounts(ends=(1, 2), counts=(3, 4)).found, GroupedCounts(ends=(1, 2), counts=(3, 4)).until) == (7, 2)
    assert FailureTimes(times=(1.0, 1.0), until=5.0).found == 2
