"""A task's page and its look beside the list."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kaname.kernel import clock
from kaname.kernel.rules.decisions import decide
from kaname.kernel.rules.doors import door
from kaname.pso.schedule.models import Link, Move, ProgressReport, Task
from kaname.pso.schedule.queries import TaskPage, task_page
from kaname.pso.schedule.queries.mine import finish_day, start_day
from kaname.pso.schedule.rules import EDIT_TASK, REPORT_PROGRESS, VIEW_TASK
from kaname.pso.schedule.types import ConstraintType, TaskKind, TaskMode
from kaname.pso.schedule.web import words
from kaname.pso.schedule.web.frame import plan_page
from kaname.ui.components.dates import day, day_words
from kaname.ui.components.numbers import percent
from kaname.ui.types import Change, Entry, Fact, Why

_NEWEST: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFacts:
    """A task's page in words."""

    shown: TaskPage
    why: Why
    starts_on: date | None
    ends_on: date | None
    is_late: bool
    facts: tuple[Fact, ...]
    waits_for: tuple[tuple[str, str, bool], ...]
    waited_by: tuple[tuple[str, str], ...]
    reports: tuple[Entry, ...]
    moves: tuple[Entry, ...]
    earlier_moves: tuple[Entry, ...]


@door(reads=VIEW_TASK)
def task(request: HttpRequest, project: int, task: int) -> HttpResponse:
    """Show a task."""
    shown = task_page(actor=request.user, project_id=project, task_id=task)
    plan = shown.plan
    context = {
        "page": plan_page(request, plan.project, title=shown.task.name, note=_note(shown.task)),
        **_context(request, shown),
    }
    return render(request, "schedule/task.html", context)


@door(reads=VIEW_TASK)
def peek(request: HttpRequest, project: int, task: int) -> HttpResponse:
    """Show a task beside the list."""
    shown = task_page(actor=request.user, project_id=project, task_id=task)
    url = reverse("schedule:task", kwargs={"project": project, "task": task})
    return render(request, "schedule/task_peek.html", {"page_url": url, **_context(request, shown)})


@door(reads=VIEW_TASK)
def why(request: HttpRequest, project: int, task: int) -> HttpResponse:
    """Explain the start of a task."""
    shown = task_page(actor=request.user, project_id=project, task_id=task)
    return render(request, "ui/parts/why_card.html", {"why": words.why_start(shown)})


def _context(request: HttpRequest, shown: TaskPage) -> dict[str, object]:
    task = shown.task
    is_work = task.kind != TaskKind.SUMMARY
    return {
        "facts": task_facts(shown),
        "task": task,
        "plan": shown.plan,
        "may_edit": bool(decide(request.user, EDIT_TASK, task)),
        "may_report": is_work and bool(decide(request.user, REPORT_PROGRESS, task)),
    }


def task_facts(shown: TaskPage) -> TaskFacts:
    """Return a task's page in words."""
    task, plan = shown.task, shown.plan
    ends_on = finish_day(task.finish_at)
    moves = tuple(_moved(shown, move) for move in shown.moves)
    return TaskFacts(
        shown=shown,
        why=words.why_start(shown),
        starts_on=start_day(task.start_at),
        ends_on=ends_on,
        is_late=task.actual_finish_at is None and ends_on is not None and ends_on < clock.today(),
        facts=_facts(shown),
        waits_for=tuple(
            (words.link_before(link, plan.minutes_per_day), _url(shown, link.predecessor_id), _drives(shown, link))
            for link in shown.predecessors
        ),
        waited_by=tuple(
            (words.link_after(link, plan.minutes_per_day), _url(shown, link.successor_id)) for link in shown.successors
        ),
        reports=tuple(_said(report, plan.minutes_per_day) for report in shown.reports),
        moves=moves[:_NEWEST],
        earlier_moves=moves[_NEWEST:],
    )


def _note(task: Task) -> str:
    package = f" · {task.parent.name}" if task.parent else ""
    return f"{task.wbs_code}{package}"


def _url(shown: TaskPage, task_id: int) -> str:
    return reverse("schedule:task", kwargs={"project": shown.plan.project_id, "task": task_id})


def _drives(shown: TaskPage, link: Link) -> bool:
    return shown.task.driver_kind == "predecessor" and link.predecessor_id == shown.task.driver_task_id


