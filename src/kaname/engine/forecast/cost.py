"""The cost of a running project: its CPI shrunk to a class of closed ones, and its tasks with their bias.

Early in a project its CPI says little, and later almost all.  Shrunk on the logarithmic scale,

    EAC = AC + (BAC - EV) · exp(m + w (L - m)),   L = log(AC / EV),   w = s / (s + k),   s = EV / BAC,

with m, what the rest of closed projects cost by what it was planned at, and k, the share at which both weigh the same.  Both are
fitted to closed projects: the pair with the least mean absolute error of the logarithm.  (The percentage error would let the few
projects that shrank to a fraction of their budget decide.)
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from kaname.engine.forecast.bias import Bias, BiasModel, TaskState, project_bias, total_law
from kaname.engine.forecast.methods import (
    COST_UNKNOWN,
    NOTHING_EARNED,
    NOTHING_MEASURED,
    NOTHING_SPENT,
    Estimate,
    Method,
)
from kaname.engine.forecast.normal import Float64s, beyond, shares_below
from kaname.engine.forecast.track import Track
from kaname.engine.text import Message, Refusal, gettext_noop

LEAST_PROJECTS: Final = 5
DEFAULT_DRAWS: Final = 4000
_HALVES: Final = np.concatenate((np.geomspace(0.005, 5.0, 40), [1e9]))
"""Candidates for k; the last one leaves the project's own CPI out."""
_MEANS: Final = 41


class CostHistoryError(Refusal):
    """Closed projects from which no shrinkage can be learned; `messages` say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedCost:
    """The track of a closed project and what it cost in the end."""

    track: Track
    final_cost: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CostShrinkage:
    """The pair m, k that was fitted, and from how many closed projects; `half` = 1e9 leaves a project's own CPI out."""

    mean: float
    half: float
    projects: int


class CostHistory:
    """Closed projects that a shrinkage is fitted to.

    Raises
    ------
    CostHistoryError
        If a final cost is not above zero, or fewer than `LEAST_PROJECTS` have a snapshot with earned value and actual cost before
        their end.
    """

    def __init__(self, projects: Sequence[ClosedCost]) -> None:
        self._points = _points(projects)
        self.projects = len(np.unique(self._points[:, 0]))
        _check(projects, self.projects)
        self._pairs = _candidates(self._points)
        self._errors = self._of_projects(len(projects))

    def fitted(self) -> CostShrinkage:
        """Return the pair with the least error over all projects."""
        return self._best(self._errors.sum(axis=1), self.projects)

    def left_out(self) -> list[CostShrinkage]:
        """Return for every project, in order, the pair that all others give; O(candidates · snapshots) for all together."""
        whole = self._errors.sum(axis=1)
        used = np.zeros(self._errors.shape[1], dtype=bool)
        used[self._points[:, 0].astype(int)] = True
        return [
            self._best(whole - self._errors[:, place], self.projects - int(is_used))
            for place, is_used in enumerate(used.tolist())
        ]

    def _best(self, errors: Float64s, projects: int) -> CostShrinkage:
        mean, half = self._pairs[int(np.argmin(errors))].tolist()
        return CostShrinkage(mean=mean, half=half, projects=projects)

    def _of_projects(self, count: int) -> Float64s:
        """Return the mean absolute logarithmic error of each pair on each project: pairs × projects, zero where nothing is known."""
        number, share, spent, left, final = self._points.T
        number = number.astype(int)
        snapshots = np.maximum(np.bincount(number, minlength=count), 1)
        logs = np.log(spent / (share * (left / (1 - share))))
        result = np.zeros((len(self._pairs), count))
        for place, (mean, half) in enumerate(self._pairs.tolist()):
            value = spent + left * np.exp(mean + share / (share + half) * (logs - mean))
            result[place] = np.bincount(number, np.abs(np.log(value / final)), minlength=count) / snapshots
        return result


