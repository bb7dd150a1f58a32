"""Words of the calendars."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarKind(models.TextChoices):
    """Whose calendar it is; the order is the order in which they stack."""

    COMPANY = "company", _("Company")
    PARTNER = "partner", _("Partner company")
    PROJECT = "project", _("Project")
    PERSON = "person", _("Person")


class ExceptionKind(models.TextChoices):
    """Why a day differs."""

    DAY_OFF = "day_off", _("Day off")
    WORKING_DAY = "working_day", _("Working day")
    HALF_DAY = "half_day", _("Half day")


Week = list[list[list[int]] | None]
"""Seven weekdays, Monday first: `[[start, finish], …]` in minutes after midnight, `[]` for no work, `None` as the base has it."""
