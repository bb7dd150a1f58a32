"""Words of the schedule that are kept in rows; the codes are those of the engine."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TaskKind(models.TextChoices):
    """What a task is in the outline."""

    WORK = "work", _("Task")
    MILESTONE = "milestone", _("Milestone")
    START_MILESTONE = "start_milestone", _("Start milestone")
    FINISH_MILESTONE = "finish_milestone", _("Finish milestone")
    SUMMARY = "summary", _("Work package")
    HAMMOCK = "hammock", _("Level of effort")


class TaskMode(models.TextChoices):
    """Who decides the dates."""

    AUTO = "auto", _("Scheduled automatically")
    MANUAL = "manual", _("Scheduled by hand")


class DurationKind(models.TextChoices):
    """What a duration counts."""

    WORKING = "working", _("Working time")
    ELAPSED = "elapsed", _("Elapsed time")


class ConstraintType(models.TextChoices):
    """How a date binds a task."""

    ASAP = "asap", _("As soon as possible")
    ALAP = "alap", _("As late as possible")
    SNET = "snet", _("Start no earlier than")
    SNLT = "snlt", _("Start no later than")
    FNET = "fnet", _("Finish no earlier than")
    FNLT = "fnlt", _("Finish no later than")
    MSO = "mso", _("Must start on")
    MFO = "mfo", _("Must finish on")
    MANDATORY_START = "mandatory_start", _("Mandatory start")
    MANDATORY_FINISH = "mandatory_finish", _("Mandatory finish")


class LinkType(models.TextChoices):
    """Which end drives which."""

    FS = "fs", _("Finish to start (FS)")
    SS = "ss", _("Start to start (SS)")
    FF = "ff", _("Finish to finish (FF)")
    SF = "sf", _("Start to finish (SF)")


class LagUnit(models.TextChoices):
    """How a lag is counted."""

    WORKING = "working", _("working time")
    ELAPSED = "elapsed", _("elapsed time")
    PERCENT = "percent", _("percent of the predecessor's duration")
    ELAPSED_PERCENT = "elapsed_percent", _("percent of the predecessor's duration, elapsed")


class ResourceKind(models.TextChoices):
    """What is assigned."""

    WORK = "work", _("Person or machine")
    MATERIAL = "material", _("Material")
    COST = "cost", _("Cost")


class ImportState(models.TextChoices):
    """How far an import is."""

    UPLOADED = "uploaded", _("Uploaded")
    READING = "reading", _("Being read")
    READY = "ready", _("Ready to be taken in")
    REFUSED = "refused", _("Refused")
    APPLYING = "applying", _("Being taken in")
    APPLIED = "applied", _("Taken in")
    UNDONE = "undone", _("Undone")
    DISCARDED = "discarded", _("Discarded")
