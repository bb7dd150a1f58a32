"""Verbs of the people."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kaname.ground.calendars.operations import checked_week
from kaname.ground.calendars.types import Week
from kaname.ground.people.events import (
    CostRateSet,
    DepartmentChanged,
    PersonChanged,
    PersonRegistered,
    SkillAssessed,
    TermChanged,
    WorkingTimeChanged,
)
from kaname.ground.people.models import CostRate, Department, Leave, Partner, PartTimePeriod, Person, PersonSkill, Skill
from kaname.ground.people.rules import ASSESS_SKILL, KEEP_ABSENCE, KEEP_COST, REGISTER
from kaname.ground.people.types import DayPart, Employment, LeaveKind
from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.kana import as_reading, tidy_name
from kaname.kernel.records import change
from kaname.kernel.rules.decisions import fetch, require
from kaname.kernel.rules.types import Actor, Missing, Unacceptable

PERSON_FIELDS: Final = frozenset(
    {
        "account",
        "employee_number",
        "name",
        "reading",
        "name_latin",
        "email",
        "department",
        "partner",
        "employment",
        "place",
        "calendar",
        "joined_on",
        "left_before",
    }
)


class DepartmentInUse(Unacceptable):
    """A department with people or departments below it was to be archived."""

    reason = _("People or departments still belong to it. Move them first.")


class PersonPeriod(Unacceptable):
    """A person was to leave before joining, or a partner's person has no company."""

    reason = _("The last day of work must not lie before the first one.")


class PartnerMissing(Unacceptable):
    """Somebody of a partner company was to be registered without the company."""

    reason = _("A partner company member needs a partner company.")


class DepartmentRing(Unacceptable):
    """A department was to be put below itself."""

    reason = _("A department cannot stand below itself.")


def create_department(
    *,
    actor: Actor,
    now: datetime,
    name: str,
    name_en: str = "",
    parent: Department | None = None,
    manager: Person | None = None,
    position: int = 0,
) -> Department:
    """Make a department.  Permission `people.register`; publishes `DepartmentChanged`."""
    require(actor, REGISTER)
    with transaction.atomic():
        department = Department.objects.create(
            name=name, name_en=name_en, parent=parent, manager=manager, position=position
        )
        department.path = f"{parent.path if parent else '/'}{department.pk}/"
        department.save(update_fields=["path"])
        _tell_department(department, "created", actor=actor, now=now)
    return department


def edit_department(
    *, actor: Actor, now: datetime, department_id: int, expected_version: int, **values: Any
) -> Department:
    """Change name, place in the tree or manager of a department.

    Permission `people.register`; publishes `DepartmentChanged`; locks the department.

    Raises
    ------
    DepartmentRing
        If the new parent stands below the department.
    Stale
        If somebody changed it meanwhile.
    """
    _refuse_unknown(values, {"name", "name_en", "parent", "manager", "position", "archived_at"})
    with transaction.atomic():
        department = fetch(actor, REGISTER, Department.objects.select_for_update(of=("self",)), pk=department_id)
        if "parent" in values:
            _move_below(department, values["parent"])
        change(department, expected_version=expected_version, **values)
        _tell_department(department, "edited", actor=actor, now=now)
    return department


def archive_department(*, actor: Actor, now: datetime, department_id: int, expected_version: int) -> Department:
    """Take a department out of use.  Permission `people.register`; publishes `DepartmentChanged`.

    Raises
    ------
    DepartmentInUse
        If people who have not left, or departments in use, belong to it.
    Stale
        If somebody changed it meanwhile.
    """
    with transaction.atomic():
        department = fetch(actor, REGISTER, Department.objects.select_for_update(of=("self",)), pk=department_id)
        staying = department.people.filter(Q(left_before=None) | Q(left_before__gt=now.date()))
        if staying.exists() or department.children.filter(archived_at=None).exists():
            raise DepartmentInUse
        change(department, expected_version=expected_version, archived_at=now)
        _tell_department(department, "archived", actor=actor, now=now)
    return department


def restore_department(*, actor: Actor, now: datetime, department_id: int, expected_version: int) -> Department:
    """Take a department into use again.  Permission `people.register`; publishes `DepartmentChanged`."""
    with transaction.atomic():
        department = fetch(actor, REGISTER, Department.objects.all(), pk=department_id)
        change(department, expected_version=expected_version, archived_at=None)
        _tell_department(department, "restored", actor=actor, now=now)
    return department


def register_partner(*, actor: Actor, now: datetime, name: str, reading: str = "", **values: Any) -> Partner:
    """Make a partner company known.  Permission `people.register`; publishes `TermChanged`."""
    require(actor, REGISTER)
    with transaction.atomic():
        partner = Partner.objects.create(name=name, reading=reading, **values)
        publish(TermChanged(subject=Subject("people.partner", partner.pk), term=name), actor=actor, now=now)
    return partner


