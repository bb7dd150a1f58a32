"""The rules by which health is computed: their versions, and the next one."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaname.kernel import clock
from kaname.kernel.rules.decisions import decide
from kaname.kernel.rules.doors import door
from kaname.pso.reports.bridge import limits
from kaname.pso.reports.models import HealthRules
from kaname.pso.reports.operations import RulesMoved, adopt_health_rules, rules_in_force
from kaname.pso.reports.queries import JudgedBy, list_rules
from kaname.pso.reports.rules import GOVERN, VIEW_RULES
from kaname.pso.reports.types import IndicatorCode, Limits
from kaname.ui.components.numbers import figure_words
from kaname.ui.types import Change, Crumb, Page, Text

_LABELS: Final[dict[str, Text]] = {
    "delay_attention_days": gettext_lazy("Delay: attention above (working days)"),
    "delay_danger_days": gettext_lazy("Delay: danger above (working days)"),
    "delay_attention_permille": gettext_lazy("Delay: attention above (part of the planned duration, %)"),
    "delay_danger_permille": gettext_lazy("Delay: danger above (part of the planned duration, %)"),
    "buffer_attention_permille": gettext_lazy("Buffer use ahead of the work: attention above (%)"),
    "buffer_danger_permille": gettext_lazy("Buffer use ahead of the work: danger above (%)"),
    "float_used_permille": gettext_lazy("A task counts as eroded above (part of its float used, %)"),
    "float_attention_permille": gettext_lazy("Eroded tasks: attention above (%)"),
    "float_danger_permille": gettext_lazy("Eroded tasks: danger above (%)"),
    "spi_t_attention_permille": gettext_lazy("SPI(t): attention below"),
    "spi_t_danger_permille": gettext_lazy("SPI(t): danger below"),
    "cpi_attention_permille": gettext_lazy("CPI: attention below"),
    "cpi_danger_permille": gettext_lazy("CPI: danger below"),
    "earned_from_permille": gettext_lazy("Pace is judged once so much was planned to be done (%)"),
    "quality_attention_points": gettext_lazy("Failed points of the clinic: attention above"),
    "overdue_attention_permille": gettext_lazy("Due tasks without a report: attention above (%)"),
    "overdue_danger_permille": gettext_lazy("Due tasks without a report: danger above (%)"),
    "overdue_grace_days": gettext_lazy("A task is due after so many working days"),
    "fresh_attention_days": gettext_lazy("Newest report: attention when older than (working days)"),
    "stale_days": gettext_lazy("Newest report: unknown when older than (working days)"),
}
_GROUPS: Final = {
    IndicatorCode.FORECAST: ("delay_",),
    IndicatorCode.BUFFER: ("buffer_",),
    IndicatorCode.FLOAT: ("float_",),
    IndicatorCode.EARNED: ("spi_t_", "cpi_", "earned_"),
    IndicatorCode.OVERDUE: ("overdue_",),
    IndicatorCode.QUALITY: ("quality_",),
    IndicatorCode.FRESHNESS: ("fresh_", "stale_"),
}


_LARGEST: Final = 100_000


class LimitField(forms.DecimalField):
    """A limit as people write it: days whole, shares in percent, indices such as 0.95; its value is the kept whole number."""

    def __init__(self, *, name: str) -> None:
        self.scale = _scale(name)
        super().__init__(
            label=_LABELS[name],
            min_value=0,
            max_value=Decimal(_LARGEST) / self.scale,
            decimal_places=_places(self.scale),
        )

    def clean(self, value: Any) -> int:
        """Return the kept whole number."""
        return int(super().clean(value) * self.scale)

    def prepare_value(self, value: Any) -> Any:
        """Return a kept number as people write it, and what was typed as it was typed."""
        return f"{Decimal(value) / self.scale:f}" if isinstance(value, int) else value


class LimitsForm(forms.Form):
    """All limits, the reason of the change, and the version that was looked at."""

    after_number = forms.IntegerField(min_value=1, max_value=2_147_483_647, widget=forms.HiddenInput)
    note = forms.CharField(label=gettext_lazy("Reason of the change"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in fields(Limits):
            self.fields[one.name] = LimitField(name=one.name)

    @property
    def groups(self) -> Iterator[tuple[Text, list[forms.BoundField]]]:
        """The fields by indicator."""
        for code, starts in _GROUPS.items():
            yield code.label, [self[one.name] for one in fields(Limits) if one.name.startswith(starts)]

    def values(self) -> dict[str, int]:
        """The limits as sent."""
        return {one.name: self.cleaned_data[one.name] for one in fields(Limits)}


@dataclass(frozen=True, slots=True)
class Version:
    """A version with what it changed against the one before."""

    judged: JudgedBy
    changes: tuple[Change, ...]


@door(reads=VIEW_RULES)
def rules(request: HttpRequest) -> HttpResponse:
    """Show the rules in force, their versions, and what each version judged."""
    found = list_rules(actor=request.user)
    in_force = limits(found[0].rules.limits) if found else Limits()
    context = {
        "groups": _shown(in_force),
        "versions": _versions(found),
        "may_govern": bool(decide(request.user, GOVERN)),
        "page": Page(
            title=_("Health rules"),
            note=_(
                "By these limits the health of every project is computed. A change makes a new version; old ones stay."
            ),
        ),
    }
    return render(request, "reports/rules.html", context)


@door(reads=GOVERN, writes=GOVERN)
def adopt(request: HttpRequest) -> HttpResponse:
    """Put new limits in force."""
    now = rules_in_force(now=clock.now())
    form = LimitsForm(request.POST or None, initial=_initial(now))
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            adopted = adopt_health_rules(
                actor=request.user,
                now=clock.now(),
                after_number=form.cleaned_data["after_number"],
                values=form.values(),
                note=form.cleaned_data["note"],
            )
        except RulesMoved:
            status = 409
            _tell_moved(form, now)
        else:
            messages.success(
                request,
                _("Version %(number)s is in force; all running projects are computed anew.")
                % {"number": adopted.number},
            )
            return redirect("health_rules:rules")
    page = Page(title=_("Change the health rules"), crumbs=(Crumb(_("Health rules"), reverse("health_rules:rules")),))
    return render(request, "reports/adopt.html", {"form": form, "page": page, "now": now}, status=status)


def _initial(now: HealthRules) -> dict[str, object]:
    kept = limits(now.limits)
    return {"after_number": now.number} | {one.name: getattr(kept, one.name) for one in fields(Limits)}


def _tell_moved(form: LimitsForm, now: HealthRules) -> None:
    kept = limits(now.limits)
    for one in fields(Limits):
        if form.cleaned_data[one.name] != getattr(kept, one.name):
            form.add_error(one.name, _("in force now: %(value)s") % {"value": _words(kept, one.name)})
    form.data = form.data.copy()
    form.data["after_number"] = str(now.number)
    form.add_error(
        None,
        _("Version %(number)s was put in force meanwhile. Yours is still here; send again to follow it.")
        % {"number": now.number},
    )


def _shown(in_force: Limits) -> list[tuple[Text, list[tuple[Text, str]]]]:
    return [
        (
            code.label,
            [(_LABELS[one.name], _words(in_force, one.name)) for one in fields(Limits) if one.name.startswith(starts)],
        )
        for code, starts in _GROUPS.items()
    ]


def _versions(found: list[JudgedBy]) -> list[Version]:
    versions = []
    for place, judged in enumerate(found):
        before = limits(found[place + 1].rules.limits) if place + 1 < len(found) else None
        versions.append(Version(judged, _changes(before, limits(judged.rules.limits)) if before else ()))
    return versions


def _changes(before: Limits, after: Limits) -> tuple[Change, ...]:
    return tuple(
        Change(label=_LABELS[one.name], before=_words(before, one.name), after=_words(after, one.name))
        for one in fields(Limits)
        if getattr(before, one.name) != getattr(after, one.name)
    )


def _words(kept: Limits, name: str) -> str:
    scale = _scale(name)
    return figure_words(getattr(kept, name) / scale, _places(scale), trims=True)


def _scale(name: str) -> int:
    """Return how many kept units make one of those that people write."""
    if not name.endswith("_permille"):
        return 1
    return 1000 if name.startswith(("spi_t_", "cpi_")) else 10


def _places(scale: int) -> int:
    return len(str(scale)) - 1
