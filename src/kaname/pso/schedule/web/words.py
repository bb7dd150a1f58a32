"""How the schedule speaks: durations, dependencies, causes of dates and of moves."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Final

from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from kaname.pso.schedule.models import Link, Move, Plan, Run, Task
from kaname.pso.schedule.queries import PlanLink, PlanPerson, TaskPage
from kaname.pso.schedule.queries.mine import finish_day, start_day
from kaname.pso.schedule.types import ConstraintType, DurationKind, LagUnit, LinkType
from kaname.pso.schedule.web.entry import Lengths
from kaname.ui.components.dates import UNKNOWN, day_words
from kaname.ui.components.numbers import MINUS, figure_words
from kaname.ui.types import Text, Why, WhyInput

RULE_VERSION: Final = "1"
"""Version of the engine's scheduling rule that explanations name."""

TRIGGERS: Final[dict[str, Text]] = {
    "progress": gettext_lazy("Progress report"),
    "task": gettext_lazy("Change of a task"),
    "link": gettext_lazy("Change of a dependency"),
    "assignment": gettext_lazy("Change of people"),
    "settings": gettext_lazy("Plan settings"),
    "begin": gettext_lazy("Plan begun"),
    "import": gettext_lazy("Import"),
    "import_undone": gettext_lazy("Import undone"),
    "calendar": gettext_lazy("Calendar"),
    "people": gettext_lazy("Working hours of people"),
}

_CAUSED_BY: Final[dict[str, Text]] = {
    "progress": gettext_lazy("progress was reported on “%(task)s”"),
    "task": gettext_lazy("“%(task)s” was changed"),
    "link": gettext_lazy("a dependency of “%(task)s” was changed"),
    "assignment": gettext_lazy("the people on “%(task)s” were changed"),
    "settings": gettext_lazy("the plan settings were changed"),
    "constraint": gettext_lazy("the constraint of “%(task)s”"),
    "ceiling": gettext_lazy("the constraint of “%(task)s”"),
    "status_date": gettext_lazy("work on “%(task)s” that is not done yet cannot lie before the status date"),
    "actual": gettext_lazy("what has happened on “%(task)s”"),
    "manual": gettext_lazy("the dates of “%(task)s”, set by hand"),
    "project_start": gettext_lazy("the start of the plan"),
    "leveling": gettext_lazy("the levelling delay of “%(task)s”"),
    "predecessor": gettext_lazy("“%(task)s” moved"),
    "children": gettext_lazy("a task below “%(task)s” moved"),
    "parent": gettext_lazy("a dependency of the work package of “%(task)s”"),
}

_DECIDES: Final[dict[str, Text]] = {
    "parent": gettext_lazy("A dependency or a constraint of its work package decides the start."),
    "children": gettext_lazy("A work package begins with the first task below it and ends with the last."),
    "ceiling": gettext_lazy("Its constraint holds it, although its predecessors would have it later."),
    "project_start": gettext_lazy("Nothing holds it back but the start of the plan."),
    "status_date": gettext_lazy(
        "What is left is planned from the status date on: work not done yet cannot lie before it."
    ),
    "actual": gettext_lazy("It has happened; these dates were reported."),
    "manual": gettext_lazy("A person set the dates by hand; the calculation leaves them."),
    "external": gettext_lazy("The task belongs to another plan, which sets its dates."),
    "leveling": gettext_lazy("It was postponed because its people are busy."),
    "as_late_as_possible": gettext_lazy("It is planned as late as possible."),
    "hammock": gettext_lazy("It stretches between the tasks to which it is linked."),
    "nothing": gettext_lazy("A work package without tasks has no dates."),
}

_LINKS_BEFORE: Final[dict[str, Text]] = {
    LinkType.FS: gettext_lazy("begins after “%(task)s” has finished"),
    LinkType.SS: gettext_lazy("begins after “%(task)s” has begun"),
    LinkType.FF: gettext_lazy("finishes after “%(task)s” has finished"),
    LinkType.SF: gettext_lazy("finishes after “%(task)s” has begun"),
}


def lengths(plan: Plan) -> Lengths:
    """Return how long a day, a week and a month of a plan are."""
    return Lengths(plan.minutes_per_day, plan.minutes_per_week, plan.minutes_per_day * plan.days_per_month)


