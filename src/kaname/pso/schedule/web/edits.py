"""What the island asks for: one verb at a time, answered with the lines that changed by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.kernel import clock
from kaname.kernel.records import Stale
from kaname.kernel.rules.doors import door
from kaname.kernel.rules.types import Actor, Refused, Unacceptable
from kaname.pso.schedule import operations
from kaname.pso.schedule.models import Plan
from kaname.pso.schedule.queries import PlanRow, PlanTime, latest_run, members_of, plan_rows, plan_time
from kaname.pso.schedule.queries.mine import finish_day, start_day
from kaname.pso.schedule.rules import REPORT_PROGRESS
from kaname.pso.schedule.types import ConstraintType, TaskMode
from kaname.pso.schedule.web import entry, words
from kaname.pso.schedule.web.entry import EntryRefused
from kaname.pso.schedule.web.frame import plan_of
from kaname.pso.schedule.web.plan import compared_baseline
from kaname.pso.schedule.web.rows import cells, plan_facts

VERBS: Final = ("set", "constrain", "add", "indent", "outdent", "up", "down", "place", "remove", "restore")
FIELDS: Final = ("name", "duration", "start", "finish", "predecessors", "people", "percent")
_LARGEST: Final = 2**62

Undo = dict[str, Any]


class EditForm(forms.Form):
    """A verb with its objects."""

    verb = forms.ChoiceField(choices=[(verb, verb) for verb in VERBS])
    task = forms.IntegerField(required=False, min_value=1, max_value=_LARGEST)
    version = forms.IntegerField(required=False, min_value=1, max_value=2_147_483_647)
    field = forms.ChoiceField(required=False, choices=[(field, field) for field in FIELDS])
    text = forms.CharField(required=False, max_length=1000)
    parent = forms.IntegerField(required=False, min_value=1, max_value=_LARGEST)
    after = forms.IntegerField(required=False, min_value=1, max_value=_LARGEST)
    removal = forms.IntegerField(required=False, min_value=1, max_value=_LARGEST)
    constraint = forms.ChoiceField(required=False, choices=ConstraintType.choices)
    at = forms.IntegerField(required=False, min_value=-_LARGEST, max_value=_LARGEST)
    run = forms.IntegerField(required=False, min_value=0, max_value=2_147_483_647)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """An edit on its way: who wants what of which plan."""

    actor: Actor
    plan: Plan
    time: PlanTime
    rows: Mapping[int, PlanRow]
    values: Mapping[str, Any]

    @property
    def row(self) -> PlanRow:
        """The line that is meant."""
        found = self.rows.get(self.values["task"] or 0)
        if found is None:
            raise EntryRefused(_("This task is not in the plan any more. Somebody removed it."))
        return found

    @property
    def key(self) -> dict[str, Any]:
        """What every operation on the task is given."""
        return {
            "actor": self.actor,
            "now": clock.now(),
            "task_id": self.row.id,
            "expected_version": self.values["version"] or 0,
        }

    def siblings(self, parent_id: int | None) -> list[PlanRow]:
        """Return the lines directly below a parent, in order."""
        return [row for row in self.rows.values() if row.parent_id == parent_id]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done: the way back, the line to stand on, what to say where no date moved."""

    undo: Undo | None = None
    task_id: int | None = None
    says: str = ""


@door(writes=REPORT_PROGRESS)
def edit(request: HttpRequest, project: int) -> JsonResponse:
    """Do one thing to the plan and answer with what changed by it, or with the sentence that refuses it."""
    plan = plan_of(request, project)
    form = EditForm(request.POST)
    if not form.is_valid():
        return _refusal(_("This could not be understood. Reload the page and try again."))
    time = plan_time(plan)
    baseline = compared_baseline(request, list(plan.baselines.order_by("number")))
    before = plan_rows(plan, time=time, baseline=baseline)
    wanted = Edit(
        actor=request.user, plan=plan, time=time, rows={row.id: row for row in before}, values=form.cleaned_data
    )
    try:
        done = _VERBS[form.cleaned_data["verb"]](wanted)
    except Stale as stale:
        return _stale(stale, before, plan)
    except (Unacceptable, Refused) as refused:
        return _refusal(str(refused.reason))
    known_run = form.cleaned_data["run"]
    is_behind = known_run is not None and known_run != plan.run_number
    plan.refresh_from_db(fields=["run_number", "finish_at", "status_at", "start_at"])
    after = plan_rows(plan, time=time, baseline=baseline)
    return _answer(plan, before=() if is_behind else before, after=after, was=before, done=done, project=project)


