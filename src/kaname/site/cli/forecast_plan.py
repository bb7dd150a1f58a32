"""`kaname forecast PLAN [--closed PLAN]... [--status-date DATE]`: when a running plan will be finished, and at what cost.

How far tasks come out from plan is learned from closed plans (`--closed`, three at least).  With `--json` the answer is an object:
`file`, `status_date`, `measure` (what earned value is counted in), `tasks` (`finished`, `running`, `open`), `plan_finish` (if all that
remains goes as planned), `finish` (P10, P50, P80, P90 of the network; `null` without closed plans, `finish_reason` says so), `bias` (`factor`
by which the tasks of this project take longer than planned, its `low` and `high` P10 and P90, from how many `closed_projects` and
`closed_tasks`), and by the methods of earned value `durations` (`method`, `finish`, `reason`) and `costs` (`method`, `value` in minor units of money or
minutes, `reason`), with `budget` and `spent`.  What is not known is `null`.
"""

import argparse
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kaname.engine.text import Message, Refusal, gettext_noop
from kaname.engine.units import MINUTES_PER_DAY, wall_minute, wall_moment
from kaname.formats.types import FileRefused
from kaname.site.cli.forecast_spread import PERCENTILES, factors
from kaname.site.cli.plan_files import print_json, printed, read_plan, refuse
from kaname.site.cli.sentences import chosen_language, render

if TYPE_CHECKING:
    from kaname.engine.forecast import BiasModel, RunningForecast
    from kaname.engine.network.plan import Plan

_NO_STATUS: Final = gettext_noop("The plan names no status date and nothing in it has begun.")
_NO_STATUS_ADVICE: Final = gettext_noop("Say as of when its progress stands: --status-date 2026-04-30.")


def add_plan_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of a running plan."""
    parser.add_argument(
        "file", type=Path, nargs="?", metavar="PLAN",
        help="a running plan with its progress: Microsoft Project XML, Primavera XER, XLSX or CSV",
    )  # fmt: skip
    parser.add_argument(
        "--closed", type=Path, action="append", default=[], metavar="PLAN",
        help="a closed plan to learn from; three at least",
    )  # fmt: skip
    parser.add_argument(
        "--status-date", type=_day, metavar="DATE",
        help="as of the end of which day its progress stands; by default what the plan says",
    )  # fmt: skip
    parser.add_argument("--project", metavar="KEY", help="which project of a Primavera file; by default the largest")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same seed gives the same answer")


def run_plan(options: argparse.Namespace) -> int:
    """Forecast a plan and print what is found; return 0, or 1 where a file or its plan is refused."""
    from kaname.engine.calendar import CalendarError
    from kaname.engine.earned_value import NegativeValueError, TreeLoopError
    from kaname.engine.forecast import forecast_plan

    try:
        plan = read_plan(options.file, project=options.project).plan
        status_at = _status(options, plan)
        model, reason = _learned(options)
        found = forecast_plan(plan, status_at=status_at, model=model, seed=options.seed)
    except (FileRefused, Refusal) as refusal:
        return refuse(options, refusal)
    except (CalendarError, NegativeValueError, TreeLoopError) as error:
        return refuse(options, FileRefused(error.message, file=options.file.name))
    language = chosen_language(options.language)
    if options.json:
        return printed(lambda: print_json(_answer(options.file.name, found, model, reason, language)))

    from kaname.site.cli.forecast_plan_page import print_page

    return printed(lambda: print_page(found, model, reason, currency=plan.currency, language=language))


def _status(options: argparse.Namespace, plan: "Plan") -> int:
    """Return the end of the day that was named, else the plan's status date, else the last moment that it reports."""
    if options.status_date is not None:
        return wall_minute(datetime.combine(options.status_date, time())) + MINUTES_PER_DAY
    reported = [
        moment
        for task in plan.tasks
        for moment in (task.progress.actual_start_at, task.progress.actual_finish_at)
        if moment is not None
    ]
    if plan.status_at is None and not reported:
        raise FileRefused(Message(_NO_STATUS), file=options.file.name, advice=Message(_NO_STATUS_ADVICE))
    return max(reported) if plan.status_at is None else plan.status_at


def _learned(options: argparse.Namespace) -> "tuple[BiasModel | None, Message | None]":
    """Return what the closed plans teach, or why they teach nothing."""
    from kaname.engine.forecast import BiasError, closed_tasks, learn_bias

    closed = []
    for path in options.closed:
        plan = read_plan(path).plan
        try:
            closed.append(closed_tasks(plan))
        except Refusal as refusal:
            raise FileRefused(refusal.messages[0], file=path.name) from refusal
    try:
        return learn_bias(closed), None
    except BiasError as refusal:
        return None, refusal.messages[0]


def _answer(
    file: str, found: "RunningForecast", model: "BiasModel | None", reason: Message | None, language: str
) -> dict[str, object]:
    def said(message: Message | None) -> str | None:
        return None if message is None else render(message, language=language)

    finish = found.finish
    total = found.report.total
    return {
        "file": file,
        "status_date": _moment(found.status_at),
        "measure": found.measure.value,
        "tasks": None
        if finish is None
        else {"finished": finish.bias.finished, "running": finish.bias.running, "open": finish.open_tasks},
        "plan_finish": None if finish is None else _moment(finish.plan_finish_at),
        "finish": None if finish is None else {f"P{each}": _moment(finish.at(each)) for each in PERCENTILES},
        "finish_reason": said(reason),
        "bias": _bias(found, model),
        "durations": [
            {
                "method": each.estimate.method.value,
                "finish": _moment(each.finish_at),
                "reason": said(each.estimate.reason),
            }
            for each in found.durations
        ],
        "budget": total.budget if found.track else None,
        "spent": total.actual if found.track else None,
        "costs": [
            {
                "method": each.method.value,
                "value": None if each.value is None else round(each.value),
                "reason": said(each.reason),
            }
            for each in found.costs
        ],
        "reason": said(found.reason),
    }


def _bias(found: "RunningForecast", model: "BiasModel | None") -> dict[str, object] | None:
    if found.finish is None or model is None:
        return None
    low, middle, high = (round(each, 4) for each in factors(found.finish.bias))
    return {
        "factor": middle,
        "low": low,
        "high": high,
        "closed_projects": model.projects,
        "closed_tasks": model.tasks,
    }


def _moment(minute: int | None) -> str | None:
    return None if minute is None else wall_moment(minute).isoformat()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("a day such as 2026-04-30") from error
