"""Forecasts as they are stored, and what they were worth once their projects have ended."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from kaname.engine.forecast.methods import Method
from kaname.engine.forecast.track import Phase, phase_at
from kaname.engine.text import Message, Refusal, gettext_noop

SETTLED_WITHIN: Final = 0.1
"""A forecast has settled when it stays within a tenth of the outcome."""


class Quantity(StrEnum):
    """What is forecast."""

    DURATION = "duration"
    COST = "cost"


class ForecastError(Refusal):
    """Stored forecasts that cannot be scored; `messages` say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredForecast:
    """One forecast as it was made.

    Attributes
    ----------
    project
        A key of the project, the same in all its forecasts and its outcome.
    time
        Working time since the planned start at which it was made.
    share
        The share of the budget that was earned then.
    value, low, high
        The forecast, and P10 and P90 where it had an interval; durations count from the planned start.
    """

    project: str
    quantity: Quantity
    method: Method
    time: float
    share: float
    value: float
    low: float | None = None
    high: float | None = None

    @property
    def phase(self) -> Phase:
        """The phase in which it was made."""
        return phase_at(self.share)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a project became; `None` = unknown."""

    duration: float
    cost: float | None = None

    def of(self, quantity: Quantity) -> float | None:
        """Return what the project became in one quantity."""
        return self.duration if quantity == Quantity.DURATION else self.cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a method was worth in one phase, or in all (`phase` is `None`); each project counts once.

    Attributes
    ----------
    projects, forecasts
        Of how many.
    error
        Mean absolute percentage error as a share: |forecast / outcome - 1|.
    bias
        Mean percentage error: above zero where forecasts were too high.
    held
        The share of outcomes between P10 and P90, `None` where no forecast had an interval.
    held_projects
        Of how many projects that is known.
    settled_after
        Timeliness: the median over projects of the share of their life after which all forecasts stayed within 10 % of
        the outcome, 1 for a project in which the last one did not; told for all phases together only.
    """

    quantity: Quantity
    method: Method
    phase: Phase | None
    projects: int
    forecasts: int
    error: float
    bias: float
    held: float | None
    held_projects: int
    settled_after: float | None


def score(forecasts: Sequence[StoredForecast], outcomes: Mapping[str, Outcome]) -> tuple[Score, ...]:
    """Score the forecasts of projects that have ended, by quantity, method and phase; those of others are passed over.

    Parameters
    ----------
    outcomes
        By project.

    Raises
    ------
    ForecastError
        If an outcome or a forecast is not above zero.

    Examples
    --------
    >>> made = [StoredForecast(project="A", quantity=Quantity.DURATION, method=Method.NETWORK, time=time, share=time / 10,
    ...     value=value, low=8, high=12) for time, value in ((2, 8.0), (5, 9.5))]
    >>> early, middle, whole = score(made, {"A": Outcome(duration=10)})
    >>> [round(each.error, 3) for each in (early, middle, whole)], whole.settled_after, whole.held
    ([0.2, 0.05, 0.125], 0.5, 1.0)
    """
    check(forecasts, outcomes)
    groups: dict[tuple[Quantity, Method, Phase | None], list[StoredForecast]] = {}
    for each in forecasts:
        outcome = outcomes.get(each.project)
        if outcome is not None and outcome.of(each.quantity) is not None:
            groups.setdefault((each.quantity, each.method, each.phase), []).append(each)
            groups.setdefault((each.quantity, each.method, None), []).append(each)
    order = {phase: place for place, phase in enumerate((*Phase, None))}
    keys = sorted(groups, key=lambda key: (key[0], list(Method).index(key[1]), order[key[2]]))
    return tuple(_score(key, groups[key], outcomes) for key in keys)


def check(forecasts: Sequence[StoredForecast], outcomes: Mapping[str, Outcome]) -> None:
    """Refuse values from which no percentage can be formed; raises `ForecastError`."""
    values = [each.value for each in forecasts]
    for outcome in outcomes.values():
        values += [outcome.duration, 1.0 if outcome.cost is None else outcome.cost]
    wrong = sum(not (math.isfinite(value) and value > 0) for value in values)
    if wrong:
        template = gettext_noop("Forecasts and outcomes must be numbers above zero; %(count)s are not.")
        raise ForecastError([Message(template, {"count": wrong})])


def _score(
    key: tuple[Quantity, Method, Phase | None], made: list[StoredForecast], outcomes: Mapping[str, Outcome]
) -> Score:
    quantity, method, phase = key
    by_project: dict[str, list[StoredForecast]] = {}
    for each in made:
        by_project.setdefault(each.project, []).append(each)
    errors, biases, held, settled = [], [], [], []
    for project, own in sorted(by_project.items()):
        became = outcomes[project].of(quantity) or 1.0
        ratios = np.array([each.value / became - 1 for each in own])
        errors.append(float(np.abs(ratios).mean()))
        biases.append(float(ratios.mean()))
        inside = [each.low <= became <= each.high for each in own if each.low is not None and each.high is not None]
        held += [sum(inside) / len(inside)] if inside else []
        settled.append(_settled(own, became, outcomes[project].duration))
    return Score(
        quantity=quantity,
        method=method,
        phase=phase,
        projects=len(by_project),
        forecasts=len(made),
        error=float(np.mean(errors)),
        bias=float(np.mean(biases)),
        held=float(np.mean(held)) if held else None,
        held_projects=len(held),
        settled_after=float(np.median(settled)) if phase is None else None,
    )


def _settled(made: list[StoredForecast], became: float, duration: float) -> float:
    """Return the share of the life at the first forecast from which on all are good."""
    since = 1.0
    for each in sorted(made, key=lambda each: -each.time):
        if abs(each.value / became - 1) > SETTLED_WITHIN:
            break
        since = min(each.time / duration, 1.0)
    return since
