"""Believable contents for the page of all components; nothing here comes from a database."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django import forms
from django.core.paginator import Page as PageOfRows
from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from kaname.ui.components.charts import TimeAxis
from kaname.ui.components.dates import day
from kaname.ui.components.numbers import thousand_yen
from kaname.ui.forms import DayInput, FilesField, LookupInput
from kaname.ui.stale import Conflict, Differing
from kaname.ui.types import (
    Change,
    Chip,
    Crumb,
    Day,
    Entry,
    Fact,
    Figure,
    Forecast,
    Health,
    Page,
    Progress,
    Step,
    Tab,
    Text,
    Why,
    WhyInput,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """One row of the sample table."""

    pk: int
    name: Text
    manager: str
    reported: Health
    computed: Health
    forecast: Forecast
    spi: tuple[float | None, ...]
    progress_permille: int | None
    planned_permille: int
    effort_minutes: int
    cost_yen: int
    updated_at: datetime | None
    reason: Text

    @property
    def is_bad(self) -> bool:
        """Whether the row's course ends badly."""
        return self.computed is Health.DANGER


class ProjectForm(forms.Form):
    """A form with every kind of field."""

    conflict: Conflict

    name = forms.CharField(label="", max_length=60)
    kind = forms.ChoiceField(label="")
    starts_on = forms.DateField(label="", widget=DayInput)
    effort = forms.DecimalField(label="", min_value=0, max_digits=6, decimal_places=1, required=False)
    manager = forms.CharField(label="")
    aims = forms.CharField(label="", widget=forms.Textarea, required=False)
    weight = forms.ChoiceField(label="", widget=forms.RadioSelect, required=False)
    tells = forms.BooleanField(label="", required=False)
    plans = FilesField(label="", required=False)

    def __init__(self, *args: object, prefix: str) -> None:
        super().__init__(*args, prefix=prefix)  # type: ignore[arg-type]
        labels = {
            "name": _("Project name"),
            "kind": _("Project class"),
            "starts_on": _("Start"),
            "effort": _("Effort (person-days)"),
            "manager": _("Project manager"),
            "aims": _("Aims"),
            "weight": _("Importance"),
            "tells": _("Tell the members by mail"),
            "plans": _("Plans"),
        }
        for key, label in labels.items():
            self.fields[key].label = label
        self.fields["name"].help_text = _("As it stands on the order; members see it everywhere.")
        self.fields["kind"].choices = [("", _("Choose")), ("new", _("New development")), ("keep", _("Maintenance"))]
        self.fields["weight"].choices = [("a", _("Strategic")), ("b", _("Normal"))]
        self.fields["manager"].widget = LookupInput(reverse("ui:sample_options"), _("Taro Yamada"))
        self.fields["plans"].widget.attrs["accept"] = ".xml,.xer,.xlsx,.csv"


def sample_late_form(today: date) -> ProjectForm:
    """Return a form that came after somebody else's."""
    form = ProjectForm({"late-name": _("Order management renewal"), "late-starts_on": today.isoformat()}, prefix="late")
    form.conflict = Conflict(
        (
            Differing(
                label=form["name"].label,
                mine=_("Order management renewal"),
                theirs=_("Data migration rehearsal"),
                field_id=form["name"].id_for_label,
                value=_("Data migration rehearsal"),
            ),
        )
    )
    return form


def sample_page() -> Page:
    """Return the frame of the page."""
    return Page(
        title=_("Components"),
        note=_("Everything that pages are made of, in every state. Switch the language and the brightness above."),
        crumbs=(
            Crumb(_("Company"), reverse("ui:components")),
            Crumb(_("Order management renewal"), reverse("ui:components"), reverse("ui:sample_neighbours")),
        ),
    )


def sample_why(today: date) -> Why:
    """Return an explanation."""
    return Why(
        says=_(
            "Danger, because the forecast finish lies 18 working days after the baseline and the float of the "
            "critical path has been used up in the last four weeks."
        ),
        inputs=(
            WhyInput(_("Baseline finish"), day(today + timedelta(days=44)), "#grid"),
            WhyInput(_("Forecast finish (P50)"), day(today + timedelta(days=70)), "#grid"),
            WhyInput("SPI(t)", "0.82", "#grid"),
            WhyInput(_("Tasks without a report for 14 days"), "7", "#grid"),
        ),
        rule=_("Health of schedule"),
        version="3",
        as_of=timezone.now().replace(hour=1, minute=30),
        changed_by=_("nightly recalculation"),
        changed_at=timezone.now().replace(hour=1, minute=30),
    )