def _answer(
    plan: Plan,
    *,
    before: tuple[PlanRow, ...],
    after: tuple[PlanRow, ...],
    was: tuple[PlanRow, ...],
    done: Done,
    project: int,
) -> JsonResponse:
    known = {row.id: row for row in before}
    today = clock.today()
    there = {row.id for row in after}
    run = latest_run(plan)
    body: dict[str, Any] = {
        "rows": [cells(row, plan, today=today) for row in after if known.get(row.id) != row],
        "removed": [row.id for row in was if row.id not in there],
        "plan": plan_facts(plan),
        "task": done.task_id,
        "undo": done.undo,
        "says": done.says,
    }
    if run is not None and run.moved:
        body["says"] = words.run_says(run)
        body["why"] = reverse("schedule:run", kwargs={"project": project, "run": run.number})
    return JsonResponse(body)


def _refusal(sentence: str, *, status: int = 422, **more: Any) -> JsonResponse:
    return JsonResponse({"refusal": sentence, **more}, status=status)


def _stale(stale: Stale, before: tuple[PlanRow, ...], plan: Plan) -> JsonResponse:
    sentence = _(
        "Somebody changed this task meanwhile; it now stands as shown. What you typed is kept here: Enter sends it again."
    )
    today = clock.today()
    return _refusal(
        sentence,
        status=409,
        rows=[cells(row, plan, today=today) for row in before if row.id == stale.current.pk],
    )


def _set(wanted: Edit) -> Done:
    row, field, text = wanted.row, wanted.values["field"], wanted.values["text"].strip()
    if row.is_summary and field in {"duration", "start", "finish", "percent"}:
        raise EntryRefused(_("A work package gets its dates and progress from the tasks below it. Change one of them."))
    return _FIELDS[field or "name"](wanted, row, text)


def _back(row: PlanRow, field: str, text: str) -> Undo:
    return {"verb": "set", "task": row.id, "field": field, "text": text}


def _set_name(wanted: Edit, row: PlanRow, text: str) -> Done:
    if not text or len(text) > 400:
        raise EntryRefused(_("A task has a name of 1 to 400 letters."))
    operations.edit_task(**wanted.key, name=text)
    return Done(undo=_back(row, "name", row.name))


def _set_duration(wanted: Edit, row: PlanRow, text: str) -> Done:
    plan = wanted.plan
    typed = entry.read_duration(text, words.lengths(plan))
    operations.edit_task(
        **wanted.key, duration_minutes=typed.minutes, duration_kind=typed.kind, is_estimated=typed.is_estimated
    )
    before = words.exact_duration(row.duration_minutes, row.duration_kind, is_estimated=row.is_estimated)
    return Done(undo=_back(row, "duration", before))


def _set_start(wanted: Edit, row: PlanRow, text: str) -> Done:
    near = start_day(row.start_at) or clock.today()
    at = wanted.time.begin_of(entry.read_day(text, near=near)) if text else None
    if row.mode == TaskMode.MANUAL:
        if at is None:
            raise EntryRefused(_("A task that is scheduled by hand needs a start."))
        operations.edit_task(**wanted.key, manual_start_at=at, manual_finish_at=None)
        return Done(undo=_back(row, "start", near.isoformat()))
    return _bind(wanted, row, ConstraintType.SNET, at)


def _set_finish(wanted: Edit, row: PlanRow, text: str) -> Done:
    near = finish_day(row.finish_at) or clock.today()
    at = wanted.time.end_of(entry.read_day(text, near=near)) if text else None
    if row.mode == TaskMode.MANUAL:
        if at is None:
            raise EntryRefused(_("A task that is scheduled by hand needs a finish."))
        operations.edit_task(**wanted.key, manual_start_at=row.start_at, manual_finish_at=at)
        return Done(undo=_back(row, "finish", near.isoformat()))
    return _bind(wanted, row, ConstraintType.FNET, at)


def _bind(wanted: Edit, row: PlanRow, constraint: str, at: int | None) -> Done:
    kind = ConstraintType(constraint) if at is not None else ConstraintType.ASAP
    undo = {"verb": "constrain", "task": row.id, "constraint": row.constraint, "at": row.constraint_at}
    operations.edit_task(**wanted.key, constraint=kind, constraint_at=at)
    return Done(
        undo=undo,
        says=_("The task now has the constraint “%(constraint)s”.") % {"constraint": kind.label} if at else "",
    )


def _constrain(wanted: Edit) -> Done:
    return _bind(wanted, wanted.row, wanted.values["constraint"] or ConstraintType.ASAP, wanted.values["at"])


def _set_predecessors(wanted: Edit, row: PlanRow, text: str) -> Done:
    plan = wanted.plan
    links = entry.read_predecessors(
        text, ids_by_number={line.number: line.id for line in wanted.rows.values()}, lengths=words.lengths(plan)
    )
    operations.set_predecessors(**wanted.key, plan_id=plan.pk, wanted=links)
    return Done(undo=_back(row, "predecessors", words.predecessors(row.predecessors, plan.minutes_per_day)))


