"""Words of the projects."""

from django.db import models
from django.utils.translation import gettext_lazy as _


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
