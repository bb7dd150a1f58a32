"""When a running plan will be finished and what it will cost, as a page in the terminal."""

from typing import Final

from kaname.engine.earned_value import Measure
from kaname.engine.forecast import BiasModel, Method, RunningForecast
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import MINUTES_PER_HOUR, wall_moment
from kaname.formats.money import currency_digits
from kaname.site.cli.forecast_spread import PERCENTILES, factors
from kaname.site.cli.sentences import render
from kaname.site.cli.text_columns import print_columns

_AS_OF: Final = gettext_noop("Progress as of %(date)s")
_FINISH: Final = gettext_noop(
    "Finished by %(p50)s as likely as not; what can be promised with 80 %%: %(p80)s. As planned from here: %(plan)s."
)
_BIAS: Final = gettext_noop(
    "Tasks of this project take %(factor)s times their plan (%(low)s to %(high)s with 80 %%), judged by %(finished)s finished and "
    "%(running)s running tasks and %(projects)s closed projects with %(tasks)s tasks."
)
_BY_METHOD: Final = gettext_noop("By earned value")
_METHOD: Final = gettext_noop("Method")
_FINISHED: Final = gettext_noop("Finish")
_COST: Final = gettext_noop("Cost")
_SPENT: Final = gettext_noop("Budget %(budget)s, spent %(spent)s")
_UNKNOWN: Final = gettext_noop("unknown")
_HOURS: Final = gettext_noop("%(hours)s h")
_NETWORK: Final = gettext_noop("By the network")
_METHODS: Final = {
    Method.PLANNED_VALUE: gettext_noop("Planned value"),
    Method.EARNED_DURATION: gettext_noop("Earned duration"),
    Method.EARNED_SCHEDULE_AT_PLAN: gettext_noop("Earned schedule, rest at plan"),
    Method.EARNED_SCHEDULE: gettext_noop("Earned schedule, SPI(t)"),
    Method.SMOOTHED_SCHEDULE: gettext_noop("Smoothed schedule, XSM(t)"),
    Method.COST_AT_PLAN: gettext_noop("Rest at plan"),
    Method.COST_AT_CPI: gettext_noop("Rest at CPI"),
    Method.SMOOTHED_COST: gettext_noop("Smoothed, XSM"),
}


def print_page(
    found: RunningForecast, model: BiasModel | None, reason: Message | None, *, currency: str, language: str
) -> None:
    """Print the finish with its confidence, what it rests on, and what earned value says."""

    def said(template: str, **params: str | int) -> str:
        return render(Message(template, params), language=language)

    print(said(_AS_OF, date=_day(found.status_at)))
    finish = found.finish
    if finish is not None and model is not None:
        bias = finish.bias
        low, factor, high = (f"{each:.2f}" for each in factors(bias))
        planned = finish.plan_finish_at
        print(
            said(
                _FINISH,
                p50=_day(finish.at(50)),
                p80=_day(finish.at(80)),
                plan=said(_UNKNOWN) if planned is None else _day(planned),
            )
        )
        print(
            said(
                _BIAS,
                factor=factor,
                low=low,
                high=high,
                finished=bias.finished,
                running=bias.running,
                projects=model.projects,
                tasks=f"{model.tasks:,}",
            )
        )
        print()
        print(said(_NETWORK))
        print_columns([["", said(_FINISHED)], *([f"P{each}", _day(finish.at(each))] for each in PERCENTILES)])
    elif reason is not None:
        print(render(reason, language=language))
    print()
    if found.reason is not None:
        print(render(found.reason, language=language))
        return
    print(said(_BY_METHOD))
    rows = [[said(_METHOD), said(_FINISHED)]]
    for dated in found.durations:
        why = dated.estimate.reason
        told = _day(dated.finish_at) if dated.finish_at is not None else said(_UNKNOWN)
        rows.append([said(_METHODS[dated.estimate.method]), told if why is None else render(why, language=language)])
    print_columns(rows, texts=2)
    print()
    total = found.report.total
    spent = said(_UNKNOWN) if total.actual is None else _amount(found, total.actual, currency, language)
    print(said(_SPENT, budget=_amount(found, total.budget, currency, language), spent=spent))
    costs = [[said(_METHOD), said(_COST)]]
    for each in found.costs:
        told = render(each.reason, language=language) if each.reason else said(_UNKNOWN)
        costs.append(
            [
                said(_METHODS[each.method]),
                told if each.value is None else _amount(found, each.value, currency, language),
            ]
        )
    print_columns(costs, texts=1 if all(each.value is not None for each in found.costs) else 2)


def _amount(found: RunningForecast, value: float, currency: str, language: str) -> str:
    if found.measure == Measure.MONEY:
        digits = currency_digits(currency)
        return f"{value / 10**digits:,.{digits}f} {currency}".strip()
    return render(Message(_HOURS, {"hours": f"{value / MINUTES_PER_HOUR:,.1f}"}), language=language)


def _day(moment: int) -> str:
    return wall_moment(moment).strftime("%Y-%m-%d")
