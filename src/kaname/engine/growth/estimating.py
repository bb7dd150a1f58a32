"""From a series to a number, or to the reasons why it is too early for one."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import numpy as np

from kaname.engine.growth import reasons
from kaname.engine.growth.averaging import Scatter, estimate
from kaname.engine.growth.curves import curve_of
from kaname.engine.growth.goodness import goodness_of_fit
from kaname.engine.growth.likelihood import Observed, observed, pooled, profile
from kaname.engine.growth.region import Profile, explore
from kaname.engine.growth.search import FAR, Edge, Maximum, maximise
from kaname.engine.growth.types import Estimate, GoodnessOfFit, Growth, GrowthModel, ModelFit, Series, Verdict
from kaname.engine.text import Message

LEAST_FOUND: Final = 20
"""Defects below which it is too early to say."""
LEAST_INTERVALS: Final = 8
"""Intervals below which it is too early to say."""
CLOSE_BELOW: Final = 2.0
"""Difference of AICc below which two models are too close to call (K. P. Burnham and D. R. Anderson 2002, section 2.6)."""
POOR_BELOW: Final = 0.01
"""p-value of the goodness of fit below which a caution is given."""
SCATTERED_BELOW: Final = 0.05
"""p-value below which the intervals are widened by the dispersion (Burnham and Anderson 2002, section 2.5)."""
_EARLY_SHARE: Final = 0.5
_WIDE: Final = 4
_DEVIATE: Final = 3.1
_DEEPEST: Final = 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A model at its maximum, with what its choice and its intervals need."""

    maximum: Maximum
    aicc: float
    goodness: GoodnessOfFit

    @property
    def model(self) -> GrowthModel:
        return self.maximum.curve.model

    @property
    def is_finite(self) -> bool:
        return self.maximum.edge is Edge.NONE and math.isfinite(self.aicc)

    @property
    def is_heard(self) -> bool:
        """Whether it weighs in the intervals: a model that runs off to an infinite total does, it says that none is bounded."""
        return self.is_finite or (self.maximum.edge is Edge.ENDLESS and math.isfinite(self.aicc))