def shrunk_cost(model: CostShrinkage, track: Track) -> Estimate:
    """Return the cost that a shrunk CPI forecasts.

    Examples
    --------
    >>> from kaname.engine.forecast.track import Snapshot
    >>> dear = Track(planned_duration=10, budget=100, snapshots=(
    ...     Snapshot(time=5, earned_schedule=4, planned=50, earned=40, spent=60),))
    >>> round(shrunk_cost(CostShrinkage(mean=0.0, half=0.4, projects=30), dear).value, 2)
    133.48
    """
    if not track.snapshots:
        return _silent(NOTHING_MEASURED)
    now = track.snapshots[-1]
    if now.spent is None:
        return _silent(COST_UNKNOWN)
    if track.finished_after is not None:
        return Estimate(method=Method.SHRUNK_COST, value=now.spent)
    if not now.earned or not now.spent:
        return _silent(NOTHING_SPENT if now.earned else NOTHING_EARNED)
    weight = track.share / (track.share + model.half)
    rest = model.mean + weight * (math.log(now.spent / now.earned) - model.mean)
    return Estimate(method=Method.SHRUNK_COST, value=now.spent + (track.budget - now.earned) * math.exp(rest))


@dataclass(frozen=True)
class CostByTask:
    """The cost of a project from its tasks: what it may be, rising, and the bias behind it."""

    totals: Float64s
    bias: Bias
    open_tasks: int

    def at(self, percent: float) -> float:
        """Return the cost that is enough with a confidence of `percent`."""
        place = max(-(-len(self.totals) * percent // 100) - 1, 0)
        return float(self.totals[int(place)])


def cost_by_task(
    model: BiasModel, states: Sequence[TaskState], *, draws: int = DEFAULT_DRAWS, seed: int = 1
) -> CostByTask:
    """Forecast the cost of a project whose tasks are known one by one.

    Parameters
    ----------
    model
        Learned from ratios of actual to planned cost of other projects' tasks (`learn_bias`).
    states
        Planned and spent cost of every task.

    Notes
    -----
    Finished tasks cost what they cost.  The others are drawn together with the bias that they share: as in `forecast_finish`, but
    costs add where durations follow a network.  O(draws · open tasks).
    """
    bias = project_bias(model, states)
    still_open = [state for state in states if not state.is_finished]
    dice = np.random.default_rng(seed)
    shared = dice.standard_normal(draws)
    totals = np.full(draws, float(sum(state.spent for state in states if state.is_finished)))
    for state in still_open:
        law = total_law(model, bias, state)
        own = law.loading * shared + math.sqrt(1 - law.loading**2) * dice.standard_normal(draws)
        if state.is_running and law.deviation > 0:
            bound = np.array((law.least - law.mean) / law.deviation)
            own = beyond(bound, np.clip(shares_below(own), 1e-12, 1 - 1e-12))
        totals += np.maximum(np.exp(law.mean + law.deviation * own), state.spent)
    return CostByTask(totals=np.sort(totals), bias=bias, open_tasks=len(still_open))


def _silent(reason: Message) -> Estimate:
    return Estimate(method=Method.SHRUNK_COST, value=None, reason=reason)


def _points(projects: Sequence[ClosedCost]) -> Float64s:
    """Return one row a usable snapshot: project, share earned, spent, left to earn, final cost."""
    rows = [
        (number, each.earned / closed.track.budget, each.spent, closed.track.budget - each.earned, closed.final_cost)
        for number, closed in enumerate(projects)
        for each in closed.track.snapshots
        if each.spent and 0 < each.earned < closed.track.budget
    ]
    return np.array(rows, dtype=np.float64).reshape(-1, 5)


def _candidates(points: Float64s) -> Float64s:
    """Return the pairs to choose from: m between the tenth and ninetieth percentile of what the rest cost, and 0."""
    _, _, spent, left, final = points.T
    rest = np.log(np.maximum(final - spent, left * 1e-3) / left)
    low, high = np.percentile(rest, (10, 90)).tolist()
    means = np.concatenate(([0.0], np.linspace(low, high, _MEANS)))
    return np.array([(mean, half) for half in _HALVES.tolist() for mean in means.tolist()])


def _check(projects: Sequence[ClosedCost], usable: int) -> None:
    faults = []
    wrong = sum(not (math.isfinite(each.final_cost) and each.final_cost > 0) for each in projects)
    if wrong:
        template = gettext_noop("The final cost must be above zero; it is not in %(count)s closed projects.")
        faults.append(Message(template, {"count": wrong}))
    if usable < LEAST_PROJECTS:
        template = gettext_noop(
            "Too early to say: a cost forecast is fitted to at least %(least)s closed projects with earned value and actual cost; "
            "there are %(count)s."
        )
        faults.append(Message(template, {"least": LEAST_PROJECTS, "count": usable}))
    if faults:
        raise CostHistoryError(faults)
