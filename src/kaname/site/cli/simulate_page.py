"""What a simulation found, as a page in the terminal."""

from typing import Final

import numpy as np

from kaname.engine.network.plan import Plan
from kaname.engine.simulation import Simulation, TaskInfluence
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import MINUTES_PER_DAY, MINUTES_PER_HOUR, wall_moment
from kaname.site.cli.sentences import render
from kaname.site.cli.text_columns import print_columns, shortened

_SHOWN: Final = (10, 30, 50, 70, 80, 90, 95)
_MOST_TASKS: Final = 12
_NAME_WIDTH: Final = 36
_BARS: Final = 12
_BAR_WIDTH: Final = 40

_EMPTY: Final = gettext_noop("The plan has no tasks, so there is nothing to simulate.")
_PROMISE: Final = gettext_noop(
    "Planned finish %(planned)s is held in %(confidence)s %% of %(runs)s runs. "
    "What can be promised with 80 %%: %(p80)s (± %(width)s days)."
)
_SHARED: Final = gettext_noop(
    "Every task waits for its people. Without that the planned finish would be %(planned)s, and 80 %% would be held by %(p80)s."
)
_STOPPED: Final = gettext_noop("Stopped early: this is what the runs so far say.")
_BY: Final = gettext_noop("Finished by")
_COST: Final = gettext_noop("Cost still to come")
_RUNS: Final = gettext_noop("Runs that finish by then")
_WHAT: Final = gettext_noop("What the finish hangs on")
_HEADINGS: Final = (
    gettext_noop("No."),
    gettext_noop("Task"),
    gettext_noop("Critical"),
    gettext_noop("Influence"),
    gettext_noop("Finish if short"),
    gettext_noop("Finish if long"),
)
_HOURS: Final = gettext_noop("%(hours)s h")
_MORE: Final = gettext_noop("%(count)s more tasks are in the answer of --json.")


def print_page(plan: Plan, done: Simulation, *, free: Simulation | None, has_cost: bool, language: str) -> None:
    """Print the promise, percentiles, the distribution as bars, and the most influential tasks.

    `free` is the same without shared people, where they are shared.
    """

    def said(template: str, **params: str | int) -> str:
        return render(Message(template, params), language=language)

    if done.planned_finish_at is None:
        print(said(_EMPTY))
        return
    confidence = round(100 * done.finish_confidence(done.planned_finish_at))
    print(
        said(
            _PROMISE,
            planned=_day(done.planned_finish_at),
            confidence=confidence,
            runs=f"{done.runs:,}",
            p80=_day(done.finish_percentile(80)),
            width=f"{done.half_width_minutes / MINUTES_PER_DAY:.1f}",
        )
    )
    if free is not None and free.planned_finish_at is not None:
        print(said(_SHARED, planned=_day(free.planned_finish_at), p80=_day(free.finish_percentile(80))))
    if done.is_cancelled:
        print(said(_STOPPED))
    print()
    headings = ["", said(_BY), *([said(_COST)] if has_cost else [])]
    rows = [
        [f"P{each}", _day(done.finish_percentile(each)), *([f"{done.cost_percentile(each):,}"] if has_cost else [])]
        for each in _SHOWN
    ]
    print_columns([headings, *rows])
    print()
    print(said(_RUNS))
    for moment, share in _steps(done):
        print(f"{_day(moment)}  {'█' * round(share * _BAR_WIDTH):{_BAR_WIDTH}}  {100 * share:3.0f} %")
    if done.influences:
        print()
        print(said(_WHAT))
        names = {task.uid: task.name for task in plan.tasks}
        shown = done.influences[:_MOST_TASKS]
        print_columns(
            [[said(heading) for heading in _HEADINGS], *(_row(each, names, language) for each in shown)], texts=2
        )
        if len(done.influences) > len(shown):
            print(said(_MORE, count=len(done.influences) - len(shown)))


def _steps(done: Simulation) -> list[tuple[int, float]]:
    """Return days between the first and the last finish, and the share of runs finished by each."""
    first, last = int(done.finish_at.min()), int(done.finish_at.max())
    days = np.unique(np.linspace(first // MINUTES_PER_DAY, last // MINUTES_PER_DAY, _BARS).round().astype(int))
    return [(int(day) * MINUTES_PER_DAY, done.finish_confidence((int(day) + 1) * MINUTES_PER_DAY)) for day in days]


def _row(influence: TaskInfluence, names: dict[int, str], language: str) -> list[str]:
    return [
        str(influence.task_uid),
        shortened(names[influence.task_uid], _NAME_WIDTH),
        f"{100 * influence.criticality:.0f} %",
        f"{influence.ssi:.2f}",
        _shift(influence.finish_if_short, language),
        _shift(influence.finish_if_long, language),
    ]


def _shift(minutes: float | None, language: str) -> str:
    if minutes is None:
        return ""
    return render(Message(_HOURS, {"hours": f"{minutes / MINUTES_PER_HOUR:+,.1f}"}), language=language)


def _day(moment: int) -> str:
    return wall_moment(moment).strftime("%Y-%m-%d")
