"""How far tasks come out from plan, learned from closed projects and from what a running one has shown so far.

The logarithm of actual ÷ planned of task j of project i is taken as

    log r_ij = m + b_i + e_ij,   b_i ~ N(0, τ²),   e_ij ~ N(0, σ²)

with the mean m of the class, the bias b of the project and the spread e of the task.  m, τ and σ are learned from closed
projects by restricted maximum likelihood (Patterson & Thompson, 1971); the bias of a running project is what remains of its
finished and running tasks after shrinkage towards m (Robinson, 1991).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kaname.engine.forecast.normal import log_survival
from kaname.engine.text import Message, Refusal, gettext_noop

Float64s = NDArray[np.float64]

LEAST_PROJECTS: Final = 3
"""A spread between projects is not told from fewer."""
LEAST_REPORTS: Final = 10
"""How far to trust reported shares is not told from fewer."""
MOST_RATIO: Final = 10.0
"""Ratios count as no more than this and no less than its inverse: a task that was ticked off on the day of its start, or forgotten
for a year, says little of a project (Winsor's rule; Tukey, 1962)."""
LEAST_SHARE: Final = 0.05
"""A report of less says nothing: rounding alone moves what it extrapolates to by a multiple."""
_LEAST_REPORT_DEVIATION: Final = 0.01
_SHARES_OF_VARIANCE: Final = np.concatenate(([0.0], np.geomspace(1e-6, 1e4, 201)))
_FINER: Final = np.geomspace(0.88, 1.14, 401)
_GRID: Final = 161
_GRID_WIDTH: Final = 6.0


class BiasError(Refusal):
    """Closed projects from which no bias can be learned; `messages` say why."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was reported of a task while it ran: the share done, and what that extrapolated to by what the task took in the end.

    `ratio` is spent ÷ share ÷ final, 1 where the report was right.
    """

    share: float
    ratio: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedTasks:
    """What the tasks of one closed project became.

    Attributes
    ----------
    ratios
        Actual ÷ planned of each finished task, of duration or of cost.
    reports
        One or several per task; those below `LEAST_SHARE` are passed over.
    """

    ratios: tuple[float, ...]
    reports: tuple[Report, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BiasModel:
    """What was learned from closed projects; all figures are of natural logarithms.

    Attributes
    ----------
    mean, mean_error
        m and its standard error.
    project_deviation, task_deviation
        τ and σ.
    projects, tasks
        From how many it was learned.
    report_mean, report_deviation
        How far what a report extrapolates to lies from what the task becomes; `None` where fewer than `LEAST_REPORTS` are known,
        and then reports say nothing.
    reports
        How many are known.
    """

    mean: float
    mean_error: float
    project_deviation: float
    task_deviation: float
    projects: int
    tasks: int
    report_mean: float | None = None
    report_deviation: float | None = None
    reports: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskState:
    """Where a task stands, in any unit of duration or cost.

    Attributes
    ----------
    planned
        Above zero.
    spent
        What it has taken so far; 0 if it has not begun.
    share
        The share reported as done, `None` if none was.
    """

    planned: float
    spent: float = 0.0
    share: float | None = None
    is_finished: bool = False

    @property
    def is_running(self) -> bool:
        """Whether it has begun and not ended."""
        return self.spent > 0 and not self.is_finished


@dataclass(frozen=True, slots=True, kw_only=True)
class Bias:
    """The bias m + b of a running project: mean and standard deviation of the logarithm, and how many tasks speak."""

    mean: float
    deviation: float
    finished: int
    running: int


def learn_bias(projects: Sequence[ClosedTasks]) -> BiasModel:
    """Learn m, τ and σ from closed projects; O(tasks).

    Raises
    ------
    BiasError
        If a ratio is not above zero, there are fewer than `LEAST_PROJECTS` projects with tasks, or none of them has two.

    Examples
    --------
    >>> found = learn_bias([ClosedTasks(ratios=each) for each in ((1.0, 1.2), (1.5, 1.8), (0.9, 1.1))])
    >>> round(math.exp(found.mean), 2), round(found.project_deviation, 2), round(found.task_deviation, 2)
    (1.21, 0.25, 0.13)
    """
    used = [each for each in projects if each.ratios]
    _check(used)
    logs = [_cut(np.log(np.array(each.ratios, dtype=np.float64))) for each in used]
    counts = np.array([len(each) for each in logs], dtype=np.float64)
    means = np.array([each.mean() for each in logs])
    within = float(sum(np.square(each - each.mean()).sum() for each in logs))
    coarse = max(_restricted(share, counts, means, within) for share in _SHARES_OF_VARIANCE.tolist())
    fine = (_restricted(share, counts, means, within) for share in (coarse[3] * _FINER).tolist())
    _, mean, variance, share = max(coarse, *fine)
    precision = counts / (1 + share * counts)
    report_mean, report_deviation, reports = _reports(used)
    return BiasModel(
        mean=mean,
        mean_error=math.sqrt(variance / float(precision.sum())),
        project_deviation=math.sqrt(share * variance),
        task_deviation=math.sqrt(variance),
        projects=len(used),
        tasks=int(counts.sum()),
        report_mean=report_mean,
        report_deviation=report_deviation,
        reports=reports,
    )


def project_bias(model: BiasModel, states: Sequence[TaskState]) -> Bias:
    """Return the bias of a running project.

    A finished task weighs in with its logarithm.  A running one weighs in with what it is known to exceed, and where the model knows
    how far to trust reports, with what its report extrapolates to: leaving running tasks out would learn from the short
    ones alone.

    Notes
    -----
    The posterior is laid on a grid of 161 points six prior deviations to both sides; O(161 · tasks).
    """
    prior = math.hypot(model.project_deviation, model.mean_error)
    ended = [state.spent / state.planned for state in states if state.is_finished and state.spent > 0]
    finished = _cut(np.log(np.array(ended, dtype=np.float64)))
    running = [state for state in states if state.is_running]
    if prior == 0:
        return Bias(mean=model.mean, deviation=0.0, finished=len(finished), running=len(running))
    grid = model.mean + prior * np.linspace(-_GRID_WIDTH, _GRID_WIDTH, _GRID)
    fit = -0.5 * np.square((grid - model.mean) / prior)
    spread = max(model.task_deviation, 1e-9)
    fit -= 0.5 * np.square((finished[:, None] - grid) / spread).sum(axis=0)
    for state in running:
        fit += _running_fit(model, state, grid, spread)
    weights = np.exp(fit - fit.max())
    weights /= weights.sum()
    mean = float((weights * grid).sum())
    deviation = math.sqrt(float((weights * np.square(grid - mean)).sum()))
    return Bias(mean=mean, deviation=deviation, finished=len(finished), running=len(running))


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalLaw:
    """What a task will have taken in the end: a log-normal number known to exceed `least`.

    Attributes
    ----------
    mean, deviation
        Of the logarithm of the total, in the unit of the task, before it is known to exceed anything.
    least
        The logarithm of what has been spent; -inf of a task that has not begun.
    loading
        Correlation of the logarithm with the bias of the project.
    """

    mean: float
    deviation: float
    least: float
    loading: float


def total_law(model: BiasModel, bias: Bias, state: TaskState) -> TotalLaw:
    """Return how an unfinished task may come out, the uncertainty of the bias included.

    Of a running task the prediction N(μ, σ²) is joined with its report N(x, ω²) by their precisions.
    """
    spread = model.task_deviation
    report = _report(model, state)
    centre = math.log(state.planned)
    if report is None:
        own, pull = spread, 1.0
        mean = centre + bias.mean
    else:
        noise = model.report_deviation or _LEAST_REPORT_DEVIATION
        pull = noise**2 / (noise**2 + spread**2)
        own = spread * math.sqrt(pull)
        mean = centre + pull * bias.mean + (1 - pull) * report
    deviation = math.hypot(own, pull * bias.deviation)
    return TotalLaw(
        mean=mean,
        deviation=deviation,
        least=math.log(state.spent) if state.spent > 0 else -math.inf,
        loading=pull * bias.deviation / deviation if deviation else 0.0,
    )


def _cut(logs: Float64s) -> Float64s:
    return np.clip(logs, -math.log(MOST_RATIO), math.log(MOST_RATIO))


def _restricted(share: float, counts: Float64s, means: Float64s, within: float) -> tuple[float, float, float, float]:
    """Return the restricted log-likelihood at τ² = share · σ², and m, σ² and the share that belong to it."""
    precision = counts / (1 + share * counts)
    total = float(precision.sum())
    mean = float((precision * means).sum()) / total
    freedom = float(counts.sum()) - 1
    variance = max((within + float((precision * np.square(means - mean)).sum())) / freedom, 1e-12)
    fit = -0.5 * (freedom * math.log(variance) + float(np.log1p(share * counts).sum()) + math.log(total))
    return fit, mean, variance, share


def _reports(projects: Sequence[ClosedTasks]) -> tuple[float | None, float | None, int]:
    logs = _cut(np.log(np.array([told.ratio for told in _usable(projects)], dtype=np.float64)))
    if len(logs) < LEAST_REPORTS:
        return None, None, len(logs)
    return float(logs.mean()), max(float(logs.std(ddof=1)), _LEAST_REPORT_DEVIATION), len(logs)


def _usable(projects: Sequence[ClosedTasks]) -> list[Report]:
    return [report for each in projects for report in each.reports if report.share >= LEAST_SHARE]


def _report(model: BiasModel, state: TaskState) -> float | None:
    """Return the logarithm of what the report extrapolates to, by what was planned; `None` where it says nothing."""
    if model.report_deviation is None or model.report_mean is None or not state.is_running:
        return None
    if state.share is None or state.share < LEAST_SHARE:
        return None
    return math.log(state.spent / min(state.share, 1.0) / state.planned) - model.report_mean


def _running_fit(model: BiasModel, state: TaskState, grid: Float64s, spread: float) -> Float64s:
    """Return the log-likelihood of what is known of a running task, by bias."""
    least = min(math.log(state.spent / state.planned), math.log(MOST_RATIO))
    report = _report(model, state)
    if report is None:
        return log_survival((least - grid) / spread)
    noise = model.report_deviation or _LEAST_REPORT_DEVIATION
    pull = noise**2 / (noise**2 + spread**2)
    centre = pull * grid + (1 - pull) * report
    beside = -0.5 * np.square(report - grid) / (spread**2 + noise**2)
    return beside + log_survival((least - centre) / (spread * math.sqrt(pull)))


def _check(projects: Sequence[ClosedTasks]) -> None:
    faults = []
    ratios = [value for each in projects for value in each.ratios]
    values = np.array(ratios + [report.ratio for report in _usable(projects)], dtype=np.float64)
    wrong = int((~(np.isfinite(values) & (values > 0))).sum())
    if wrong:
        template = gettext_noop("Ratios of actual to planned must be numbers above zero; %(count)s are not.")
        faults.append(Message(template, {"count": wrong}))
    if len(projects) < LEAST_PROJECTS:
        template = gettext_noop(
            "Too early to say: a bias is learned from at least %(least)s closed projects with finished tasks; there are %(count)s."
        )
        faults.append(Message(template, {"least": LEAST_PROJECTS, "count": len(projects)}))
    elif not any(len(each.ratios) > 1 for each in projects):
        template = gettext_noop("Too early to say: no closed project has two finished tasks with a plan.")
        faults.append(Message(template, {}))
    if faults:
        raise BiasError(faults)
