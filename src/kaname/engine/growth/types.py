"""What goes into a growth curve and what comes out: series of defects found, estimates, fits and the verdict on them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kaname.engine.text import Message

MOST_RECORDS: Final = 5_000
"""Intervals or failure times in one series at most."""
MOST_FOUND: Final = 10_000_000
"""Defects in one series at most."""


class GrowthModel(StrEnum):
    """The growth curves; `m(t)` is the expected number of defects found by time `t`, `a` the total."""

    EXPONENTIAL = "exponential"
    """m(t) = a (1 - exp(-b t)); A. L. Goel and K. Okumoto (1979), IEEE Trans. Reliability R-28(3), equation 2."""
    DELAYED_S = "delayed_s"
    """m(t) = a (1 - (1 + b t) exp(-b t)); S. Yamada, M. Ohba and S. Osaki (1983), IEEE Trans. Reliability R-32(5)."""
    GOMPERTZ = "gompertz"
    """G(t) = exp(-exp(-b (t - c))): the Gompertz curve as NHPP, truncated at 0; K. Ohishi, H. Okamura and T. Dohi (2009),
    Journal of Systems and Software 82(3)."""
    LOGISTIC = "logistic"
    """G(t) = 1 / (1 + exp(-b (t - c))), truncated at 0: the inflection S-shaped model; M. Ohba (1984), IBM Journal of
    Research and Development 28(4)."""


class Verdict(StrEnum):
    """What can be said about a series."""

    ESTIMATED = "estimated"
    """One model is clearly nearer to the series than the others."""
    CLOSE = "close"
    """Several models are too close to call; the intervals take all of them into account."""
    TOO_EARLY = "too_early"
    """Too early to say: there is no number, and the reasons say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupedCounts:
    """Defects found per interval of the test.

    Parameters
    ----------
    ends
        End of each interval, ascending, above 0, where the test begins; shape (n,), at most `MOST_RECORDS`.
    counts
        Defects found in each, whole and not negative, shape (n,).

    Raises
    ------
    ValueError
        If the intervals do not ascend, a count is negative, or a limit is passed.
    """

    ends: Sequence[float]
    counts: Sequence[int]

    def __post_init__(self) -> None:
        _check_times(self.ends)
        if len(self.counts) != len(self.ends):
            raise ValueError(f"{len(self.ends)} intervals but {len(self.counts)} counts")
        if any(count < 0 for count in self.counts):
            raise ValueError("a count is negative")
        if any(later <= earlier for earlier, later in zip(self.ends, self.ends[1:], strict=False)):
            raise ValueError("the ends of the intervals do not ascend")
        if self.found > MOST_FOUND:
            raise ValueError(f"more than {MOST_FOUND} defects")

    @property
    def found(self) -> int:
        """All defects found."""
        return sum(self.counts)

    @property
    def until(self) -> float:
        """The end of the observation."""
        return self.ends[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class FailureTimes:
    """The time of each defect found, counted from the begin of the test.

    Parameters
    ----------
    times
        Ascending, above 0, shape (n,), at most `MOST_RECORDS`; equal times are allowed.
    until
        The end of the observation, not before the last of them.

    Raises
    ------
    ValueError
        If the times do not ascend or a limit is passed.
    """

    times: Sequence[float]
    until: float

    def __post_init__(self) -> None:
        _check_times(self.times)
        if any(later < earlier for earlier, later in zip(self.times, self.times[1:], strict=False)):
            raise ValueError("the times do not ascend")
        if not (math.isfinite(self.until) and self.until >= self.times[-1]):
            raise ValueError("the observation ends before the last time")

    @property
    def found(self) -> int:
        """All defects found."""
        return len(self.times)


type Series = GroupedCounts | FailureTimes


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A value with its interval; `high` is `None` where no upper bound was found."""

    value: float
    low: float
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodnessOfFit:
    """Pearson's chi-square over neighbouring intervals pooled until at least five defects are expected in each.

    `p_value` is `None` where pooling leaves no degree of freedom.
    """

    chi_square: float
    degrees: int
    p_value: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFit:
    """One model fitted to a series.

    Parameters
    ----------
    model
        Which one.
    starts_at_zero
        Whether the curve counts from 0; otherwise the first interval holds what the classical curve has at time 0.
    rate, inflection
        `b` per unit of time and, of curves that have one of their own, `c` in units of time; of the delayed S-shaped model
        1 ÷ b.
    until
        End of the observation.
    total, left, day
        All defects expected, those left at the end of the observation, and the time by which the share is found, each with
        its own profile-likelihood interval; `None` where the likelihood has no finite maximum.
    log_likelihood, aic, aicc
        With the constant of the Poisson distribution.
    difference, weight
        Of AICc to the best model, and the Akaike weight; `None` for a model that is out of the choice.
    goodness
        How well it fits; `None` where nothing was found.
    reasons
        Why it is out of the choice.
    """

    model: GrowthModel
    starts_at_zero: bool
    rate: float
    inflection: float | None
    until: float
    total: Estimate | None
    left: Estimate | None
    day: Estimate | None
    log_likelihood: float
    aic: float
    aicc: float
    difference: float | None
    weight: float | None
    goodness: GoodnessOfFit | None
    reasons: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """What can be said about a series.

    Parameters
    ----------
    found, until
        Defects found, and the end of the observation.
    share, confidence
        For which share the day is told, and the confidence of all intervals.
    verdict
        Whether there is a number.
    best
        The model with the least AICc; `None` where it is too early to say.
    total, left, day
        The best model's values with intervals averaged over all models; `None` where it is too early to say.
    dispersion
        By how much the counts scatter more than Poisson's; the intervals are widened by it.  1 = not more.
    fits
        All models, the best first, those out of the choice last.
    reasons
        Why it is too early to say, or which models are too close to call.
    cautions
        What a reader must know besides.
    """

    found: int
    until: float
    share: float
    confidence: float
    verdict: Verdict
    best: ModelFit | None
    total: Estimate | None
    left: Estimate | None
    day: Estimate | None
    dispersion: float
    fits: tuple[ModelFit, ...]
    reasons: tuple[Message, ...] = ()
    cautions: tuple[Message, ...] = ()


def _check_times(times: Sequence[float]) -> None:
    if not 1 <= len(times) <= MOST_RECORDS:
        raise ValueError(f"a series has 1 to {MOST_RECORDS} records, got {len(times)}")
    if not all(math.isfinite(time) and time > 0 for time in times):
        raise ValueError("a time is not above 0 or not finite")