def edit_partner(*, actor: Actor, now: datetime, partner_id: int, expected_version: int, **values: Any) -> Partner:
    """Change name, reading, calendar or use (`archived_at`) of a partner company.

    Permission `people.register`; publishes `TermChanged`, and `WorkingTimeChanged` of its people with the calendar.
    """
    _refuse_unknown(values, {"name", "reading", "calendar", "archived_at"})
    with transaction.atomic():
        partner = fetch(actor, REGISTER, Partner.objects.all(), pk=partner_id)
        moves = "calendar" in values and values["calendar"] != partner.calendar
        change(partner, expected_version=expected_version, **values)
        publish(TermChanged(subject=Subject("people.partner", partner.pk), term=partner.name), actor=actor, now=now)
        for person in partner.people.all() if moves else ():
            _tell_time(person, "calendar", actor=actor, now=now)
    return partner


def register_person(
    *,
    actor: Actor,
    now: datetime,
    employee_number: str,
    name: str,
    reading: str,
    department: Department,
    joined_on: date,
    employment: Employment = Employment.PERMANENT,
    **values: Any,
) -> Person:
    """Make a person known.  Permission `people.register`; publishes `PersonRegistered`.

    Names are kept with single spaces, readings in hiragana.

    Raises
    ------
    PersonPeriod
        If the person would leave before joining.
    PartnerMissing
        If somebody of a partner company has none.
    """
    require(actor, REGISTER)
    _refuse_unknown(values, PERSON_FIELDS)
    _check_person({**values, "joined_on": joined_on, "employment": employment})
    with transaction.atomic():
        person = Person.objects.create(
            employee_number=employee_number,
            name=tidy_name(name),
            reading=as_reading(reading),
            department=department,
            joined_on=joined_on,
            employment=employment,
            **values,
        )
        publish(PersonRegistered(subject=Subject("people.person", person.pk), person_name=name), actor=actor, now=now)
    return person


def edit_person(*, actor: Actor, now: datetime, person_id: int, expected_version: int, **values: Any) -> Person:
    """Change facts of a person.  Permission `people.register`; publishes `PersonChanged`, and `WorkingTimeChanged` with the calendar.

    Raises
    ------
    Stale
        If somebody changed the person meanwhile.
    PersonPeriod
        If the person would leave before joining.
    PartnerMissing
        If somebody of a partner company would have none.
    """
    _refuse_unknown(values, PERSON_FIELDS)
    for field, tidy in (("name", tidy_name), ("reading", as_reading)):
        if field in values:
            values[field] = tidy(values[field])
    with transaction.atomic():
        person = fetch(actor, REGISTER, Person.objects.all(), pk=person_id)
        kept = {name: getattr(person, name) for name in ("joined_on", "left_before", "employment", "partner")}
        _check_person(kept | values)
        change(person, expected_version=expected_version, **values)
        subject = Subject("people.person", person.pk)
        publish(PersonChanged(subject=subject, fields=tuple(sorted(values))), actor=actor, now=now)
        if not {"calendar", "partner", "joined_on", "left_before"}.isdisjoint(values):
            _tell_time(person, "calendar", actor=actor, now=now)
    return person


def set_part_time(
    *,
    actor: Actor,
    now: datetime,
    person_id: int,
    starts_on: date,
    ends_before: date | None,
    week: Week,
    reason: str = "",
) -> PartTimePeriod:
    """Let a person follow another weekly pattern for a while.  Permission `people.keep_absence`; publishes `WorkingTimeChanged`.

    Raises
    ------
    BadPattern
        If the week cannot be worked.
    """
    pattern = checked_week(week)
    with transaction.atomic():
        person = fetch(actor, KEEP_ABSENCE, Person.objects.select_related("department"), pk=person_id)
        period = PartTimePeriod.objects.create(
            person=person, starts_on=starts_on, ends_before=ends_before, week=pattern, reason=reason
        )
        _tell_time(person, f"part time {starts_on.isoformat()}", actor=actor, now=now)
    return period


def end_part_time(*, actor: Actor, now: datetime, person_id: int, period_id: int) -> None:
    """Take a part-time period back.  Permission `people.keep_absence`; publishes `WorkingTimeChanged`.

    Raises
    ------
    Missing
        If the person has none of this number.
    """
    with transaction.atomic():
        person = fetch(actor, KEEP_ABSENCE, Person.objects.select_related("department"), pk=person_id)
        period = PartTimePeriod.objects.filter(person=person, pk=period_id).first()
        if period is None:
            raise Missing
        period.delete()
        _tell_time(person, f"no part time {period.starts_on.isoformat()}", actor=actor, now=now)


def take_leave(
    *,
    actor: Actor,
    now: datetime,
    person_id: int,
    starts_on: date,
    ends_before: date,
    kind: LeaveKind = LeaveKind.PAID,
    part: DayPart = DayPart.WHOLE,
) -> Leave:
    """Enter days on which a person is away.  Permission `people.keep_absence`; publishes `WorkingTimeChanged`."""
    with transaction.atomic():
        person = fetch(actor, KEEP_ABSENCE, Person.objects.select_related("department"), pk=person_id)
        leave = Leave.objects.create(person=person, starts_on=starts_on, ends_before=ends_before, kind=kind, part=part)
        _tell_time(person, f"leave {starts_on.isoformat()}", actor=actor, now=now)
    return leave


