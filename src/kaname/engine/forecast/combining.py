"""One forecast from several: weights by phase, learned from what the methods were worth in projects that have ended.

In each phase the weights are those with which the mean square of the combined logarithmic error would have been least (Bates &
Granger, 1969), none negative, their sum 1.  The matrix of products of errors is drawn towards its diagonal by q / n (q methods, n
projects), so that few projects give weights by inverse square error and many use how the methods err together.  Intervals come from
what was left over in past projects, each forecast by weights that were learned without it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from kaname.engine.forecast.methods import Method
from kaname.engine.forecast.normal import Float64s
from kaname.engine.forecast.scoring import Outcome, Quantity, StoredForecast, check
from kaname.engine.forecast.track import Phase, phase_at
from kaname.engine.text import Message, gettext_noop

LEAST_PROJECTS: Final = 5
"""Weights are learned from no fewer; until then all methods weigh the same."""
_FOLDS: Final = 10
_TOO_FEW: Final = gettext_noop(
    "Too early to say how far it may come out: %(count)s ended projects were forecast in this phase, and P10 to P90 needs 9."
)
_NO_METHOD: Final = gettext_noop("No method that has a record in this phase says anything.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Combined:
    """One forecast.

    Attributes
    ----------
    low, high
        P10 and P90, `None` where too few projects have ended; `reason` says so.
    weights
        What each method counted.
    projects
        From how many ended projects the weights and the interval of this phase were learned.
    """

    phase: Phase
    value: float | None
    low: float | None
    high: float | None
    weights: Mapping[Method, float]
    projects: int
    reason: Message | None = None


@dataclass(frozen=True)
class _PhaseRecord:
    """What was learned of one phase: methods with their weights, and log(outcome ÷ combined), rising, with weights."""

    weights: Mapping[Method, float]
    projects: int
    left_over: Float64s
    counts: Float64s

    def quantile(self, percent: float) -> float | None:
        """Return the order statistic that holds for the next project too, `None` where there are too few (Wilks, 1941)."""
        if not len(self.left_over):
            return None
        one = 1 / self.projects
        needed = percent / 100 * (1 + one) - (one if percent < 50 else 0.0)
        if not -1e-12 <= needed <= 1 + 1e-12:
            return None
        place = int(np.searchsorted(np.cumsum(self.counts), needed - 1e-12, side="left"))
        return float(self.left_over[min(place, len(self.left_over) - 1)])


@dataclass(frozen=True)
class Combination:
    """Weights and intervals by phase, of one quantity; made by `learn_combination`."""

    quantity: Quantity
    phases: Mapping[Phase, _PhaseRecord]

    def combine(self, values: Mapping[Method, float], *, share: float) -> Combined:
        """Combine what the methods say of a project that has earned a share of its budget.

        Parameters
        ----------
        values
            What the methods say, all above zero; those that say nothing are left out and their weight goes to the others.

        Returns
        -------
        Combined
            The weighted geometric mean with its interval.  In a phase of which nothing was learned all methods weigh the same.
        """
        phase = phase_at(share)
        record = self.phases.get(phase)
        weights = _shared(values, None if record is None else record.weights)
        projects = record.projects if record else 0
        if not weights:
            reason = Message(_NO_METHOD, {})
            return Combined(phase=phase, value=None, low=None, high=None, weights={}, projects=projects, reason=reason)
        value = float(np.exp(sum(weight * np.log(values[method]) for method, weight in weights.items())))
        low, high = (None, None) if record is None else (record.quantile(10), record.quantile(90))
        is_told = low is not None and high is not None
        return Combined(
            phase=phase,
            value=value,
            low=value * float(np.exp(low)) if is_told and low is not None else None,
            high=value * float(np.exp(high)) if is_told and high is not None else None,
            weights=weights,
            projects=projects,
            reason=None if is_told else Message(_TOO_FEW, {"count": projects}),
        )


def learn_combination(
    forecasts: Sequence[StoredForecast], outcomes: Mapping[str, Outcome], *, quantity: Quantity
) -> Combination:
    """Learn weights and intervals from the stored forecasts of projects that have ended.

    Only moments at which all methods spoke are learned from; methods that spoke at fewer than half of the moments of a phase are left
    out of it.  Combined forecasts themselves are passed over.  O(2^methods · folds) small systems of equations.

    Raises
    ------
    ForecastError
        If an outcome or a forecast is not above zero.
    """
    check(forecasts, outcomes)
    usable = [
        each
        for each in forecasts
        if each.quantity == quantity
        and each.method != Method.COMBINED
        and each.project in outcomes
        and outcomes[each.project].of(quantity) is not None
    ]
    phases = {}
    for phase in Phase:
        errors = _Errors.of([each for each in usable if each.phase == phase], outcomes, quantity)
        if errors.methods:
            phases[phase] = _learned(errors)
    return Combination(quantity, phases)


def replay(
    forecasts: Sequence[StoredForecast], outcomes: Mapping[str, Outcome], *, quantity: Quantity
) -> tuple[StoredForecast, ...]:
    """Return the combined forecasts that would have been made, each project by what all but its tenth of projects teach.

    They can be scored beside those of the methods: this is the error history of the combined forecast.
    """
    names = sorted(outcomes)
    fold_of = {name: place % min(_FOLDS, max(len(names), 1)) for place, name in enumerate(names)}
    made: dict[tuple[str, float, float], dict[Method, float]] = {}
    for each in forecasts:
        if each.quantity == quantity and each.method != Method.COMBINED and each.project in outcomes:
            made.setdefault((each.project, each.time, each.share), {})[each.method] = each.value
    result = []
    for fold in range(max(fold_of.values(), default=-1) + 1):
        others = {name: outcomes[name] for name in names if fold_of[name] != fold}
        learned = learn_combination(forecasts, others, quantity=quantity)
        for (project, time, share), values in sorted(made.items()):
            if fold_of[project] != fold:
                continue
            found = learned.combine(values, share=share)
            if found.value is not None:
                result.append(
                    StoredForecast(
                        project=project, quantity=quantity, method=Method.COMBINED, time=time, share=share,
                        value=found.value, low=found.low, high=found.high,
                    )
                )  # fmt: skip
    return tuple(result)


@dataclass(frozen=True)
class _Errors:
    """Logarithmic errors of a phase: moments × methods, with the number of each moment's project."""

    methods: tuple[Method, ...]
    project: np.ndarray
    logs: Float64s

    @staticmethod
    def of(made: Sequence[StoredForecast], outcomes: Mapping[str, Outcome], quantity: Quantity) -> "_Errors":
        moments: dict[tuple[str, float], dict[Method, float]] = {}
        for each in made:
            became = outcomes[each.project].of(quantity) or 1.0
            moments.setdefault((each.project, each.time), {})[each.method] = float(np.log(each.value / became))
        spoken = {method: sum(method in row for row in moments.values()) for method in Method}
        methods = tuple(method for method in Method if spoken[method] * 2 >= len(moments) > 0)
        kept = [(key[0], row) for key, row in sorted(moments.items()) if all(method in row for method in methods)]
        numbers = {name: place for place, name in enumerate(sorted({name for name, _ in kept}))}
        project = np.array([numbers[name] for name, _ in kept], dtype=np.int64)
        logs = np.array([[row[method] for method in methods] for _, row in kept], dtype=np.float64)
        return _Errors(methods if kept else (), project, logs.reshape(len(kept), len(methods)))

    def without(self, fold: np.ndarray) -> "_Errors":
        return _Errors(self.methods, self.project[~fold], self.logs[~fold])

    @property
    def projects(self) -> int:
        return len(np.unique(self.project))

    @property
    def shares(self) -> Float64s:
        """Return the weight of each moment: each project counts once."""
        counts = np.bincount(self.project)[self.project]
        return 1 / counts / max(self.projects, 1)