def duration(
    minutes: int | None, minutes_per_day: int, kind: str = DurationKind.WORKING, *, is_estimated: bool = False
) -> str:
    """Return a duration as it can be typed again: `3d`, `4h`, `30min`, `2ed?`; empty when unknown, days to two decimals."""
    if minutes is None:
        return ""
    sign, size = (MINUS, -minutes) if minutes < 0 else ("", minutes)
    guess = "?" if is_estimated else ""
    day = 1440 if kind == DurationKind.ELAPSED else minutes_per_day
    days, hours, rest = _units(kind, get_language())
    if size * 4 % day == 0:
        template, number = days, size / day
    elif size % 15 == 0 and size < 3 * day:
        template, number = hours, size / 60
    else:
        template, number = (days, size / day) if size > day else (rest, size)
    return f"{sign}{template % {'n': figure_words(number, 2, trims=True).replace(',', '')}}{guess}"


@lru_cache(maxsize=16)
def _units(kind: str, _language: str | None) -> tuple[str, str, str]:
    if kind == DurationKind.ELAPSED:
        # Translators: a duration in elapsed (calendar) days or hours.
        return _("%(n)sed"), _("%(n)seh"), _("%(n)semin")
    # Translators: a duration in working days, hours, minutes.
    return _("%(n)sd"), _("%(n)sh"), _("%(n)smin")


def exact_duration(minutes: int | None, kind: str, *, is_estimated: bool) -> str:
    """Return a duration to the minute, for the way back."""
    return f"{minutes or 0}{'e' if kind == DurationKind.ELAPSED else ''}min{'?' if is_estimated else ''}"


def whole_days(minutes: int | None, minutes_per_day: int) -> str:
    """Return an amount that nobody types, in days with one decimal."""
    if minutes is None:
        return ""
    return _days_words(minutes, minutes_per_day, get_language())


@lru_cache(maxsize=4096)
def _days_words(minutes: int, minutes_per_day: int, _language: str | None) -> str:
    # Translators: a duration in working days.
    return _("%(n)sd") % {"n": figure_words(minutes / minutes_per_day, 1, trims=True)}


def difference(minutes: int | None, minutes_per_day: int) -> str:
    """Return a difference in days with its sign, empty when unknown."""
    if minutes is None:
        return ""
    words = whole_days(minutes, minutes_per_day)
    return f"+{words}" if minutes > 0 else words


def lag(amount: int, unit: str, minutes_per_day: int) -> str:
    """Return a lag with its sign as it can be typed again; empty for none."""
    if not amount:
        return ""
    sign = "+" if amount > 0 else "-"
    if unit in {LagUnit.PERCENT, LagUnit.ELAPSED_PERCENT}:
        return f"{sign}{abs(amount) // 10}{'e' if unit == LagUnit.ELAPSED_PERCENT else ''}%"
    kind = DurationKind.ELAPSED if unit == LagUnit.ELAPSED else DurationKind.WORKING
    return sign + duration(abs(amount), minutes_per_day, kind)


def predecessors(links: Iterable[PlanLink], minutes_per_day: int) -> str:
    """Return dependencies as they can be typed again."""
    return ", ".join(_predecessor(link, minutes_per_day) for link in links)


def people(rows: Iterable[PlanPerson]) -> str:
    """Return who works on a task as it can be typed again."""
    return ", ".join(
        row.name if row.units_permille == 1000 else f"{row.name} [{row.units_permille // 10}%]" for row in rows
    )


def link_before(link: Link, minutes_per_day: int) -> str:
    """Return what a task waits for, in words."""
    return _with_lag(str(_LINKS_BEFORE[link.type]) % {"task": link.predecessor.name}, link, minutes_per_day)


def link_after(link: Link, minutes_per_day: int) -> str:
    """Return what waits for a task, in words: the successor is the subject."""
    words = str(_LINKS_BEFORE[link.type]) % {"task": link.predecessor.name}
    sentence = _("“%(successor)s” %(waits)s") % {"successor": link.successor.name, "waits": words}
    return _with_lag(sentence, link, minutes_per_day)


