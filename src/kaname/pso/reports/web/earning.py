"""Earned value in words and lines: each figure with its formula, chart and roll-up."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kaname.engine.earned_value import Figure as Exact
from kaname.engine.earned_value import Measure
from kaname.engine.units import day_of
from kaname.kernel.text import translate
from kaname.pso.reports.queries import EarnedNow
from kaname.pso.reports.web.words import task_url
from kaname.ui.components.charts import TimeAxis
from kaname.ui.components.dates import UNKNOWN, day_words
from kaname.ui.components.numbers import person_days, working_days, yen
from kaname.ui.components.plots import Level, Line
from kaname.ui.types import Figure, Text, Why, WhyInput

_SOURCE: Final = "PMI EVM, ISO 21508"
_TIME_SOURCE: Final = "Lipke (2003)"


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures that belong together."""

    title: Text
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageLine:
    """A work package with its values in words."""

    name: str
    url: str
    level: int
    planned: SafeString
    earned: SafeString
    actual: SafeString
    budget: SafeString
    spi: float | None
    cpi: float | None
    is_behind: bool


def value_words(value: Fraction | int | None, measure: Measure, minutes_per_day: int) -> SafeString:
    """Return a value in the unit of its measure: yen, person-days or working days; unknown is a dash."""
    whole = None if value is None else round(value)
    if measure is Measure.MONEY:
        return yen(whole)
    return (person_days if measure is Measure.EFFORT else working_days)(whole, minutes_per_day)


def figure_groups(found: EarnedNow, *, minutes_per_day: int) -> tuple[FigureGroup, ...]:
    """Return all figures of a project, each with its formula, its inputs or the reason why it has no value.

    A group of which nothing is known is left out.
    """
    maker = _Maker(found, minutes_per_day)
    groups = (maker.values(), maker.indices(), maker.times(), maker.estimates())
    return tuple(group for group in groups if any(strip_tags(figure.value) != UNKNOWN for figure in group.figures))


def value_axis(found: EarnedNow, today: date) -> TimeAxis:
    """Return the axis of the chart."""
    return TimeAxis.over([period.on for period in found.periods], today, "earned")


def value_lines(found: EarnedNow) -> tuple[Line, ...]:
    """Return the lines of planned and earned value and actual cost."""
    rows = (
        Line("PV", tuple((one.on, float(one.planned)) for one in found.periods), "plan", is_dashed=True),
        Line("EV", tuple((one.on, _float(one.earned)) for one in found.periods), "good"),
        Line("AC", tuple((one.on, _float(one.actual)) for one in found.periods), "bad"),
    )
    return tuple(line for line in rows if any(value is not None for _on, value in line.points))


def value_levels(found: EarnedNow, *, minutes_per_day: int) -> tuple[Level, ...]:
    """Return the rules of the chart: nothing, and all of the budget."""
    budget = found.report.total.budget
    words = strip_tags(value_words(budget, found.measure, minutes_per_day))
    return (Level(0, "0"), Level(float(budget), f"BAC {words}"))


def package_lines(found: EarnedNow, *, project_id: int, minutes_per_day: int) -> list[PackageLine]:
    """Return the work packages in outline order."""
    lines = []
    for package in found.packages:
        words = [
            value_words(value, found.measure, minutes_per_day)
            for value in (package.values.planned, package.values.earned, package.values.actual, package.values.budget)
        ]
        lines.append(
            PackageLine(
                name=package.name,
                url=task_url(project_id, package.task_id),
                level=min(package.level, 5),
                planned=words[0],
                earned=words[1],
                actual=words[2],
                budget=words[3],
                spi=package.indices.spi.rounded(2),
                cpi=package.indices.cpi.rounded(2),
                is_behind=package.values.earned < package.values.planned,
            )
        )
    return lines