def _set_people(wanted: Edit, row: PlanRow, text: str) -> Done:
    today = clock.today()
    members = {person.name: person for person in members_of(wanted.plan.project_id, today=today - timedelta(days=1))}
    others = {resource.name: resource.pk for resource in wanted.plan.resources.filter(person=None)}
    persons = {person.pk: person for person in members.values()}
    known = {name: -resource_id for name, resource_id in others.items()} | {
        name: person.pk for name, person in members.items()
    }
    found = entry.read_people(text, known=known)
    operations.assign_people(
        **wanted.key,
        people={persons[pk]: units for pk, units in found.items() if pk > 0},
        others={-pk: units for pk, units in found.items() if pk < 0},
    )
    return Done(undo=_back(row, "people", words.people(row.people)))


def _set_percent(wanted: Edit, row: PlanRow, text: str) -> Done:
    report = operations.TaskReport(
        task_id=row.id,
        expected_version=wanted.values["version"] or 0,
        percent_permille=entry.read_percent(text),
        is_blocked=row.is_blocked,
    )
    operations.report_progress(actor=wanted.actor, now=clock.now(), report=report)
    return Done(says=_("Reported."))


def _add(wanted: Edit) -> Done:
    name = wanted.values["text"].strip() or _("New task")
    after = wanted.rows.get(wanted.values["after"] or 0)
    made = operations.add_task(
        actor=wanted.actor,
        now=clock.now(),
        plan_id=wanted.plan.pk,
        name=name[:400],
        parent_id=after.parent_id if after else wanted.values["parent"],
        after_id=after.id if after else None,
        is_estimated=True,
    )
    return Done(undo={"verb": "remove", "task": made.pk}, task_id=made.pk)


def _indent(wanted: Edit) -> Done:
    row = wanted.row
    above = _neighbour(wanted, row, -1)
    if above is None:
        raise EntryRefused(_("There is no task above it on the same level, so it cannot become part of one."))
    if above.is_milestone:
        raise EntryRefused(_("A milestone cannot become a work package."))
    inside = wanted.siblings(above.id)
    return _place(wanted, row, parent_id=above.id, after_id=inside[-1].id if inside else None)


def _outdent(wanted: Edit) -> Done:
    row = wanted.row
    parent = wanted.rows.get(row.parent_id or 0)
    if parent is None:
        raise EntryRefused(_("The task stands at the top already."))
    return _place(wanted, row, parent_id=parent.parent_id, after_id=parent.id)


def _up(wanted: Edit) -> Done:
    row = wanted.row
    siblings = wanted.siblings(row.parent_id)
    place = siblings.index(row)
    if place == 0:
        raise EntryRefused(_("It is the first of its work package already."))
    return _place(wanted, row, parent_id=row.parent_id, after_id=siblings[place - 2].id if place > 1 else None)


def _down(wanted: Edit) -> Done:
    row = wanted.row
    below = _neighbour(wanted, row, 1)
    if below is None:
        raise EntryRefused(_("It is the last of its work package already."))
    return _place(wanted, row, parent_id=row.parent_id, after_id=below.id)


def _neighbour(wanted: Edit, row: PlanRow, step: int) -> PlanRow | None:
    siblings = wanted.siblings(row.parent_id)
    place = siblings.index(row) + step
    return siblings[place] if 0 <= place < len(siblings) else None


def _put(wanted: Edit) -> Done:
    return _place(wanted, wanted.row, parent_id=wanted.values["parent"], after_id=wanted.values["after"])


def _place(wanted: Edit, row: PlanRow, *, parent_id: int | None, after_id: int | None) -> Done:
    above = _neighbour(wanted, row, -1)
    operations.place_task(**wanted.key, parent_id=parent_id, after_id=after_id)
    undo = {"verb": "place", "task": row.id, "parent": row.parent_id, "after": above.id if above else None}
    return Done(undo=undo, task_id=row.id)


def _remove(wanted: Edit) -> Done:
    removal = operations.remove_tasks(
        actor=wanted.actor, now=clock.now(), plan_id=wanted.plan.pk, task_ids=[wanted.row.id]
    )
    says = _("“%(name)s” removed.") % {"name": removal.task_name}
    return Done(undo={"verb": "restore", "removal": removal.pk}, says=says)


def _restore(wanted: Edit) -> Done:
    operations.restore_removed(
        actor=wanted.actor, now=clock.now(), plan_id=wanted.plan.pk, removal_id=wanted.values["removal"] or 0
    )
    return Done(says=_("The removed tasks are back."))


_FIELDS: Final = {
    "name": _set_name,
    "duration": _set_duration,
    "start": _set_start,
    "finish": _set_finish,
    "predecessors": _set_predecessors,
    "people": _set_people,
    "percent": _set_percent,
}
_VERBS: Final = {
    "set": _set,
    "constrain": _constrain,
    "add": _add,
    "indent": _indent,
    "outdent": _outdent,
    "up": _up,
    "down": _down,
    "place": _put,
    "remove": _remove,
    "restore": _restore,
}