def _facts(shown: TaskPage) -> tuple[Fact, ...]:
    task, plan = shown.task, shown.plan
    length = plan.minutes_per_day
    listed = [Fact(_("Kind"), TaskKind(task.kind).label)]
    if task.kind != TaskKind.SUMMARY:
        listed += [
            Fact(_("Duration"), words.duration(task.duration_minutes, length, task.duration_kind) or "–"),
            Fact(_("People"), _people(shown) or _("nobody yet")),
        ]
    listed += [
        Fact(_("Progress"), percent(shown.percent_permille)),
        Fact(_("Total float"), words.whole_days(task.total_float_minutes, length) or "–"),
        Fact(_("Free float"), words.whole_days(task.free_float_minutes, length) or "–"),
    ]
    if task.phase:
        listed.insert(1, Fact(_("Phase"), task.phase.name))
    if task.actual_start_at is not None:
        listed.append(Fact(_("Actual start"), day(start_day(task.actual_start_at))))
    if task.actual_finish_at is not None:
        listed.append(Fact(_("Actual finish"), day(finish_day(task.actual_finish_at))))
    if task.remaining_duration_minutes is not None and task.actual_finish_at is None:
        listed.append(Fact(_("Remaining duration"), words.whole_days(task.remaining_duration_minutes, length)))
    if task.deadline_at is not None:
        listed.append(Fact(_("Deadline"), day(finish_day(task.deadline_at))))
    if task.constraint != ConstraintType.ASAP:
        bound = f"{ConstraintType(task.constraint).label} {day_words(start_day(task.constraint_at))}"
        listed.append(Fact(_("Constraint"), bound))
    if task.mode == TaskMode.MANUAL:
        listed.append(Fact(_("Scheduling"), TaskMode.MANUAL.label))
    if shown.baseline is not None:
        agreed = words.period(start_day(shown.baseline.start_at), finish_day(shown.baseline.finish_at))
        listed.append(Fact(_("Baseline"), f"{agreed} ({_against_baseline(shown)})"))
    return tuple(listed)


def _against_baseline(shown: TaskPage) -> str:
    before = finish_day(shown.baseline.finish_at) if shown.baseline else None
    after = finish_day(shown.task.finish_at)
    return words.days_later((after - before).days) if before and after else _("not in the baseline")


def _people(shown: TaskPage) -> str:
    names = []
    for row in shown.people:
        person = row.resource.person if row.resource else None
        name = person.name if person else row.resource.name if row.resource else ""
        names.append(name if row.units_permille == 1000 else f"{name} [{row.units_permille // 10}%]")
    return ", ".join(names)


def _said(report: ProgressReport, minutes_per_day: int) -> Entry:
    said = _("%(percent)d%% done") % {"percent": report.percent_permille // 10}
    if report.percent_permille < 1000 and report.remaining_minutes is not None:
        left = words.whole_days(report.remaining_minutes, minutes_per_day)
        said = _("%(said)s, %(left)s left") % {"said": said, "left": left}
    if report.is_blocked:
        said = _("%(said)s, blocked") % {"said": said}
    if report.comment:
        said = f"{said} – {report.comment}"
    who = report.author.name if report.author else ""
    return Entry(at=report.reported_at, who=who, says=said, icon="message")


def _moved(shown: TaskPage, move: Move) -> Entry:
    cause = words.move_cause(
        move=move,
        driver=shown.named.get(move.driver_task_id or 0),
        root=shown.named.get(move.root_task_id or 0),
    )
    before = words.period(start_day(move.start_before_at), finish_day(move.finish_before_at))
    after = words.period(start_day(move.start_after_at), finish_day(move.finish_after_at))
    days = words.move_days(move)
    moved = _moved_words(days)
    return Entry(
        at=move.run.at,
        who=move.run.actor_label,
        says=_("%(moved)s: %(cause)s") % {"moved": moved, "cause": cause},
        changes=(Change(label=_("Dates"), before=before, after=after),),
        icon="arrows-exchange",
        url=reverse("schedule:run", kwargs={"project": shown.plan.project_id, "run": move.run.number}),
    )


def _moved_words(days: int) -> str:
    if days > 0:
        return ngettext("moved by %(days)d day", "moved by %(days)d days", days) % {"days": days}
    if days < 0:
        return ngettext("came forward by %(days)d day", "came forward by %(days)d days", -days) % {"days": -days}
    return _("moved within the day")
