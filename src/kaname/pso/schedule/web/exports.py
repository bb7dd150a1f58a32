"""Plans out: one address for every kind of file, with a word before something would be lost."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kaname.ground.projects.web.frame import project_page
from kaname.kernel import clock
from kaname.kernel.rules.doors import door
from kaname.kernel.rules.types import Missing
from kaname.kernel.text import translate
from kaname.pso.schedule.exchange import ExportKind, PlanFile, write_plan_file
from kaname.pso.schedule.models import Plan
from kaname.pso.schedule.queries import find_plan
from kaname.pso.schedule.rules import VIEW
from kaname.pso.schedule.web.import_words import subject_words
from kaname.ui.answers import handing_out

_LANGUAGES = ("ja", "en")
_LISTED = 200


@door(reads=VIEW)
def export(request: HttpRequest, project: int, kind: str) -> HttpResponse:
    """Hand the plan out as a file; first tell what the kind of file cannot hold, unless `anyway` is asked for."""
    plan = find_plan(actor=request.user, project_id=project)
    if plan is None or kind not in set(ExportKind):
        raise Missing
    asked = request.GET.get("language", "")
    language = asked if asked in _LANGUAGES else "ja" if get_language() == "ja" else "en"
    file = write_plan_file(plan, kind=ExportKind(kind), language=language, today=clock.today())
    if (file.unwritten or file.loss.entries) and "anyway" not in request.GET:
        return _tell_loss(request, plan, file, kind=kind, language=language)
    name = f"{plan.project.code}_{plan.project.name}_{clock.today():%Y%m%d}.{file.extension}"
    return handing_out(file.content, name=name, media_type=file.media_type)


def _tell_loss(request: HttpRequest, plan: Plan, file: PlanFile, *, kind: str, language: str) -> HttpResponse:
    entries = [
        {
            "subject": subject_words(entry.subject),
            "label": entry.label,
            "reason": translate(entry.message) if entry.message else "",
        }
        for entry in file.loss.entries[:_LISTED]
    ]
    context = {
        "project": plan.project,
        "kind": kind,
        "language": language,
        "characters": " ".join(file.unwritten[:_LISTED]),
        "entries": entries,
        "unlisted": max(len(file.loss.entries) - _LISTED, 0),
        "page": project_page(request, plan.project, current="schedule", title=_("Before you export")),
    }
    return render(request, "schedule/exports/loss.html", context)
