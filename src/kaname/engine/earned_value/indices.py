"""Indices and estimates from the four basic values, exact."""

from fractions import Fraction

from kaname.engine.earned_value.types import Figure, Indices, Values
from kaname.engine.text import Message, gettext_noop

_NOTHING_PLANNED = Message(gettext_noop("Nothing was planned to be done by the status date."))
_NOTHING_EARNED = Message(gettext_noop("Nothing is earned yet."))
_NOTHING_SPENT = Message(gettext_noop("Nothing is spent yet."))
_NO_BUDGET = Message(gettext_noop("There is no budget in the baseline."))
_ALL_DONE = Message(gettext_noop("No work remains."))
_BUDGET_SPENT = Message(gettext_noop("The budget is used up, so no efficiency can keep it."))


def indices(values: Values) -> Indices:
    """Return variances, indices, estimates and to-complete indices of the four basic values.

    SV = EV - PV, CV = EV - AC, SPI = EV / PV, CPI = EV / AC, and with BAC the budget at completion

    - EAC at plan = AC + BAC - EV: the rest goes as planned,
    - EAC at CPI = BAC / CPI: the rest goes as it went,
    - EAC at CPI and SPI = AC + (BAC - EV) / (CPI · SPI): the rest is hurried too,
    - estimate to complete = EAC at CPI - AC, VAC = BAC - EAC at CPI,
    - TCPI = (BAC - EV) / (BAC - AC) to keep the budget, (BAC - EV) / (EAC - AC) to keep the estimate.

    Source: Project Management Institute, *Practice Standard for Earned Value Management*; the same in ISO 21508.
    A figure whose divisor is zero, or whose input is unknown, has no value and says why.

    Examples
    --------
    >>> found = indices(Values(planned=40_000, earned=35_000, actual=36_000, budget=100_000))
    >>> found.spi.rounded(), found.cpi.rounded(), found.eac_at_cpi.rounded(2), found.tcpi_bac.rounded()
    (0.875, 0.972, 102857.14, 1.016)
    """
    planned, earned, budget = values.planned, values.earned, values.budget
    spi = _ratio(earned, planned, _NOTHING_PLANNED)
    cost = _Cost(values, spi)
    return Indices(
        sv=Figure(Fraction(earned - planned)),
        cv=cost.variance(),
        spi=spi,
        cpi=cost.cpi,
        percent_complete=_ratio(earned, budget, _NO_BUDGET),
        percent_spent=cost.percent_spent(),
        eac_at_plan=cost.eac_at_plan(),
        eac_at_cpi=cost.eac_at_cpi(),
        eac_at_cpi_spi=cost.eac_at_cpi_spi(),
        estimate_to_complete=cost.less(cost.eac_at_cpi()),
        vac=cost.vac(),
        tcpi_bac=cost.to_complete(Figure(Fraction(budget))),
        tcpi_eac=cost.to_complete(cost.eac_at_cpi()),
    )


class _Cost:
    """The figures that need the actual cost."""

    def __init__(self, values: Values, spi: Figure) -> None:
        self.values = values
        self.spi = spi
        self.actual = values.actual
        self.unknown = Figure(None, _unknown_actuals(values))
        self.cpi = self.unknown if self.actual is None else _ratio(values.earned, self.actual, _NOTHING_SPENT)

    def variance(self) -> Figure:
        return self.unknown if self.actual is None else Figure(Fraction(self.values.earned - self.actual))

    def percent_spent(self) -> Figure:
        return self.unknown if self.actual is None else _ratio(self.actual, self.values.budget, _NO_BUDGET)

    def eac_at_plan(self) -> Figure:
        values = self.values
        return self.unknown if self.actual is None else Figure(Fraction(self.actual + values.budget - values.earned))

    def eac_at_cpi(self) -> Figure:
        if self.actual is None:
            return self.unknown
        return _ratio(self.values.budget * self.actual, self.values.earned, _NOTHING_EARNED)

    def eac_at_cpi_spi(self) -> Figure:
        values = self.values
        if self.actual is None:
            return self.unknown
        if values.budget == values.earned and values.earned:
            return Figure(Fraction(self.actual))
        if self.cpi.value is None or self.spi.value is None:
            return Figure(None, self.cpi.reason or self.spi.reason)
        if not values.earned:
            return Figure(None, _NOTHING_EARNED)
        return Figure(self.actual + Fraction(values.budget - values.earned) / (self.cpi.value * self.spi.value))

    def less(self, estimate: Figure) -> Figure:
        if estimate.value is None or self.actual is None:
            return Figure(None, estimate.reason)
        return Figure(estimate.value - self.actual)

    def vac(self) -> Figure:
        estimate = self.eac_at_cpi()
        return Figure(None, estimate.reason) if estimate.value is None else Figure(self.values.budget - estimate.value)

    def to_complete(self, target: Figure) -> Figure:
        remaining = self.values.budget - self.values.earned
        if self.actual is None:
            return self.unknown
        if remaining <= 0:
            return Figure(None, _ALL_DONE if self.values.budget else _NO_BUDGET)
        if target.value is None:
            return Figure(None, target.reason)
        if target.value <= self.actual:
            return Figure(None, _BUDGET_SPENT if target.value else _NOTHING_SPENT)
        return Figure(remaining / (target.value - self.actual))


def _ratio(numerator: int, denominator: int, reason: Message) -> Figure:
    return Figure(Fraction(numerator, denominator)) if denominator else Figure(None, reason)


def _unknown_actuals(values: Values) -> Message:
    return Message(
        gettext_noop("Started tasks whose actuals are unknown: %(count)s."), {"count": values.unknown_actuals}
    )
