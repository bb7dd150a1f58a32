"""The facts of journal entries in words."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from kaname.engine.units import wall_moment
from kaname.ground.people.models import Person, Skill
from kaname.ground.people.rules import VIEW as VIEW_PERSON
from kaname.ground.people.rules import VIEW_TERMS
from kaname.ground.projects.models import Project
from kaname.ground.projects.rules import VIEW as VIEW_PROJECT
from kaname.ground.projects.types import Health, ProjectRole
from kaname.kernel.accounts.types import CompanyRole, InstanceMode, Origin
from kaname.kernel.jobs.queries import label_of_path
from kaname.kernel.journal.models import Entry
from kaname.kernel.notices.types import MailRhythm
from kaname.kernel.rules.decisions import visible
from kaname.kernel.rules.scopes import scope_label
from kaname.kernel.rules.types import Actor
from kaname.kernel.text import name_of
from kaname.ui.components.dates import day_words
from kaname.ui.components.numbers import figure_words
from kaname.ui.types import Text

_HIDDEN: Final = frozenset({"run", "file_id", "token_id", "sha256", "predecessor_id", "successor_id", "job"})
"""Numbers of the system that say nothing to a reader; the REST API has them."""

_MODELS: Final[Mapping[str, str]] = {
    "projects.project_changed": "projects.Project",
    "people.person_changed": "people.Person",
    "schedule.plan_settings_changed": "schedule.Plan",
    "schedule.tasks_changed": "schedule.Task",
    "accounts.preferences_changed": "accounts.User",
}
_CHANGES: Final[Mapping[str, Text]] = {
    "created": pgettext_lazy("journal", "made"),
    "made": pgettext_lazy("journal", "made"),
    "added": pgettext_lazy("journal", "added"),
    "edited": pgettext_lazy("journal", "edited"),
    "changed": pgettext_lazy("journal", "edited"),
    "placed": pgettext_lazy("journal", "moved to another place"),
    "removed": pgettext_lazy("journal", "removed"),
    "restored": pgettext_lazy("journal", "restored"),
    "archived": pgettext_lazy("journal", "taken out of use"),
    "calendar": pgettext_lazy("journal", "calendar"),
    "exception": pgettext_lazy("journal", "exception"),
    "no exception": pgettext_lazy("journal", "exception removed"),
    "leave": pgettext_lazy("journal", "leave"),
    "no leave": pgettext_lazy("journal", "leave cancelled"),
    "part time": pgettext_lazy("journal", "part time"),
    "no part time": pgettext_lazy("journal", "part time ended"),
}
_METHODS: Final[Mapping[str, Text]] = {
    "password": gettext_lazy("Password"),
    "sample": gettext_lazy("Sample company"),
}
_LABELS: Final[Mapping[str, Text]] = {
    "closed_on": pgettext_lazy("journal", "closed on"),
    "count": pgettext_lazy("journal", "count"),
    "days": pgettext_lazy("journal", "days"),
    "ends_before": pgettext_lazy("journal", "ends before"),
    "error": pgettext_lazy("journal", "error"),
    "expires_at": pgettext_lazy("journal", "valid until"),
    "fields": pgettext_lazy("journal", "fields"),
    "finish_after_at": pgettext_lazy("journal", "finish"),
    "finish_before_at": pgettext_lazy("journal", "finish before"),
    "forecast_finish_at": pgettext_lazy("journal", "forecast finish"),
    "granted": pgettext_lazy("journal", "granted"),
    "health": pgettext_lazy("journal", "health"),
    "health_before": pgettext_lazy("journal", "before"),
    "level": pgettext_lazy("journal", "level"),
    "load_permille": pgettext_lazy("journal", "load"),
    "method": pgettext_lazy("journal", "with"),
    "moved": pgettext_lazy("journal", "moved tasks"),
    "number": pgettext_lazy("journal", "number"),
    "on": pgettext_lazy("journal", "as of"),
    "origin": pgettext_lazy("journal", "from"),
    "percent_permille": pgettext_lazy("journal", "progress"),
    "prefix": pgettext_lazy("journal", "begins with"),
    "remaining_minutes": pgettext_lazy("journal", "remaining"),
    "rhythm": pgettext_lazy("journal", "mails"),
    "role": pgettext_lazy("journal", "role"),
    "roles": pgettext_lazy("journal", "roles"),
    "rules": pgettext_lazy("journal", "rules, version"),
    "scopes": pgettext_lazy("journal", "may"),
    "size": pgettext_lazy("journal", "size"),
    "skill_id": pgettext_lazy("journal", "skill"),
    "starts_in_month": pgettext_lazy("journal", "first month"),
    "starts_on": pgettext_lazy("journal", "from"),
    "tasks": pgettext_lazy("journal", "tasks"),
    "until": pgettext_lazy("journal", "until"),
    "withdrawn": pgettext_lazy("journal", "withdrawn"),
    "years": pgettext_lazy("journal", "years"),
}
_FIRST: Final = (
    "person_id",
    "person_name",
    "task_name",
    "calendar_name",
    "department_name",
    "file_name",
    "original_name",
    "project_name",
    "code",
    "term",
    "view_name",
    "task",
    "change",
    "is_blocked",
    "skill_id",
    "health_before",
    "health",
    "percent_permille",
    "remaining_minutes",
    "finish_before_at",
    "finish_after_at",
)
"""What is said first, in this order; the rest follows by name."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the reader may know of the people, skills and projects that entries name, by number."""

    people: Mapping[int, str]
    skills: Mapping[int, str]
    projects: Mapping[int, Project]


