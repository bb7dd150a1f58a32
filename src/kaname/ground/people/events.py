"""Facts about people."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from kaname.kernel.journal.types import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentChanged(Event):
    """A department was made, renamed, moved or archived."""

    name: ClassVar[str] = "people.department_changed"
    label: ClassVar[Any] = _("Department changed")
    department_name: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRegistered(Event):
    """A person became known."""

    name: ClassVar[str] = "people.person_registered"
    label: ClassVar[Any] = _("Person registered")
    person_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChanged(Event):
    """Facts of a person changed; `fields` names them, never their values."""

    name: ClassVar[str] = "people.person_changed"
    label: ClassVar[Any] = _("Person changed")
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingTimeChanged(Event):
    """A person's hours or absences changed; plans with the person must be recalculated."""

    name: ClassVar[str] = "people.working_time_changed"
    label: ClassVar[Any] = _("Working time changed")
    person_id: int
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CostRateSet(Event):
    """A person's rate was set from a day on; the amount stays out of the journal."""

    name: ClassVar[str] = "people.cost_rate_set"
    label: ClassVar[Any] = _("Cost rate set")
    person_id: int
    starts_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillAssessed(Event):
    """A person's skill was assessed."""

    name: ClassVar[str] = "people.skill_assessed"
    label: ClassVar[Any] = _("Skill assessed")
    person_id: int
    skill_id: int
    level: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChanged(Event):
    """A skill or a partner company was made or changed."""

    name: ClassVar[str] = "people.term_changed"
    label: ClassVar[Any] = _("Skill or partner company changed")
    term: str