def sample_rows(today: date) -> list[ProjectRow]:
    """Return rows for the table and for the whiskers."""

    def around(start: int, base: int, p50: int | None, p80: int | None) -> Forecast:
        on = [None if days is None else today + timedelta(days=days) for days in (start, base, p50, p80)]
        return Forecast(started_on=on[0], baseline_on=on[1], p50_on=on[2], p80_on=on[3])

    well, attention, danger, unknown = Health
    return [
        ProjectRow(
            pk=1, name=_("Order management renewal"), manager=_("Taro Yamada"), reported=well, computed=danger,
            forecast=around(-120, 44, 70, 98), spi=(1.0, 0.98, 0.97, 0.93, 0.9, 0.86, 0.82), progress_permille=540,
            planned_permille=680, effort_minutes=412_800, cost_yen=184_500_000, updated_at=timezone.now(),
            reason=_("P50 is 18 working days after the baseline; 7 tasks without a report"),
        ),
        ProjectRow(
            pk=2, name=_("Move of the customer portal to the cloud"), manager=_("Hanako Sato"), reported=attention,
            computed=attention, forecast=around(-60, 90, 96, 120), spi=(1.0, 1.01, 0.99, 0.96, 0.97, 0.95, 0.96),
            progress_permille=325, planned_permille=350, effort_minutes=228_000, cost_yen=96_200_000,
            updated_at=timezone.now() - timedelta(days=1), reason=_("Float of the critical path fell from 9 to 2 days"),
        ),
        ProjectRow(
            pk=3, name=_("New handheld terminals for the warehouse"), manager=_("Ken Suzuki"), reported=well, computed=well,
            forecast=around(-200, 21, 19, 24), spi=(0.95, 0.97, 1.0, 1.0, 1.02, 1.02, 1.03), progress_permille=905,
            planned_permille=890, effort_minutes=96_000, cost_yen=41_800_000, updated_at=timezone.now() - timedelta(days=3),
            reason=_("On the plan"),
        ),
        ProjectRow(
            pk=4, name=_("Interfaces of the group accounting"), manager=_("Misaki Ito"), reported=well, computed=unknown,
            forecast=around(-30, 150, None, None), spi=(None, None), progress_permille=None, planned_permille=120,
            effort_minutes=54_240, cost_yen=22_000_000, updated_at=None, reason=_("No progress has been reported yet"),
        ),
    ]  # fmt: skip


def sample_axis(rows: list[ProjectRow], today: date) -> TimeAxis:
    """Return the axis that the rows share."""
    days = [
        on
        for row in rows
        for on in (row.forecast.started_on, row.forecast.baseline_on, row.forecast.p50_on, row.forecast.p80_on)
    ]
    return TimeAxis.over(days, today, "sample")


def sample_figures(today: date) -> tuple[Figure, ...]:
    """Return the five figures of a project's face."""
    why = sample_why(today)
    return (
        Figure(
            label=_("Forecast finish (P50)"), value=day(today + timedelta(days=70)),
            note=_("18 working days after the baseline"), is_bad=True, why=why,
        ),
        Figure(label="SPI(t)", value="0.82", note=_("0.86 a week ago"), why=why),
        Figure(label="CPI", value="0.97", note=_("0.97 a week ago"), why=why),
        Figure(label=_("Remaining work"), value="394", unit=_("person-days"), note=_("of 860"), why=why),
        Figure(label=_("Overdue tasks"), value="7", note=_("3 of them critical"), is_bad=True, why=why),
    )  # fmt: skip


def sample_facts(today: date) -> tuple[Fact, ...]:
    """Return facts of a record."""
    return (
        Fact(_("Project manager"), _("Taro Yamada")),
        Fact(_("Phase"), _("Integration test")),
        Fact(_("Baseline finish"), day(today + timedelta(days=44))),
        Fact(_("Budget"), thousand_yen(184_500_000)),
        Fact(_("Came from"), format_html('<a href="{}">{}</a>', "#facts", _("Risk R-12"))),
    )


def sample_history() -> tuple[Entry, ...]:
    """Return what happened, newest first."""
    now = timezone.now()
    return (
        Entry(
            at=now - timedelta(minutes=12), who=_("Taro Yamada"), says=_("reported progress of “Data migration rehearsal”"),
            changes=(
                Change(label=_("Progress"), before="40%", after="55%"),
                Change(label=_("Remaining work"), before="6", after="8.5"),
            ),
        ),
        Entry(
            at=now - timedelta(minutes=12), who=_("Schedule"), icon="refresh", url="#history",
            says=_("moved 4 tasks by up to 3 days: a predecessor reported more remaining work"),
        ),
        Entry(at=now - timedelta(days=6), who=_("Hanako Sato"), says=_("approved baseline 2")),
    )  # fmt: skip


def sample_tabs() -> tuple[Tab, ...]:
    """Return saved views."""
    return (
        Tab(_("All"), "?", True, 24),
        Tab(_("Reported well, computed danger"), "?view=melon#grid", False, 3),
        Tab(_("My department"), "?view=mine#grid", False, 6),
        Tab(_("Closed"), "?view=closed#grid", False, 8),
    )


def sample_chips() -> tuple[Chip, ...]:
    """Return filters that are on."""
    return (
        Chip(_("Phase"), _("Integration test"), "?#filters"),
        Chip(_("Project manager"), _("Taro Yamada"), "?#filters"),
    )


def sample_steps() -> tuple[Step, ...]:
    """Return the steps of a wizard."""
    return (
        Step("files", _("Choose files")),
        Step("check", _("Look at the loss report")),
        Step("match", _("Match people and calendars")),
        Step("take", _("Take over")),
    )


def sample_jobs() -> tuple[Progress, ...]:
    """Return jobs in three states."""
    return (
        Progress(
            label=_("Import of 3 plans"), share_permille=420, seconds_left=95, note=_("2,104 of 5,000 tasks"),
            poll_url="", cancel_url=reverse("ui:sample_cell"),
        ),
        Progress(label=_("Recalculation"), note=_("waiting for its turn")),
        Progress(label=_("Export"), share_permille=1000, note=_("done")),
    )  # fmt: skip


def sample_pages() -> PageOfRows:
    """Return the fourth of many pages."""
    return Paginator(range(1_834), 50).page(4)


def sample_weeks(today: date) -> list[list[Day]]:
    """Return the month of a day in weeks from Monday."""
    first = today.replace(day=1)
    monday = first - timedelta(days=first.weekday())
    return [
        [
            Day(
                on=(on := monday + timedelta(days=7 * week + number)),
                is_outside=on.month != today.month,
                is_off=number >= 5,
                is_today=on == today,
                note=_("Gate review") if on == today + timedelta(days=2) else "",
            )
            for number in range(7)
        ]
        for week in range(5)
    ]
