"""A file of people: read, compared with the register, taken over."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from kaname.formats.delimited.read import read_grid
from kaname.formats.places import place_parts
from kaname.formats.types import FileRefused
from kaname.ground.people import operations
from kaname.ground.people.exchange.columns import COLUMNS, LABELS, folded, keys_by_heading
from kaname.ground.people.exchange.writing import department_words
from kaname.ground.people.models import Department, Partner, Person
from kaname.ground.people.queries import people
from kaname.ground.people.types import Employment
from kaname.kernel.constraints import explained
from kaname.kernel.kana import as_reading, tidy_name
from kaname.kernel.records import Stale
from kaname.kernel.rules.types import Actor, Unacceptable
from kaname.kernel.text import translate

MOST_ROWS: Final = 2000
NEEDED: Final = ("name", "reading", "department", "joined_on")
"""What a person who is not registered yet needs besides the number."""
_DAY: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_SEARCHED: Final = 10


class PeopleFileRefused(Unacceptable):
    """A file holds no table of people: which file, what is wrong, what to do."""


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row of the file: its number, and its texts by field."""

    number: int
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field before and after."""

    label: str
    before: str
    after: str


@dataclass(slots=True)
class PlannedRow:
    """What a row would do; `problems` say by column what is wrong and what to do."""

    row: PersonRow
    person: Person | None = None
    values: dict[str, Any] = field(default_factory=dict)
    changes: list[FieldChange] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What the row or the register calls the person."""
        return self.row.texts.get("name") or (self.person.name if self.person else "")

    @property
    def number(self) -> str:
        """The employee number of the row."""
        return self.row.texts.get("employee_number", "")

    @property
    def outcome(self) -> Outcome:
        """What becomes of it."""
        if self.problems:
            return Outcome.REFUSED
        if self.person is None:
            return Outcome.NEW
        return Outcome.CHANGED if self.changes else Outcome.SAME


def read_people(data: bytes, *, file: str) -> tuple[PersonRow, ...]:
    """Read a table of people in delimited text of any Japanese encoding; the heading is searched in the first rows.

    Raises
    ------
    PeopleFileRefused
        If it is no text, has no heading with the employee number, or too many rows.
    """
    try:
        grid, _encoding = read_grid(data, file=file)
    except FileRefused as refusal:
        raise PeopleFileRefused(_refusal_words(refusal)) from refusal
    known = keys_by_heading()
    for at, cells in enumerate(grid.rows[:_SEARCHED]):
        keys = [known.get(folded(str(cell or "")), "") for cell in cells]
        if "employee_number" in keys and len(set(keys) - {""}) > 1:
            return _rows(grid.rows[at + 1 :], keys, first=at + 2, file=file)
    raise PeopleFileRefused(
        _("%(file)s: no heading names the employee number. The first row needs headings such as 社員番号, 氏名, よみ.")
        % {"file": file}
    )


def _refusal_words(refusal: FileRefused) -> str:
    places = [part if isinstance(part, str) else translate(part) for part in place_parts(refusal.place)]
    advice = translate(refusal.advice) if refusal.advice else ""
    return f"{', '.join([refusal.file, *places])}: {translate(refusal.message)} {advice}".strip()


def _rows(rows: Sequence[Sequence[Any]], keys: Sequence[str], *, first: int, file: str) -> tuple[PersonRow, ...]:
    found = []
    for number, cells in enumerate(rows, start=first):
        texts = {key: str(cell or "").strip() for key, cell in zip(keys, cells, strict=False) if key}
        if any(texts.values()):
            found.append(PersonRow(number, texts))
    if len(found) > MOST_ROWS:
        raise PeopleFileRefused(
            _("%(file)s has %(count)d rows; at most %(most)d are taken at once. Divide the file.")
            % {"file": file, "count": len(found), "most": MOST_ROWS}
        )
    return tuple(found)


def plan_people(rows: Iterable[PersonRow], *, actor: Actor) -> list[PlannedRow]:
    """Return what each row would do, in order. 3 queries."""
    planner = _Planner.around(actor)
    return [planner.plan(row) for row in rows]


def take_people(planned: Iterable[PlannedRow], *, actor: Actor, now: datetime) -> list[PlannedRow]:
    """Register and change what was planned, in one transaction; return the rows that were left out, with their problems."""
    left_out = []
    with transaction.atomic():
        for plan in planned:
            if plan.outcome in {Outcome.NEW, Outcome.CHANGED}:
                _take(plan, actor=actor, now=now)
            if plan.problems:
                left_out.append(plan)
    return left_out


def _take(plan: PlannedRow, *, actor: Actor, now: datetime) -> None:
    try:
        with transaction.atomic():
            if plan.person is None:
                operations.register_person(actor=actor, now=now, **plan.values)
            else:
                operations.edit_person(
                    actor=actor,
                    now=now,
                    person_id=plan.person.pk,
                    expected_version=plan.person.version,
                    **plan.values,
                )
    except Stale:
        plan.problems.append(_("Somebody has changed this person meanwhile."))
    except Unacceptable as refusal:
        plan.problems.append(str(refusal.reason))
    except IntegrityError as error:
        plan.problems.append(explained(error))