def names_in(entries: Iterable[Entry], *, actor: Actor) -> Names:
    """Return the names behind the numbers in some entries; at most 3 queries."""
    listed = list(entries)
    people = {entry.payload["person_id"] for entry in listed if "person_id" in entry.payload}
    skills = {entry.payload["skill_id"] for entry in listed if "skill_id" in entry.payload}
    projects = {entry.project_id for entry in listed if entry.project_id}
    return Names(
        people={one.pk: name_of(one) for one in visible(actor, VIEW_PERSON, Person.objects.filter(pk__in=people))},
        skills={one.pk: name_of(one) for one in visible(actor, VIEW_TERMS, Skill.objects.filter(pk__in=skills))},
        projects={one.pk: one for one in visible(actor, VIEW_PROJECT, Project.objects.filter(pk__in=projects))},
    )


def facts_of(entry: Entry, *, names: Names) -> str:
    """Return the facts of an entry as one line in the active language; a fact that nobody has words for keeps its name."""
    facts = {name: value for name, value in entry.payload.items() if name not in _HIDDEN and _says(value)}
    ordered = sorted(facts, key=lambda name: (_FIRST.index(name) if name in _FIRST else len(_FIRST), name))
    return _(", ").join(filter(None, (_fact(entry.name, name, facts[name], names) for name in ordered)))


def _says(value: Any) -> bool:
    return value is not None and value is not False and value not in ([], "")


def _fact(event: str, name: str, value: Any, names: Names) -> str:
    if name == "is_blocked":
        return pgettext("journal", "blocked")
    words = _words(event, name, value, names)
    if name in _FIRST[: _FIRST.index("is_blocked")]:
        return words
    return _("%(label)s: %(value)s") % {"label": _LABELS.get(name, name), "value": words}


def _words(event: str, name: str, value: Any, names: Names) -> str:
    if name == "person_id":
        return names.people.get(value, f"#{value}")
    if name == "skill_id":
        return names.skills.get(value, f"#{value}")
    if name == "fields":
        return _(", ").join(_field(event, one) for one in value)
    if name in _WRITERS:
        return _WRITERS[name](value)
    if isinstance(value, list):
        return _(", ").join(str(one) for one in value)
    if isinstance(value, int):
        return figure_words(value)
    return str(value)


def _field(event: str, name: str) -> str:
    if event not in _MODELS:
        return name
    try:
        return str(apps.get_model(_MODELS[event])._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return name


def _change(value: str) -> str:
    words, _space, last = value.rpartition(" ")
    if words in _CHANGES:
        return f"{_CHANGES[words]} {_day(last)}"
    return str(_CHANGES.get(value, value))


def _day(value: str) -> str:
    try:
        return day_words(date.fromisoformat(value))
    except ValueError:
        return value


def _moment(value: str) -> str:
    try:
        return day_words(timezone.localtime(datetime.fromisoformat(value)))
    except ValueError:
        return value


def _wall_day(minute: int) -> str:
    return day_words(wall_moment(minute).date())


def _label(choices: Iterable[tuple[str, Any]]) -> Callable[[str], str]:
    def words(code: str) -> str:
        return str(dict(choices).get(code, code))

    return words


def _roles(codes: Iterable[str]) -> str:
    labels = dict(CompanyRole.choices)
    return _(", ").join(str(labels.get(code, code)) for code in codes)


def _share(permille: int) -> str:
    return f"{figure_words(permille / 10, 1, trims=True)}%"


def _hours(minutes: int) -> str:
    return pgettext("journal", "%(hours)s h") % {"hours": figure_words(minutes / 60, 1, trims=True)}


_WRITERS: Final[Mapping[str, Callable[[Any], str]]] = {
    "change": _change,
    "closed_on": _day,
    "ends_before": _day,
    "on": _day,
    "starts_on": _day,
    "expires_at": _moment,
    "until": _moment,
    "finish_after_at": _wall_day,
    "finish_before_at": _wall_day,
    "forecast_finish_at": _wall_day,
    "granted": _roles,
    "roles": _roles,
    "withdrawn": _roles,
    "health": _label(Health.choices),
    "health_before": _label(Health.choices),
    "load_permille": _share,
    "percent_permille": _share,
    "method": lambda code: str(_METHODS.get(code, code)),
    "mode": _label(InstanceMode.choices),
    "origin": _label(Origin.choices),
    "remaining_minutes": _hours,
    "rhythm": _label(MailRhythm.choices),
    "role": _label(ProjectRole.choices),
    "scopes": lambda codes: _(", ").join(scope_label(code) for code in codes),
    "task": label_of_path,
}
