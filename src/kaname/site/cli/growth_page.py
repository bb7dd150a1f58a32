"""What a series of defects found says, as a page in the terminal."""

from typing import Final

from kaname.engine.growth import Estimate, GroupedCounts, Growth, GrowthModel, ModelFit, Verdict
from kaname.engine.text import Message, gettext_noop
from kaname.formats.series import DefectSeries, Quantity, TimeUnit
from kaname.site.cli.growth_chart import chart_lines
from kaname.site.cli.sentences import render
from kaname.site.cli.text_columns import padded, print_columns, width_of

MODELS: Final = {
    GrowthModel.EXPONENTIAL: gettext_noop("exponential"),
    GrowthModel.DELAYED_S: gettext_noop("delayed S-shaped"),
    GrowthModel.GOMPERTZ: gettext_noop("Gompertz"),
    GrowthModel.LOGISTIC: gettext_noop("logistic"),
}
_QUANTITIES: Final = {
    Quantity.PER_INTERVAL: gettext_noop("counts per interval"),
    Quantity.CUMULATIVE: gettext_noop("cumulative counts"),
    Quantity.FAILURE_TIMES: gettext_noop("failure times"),
    Quantity.TIMES_BETWEEN: gettext_noop("times between failures"),
    Quantity.DATED_DEFECTS: gettext_noop("a list of dated defects"),
}
_UNITS: Final = {
    TimeUnit.DAY: gettext_noop("in calendar days"),
    TimeUnit.WORKING_DAY: gettext_noop("in working days, Monday to Friday"),
    TimeUnit.ROW: gettext_noop("one interval per row"),
    TimeUnit.NUMBER: gettext_noop("in the time of the file"),
}
_HEAD: Final = gettext_noop("%(file)s: %(found)s defects found in %(records)s intervals")
_HEAD_OF_FAILURES: Final = gettext_noop("%(file)s: %(found)s defects found one by one")
_READING: Final = gettext_noop("Read as %(quantity)s, %(unit)s. Columns: %(columns)s")
_TOTAL: Final = gettext_noop("Defects in all")
_LEFT: Final = gettext_noop("Defects left")
_DAY: Final = gettext_noop("%(share)s %% found by")
_INTERVAL: Final = gettext_noop("(%(confidence)s %%: %(low)s to %(high)s)")
_OPEN: Final = gettext_noop("(%(confidence)s %%: %(low)s or more)")
_NUMBERED: Final = gettext_noop("day %(number)s")
_ON_SCALE: Final = gettext_noop("time %(number)s")
_LATER: Final = gettext_noop("later than can be told")
_BEST: Final = gettext_noop("Best model: %(model)s.")
_EARLY: Final = gettext_noop("It is too early to say how many defects there are.")
_OBSERVED: Final = gettext_noop("o found so far")
_EXPECTED: Final = gettext_noop(". expected by the best model")
_HEADINGS: Final = (
    gettext_noop("Model"),
    gettext_noop("Defects in all"),
    gettext_noop("Lower bound"),
    gettext_noop("Upper bound"),
    gettext_noop("Defects left"),
    gettext_noop("AICc"),
    gettext_noop("Weight"),
    gettext_noop("Fit p"),
)
_REASON: Final = gettext_noop("%(model)s: %(reason)s")


def print_page(file: str, read: DefectSeries, growth: Growth, *, language: str) -> None:
    """Print the numbers, or why there are none, with a chart and a table of the models."""

    def told(template: str, **places: str | int) -> str:
        return render(Message(template, places), language=language)

    head = _HEAD if isinstance(read.series, GroupedCounts) else _HEAD_OF_FAILURES
    print(told(head, file=file, found=growth.found, records=read.records))
    quantity, unit = told(_QUANTITIES[read.quantity]), told(_UNITS[read.unit])
    print(told(_READING, quantity=quantity, unit=unit, columns=", ".join(read.columns)))
    print()
    if growth.verdict is Verdict.TOO_EARLY:
        print(told(_EARLY))
    else:
        _print_values(read, growth, language)
        print()
        if growth.best is not None:
            print(told(_BEST, model=told(MODELS[growth.best.model])))
    for message in (*growth.reasons, *growth.cautions):
        print(f"- {render(message, language=language)}")
    print()
    for line in chart_lines(read, growth):
        print(line)
    print("  ".join(["    ", told(_OBSERVED), *([] if growth.best is None else [told(_EXPECTED)])]))
    if growth.fits:
        print()
        _print_models(growth, language)


