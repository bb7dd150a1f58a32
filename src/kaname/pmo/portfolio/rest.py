"""The portfolio in the API: one line a project, and one's own saved views."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import gettext_lazy as _

from kaname.engine.text import Message
from kaname.ground.projects.types import Health, ProjectState
from kaname.kernel.rules.decisions import fetch, visible
from kaname.kernel.rules.doors import Door
from kaname.kernel.rules.rest.bodies import Code, Day, Id, Instant, Listing, Number, Strict, Text, Version, Wall
from kaname.kernel.rules.rest.filters import IdFilter, StrictFilterSet
from kaname.kernel.rules.rest.views import Act, ListView, RecordView
from kaname.kernel.text import translate
from kaname.pmo.portfolio import operations
from kaname.pmo.portfolio.models import Line, SavedView
from kaname.pmo.portfolio.rules import OWN_VIEWS, VIEW

_LEAST = -(2**63)


class LineBody(Strict):
    """A project as the portfolio shows it; `reason` says in one phrase why to look there."""

    project = Id(source="project_id")
    code = Text(most=20, source="project.code")
    name = Text(most=120, source="project.name")
    state = Code(choices=ProjectState.choices, source="project.state")
    computed = Code(choices=Health.choices)
    computed_at = Instant(allow_null=True)
    reported = Code(choices=Health.choices)
    reported_on = Day(allow_null=True)
    reported_by = Text(most=100, allow_blank=True)
    reported_reason = Text(most=1000, allow_blank=True)
    pm_name = Text(most=100, allow_blank=True)
    start_at = Wall(allow_null=True)
    finish_at = Wall(allow_null=True)
    baseline_finish_at = Wall(allow_null=True)
    forecast_finish_at = Wall(allow_null=True)
    delay_days_tenths = Number(least=_LEAST, allow_null=True)
    done_permille = Number(least=_LEAST, allow_null=True)
    planned_permille = Number(least=_LEAST, allow_null=True)
    spi_t_permille = Number(least=_LEAST, allow_null=True)
    cpi_permille = Number(least=_LEAST, allow_null=True)
    trend = Listing(child=Number(least=_LEAST, allow_null=True), most=60)
    last_report_at = Instant(allow_null=True)
    tasks = Number()
    overdue_tasks = Number()
    score = Number(least=_LEAST)
    reason = Text(most=1000, allow_blank=True)
    updated_at = Instant()

    def to_representation(self, instance: Line) -> Any:
        """Show the reason in the reader's language."""
        shown = super().to_representation(instance)
        stored = instance.reason
        shown["reason"] = translate(Message(stored["template"], stored["params"])) if stored else ""
        return shown


class LineFilters(StrictFilterSet):
    """Which lines."""

    computed = django_filters.ChoiceFilter(label=_("Computed health."), choices=Health.choices)
    reported = django_filters.ChoiceFilter(label=_("Reported status."), choices=Health.choices)
    state = django_filters.ChoiceFilter(label=_("State."), choices=ProjectState.choices, field_name="project__state")
    group = IdFilter(label=_("Number of the portfolio or programme, those below included."), method="belonging")
    department = IdFilter(label=_("Number of the department, those below included."), method="within")

    def belonging(self, lines: QuerySet[Line], name: str, value: int) -> QuerySet[Line]:
        """Keep the projects of a group and of those below it."""
        return lines.filter(project__group__path__contains=f"/{value}/")

    def within(self, lines: QuerySet[Line], name: str, value: int) -> QuerySet[Line]:
        """Keep the projects of a department and of those below it."""
        return lines.filter(project__department__path__contains=f"/{value}/")


class Lines(ListView):
    """The portfolio."""

    door = Door(reads=VIEW, writes=None)
    says = {"GET": _("List the projects in use, where to look first on top.")}
    serializer_class = LineBody
    filterset_class = LineFilters

    def find(self) -> QuerySet[Line]:
        """Return the lines."""
        lines = visible(self.actor, VIEW, Line.objects.filter(project__archived_at=None))
        return lines.select_related("project").order_by("-score", "project__code")


class ViewBody(Strict):
    """A saved view; `query` is the query string of the page."""

    id = Id()
    version = Version()
    name = Text(most=60)
    query = Text(most=1000, allow_blank=True)


class ViewInput(Strict):
    """A view to be saved; one of the same name is replaced."""

    name = Text(most=60)
    query = Text(most=1000, allow_blank=True, default="")


class Views(ListView):
    """One's own saved views."""

    door = Door(reads=OWN_VIEWS, writes=OWN_VIEWS)
    says = {"GET": _("List one's own saved views."), "POST": _("Save a view under a name.")}
    serializer_class = ViewBody
    input_class = ViewInput
    creates = Act(operations.save_view)

    def find(self) -> QuerySet[SavedView]:
        """Return the views."""
        return visible(self.actor, OWN_VIEWS, SavedView.objects.all()).order_by("name")


class OneView(RecordView):
    """One of one's own saved views."""

    door = Door(reads=OWN_VIEWS, writes=OWN_VIEWS)
    says = {"GET": _("Return a saved view."), "DELETE": _("Forget a saved view.")}
    serializer_class = ViewBody
    removes = Act(operations.remove_view, view_id="view")
    needs_version = False

    def find(self) -> SavedView:
        """Return the view."""
        return fetch(self.actor, OWN_VIEWS, SavedView.objects.all(), pk=self.kwargs["view"])


urlpatterns = [
    path("portfolio/lines/", Lines.as_view(), name="api_portfolio_lines"),
    path("portfolio/views/", Views.as_view(), name="api_portfolio_views"),
    path("portfolio/views/<int:view>/", OneView.as_view(), name="api_portfolio_view"),
]
