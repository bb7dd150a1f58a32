"""Facts about computed health."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from kaname.kernel.journal.types import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthAssessed(Event):
    """A project's health was computed."""

    name: ClassVar[str] = "reports.health_assessed"
    label: ClassVar[Any] = _("Health computed")
    health: str
    health_before: str | None
    forecast_finish_at: int | None
    rules: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthChanged(Event):
    """A project's computed colour changed."""

    name: ClassVar[str] = "reports.health_changed"
    label: ClassVar[Any] = _("Computed health changed")
    health: str
    health_before: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthRulesAdopted(Event):
    """New rules of computed health came into force."""

    name: ClassVar[str] = "reports.health_rules_adopted"
    label: ClassVar[Any] = _("Health rules adopted")
    number: int