def why_start(page: TaskPage) -> Why:
    """Return why a task begins when it does."""
    task, plan = page.task, page.plan
    inputs = []
    if page.driver is not None:
        url = reverse("schedule:task", kwargs={"project": plan.project_id, "task": page.driver.pk})
        inputs.append(WhyInput(_("Decided by"), page.driver.name, url))
    if task.constraint != ConstraintType.ASAP:
        inputs.append(
            WhyInput(
                _("Constraint"), f"{ConstraintType(task.constraint).label} {day_words(start_day(task.constraint_at))}"
            )
        )
    inputs.append(WhyInput(_("Status date"), day_words(start_day(plan.status_at))))
    return Why(
        says=_decision(page),
        inputs=tuple(inputs),
        rule=_("Critical path method"),
        version=RULE_VERSION,
        as_of=plan.calculated_at,
    )


def move_cause(*, move: Move, driver: Task | None, root: Task | None) -> str:
    """Return why a run moved a task, as a phrase."""
    cause = _CAUSED_BY.get(move.root_kind)
    source = root or driver
    if cause is None or (source is None and "%(task)s" in str(cause)):
        return str(TRIGGERS.get(move.run.trigger, _("Recalculation")))
    said = str(cause) % {"task": source.name if source else ""}
    if driver is None or root is None or move.root_kind == "children" or driver.pk in {root.pk, move.task_id}:
        return said
    return _("%(cause)s; directly by “%(driver)s”") % {"cause": said, "driver": driver.name}


def move_days(move: Move) -> int:
    """Return by how many days a finish moved; later is positive."""
    before, after = finish_day(move.finish_before_at), finish_day(move.finish_after_at)
    return (after - before).days if before and after else 0


def days_later(days: int) -> str:
    """Return a number of days as later or earlier."""
    if days > 0:
        return ngettext("%(days)d day later", "%(days)d days later", days) % {"days": days}
    if days < 0:
        return ngettext("%(days)d day earlier", "%(days)d days earlier", -days) % {"days": -days}
    return _("same day")


def run_says(run: Run) -> str:
    """Return what a recalculation did in one sentence."""
    moved = ngettext("%(count)d task moved", "%(count)d tasks moved", run.moved) % {"count": run.moved}
    before, after = finish_day(run.finish_before_at), finish_day(run.finish_after_at)
    if before is None or after is None or before == after:
        finish = _("the project finish stays %(day)s") % {"day": day_words(after or before)}
    else:
        finish = _("project finish %(before)s → %(after)s") % {"before": day_words(before), "after": day_words(after)}
    return _("%(moved)s, %(finish)s") % {"moved": moved, "finish": finish}


def period(starts_on: date | None, ends_on: date | None) -> str:
    """Return two days as one phrase."""
    return f"{day_words(starts_on)} – {day_words(ends_on)}" if starts_on or ends_on else UNKNOWN


def _predecessor(link: PlanLink, minutes_per_day: int) -> str:
    distance = lag(link.lag, link.lag_unit, minutes_per_day)
    kind = "" if link.type == LinkType.FS and not distance else link.type.upper()
    return f"{link.number}{kind}{distance}"


def _with_lag(sentence: str, link: Link, minutes_per_day: int) -> str:
    distance = lag(link.lag, link.lag_unit, minutes_per_day)
    return _("%(sentence)s (%(lag)s)") % {"sentence": sentence, "lag": distance} if distance else sentence


def _decision(page: TaskPage) -> str:
    task = page.task
    link = page.driving_link
    if task.actual_start_at is not None and task.actual_finish_at is None:
        return _("It has begun; this start was reported. What is left is planned from the status date on.")
    if task.driver_kind == "predecessor" and link is not None:
        words = link_before(link, page.plan.minutes_per_day)
        return _("The task %(waits)s.") % {"waits": words}
    if task.driver_kind == "constraint":
        return _("Its constraint decides: %(constraint)s %(day)s.") % {
            "constraint": ConstraintType(task.constraint).label,
            "day": day_words(start_day(task.constraint_at)),
        }
    return str(_DECIDES.get(task.driver_kind, _("The dates have not been calculated yet.")))