type _Profiles = tuple[Profile, Profile, Profile]
"""Of the total, the defects left, and the scaled day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Analysis:
    """A series, what is asked of it, and what its intervals need: profiles and weights of the models."""

    data: Observed
    share: float
    confidence: float
    scatter: Scatter = Scatter()
    profiles: Mapping[GrowthModel, _Profiles] = MappingProxyType({})
    weights: Mapping[GrowthModel, float] = MappingProxyType({})


def estimate_growth(series: Series, *, share: float = 0.95, confidence: float = 0.95) -> Growth:
    """Fit the four growth curves to a series and say how many defects there are, or why that cannot be said yet.

    Parameters
    ----------
    series
        `GroupedCounts` or `FailureTimes`, in any unit of time.
    share
        Which share of the total the day is asked for, between 0 and 1, both excluded.
    confidence
        Of all intervals, from 0.5 to 0.999.

    Returns
    -------
    Growth
        With a number unless `verdict` is `TOO_EARLY`.  It is too early with fewer than `LEAST_FOUND` defects or
        `LEAST_INTERVALS` intervals, before the inflection of the best curve, where no model has a finite maximum, and where
        the averaged interval of the total has no upper bound below `FAR` times what is found.

    Raises
    ------
    ValueError
        If `share` or `confidence` is outside its range.

    Notes
    -----
    Each model is fitted by maximum likelihood; the choice is by AICc (C. M. Hurvich and C.-L. Tsai 1989, Biometrika 76(2)).
    Intervals are model-averaged profile-likelihood intervals with Akaike weights, widened by the dispersion of the counts.
    O(20,000 n) for n records, about 70 ms for 60 intervals.

    Examples
    --------
    >>> from kaname.engine.growth import GroupedCounts
    >>> found = (14, 12, 11, 9, 8, 7, 5, 6, 4, 3, 3, 2)
    >>> growth = estimate_growth(GroupedCounts(ends=range(1, 13), counts=found))
    >>> growth.verdict.value, growth.best.model.value, round(growth.total.value, 1)
    ('estimated', 'exponential', 98.4)
    """
    if not 0 < share < 1:
        raise ValueError(f"a share lies between 0 and 1, got {share}")
    if not 0.5 <= confidence <= 0.999:
        raise ValueError(f"a confidence lies between 0.5 and 0.999, got {confidence}")
    data = observed(series)
    if not data.found:
        return _unsaid(_Analysis(data=data, share=share, confidence=confidence), (), _too_little(data))
    candidates = [_candidate(model, data) for model in GrowthModel]
    scatter = _scatter(candidates)
    analysis = _Analysis(
        data=data,
        share=share,
        confidence=confidence,
        scatter=scatter,
        profiles={each.model: _profiles(each, data, share, scatter) for each in candidates},
        weights=_weights(candidates),
    )
    fits = [_fit(analysis, each, candidates) for each in candidates]
    return _judged(analysis, tuple(sorted(fits, key=lambda fit: (fit.total is None, fit.aicc))))


def _candidate(model: GrowthModel, data: Observed) -> _Candidate:
    """Fit the forms of a model and keep the likelier one; among failure times there is no first interval to hold more."""
    forms = [form for form in curve_of(model) if form.starts_at_zero or data.counts is not None]
    maximum = max((maximise(form, data) for form in forms), key=lambda each: each.log_likelihood)
    parameters = maximum.curve.parameters
    rest = data.records - parameters - 1
    correction = 2 * parameters * (parameters + 1) / rest if rest > 0 else math.inf
    aicc = 2 * parameters - 2 * maximum.log_likelihood + correction
    return _Candidate(maximum=maximum, aicc=aicc, goodness=goodness_of_fit(maximum, data))


def _scatter(candidates: Sequence[_Candidate]) -> Scatter:
    """Return the dispersion by the best candidate; 1 where the counts do not scatter significantly more than Poisson's."""
    known = [each for each in candidates if each.is_finite] or candidates
    best = min(known, key=lambda each: each.aicc).goodness
    if best.p_value is None or best.p_value >= SCATTERED_BELOW:
        return Scatter()
    return Scatter(dispersion=max(1.0, best.chi_square / best.degrees), degrees=best.degrees)


def _weights(candidates: Sequence[_Candidate]) -> dict[GrowthModel, float]:
    """Return the Akaike weights of the models that are heard."""
    heard = [each for each in candidates if each.is_heard]
    least = min((each.aicc for each in heard), default=0.0)
    raw = {each.model: math.exp(-(each.aicc - least) / 2) for each in heard}
    return {model: weight / sum(raw.values()) for model, weight in raw.items()}


def _profiles(candidate: _Candidate, data: Observed, share: float, scatter: Scatter) -> _Profiles:
    together = pooled(data)
    likelihood, _ = profile(candidate.maximum.curve, together, candidate.maximum.at[None])
    maximum = replace(candidate.maximum, log_likelihood=float(likelihood[0]))
    region = explore(maximum, together, depth=min(scatter.ratio(_DEVIATE) / 2, _DEEPEST))
    return region.total(together), region.left(together), region.day(share)


def _fit(analysis: _Analysis, candidate: _Candidate, candidates: Sequence[_Candidate]) -> ModelFit:
    maximum, curve = candidate.maximum, candidate.maximum.curve
    rate = float(np.exp(maximum.at[0])) / analysis.data.until
    least = min((each.aicc for each in candidates if each.is_finite), default=0.0)
    total, left, day = _averaged(analysis, curve.model, {curve.model: 1.0}) if candidate.is_finite else (None,) * 3
    return ModelFit(
        model=curve.model,
        starts_at_zero=curve.starts_at_zero,
        rate=rate,
        inflection=_inflection(maximum, rate, analysis.data),
        until=analysis.data.until,
        total=total,
        left=left,
        day=day,
        log_likelihood=maximum.log_likelihood,
        aic=2 * curve.parameters - 2 * maximum.log_likelihood,
        aicc=candidate.aicc,
        difference=candidate.aicc - least if candidate.is_finite else None,
        weight=analysis.weights.get(curve.model),
        goodness=candidate.goodness,
        reasons=() if maximum.edge is Edge.NONE else (Message(reasons.MODEL_REASONS[maximum.edge]),),
    )