def _print_values(read: DefectSeries, growth: Growth, language: str) -> None:
    share = f"{100 * growth.share:g}"
    labels = [
        render(Message(_TOTAL), language=language),
        render(Message(_LEFT), language=language),
        render(Message(_DAY, {"share": share}), language=language),
    ]
    values = [
        _range(growth.left, growth, language, beside=growth.found),
        _range(growth.left, growth, language, beside=0),
        _days(read, growth, language),
    ]
    width = max(map(width_of, labels))
    for label, value in zip(labels, values, strict=True):
        print(f"{padded(label, width)}  {value}")


def _range(left: Estimate | None, growth: Growth, language: str, *, beside: int) -> str:
    """Return what is left with its interval, added to what is known beside it: all defects are those found and those left."""
    if left is None:
        return "-"
    high = None if left.high is None else f"{beside + left.high:.1f}"
    return f"{beside + left.value:.1f}  {_bounds(f'{beside + left.low:.1f}', high, growth, language)}"


def _days(read: DefectSeries, growth: Growth, language: str) -> str:
    day = growth.day
    if day is None:
        return "-"
    low = _moment(read, day.low, language)
    high = None if day.high is None else _moment(read, day.high, language)
    return f"{_moment(read, day.value, language)}  {_bounds(low, high, growth, language)}"


def _bounds(low: str, high: str | None, growth: Growth, language: str) -> str:
    confidence = f"{100 * growth.confidence:g}"
    if high is None:
        return render(Message(_OPEN, {"confidence": confidence, "low": low}), language=language)
    return render(Message(_INTERVAL, {"confidence": confidence, "low": low, "high": high}), language=language)


def _moment(read: DefectSeries, day: float, language: str) -> str:
    if read.starts_on is not None:
        found = read.day_of(day)
        return render(Message(_LATER), language=language) if found is None else found.isoformat()
    template = _NUMBERED if read.unit is TimeUnit.ROW else _ON_SCALE
    return render(Message(template, {"number": f"{day + read.offset:.1f}"}), language=language)


def _print_models(growth: Growth, language: str) -> None:
    shows_totals = growth.verdict is not Verdict.TOO_EARLY
    columns = range(len(_HEADINGS)) if shows_totals else (0, 5, 6, 7)
    rows = [[render(Message(heading), language=language) for heading in _HEADINGS]]
    rows.extend(_row(fit, growth.found, language) for fit in growth.fits)
    print_columns([[row[column] for column in columns] for row in rows])
    for fit in growth.fits:
        for reason in fit.reasons:
            model = render(Message(MODELS[fit.model]), language=language)
            sentence = render(reason, language=language)
            print(f"- {render(Message(_REASON, {'model': model, 'reason': sentence}), language=language)}")


def _row(fit: ModelFit, found: int, language: str) -> list[str]:
    p_value = None if fit.goodness is None else fit.goodness.p_value
    left = fit.left
    return [
        render(Message(MODELS[fit.model]), language=language),
        "-" if left is None else f"{found + left.value:.1f}",
        "-" if left is None else f"{found + left.low:.1f}",
        "-" if left is None or left.high is None else f"{found + left.high:.1f}",
        "-" if left is None else f"{left.value:.1f}",
        f"{fit.aicc:.2f}",
        "-" if fit.weight is None else f"{fit.weight:.2f}",
        "-" if p_value is None else f"{p_value:.3f}",
    ]
