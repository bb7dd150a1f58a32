"""One plan file looked at closely, and what can be done with it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.formats.types import Outcome
from kaname.kernel import clock
from kaname.kernel.jobs.queue import enqueue_on_commit
from kaname.kernel.rules.doors import door
from kaname.pso.schedule.jobs import read_import
from kaname.pso.schedule.models import PlanImport
from kaname.pso.schedule.operations import ImportOutOfStep, discard_import, note_job, read_again, undo_import
from kaname.pso.schedule.queries.imports import fetch_import, undoable
from kaname.pso.schedule.rules import OWN_IMPORT
from kaname.pso.schedule.web.import_rows import import_row
from kaname.pso.schedule.web.import_words import (
    OUTCOMES,
    ROLES,
    cause_words,
    place_words,
    plan_day,
    plan_moment,
    sentence,
    subject_words,
)
from kaname.ui.types import Crumb, Fact, Page, Tab

_ROWS = 100
_LISTED_LOSSES = 2000
_GRAVEST_FIRST = (Outcome.LOST, Outcome.CHANGED, Outcome.MAPPED)


def file_page(row: PlanImport, *, current: str) -> Page:
    """Return the frame of the pages of one file."""
    summary = row.summary
    tabs = [Tab(_("Content"), reverse("imports:preview", args=(row.pk,)), is_current=current == "preview")]
    if summary:
        tabs += [
            Tab(
                _("Dates"),
                reverse("imports:dates", args=(row.pk,)),
                is_current=current == "dates",
                count=summary.get("differing"),
            ),
            Tab(
                _("Loss report"),
                reverse("imports:loss", args=(row.pk,)),
                is_current=current == "loss",
                count=summary["counts"]["changed"] + summary["counts"]["lost"],
            ),
        ]
    if row.survey:
        tabs.append(Tab(_("Columns"), reverse("imports:columns", args=(row.pk,)), is_current=current == "columns"))
    crumbs = (
        Crumb(_("Plan files in"), reverse("imports:imports")),
        Crumb(_("Check the files"), reverse("imports:batch", args=(row.batch,))),
    )
    return Page(title=row.file_name, crumbs=crumbs, tabs=tuple(tabs))


@door(reads=OWN_IMPORT)
def preview(request: HttpRequest, import_id: int) -> HttpResponse:
    """Show what the file holds: kind, counts, first tasks, warnings, or why it was refused."""
    row = fetch_import(actor=request.user, import_id=import_id)
    line = import_row(row, undoable=undoable([row]))
    first = [
        {**task, "start": plan_day(task["start_at"]), "finish": plan_day(task["finish_at"])}
        for task in row.summary.get("first_tasks", ())
    ]
    context = {
        "line": line,
        "facts": _facts(line.kind, row.summary),
        "first_tasks": first,
        "more": max(row.summary.get("tasks", 0) + row.summary.get("summaries", 0) - len(first), 0),
        "warnings": [sentence(warning) for warning in row.summary.get("warnings", ())],
        "page": file_page(row, current="preview"),
    }
    return render(request, "schedule/imports/preview.html", context)


def _facts(kind: str, summary: dict[str, Any]) -> list[Fact]:
    if not summary:
        return []
    numbers = [
        (_("Tasks"), summary["tasks"]),
        (_("Work packages"), summary["summaries"]),
        (_("Dependencies"), summary["links"]),
        (_("Resources"), summary["resources"]),
        (_("Assignments"), summary["assignments"]),
        (_("Calendars"), summary["calendars"]),
    ]
    words = [
        (_("Plan"), summary["name"]),
        (_("Kind of file"), kind),
        (_("Made with"), summary["product"]),
        (_("Character encoding"), summary["encoding"]),
        (_("Baselines"), ", ".join(map(str, summary["baselines"]))),
        (_("Start"), plan_moment(summary.get("start_at"))),
        (_("Finish"), plan_moment(summary.get("finish_at"))),
    ]
    return [Fact(label, value) for label, value in words if value] + [
        Fact(label, f"{value:,}") for label, value in numbers
    ]


@door(reads=OWN_IMPORT)
def dates(request: HttpRequest, import_id: int) -> HttpResponse:
    """Compare the dates that we calculate with those that the file stores, with the reason of each difference."""
    row = fetch_import(actor=request.user, import_id=import_id)
    summary = row.summary
    shown = [
        {
            **item,
            "stored": [plan_moment(minute) for minute in item["stored"]],
            "computed": [plan_moment(minute) for minute in item["computed"]],
            "reason": cause_words(item["cause"], item["by"]),
        }
        for item in summary.get("differences", ())
    ]
    differing = summary.get("differing", 0)
    context = {
        "row": row,
        "summary": summary,
        "agreeing": summary.get("compared", 0) - differing,
        "differing": differing,
        "following": differing - summary.get("beginning", 0),
        "differences": shown,
        "problems": [sentence(problem) for problem in summary.get("problem", ())],
        "page": file_page(row, current="dates"),
    }
    return render(request, "schedule/imports/dates.html", context)


@door(reads=OWN_IMPORT)
def loss(request: HttpRequest, import_id: int) -> HttpResponse:
    """Show what became of every object of the file."""
    row = fetch_import(actor=request.user, import_id=import_id)
    outcome = request.GET.get("outcome", "")
    subject = request.GET.get("subject", "")
    words = request.GET.get("q", "").strip()[:100].casefold()
    ordered = sorted(row.loss, key=lambda item: _GRAVEST_FIRST.index(item["outcome"]))
    entries = [_entry(item) for item in ordered if _fits(item, outcome, subject)]
    if words:
        entries = [entry for entry in entries if words in entry["haystack"]]
    counts = row.summary.get("counts", {})
    context = {
        "row": row,
        "rows": Paginator(entries, _ROWS).get_page(request.GET.get("page", "1")),
        "outcomes": [(code, label, counts.get(code, 0)) for code, label in OUTCOMES.items()],
        "subjects": [(subject, subject_words(subject)) for subject in sorted({item["subject"] for item in row.loss})],
        "chosen": {"outcome": outcome, "subject": subject},
        "unlisted": max(row.summary.get("entries", 0) - _LISTED_LOSSES, 0),
        "page": file_page(row, current="loss"),
    }
    return render(request, "schedule/imports/loss.html", context)


def _fits(item: dict[str, Any], outcome: str, subject: str) -> bool:
    return outcome in {"", item["outcome"]} and subject in {"", item["subject"]}


def _entry(item: dict[str, Any]) -> dict[str, Any]:
    reason = sentence(item["message"])
    place, subject = place_words(item["place"]), subject_words(item["subject"])
    is_role = item["outcome"] == Outcome.MAPPED and item["label"] in ROLES
    label = str(ROLES[item["label"]]) if is_role else item["label"]
    return {
        **item,
        "subject": subject,
        "label": label,
        "outcome_label": OUTCOMES[item["outcome"]],
        "place": place,
        "reason": reason,
        "haystack": f"{subject} {label} {place} {reason}".casefold(),
    }


@door(writes=OWN_IMPORT)
def again(request: HttpRequest, import_id: int) -> HttpResponse:
    """Read a file once more."""
    row = fetch_import(actor=request.user, import_id=import_id)
    try:
        read_again(actor=request.user, import_id=import_id)
    except ImportOutOfStep:
        messages.error(request, _("This file was taken in or put aside meanwhile."))
    else:
        job_id = enqueue_on_commit(read_import, import_id=import_id)
        note_job(actor=request.user, import_id=import_id, job_id=job_id)
    return redirect("imports:batch", batch=row.batch)


@door(writes=OWN_IMPORT)
def undo(request: HttpRequest, import_id: int) -> HttpResponse:
    """Put the plan back as it was before the import."""
    row = fetch_import(actor=request.user, import_id=import_id)
    try:
        undo_import(actor=request.user, now=clock.now(), import_id=import_id)
    except ImportOutOfStep:
        messages.error(request, _("The plan was changed since; it cannot be put back as a whole any more."))
    else:
        messages.success(request, _("The plan is as it was before %(file)s.") % {"file": row.file_name})
    return redirect("imports:result", batch=row.batch)


@door(writes=OWN_IMPORT)
def discard(request: HttpRequest, import_id: int) -> HttpResponse:
    """Put a file aside."""
    row = fetch_import(actor=request.user, import_id=import_id)
    try:
        discard_import(actor=request.user, now=clock.now(), import_id=import_id)
    except ImportOutOfStep:
        messages.error(request, _("This file was taken in or put aside meanwhile."))
    else:
        messages.success(request, _("%(file)s is put aside.") % {"file": row.file_name})
    return redirect("imports:batch", batch=row.batch)
