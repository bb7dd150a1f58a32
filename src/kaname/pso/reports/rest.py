"""Computed health in the API: assessments day by day, and the rules that they were judged by."""

from dataclasses import fields
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from kaname.engine.text import Message
from kaname.ground.projects.models import Project
from kaname.ground.projects.queries import fetch_project
from kaname.ground.projects.types import Health
from kaname.kernel import clock
from kaname.kernel.rules.decisions import fetch, visible
from kaname.kernel.rules.doors import Door
from kaname.kernel.rules.rest.bodies import Code, Day, Facts, Id, Instant, Number, Strict, Text, Wall
from kaname.kernel.rules.rest.views import ListView, VerbView
from kaname.kernel.rules.types import Missing
from kaname.kernel.text import translate
from kaname.pso.reports.models import Assessment, HealthRules
from kaname.pso.reports.operations import adopt_health_rules, assess
from kaname.pso.reports.rules import ASSESS, GOVERN, VIEW, VIEW_OF_PROJECT, VIEW_RULES
from kaname.pso.reports.types import IndicatorCode, Limits

_LARGEST_LIMIT: Final = 100_000
_LEAST: Final = -(2**63)


class OffenceBody(Strict):
    """A task behind a colour, and why."""

    task = Id()
    name = Text(most=400)
    why = Text(most=1000)


class IndicatorBody(Strict):
    """One input of health with its own colour, its sentence, its figures and the limits that they met."""

    code = Code(choices=IndicatorCode.choices)
    health = Code(choices=Health.choices)
    says = Text(most=1000)
    values = Facts()
    limits = Facts()
    offences = OffenceBody.listed(most=1000)
    offence_count = Number()


class AssessmentBody(Strict):
    """How a project was on a day, computed."""

    id = Id()
    project = Id(source="project_id")
    rules = Number(source="rules.number")
    on = Day()
    assessed_at = Instant()
    health = Code(choices=Health.choices)
    start_at = Wall(allow_null=True)
    finish_at = Wall(allow_null=True)
    baseline_finish_at = Wall(allow_null=True)
    forecast_finish_at = Wall(allow_null=True)
    delay_days_tenths = Number(least=_LEAST, allow_null=True)
    done_permille = Number(least=_LEAST, allow_null=True)
    planned_permille = Number(least=_LEAST, allow_null=True)
    spi_t_permille = Number(least=_LEAST, allow_null=True)
    cpi_permille = Number(least=_LEAST, allow_null=True)
    tasks = Number()
    overdue_tasks = Number()
    last_report_at = Instant(allow_null=True)


class AssessmentWithIndicators(AssessmentBody):
    """An assessment with everything that it was made from."""

    indicators = IndicatorBody.listed(most=20)

    def to_representation(self, instance: Assessment) -> Any:
        """Show the stored indicators in the reader's language."""
        shown = AssessmentBody(instance, context=self.context).data
        return {**shown, "indicators": [_indicator(item) for item in instance.indicators]}


def _said(stored: dict[str, Any]) -> str:
    return translate(Message(stored["template"], stored["params"]))


def _indicator(item: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": item["code"],
        "health": item["health"],
        "says": _said(item["sentence"]),
        "values": item["values"],
        "limits": item["limits"],
        "offences": [{"task": task, "name": name, "why": _said(why)} for task, name, why in item["offences"]],
        "offence_count": item["offence_count"],
    }


class Assessments(ListView):
    """The assessments of a project."""

    door = Door(reads=VIEW, writes=None)
    says = {"GET": _("List the computed health of a project day by day, newest first.")}
    serializer_class = AssessmentBody

    def find(self) -> QuerySet[Assessment]:
        """Return the assessments."""
        project = fetch(self.actor, VIEW_OF_PROJECT, _projects(), pk=self.kwargs["project"])
        return (
            visible(self.actor, VIEW, Assessment.objects.filter(project=project))
            .select_related("rules")
            .order_by("-on")
        )


class OneAssessment(VerbView):
    """The computed health of a day."""

    door = Door(reads=VIEW, writes=None)
    says = {"GET": _("Return the computed health of a day with every indicator and its offenders.")}
    serializer_class = AssessmentWithIndicators
    http_method_names = ["get", "head"]

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return it."""
        project = fetch(self.actor, VIEW_OF_PROJECT, _projects(), pk=self.kwargs["project"])
        kept = Assessment.objects.filter(project=project).select_related("project", "rules")
        return Response(self.get_serializer(fetch(self.actor, VIEW, kept, pk=self.kwargs["assessment"])).data)


class AssessNow(VerbView):
    """Compute a project's health anew."""

    door = Door(reads=None, writes=ASSESS)
    says = {"POST": _("Compute a project's health anew.")}
    serializer_class = AssessmentWithIndicators

    def perform(self, **values: Any) -> Assessment:
        """Compute it; without a plan there is nothing to compute."""
        project = fetch_project(actor=self.actor, project_id=self.kwargs["project"])
        made = assess(actor=self.actor, now=clock.now(), project=project)
        if made is None:
            raise Missing
        return made


class RulesBody(Strict):
    """A version of the rules; limits that are not named have their default."""

    id = Id()
    number = Number()
    limits = Facts()
    note = Text(most=500, allow_blank=True)
    adopted_at = Instant()
    author = Id(source="author_id", allow_null=True)


LimitsInput: Final = type(
    "LimitsInput",
    (Strict,),
    {
        "__doc__": "Limits of the next version; what is left out keeps its default.",
        "__module__": __name__,
        **{field.name: Number(most=_LARGEST_LIMIT, required=False) for field in fields(Limits)},
    },
)


class RulesInput(Strict):
    """The next version of the rules; `after` is the number of the version that it follows."""

    after = Number(least=1, most=2_147_483_647)
    limits = LimitsInput()
    note = Text(most=500)


class Rules(ListView):
    """The rules of computed health."""

    door = Door(reads=VIEW_RULES, writes=GOVERN)
    says = {
        "GET": _("List the versions of the rules of computed health, newest first."),
        "POST": _("Put new limits in force as the next version."),
    }
    serializer_class = RulesBody
    input_class = RulesInput

    def find(self) -> QuerySet[HealthRules]:
        """Return the versions."""
        return visible(self.actor, VIEW_RULES, HealthRules.objects.all()).order_by("-number")

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Adopt a version."""
        values = self.read_body(RulesInput)
        made = adopt_health_rules(
            actor=self.actor,
            now=clock.now(),
            after_number=values["after"],
            values=values["limits"],
            note=values["note"],
        )
        return self.created(made)


def _projects() -> QuerySet[Project]:
    return Project.objects.select_related("department")


urlpatterns = [
    path("projects/<int:project>/assessments/", Assessments.as_view(), name="api_assessments"),
    path("projects/<int:project>/assessments/now/", AssessNow.as_view(), name="api_assess_now"),
    path("projects/<int:project>/assessments/<int:assessment>/", OneAssessment.as_view(), name="api_assessment"),
    path("health-rules/", Rules.as_view(), name="api_health_rules"),
]