@dataclass(slots=True)
class _Planner:
    people: dict[str, Person]
    departments: dict[str, Department | None]
    partners: dict[str, Partner]
    employments: dict[str, str]
    names: dict[int, str]
    seen: set[str] = field(default_factory=set)

    @classmethod
    def around(cls, actor: Actor) -> "_Planner":
        departments = list(Department.objects.filter(archived_at=None))
        names = {row.pk: row.name for row in departments}
        called: dict[str, Department | None] = {}
        for row in departments:
            called[folded(department_words(row, names))] = row
        for row in departments:
            key = folded(row.name)
            called[key] = None if key in called and called[key] != row else row
        employments: dict[str, str] = {}
        for language in ("ja", "en"):
            with override(language):
                employments |= {folded(str(label)): code for code, label in Employment.choices}
        return cls(
            people={row.employee_number: row for row in people(actor)},
            departments=called,
            partners={folded(row.name): row for row in Partner.objects.filter(archived_at=None)},
            employments=employments | {code: code for code in Employment.values},
            names=names,
        )

    def plan(self, row: PersonRow) -> PlannedRow:
        number = row.texts.get("employee_number", "")
        plan = PlannedRow(row, self.people.get(number))
        if not number:
            plan.problems.append(_("%(column)s is missing.") % {"column": LABELS["employee_number"]})
        elif number in self.seen:
            plan.problems.append(_("%(number)s stands in an earlier row already.") % {"number": number})
        self.seen.add(number)
        for column in COLUMNS:
            if column.key in row.texts:
                self._read(plan, column.key, row.texts[column.key])
        if plan.person is None:
            plan.problems += [
                _("%(column)s is missing.") % {"column": LABELS[key]} for key in NEEDED if not row.texts.get(key)
            ]
        elif plan.values:
            self._compare(plan)
        return plan

    def _read(self, plan: PlannedRow, key: str, text: str) -> None:
        if not text and key in {"employee_number", *NEEDED, "employment"}:
            return
        try:
            plan.values[_FIELDS.get(key, key)] = self._value(key, text)
        except ValueError as error:
            plan.problems.append(f"{LABELS[key]}: {error}")

    def _value(self, key: str, text: str) -> Any:
        match key:
            case "department":
                return self._department(text)
            case "partner":
                return self._partner(text)
            case "employment":
                return self._employment(text)
            case "joined_on":
                return _day(text)
            case "last_day":
                return _day(text) + timedelta(days=1) if text else None
            case "email":
                return _email(text)
            case "reading":
                return _bounded(as_reading(text), key)
            case _:
                return _bounded(tidy_name(text), key)

    def _department(self, text: str) -> Department:
        found = self.departments.get(folded(text))
        if found is not None:
            return found
        if folded(text) in self.departments:
            raise ValueError(_("“%(text)s” names several departments. Write those above it too.") % {"text": text})
        raise ValueError(_("There is no department “%(text)s”. Make it first or correct the name.") % {"text": text})

    def _partner(self, text: str) -> Partner | None:
        if text and folded(text) not in self.partners:
            raise ValueError(_("There is no partner company “%(text)s”. Register it first.") % {"text": text})
        return self.partners.get(folded(text))

    def _employment(self, text: str) -> str:
        code = self.employments.get(folded(text))
        if code is None:
            known = ", ".join(str(label) for label in Employment.labels)
            raise ValueError(_("“%(text)s” is none of: %(known)s.") % {"text": text, "known": known})
        return code

    def _compare(self, plan: PlannedRow) -> None:
        person = plan.person
        changed = {name: value for name, value in plan.values.items() if getattr(person, name) != value}
        plan.values = changed
        plan.changes = [
            FieldChange(str(LABELS[_KEYS.get(name, name)]), _words(name, getattr(person, name)), _words(name, value))
            for name, value in changed.items()
        ]


_FIELDS: Final = {"last_day": "left_before"}
_KEYS: Final = {"left_before": "last_day"}


def _words(name: str, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if name == "left_before":
        return (value - timedelta(days=1)).isoformat()
    if name == "employment":
        return str(Employment(value).label)
    return value.isoformat() if isinstance(value, date) else str(value)


def _bounded(text: str, key: str) -> str:
    most = Person._meta.get_field(key).max_length or 0
    if len(text) > most:
        raise ValueError(_("The text is longer than %(most)d characters.") % {"most": most})
    return text


def _email(text: str) -> str:
    if text:
        try:
            validate_email(text)
        except ValidationError:
            raise ValueError(_("“%(text)s” is no e-mail address.") % {"text": text}) from None
    return _bounded(text, "email")


def _day(text: str) -> date:
    match = _DAY.fullmatch(unicodedata.normalize("NFKC", text).partition(" ")[0])
    try:
        if match:
            return date(*(int(part) for part in match.groups()))
    except ValueError:
        pass
    raise ValueError(_("“%(text)s” is no date. Write it like 2026/4/1.") % {"text": text})