def _inflection(maximum: Maximum, rate: float, data: Observed) -> float | None:
    match maximum.curve.model:
        case GrowthModel.EXPONENTIAL:
            return None
        case GrowthModel.DELAYED_S:
            return 1 / rate
        case GrowthModel.GOMPERTZ | GrowthModel.LOGISTIC:
            return data.until - float(maximum.at[1]) / rate


def _averaged(
    analysis: _Analysis, model: GrowthModel, weights: Mapping[GrowthModel, float]
) -> tuple[Estimate, Estimate, Estimate]:
    """Return a model's total, defects left and day, with intervals over the models that have a weight."""
    total, left, day = (
        estimate(
            analysis.profiles[model][which].value,
            [analysis.profiles[each][which] for each in weights],
            list(weights.values()),
            scatter=analysis.scatter,
            confidence=analysis.confidence,
        )
        for which in range(3)
    )
    until = analysis.data.until
    high = None if day.high is None else day.high * until
    return total, left, Estimate(value=day.value * until, low=day.low * until, high=high)


def _judged(analysis: _Analysis, fits: tuple[ModelFit, ...]) -> Growth:
    data, best = analysis.data, fits[0]
    why = _too_little(data)
    if best.total is None:
        return _unsaid(analysis, fits, [*why, Message(reasons.NO_MAXIMUM)])
    total, left, day = _averaged(analysis, best.model, analysis.weights)
    if best.inflection is not None and best.inflection > data.until:
        why.append(Message(reasons.INFLECTION_AHEAD))
    if total.high is None:
        why.append(Message(reasons.NO_UPPER_BOUND, {"times": round(FAR)}))
    if why:
        return _unsaid(analysis, fits, why)
    close = sum(fit.difference is not None and fit.difference < CLOSE_BELOW for fit in fits)
    is_close = close > 1
    return Growth(
        found=data.found,
        until=data.until,
        share=analysis.share,
        confidence=analysis.confidence,
        verdict=Verdict.CLOSE if is_close else Verdict.ESTIMATED,
        best=best,
        total=total,
        left=left,
        day=day,
        dispersion=analysis.scatter.dispersion,
        fits=fits,
        reasons=(Message(reasons.CLOSE, {"count": close, "limit": f"{CLOSE_BELOW:g}"}),) if is_close else (),
        cautions=_cautions(analysis, best, total),
    )


def _too_little(data: Observed) -> list[Message]:
    why: list[Message] = []
    if data.found < LEAST_FOUND:
        why.append(Message(reasons.FEW_FOUND, {"found": data.found, "least": LEAST_FOUND}))
    if data.counts is not None and data.records < LEAST_INTERVALS:
        why.append(Message(reasons.FEW_INTERVALS, {"count": data.records, "least": LEAST_INTERVALS}))
    return why


def _cautions(analysis: _Analysis, best: ModelFit, total: Estimate) -> tuple[Message, ...]:
    cautions: list[Message] = []
    if analysis.data.found < _EARLY_SHARE * total.value:
        cautions.append(Message(reasons.EARLY_SHARE))
    if total.high is not None and total.high > _WIDE * analysis.data.found:
        cautions.append(Message(reasons.WIDE, {"times": _WIDE}))
    if best.goodness is not None and best.goodness.p_value is not None and best.goodness.p_value < POOR_BELOW:
        cautions.append(Message(reasons.POOR_FIT, {"limit": f"{POOR_BELOW:g}"}))
    if analysis.scatter.dispersion > 1:
        cautions.append(Message(reasons.SCATTERED, {"times": f"{analysis.scatter.dispersion:.1f}"}))
    return tuple(cautions)


def _unsaid(analysis: _Analysis, fits: tuple[ModelFit, ...], why: Sequence[Message]) -> Growth:
    return Growth(
        found=analysis.data.found,
        until=analysis.data.until,
        share=analysis.share,
        confidence=analysis.confidence,
        verdict=Verdict.TOO_EARLY,
        best=None,
        total=None,
        left=None,
        day=None,
        dispersion=analysis.scatter.dispersion,
        fits=fits,
        reasons=tuple(why),
    )