def cancel_leave(*, actor: Actor, now: datetime, person_id: int, leave_id: int) -> None:
    """Take a leave back.  Permission `people.keep_absence`; publishes `WorkingTimeChanged`.

    Raises
    ------
    Missing
        If the person has none of this number.
    """
    with transaction.atomic():
        person = fetch(actor, KEEP_ABSENCE, Person.objects.select_related("department"), pk=person_id)
        leave = Leave.objects.filter(person=person, pk=leave_id).first()
        if leave is None:
            raise Missing
        leave.delete()
        _tell_time(person, f"no leave {leave.starts_on.isoformat()}", actor=actor, now=now)


def set_cost_rate(*, actor: Actor, now: datetime, person_id: int, starts_on: date, per_hour: int) -> CostRate:
    """Set what an hour of a person costs from a day on.  Permission `people.keep_cost`; publishes `CostRateSet`."""
    with transaction.atomic():
        person = fetch(actor, KEEP_COST, Person.objects.select_related("department"), pk=person_id)
        rate, _created = CostRate.objects.update_or_create(
            person=person, starts_on=starts_on, defaults={"per_hour": per_hour}
        )
        event = CostRateSet(
            subject=Subject("people.person", person.pk), person_id=person.pk, starts_on=starts_on.isoformat()
        )
        publish(event, actor=actor, now=now)
    return rate


def define_skill(*, actor: Actor, now: datetime, name: str, name_en: str = "", category: str = "") -> Skill:
    """Name a skill.  Permission `people.register`; publishes `TermChanged`."""
    require(actor, REGISTER)
    with transaction.atomic():
        skill = Skill.objects.create(name=name, name_en=name_en, category=category)
        publish(TermChanged(subject=Subject("people.skill", skill.pk), term=name), actor=actor, now=now)
    return skill


def edit_skill(*, actor: Actor, now: datetime, skill_id: int, expected_version: int, **values: Any) -> Skill:
    """Change names, category or use (`archived_at`) of a skill.  Permission `people.register`; publishes `TermChanged`."""
    _refuse_unknown(values, {"name", "name_en", "category", "archived_at"})
    with transaction.atomic():
        skill = fetch(actor, REGISTER, Skill.objects.all(), pk=skill_id)
        change(skill, expected_version=expected_version, **values)
        publish(TermChanged(subject=Subject("people.skill", skill.pk), term=skill.name), actor=actor, now=now)
    return skill


def assess_skill(
    *, actor: Actor, now: datetime, person_id: int, skill: Skill, level: int, assessed_on: date, evidence: str = ""
) -> PersonSkill:
    """Say how well a person masters a skill.  Permission `people.assess_skill`; publishes `SkillAssessed`."""
    with transaction.atomic():
        person = fetch(actor, ASSESS_SKILL, Person.objects.select_related("department"), pk=person_id)
        facts = {"level": level, "assessed_on": assessed_on, "assessed_by_id": actor.actor_id, "evidence": evidence}
        assessed, _created = PersonSkill.objects.update_or_create(person=person, skill=skill, defaults=facts)
        event = SkillAssessed(
            subject=Subject("people.person", person.pk), person_id=person.pk, skill_id=skill.pk, level=level
        )
        publish(event, actor=actor, now=now)
    return assessed


def _refuse_unknown(values: dict[str, Any], known: set[str] | frozenset[str]) -> None:
    unknown = set(values) - known
    if unknown:
        raise TypeError(f"there is no field {sorted(unknown)}")


def _check_person(values: Mapping[str, Any]) -> None:
    joined_on, left_before = values["joined_on"], values.get("left_before")
    if left_before is not None and left_before <= joined_on:
        raise PersonPeriod
    if values["employment"] == Employment.PARTNER and values.get("partner") is None:
        raise PartnerMissing


def _move_below(department: Department, parent: Department | None) -> None:
    if parent is not None and parent.path.startswith(department.path):
        raise DepartmentRing
    old = department.path
    new = f"{parent.path if parent else '/'}{department.pk}/"
    for below in Department.objects.filter(path__startswith=old):
        Department.objects.filter(pk=below.pk).update(path=new + below.path.removeprefix(old))
    department.path = new


def _tell_department(department: Department, what: str, *, actor: Actor, now: datetime) -> None:
    subject = Subject("people.department", department.pk)
    publish(DepartmentChanged(subject=subject, department_name=department.name, change=what), actor=actor, now=now)


def _tell_time(person: Person, what: str, *, actor: Actor, now: datetime) -> None:
    subject = Subject("people.person", person.pk)
    publish(WorkingTimeChanged(subject=subject, person_id=person.pk, change=what), actor=actor, now=now)
