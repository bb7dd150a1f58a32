"""Words of the people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Employment(models.TextChoices):
    """How a person is bound to the company."""

    PERMANENT = "permanent", _("Permanent employee")
    CONTRACT = "contract", _("Contract employee")
    PART_TIME = "part_time", _("Part-time employee")
    DISPATCHED = "dispatched", _("Dispatched worker")
    PARTNER = "partner", _("Partner company member")


class LeaveKind(models.TextChoices):
    """Why a person is away; seen only by those who may."""

    PAID = "paid", _("Paid leave")
    SICK = "sick", _("Sick leave")
    CHILDCARE = "childcare", _("Childcare leave")
    CARE = "care", _("Family care leave")
    OTHER = "other", _("Other leave")


class DayPart(models.TextChoices):
    """How much of the day."""

    WHOLE = "whole", _("Whole day")
    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")


class SkillLevel(models.IntegerChoices):
    """How well a skill is mastered."""

    NONE = 0, _("0 none")
    KNOWS = 1, _("1 knows of it")
    GUIDED = 2, _("2 works with guidance")
    ALONE = 3, _("3 works alone")
    LEADS = 4, _("4 leads others")
    MASTERS = 5, _("5 sets the standard")
