"""Reference classes: what became of projects like this one (Kahneman & Tversky, 1979; Flyvbjerg, 2006).

A forecast is not argued from inside a project but read from the record: actual divided by planned of closed projects of its
class.  Small classes say little, so that each class is shrunk towards the wider one that it belongs to:

    P_l = (n_l F_l + k P_(l-1)) / (n_l + k)

with F_l the distribution of the n_l projects of class l, P_0 that of all projects, and k, the *strength*, learned from the
record itself: the mean of a Dirichlet process at each level (Ferguson, 1973, theorem 1).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kaname.engine.simulation.spreads import Empirical
from kaname.engine.text import Message, Refusal, gettext_noop

Float64s = NDArray[np.float64]

STRENGTHS: Final = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 1e9)
"""Candidates for the strength; the last one forgets classes altogether."""
SCORED: Final = (10, 20, 30, 40, 50, 60, 70, 80, 90)
"""The percentiles at which a strength is judged."""
MOST_CASES: Final = 20_000
LEAST_CASES: Final = 4
"""P80 needs four cases: the largest of four lies above the next one with a probability of 4/5."""
_FOLDS: Final = 10


class HistoryError(Refusal):
    """A record from which nothing can be forecast; `messages` say why."""


@dataclass(frozen=True, slots=True)
class Case:
    """One closed project: planned and actual in any unit, and the classes it belongs to, the widest first."""

    planned: float
    actual: float
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """A class that took part in a forecast: its name, how many cases it has, and what weight its own cases got."""

    name: str
    cases: int
    weight: float


@dataclass(frozen=True)
class ReferenceClass:
    """The distribution of actual ÷ planned for a project of some classes.

    Attributes
    ----------
    ratios, weights
        What has been seen, rising, and what each counts; the weights sum to 1.
    levels
        The classes, the widest (all cases, named "") first.
    """

    ratios: Float64s
    weights: Float64s
    levels: tuple[Level, ...]

    @cached_property
    def effective_cases(self) -> float:
        """How many equally weighted cases would say as much (Kish, 1965): 1 / Σ w²."""
        return float(1.0 / np.square(self.weights).sum())

    def factor(self, percent: float) -> float | None:
        """Return the least ratio that holds with a probability of `percent`, or `None` where there are too few cases.

        The next case is one of n + 1, so that the share p (n + 1) / n of the record is needed (Wilks, 1941).
        """
        needed = percent / 100 * (1 + 1 / self.effective_cases)
        if needed > 1:
            return None
        place = int(np.searchsorted(np.cumsum(self.weights), needed - 1e-12))
        return float(self.ratios[min(place, len(self.ratios) - 1)])

    def spread(self) -> Empirical:
        """Return the distribution for a simulation: a factor of what is planned, drawn at a hundred equal shares."""
        sums = np.cumsum(self.weights)
        places = np.searchsorted(sums, (np.arange(100) + 0.5) / 100)
        return Empirical(tuple(self.ratios[np.minimum(places, len(self.ratios) - 1)].tolist()))


class History:
    """A record of closed projects.

    Raises
    ------
    HistoryError
        If there are fewer than `LEAST_CASES`, or a planned or actual value is not above zero.
    """

    def __init__(self, cases: Sequence[Case], *, strength: float | None = None) -> None:
        _check(cases)
        self.cases = tuple(cases)
        self._ratios: Float64s = np.array([case.actual / case.planned for case in cases], dtype=np.float64)
        self._depth = max(len(case.classes) for case in cases)
        self._members = self._known_classes()
        self._order = np.argsort(self._ratios, kind="stable")
        self.strength = self._learned(np.ones(len(cases), dtype=bool)) if strength is None else strength

    def reference_class(self, classes: Sequence[str] = ()) -> ReferenceClass:
        """Return what is to be expected of a project of some classes, the widest first; unknown ones add nothing."""
        return self._class(tuple(classes), np.ones(len(self.cases), dtype=bool), self.strength)

    def class_names(self) -> tuple[tuple[str, ...], ...]:
        """Return every class path of the record, in order."""
        return tuple(sorted(self._members))

    def left_out(self) -> list[ReferenceClass]:
        """Return for every case what the others say of it, with a strength that was learned without it.

        The strength is learned ten times, each time without a tenth of the cases.  O(n²), and O(classes · n log n) per
        learning.
        """
        count = len(self.cases)
        folds = np.arange(count) % min(_FOLDS, count)
        strengths = {fold: self._learned(folds != fold) for fold in range(int(folds.max()) + 1)}
        result = []
        for number, case in enumerate(self.cases):
            others = np.ones(count, dtype=bool)
            others[number] = False
            result.append(self._class(case.classes, others, strengths[int(folds[number])]))
        return result

    def _known_classes(self) -> dict[tuple[str, ...], NDArray[np.bool_]]:
        members: dict[tuple[str, ...], NDArray[np.bool_]] = {}
        for number, case in enumerate(self.cases):
            for depth in range(1, len(case.classes) + 1):
                path = case.classes[:depth]
                members.setdefault(path, np.zeros(len(self.cases), dtype=bool))[number] = True
        return members

    def _class(self, classes: tuple[str, ...], used: NDArray[np.bool_], strength: float) -> ReferenceClass:
        weights = used / used.sum()
        levels = [Level("", int(used.sum()), 1.0)]
        for depth in range(1, len(classes) + 1):
            member = self._members.get(classes[:depth])
            own = np.zeros_like(used) if member is None else member & used
            count = int(own.sum())
            share = count / (count + strength)
            if count:
                weights = weights * (1 - share) + own * (share / count)
            levels = [Level(level.name, level.cases, level.weight * (1 - share)) for level in levels]
            levels.append(Level(classes[depth - 1], count, share))
        kept = self._order[weights[self._order] > 0]
        return ReferenceClass(self._ratios[kept], weights[kept] / weights[kept].sum(), tuple(levels))

    def _learned(self, used: NDArray[np.bool_]) -> float:
        """Return the strength with the least pinball loss of the logarithms (Koenker & Bassett, 1978), each case left out."""
        if not self._members:
            return STRENGTHS[-1]
        losses = [self._loss(used, strength) for strength in STRENGTHS]
        return STRENGTHS[int(np.argmin(losses))]

    def _loss(self, used: NDArray[np.bool_], strength: float) -> float:
        logs = np.log(self._ratios[self._order])
        usable = used[self._order].astype(np.float64)
        shares = np.array(SCORED) / 100
        total = 0.0
        for path in {case.classes for case in self.cases}:
            weights = usable / usable.sum()
            for depth in range(1, len(path) + 1):
                member = self._members[path[:depth]][self._order] * usable
                weights = (member + strength * weights) / (member.sum() + strength)
            here = np.flatnonzero(_at(self.cases, path)[self._order] & (usable > 0))
            if not len(here):
                continue
            # A quantile without the case itself lies before it, or behind it by the case's own weight.
            sums = np.cumsum(weights)
            own = weights[here][:, None]
            needed = shares * (1 - own)
            found = np.searchsorted(sums, needed)
            found = np.where(found < here[:, None], found, np.searchsorted(sums, needed + own))
            gap = logs[here][:, None] - logs[np.minimum(found, len(logs) - 1)]
            total += float(np.maximum(shares * gap, (shares - 1) * gap).sum())
        return total


def _at(cases: Sequence[Case], path: tuple[str, ...]) -> NDArray[np.bool_]:
    return np.array([case.classes == path for case in cases], dtype=bool)


def _check(cases: Sequence[Case]) -> None:
    faults = []
    if len(cases) < LEAST_CASES:
        template = gettext_noop("A forecast needs at least %(least)s closed projects; there are %(count)s.")
        faults.append(Message(template, {"least": LEAST_CASES, "count": len(cases)}))
    if len(cases) > MOST_CASES:
        template = gettext_noop("A record may have %(most)s closed projects; there are %(count)s.")
        faults.append(Message(template, {"most": MOST_CASES, "count": len(cases)}))
    values = np.array([(case.planned, case.actual) for case in cases], dtype=np.float64).reshape(-1, 2)
    wrong = int((~(np.isfinite(values) & (values > 0)).all(axis=1)).sum())
    if wrong:
        template = gettext_noop("Planned and actual must be numbers above zero; they are not in %(count)s cases.")
        faults.append(Message(template, {"count": wrong}))
    if faults:
        raise HistoryError(faults)