class _Maker:
    """Makes figures with their explanations."""

    def __init__(self, found: EarnedNow, minutes_per_day: int) -> None:
        self._found = found
        self._minutes = minutes_per_day
        total = found.report.total
        self._inputs = (
            WhyInput("PV", self._value(total.planned)),
            WhyInput("EV", self._value(total.earned)),
            WhyInput("AC", self._value(total.actual)),
            WhyInput("BAC", self._value(total.budget)),
        )

    def values(self) -> FigureGroup:
        total, found = self._found.report.total, self._found.report.indices
        return FigureGroup(
            _("Values"),
            (
                self._plain(
                    _("Planned value (PV)"), total.planned, _("The budget of the work that was to be done by now.")
                ),
                self._plain(_("Earned value (EV)"), total.earned, _("The budget of the work that is done.")),
                self._plain(_("Actual cost (AC)"), total.actual, _("What the work done has taken.")),
                self._plain(
                    _("Budget at completion (BAC)"), total.budget, _("The budget of all work in the baseline.")
                ),
                self._amount(_("Schedule variance (SV)"), found.sv, "SV = EV − PV"),
                self._amount(_("Cost variance (CV)"), found.cv, "CV = EV − AC"),
            ),
        )

    def indices(self) -> FigureGroup:
        found = self._found.report.indices
        return FigureGroup(
            _("Indices"),
            (
                self._index("SPI", found.spi, "SPI = EV ÷ PV"),
                self._index("CPI", found.cpi, "CPI = EV ÷ AC"),
                self._index(
                    _("TCPI to keep the budget"), found.tcpi_bac, "TCPI = (BAC − EV) ÷ (BAC − AC)", is_bad_above=True
                ),
                self._index(
                    _("TCPI to keep the estimate"), found.tcpi_eac, "TCPI = (BAC − EV) ÷ (EAC − AC)", is_bad_above=True
                ),
            ),
        )

    def times(self) -> FigureGroup:
        forecast = self._found.report.forecast
        found = forecast.indices
        return FigureGroup(
            _("Earned schedule"),
            (
                self._index("SPI(t)", found.spi_t, "SPI(t) = ES ÷ AT", source=_TIME_SOURCE),
                self._span("SV(t)", found.sv_t, "SV(t) = ES − AT"),
                self._span("IEAC(t)", found.ieac_t, _("IEAC(t) = planned duration ÷ SPI(t)")),
                self._moment(
                    _("Finish at SPI(t)"), forecast.forecast_finish_at, _("Planned start + IEAC(t), in working time.")
                ),
                self._moment(
                    _("Finish if the rest goes as planned"),
                    forecast.forecast_finish_at_plan,
                    _("Now + planned duration − earned schedule."),
                ),
                self._moment(_("Planned finish"), forecast.planned_finish_at, _("The last finish of the baseline.")),
            ),
        )

    def estimates(self) -> FigureGroup:
        found = self._found.report.indices
        return FigureGroup(
            _("Estimates at completion"),
            (
                self._amount(_("EAC, the rest as planned"), found.eac_at_plan, "EAC = AC + BAC − EV"),
                self._amount(_("EAC at CPI"), found.eac_at_cpi, "EAC = BAC ÷ CPI"),
                self._amount(_("EAC at CPI × SPI"), found.eac_at_cpi_spi, "EAC = AC + (BAC − EV) ÷ (CPI × SPI)"),
                self._amount(_("Estimate to complete (ETC)"), found.estimate_to_complete, "ETC = EAC − AC"),
                self._amount(_("Variance at completion (VAC)"), found.vac, "VAC = BAC − EAC"),
            ),
        )

    def _plain(self, label: Text, value: int | None, says: str) -> Figure:
        return Figure(label=label, value=self._value(value), why=self._why(says, None))

    def _amount(self, label: Text, exact: Exact, formula: str) -> Figure:
        is_bad = exact.value is not None and exact.value < 0
        return Figure(label=label, value=self._value(exact.value), is_bad=is_bad, why=self._why(formula, exact))

    def _index(
        self, label: Text, exact: Exact, formula: str, *, source: str = _SOURCE, is_bad_above: bool = False
    ) -> Figure:
        value = exact.value
        is_bad = value is not None and (value > Fraction(11, 10) if is_bad_above else value < Fraction(95, 100))
        words = UNKNOWN if value is None else f"{exact.rounded(2):.2f}"
        return Figure(label=label, value=words, is_bad=is_bad, why=self._why(formula, exact, source))

    def _span(self, label: Text, exact: Exact, formula: str) -> Figure:
        words = working_days(None if exact.value is None else round(exact.value), self._minutes)
        is_bad = exact.value is not None and exact.value < 0
        return Figure(label=label, value=words, is_bad=is_bad, why=self._why(formula, exact, _TIME_SOURCE))

    def _moment(self, label: Text, minute: int | None, says: str) -> Figure:
        planned = self._found.report.forecast.planned_finish_at
        is_late = minute is not None and planned is not None and day_of(minute) > day_of(planned)
        words = UNKNOWN if minute is None else day_words(day_of(minute))
        return Figure(label=label, value=words, is_bad=is_late, why=self._why(says, None, _TIME_SOURCE))

    def _value(self, value: Fraction | int | None) -> SafeString:
        return value_words(value, self._found.measure, self._minutes)

    def _why(self, says: str, exact: Exact | None, source: str = _SOURCE) -> Why:
        reason = translate(exact.reason) if exact is not None and exact.reason is not None else ""
        return Why(says=f"{says} {reason}".strip(), inputs=self._inputs, rule=source)


def _float(value: int | None) -> float | None:
    return None if value is None else float(value)
