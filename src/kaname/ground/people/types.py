"""Words of the people."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kaname.kernel.rules.types import Actor, Label, Permission
from kaname.kernel.slots import Slot


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


class Presence(models.TextChoices):
    """Whether a person works here on a day."""

    PRESENT = "present", pgettext_lazy("people", "Present")
    COMING = "coming", pgettext_lazy("people", "Joining later")
    LEFT = "left", pgettext_lazy("people", "Left")
    ALL = "all", pgettext_lazy("people", "Everybody")


class KanaRow(StrEnum):
    """A row of the table of fifty sounds, by its first sound; what is not kana is `other`."""

    A = "あ"
    KA = "か"
    SA = "さ"
    TA = "た"
    NA = "な"
    HA = "は"
    MA = "ま"
    YA = "や"
    RA = "ら"
    WA = "わ"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFilter:
    """What a register of people is narrowed to; empty values narrow nothing.

    `department_id` takes the departments below it too; `least_level` counts with `skill_id` only.
    """

    words: str = ""
    department_id: int | None = None
    employment: str = ""
    partner_id: int | None = None
    skill_id: int | None = None
    least_level: int = 1
    presence: Presence = Presence.PRESENT
    row: KanaRow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTab:
    """A tab of a person's pages; `url_name` takes the argument `person`, `wanted` is asked of the person."""

    key: str
    label: Label
    url_name: str
    wanted: Permission


PERSON_TABS: Final[Slot[PersonTab]] = Slot("person.tabs")
"""Filled by this room (facts 10, working time 20, skills 30, cost 40) and by the rooms above from their `AppConfig.ready`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFact:
    """Something that a room above knows of people: a column of the register and a fact on a person's page.

    Parameters
    ----------
    values
        `values(actor, person_ids)` returns what may be shown, by person id, in a constant number of queries; a person
        without an answer is shown as unknown.
    export
        The same as plain words or numbers for files.
    is_figure
        Whether the column holds figures.
    """

    key: str
    label: Label
    values: Callable[[Actor, Collection[int]], Mapping[int, Any]]
    export: Callable[[Actor, Collection[int]], Mapping[int, str | int | float]]
    is_figure: bool = False


PERSON_FACTS: Final[Slot[PersonFact]] = Slot("person.facts")
"""Filled by the rooms above from their `AppConfig.ready`: present load, own projects."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPanel:
    """A part of "my day": what waits for the one who looks.

    Parameters
    ----------
    template
        Name of the template; it frames itself with `{% section %}`.
    context
        `context(request, today)` returns its values, `None` where nothing waits; few and constant queries.
    """

    template: str
    context: Callable[[HttpRequest, date], Mapping[str, Any] | None]


PERSON_TODO: Final[Slot[DayPanel]] = Slot("person.todo")
"""Filled by the rooms above from their `AppConfig.ready`: own tasks 10, tasks of projects that
one leads 15, status reports that are due 20, where to look 30."""
