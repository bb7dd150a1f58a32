"""Words of the projects."""

from dataclasses import dataclass
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from kaname.kernel.rules.types import Label, Permission
from kaname.kernel.slots import Slot


class GroupKind(models.TextChoices):
    """What a group of projects is."""

    PORTFOLIO = "portfolio", _("Portfolio")
    PROGRAM = "program", _("Programme")


class ProjectState(models.TextChoices):
    """Where a project stands in its life."""

    PROPOSED = "proposed", _("Proposed")
    ACTIVE = "active", _("In progress")
    ON_HOLD = "on_hold", _("On hold")
    CLOSED = "closed", _("Closed")


class ProjectRole(models.TextChoices):
    """Roles held in one project."""

    SPONSOR = "sponsor", _("Sponsor")
    PM = "pm", _("PM")
    PL = "pl", _("PL")
    MEMBER = "member", _("Member")
    PSO = "pso", _("PSO")
    STAKEHOLDER = "stakeholder", _("Stakeholder")
    AUDITOR = "auditor", _("Auditor")


class Health(models.TextChoices):
    """How a project is, reported or computed."""

    WELL = "well", _("Well")
    ATTENTION = "attention", _("Attention")
    DANGER = "danger", _("Danger")
    UNKNOWN = "unknown", _("Unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectTab:
    """A tab of the project's pages; `url_name` takes the argument `project`, `wanted` is asked of the project."""

    key: str
    label: Label
    url_name: str
    wanted: Permission


PROJECT_TABS: Final[Slot[ProjectTab]] = Slot("project.tabs")
"""Filled by the rooms above from their `AppConfig.ready`: the overview 10, people 20, schedule 30, health 40."""