def _learned(errors: _Errors) -> _PhaseRecord:
    weights = _weights(errors)
    left_over, counts = np.zeros(0), np.zeros(0)
    if errors.projects > LEAST_PROJECTS:
        numbers = np.unique(errors.project)
        folds = min(_FOLDS, len(numbers))
        left_over = np.empty(len(errors.project))
        for fold in range(folds):
            inside = np.isin(errors.project, numbers[fold::folds])
            left_over[inside] = -errors.logs[inside] @ _weights(errors.without(inside))
        order = np.argsort(left_over, kind="stable")
        left_over, counts = left_over[order], errors.shares[order]
    return _PhaseRecord(
        dict(zip(errors.methods, weights.tolist(), strict=True)), errors.projects, left_over, counts
    )  # fmt: skip


def _weights(errors: _Errors) -> Float64s:
    """Return the weights with the least mean square error; equal ones from fewer than `LEAST_PROJECTS` projects."""
    count = len(errors.methods)
    if errors.projects < LEAST_PROJECTS:
        return np.full(count, 1 / count)
    products = (errors.logs * errors.shares[:, None]).T @ errors.logs
    drawn = min(count / errors.projects, 1.0)
    matrix = (1 - drawn) * products + drawn * np.diag(np.diag(products))
    matrix += np.eye(count) * (1e-9 * float(np.trace(matrix)) + 1e-15)
    best, least = np.full(count, 1 / count), np.inf
    for size in range(1, count + 1):
        for chosen in combinations(range(count), size):
            part = list(chosen)
            raw = np.linalg.solve(matrix[np.ix_(part, part)], np.ones(size))
            # Where none is negative the least value of the subset is 1 / Σ; the least of all subsets solves the whole.
            if (raw >= 0).all() and 1 / raw.sum() < least:
                least = 1 / float(raw.sum())
                best = np.zeros(count)
                best[part] = raw / raw.sum()
    return best


def _shared(values: Mapping[Method, float], known: Mapping[Method, float] | None) -> dict[Method, float]:
    """Return the weights of the methods that speak, summing to 1."""
    if known is None:
        return {method: 1 / len(values) for method in values}
    speaking = {method: weight for method, weight in known.items() if method in values and weight > 0}
    total = sum(speaking.values())
    return {method: weight / total for method, weight in speaking.items()}
