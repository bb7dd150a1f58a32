"""Founding the sample company: calendars, departments, people, terms."""

from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Final

from kaname.ground.calendars.models import WorkCalendar
from kaname.ground.calendars.operations import add_exception, create_calendar
from kaname.ground.calendars.types import CalendarKind, ExceptionKind, Week
from kaname.ground.people.models import Department, Partner, Person
from kaname.ground.people.operations import (
    create_department,
    define_skill,
    edit_department,
    register_partner,
    register_person,
    set_cost_rate,
    set_part_time,
)
from kaname.ground.people.types import Employment
from kaname.ground.projects.models import ProjectGroup
from kaname.ground.projects.operations import create_group, define_class
from kaname.kernel.accounts.operations import open_sample_account
from kaname.kernel.rules.system import SYSTEM
from kaname.pso.reports.operations import adopt_health_rules, rules_in_force
from kaname.pso.reports.types import Limits
from kaname.site.sample.cases import CLASSES, GROUPS
from kaname.site.sample.outlines import OUTLINES
from kaname.site.sample.personas import PERSONAS
from kaname.site.sample.staff import COMPANY, DEPARTMENTS, MANAGERS, PARTNERS, PMO, SKILLS, STAFF, Staff
from kaname.site.sample.timetable import Timetable

CALENDAR_NAME: Final = "かなめシステムズ 標準カレンダー"

_LATE_WEEK: Final[Week] = [*([[[570, 720], [780, 1110]]] * 5), [], []]
_SHORT_WEEK: Final[Week] = [*([[[570, 720], [780, 960]]] * 5), [], []]
_FOUR_DAYS: Final[Week] = [*([[[540, 720], [780, 1080]]] * 2), [], *([[[540, 720], [780, 1080]]] * 2), [], []]

_PART_TIME: Final = (
    ("K0016", -70, None, _SHORT_WEEK, "育児短時間勤務"),
    ("K0028", -50, None, _FOUR_DAYS, "週4日勤務"),
    ("K0045", -6, 30, _SHORT_WEEK, "介護短時間勤務"),
)


def found(timetable: Timetable) -> None:
    """Make everything that the company has before its first project; needs a transaction and the stopped clock."""
    act = {"actor": SYSTEM, "now": timetable.founded_at}
    company = create_calendar(**act, name=CALENDAR_NAME, observes_public_holidays=True)
    _company_holidays(company, timetable)
    departments = _departments(timetable)
    partners = _partners(company, timetable)
    for person in STAFF:
        _hire(person, departments, partners, timetable)
    _managers(departments, timetable)
    for name, name_en, category in SKILLS.values():
        define_skill(**act, name=name, name_en=name_en, category=category)
    _terms(timetable)
    _adopt_rules(timetable)


def _adopt_rules(timetable: Timetable) -> None:
    """Let the PMO take used-up float for an early warning: it alone never makes danger."""
    manager = Person.objects.select_related("account").get(employee_number=MANAGERS[PMO]).account
    if manager is None:
        raise LookupError("the PMO's manager has no account")
    adopt_health_rules(
        actor=manager,
        now=timetable.founded_at,
        after_number=rules_in_force(now=timetable.founded_at).number,
        values=asdict(replace(Limits(), float_danger_permille=1000)),
        note="フロートの消費は早期の警告として扱い、それだけでは赤にしない。",
    )


def _company_holidays(calendar: WorkCalendar, timetable: Timetable) -> None:
    for year in _years(timetable):
        _day_off(calendar, date(year, 8, 12), 5, "夏季休暇", timetable)
        _day_off(calendar, date(year, 12, 29), 6, "年末年始休暇", timetable)
        _day_off(calendar, date(year, 10, 1), 1, "創立記念日", timetable)


def _departments(timetable: Timetable) -> dict[str, Department]:
    act = {"actor": SYSTEM, "now": timetable.founded_at}
    root = create_department(**act, name=COMPANY[0], name_en=COMPANY[1])
    return {
        key: create_department(**act, name=name, name_en=name_en, parent=root, position=position)
        for position, (key, (name, name_en)) in enumerate(DEPARTMENTS.items(), start=1)
    }


def _partners(company: WorkCalendar, timetable: Timetable) -> dict[str, Partner]:
    act = {"actor": SYSTEM, "now": timetable.founded_at}
    kind = CalendarKind.PARTNER
    facts = {
        "aozora": create_calendar(**act, name="あおぞらテック", kind=kind, observes_public_holidays=True),
        "minato": create_calendar(**act, name="みなとソリューションズ", kind=kind, base=company),
        "kitano": create_calendar(
            **act, name="北野情報サービス", kind=kind, week=_LATE_WEEK, observes_public_holidays=True
        ),
    }
    for year in _years(timetable):
        _day_off(facts["aozora"], date(year, 8, 8), 9, "夏季一斉休業", timetable)
        _day_off(facts["aozora"], date(year, 12, 28), 8, "年末年始休業", timetable)
        _day_off(facts["minato"], date(year, 6, 20), 1, "創業記念日", timetable)
        _day_off(facts["kitano"], date(year, 8, 14), 3, "お盆休み", timetable)
        _day_off(facts["kitano"], date(year, 12, 30), 5, "年末年始休業", timetable)
    return {
        key: register_partner(**act, name=name, reading=reading, calendar=facts[key])
        for key, (name, reading) in PARTNERS.items()
    }


def _hire(
    person: Staff, departments: dict[str, Department], partners: dict[str, Partner], timetable: Timetable
) -> None:
    act = {"actor": SYSTEM, "now": timetable.founded_at}
    persona = next((one for one in PERSONAS if one.number == person.number), None)
    account = None
    if persona is not None:
        account = open_sample_account(
            **act,
            email=persona.email,
            name=person.name,
            language=persona.language,
            time_zone="Asia/Tokyo",
            roles=[role.value for role in persona.roles],
        )
    row = register_person(
        **act,
        employee_number=person.number,
        name=person.name,
        reading=person.reading,
        name_latin=person.name_latin,
        email=person.email,
        department=departments[person.department],
        employment=person.employment,
        partner=partners.get(person.partner),
        place="大阪" if person.number in {"K0034", "K0037", "K0041"} else "東京",
        joined_on=date(person.joined_year, 4, 1),
        account=account,
    )
    set_cost_rate(**act, person_id=row.pk, starts_on=date(person.joined_year, 4, 1), per_hour=person.rate - 300)
    this_year = timetable.today.year if timetable.today.month >= 4 else timetable.today.year - 1
    if date(person.joined_year, 4, 1) < date(this_year, 4, 1):
        set_cost_rate(**act, person_id=row.pk, starts_on=date(this_year, 4, 1), per_hour=person.rate)
    for number, since, until, week, reason in _PART_TIME:
        if number == person.number:
            set_part_time(
                **act,
                person_id=row.pk,
                starts_on=timetable.monday(since),
                ends_before=None if until is None else timetable.monday(until),
                week=week,
                reason=reason,
            )
    if person.employment == Employment.PART_TIME and not any(number == person.number for number, *_ in _PART_TIME):
        raise ValueError(f"{person.number} works part time without a weekly pattern")


def _managers(departments: dict[str, Department], timetable: Timetable) -> None:
    for key, number in MANAGERS.items():
        department = departments[key]
        edit_department(
            actor=SYSTEM,
            now=timetable.founded_at,
            department_id=department.pk,
            expected_version=department.version,
            manager=department.people.get(employee_number=number),
        )


def _terms(timetable: Timetable) -> None:
    act = {"actor": SYSTEM, "now": timetable.founded_at}
    groups: dict[str, ProjectGroup] = {}
    for key, (kind, name, name_en, parent) in GROUPS.items():
        groups[key] = create_group(**act, kind=kind, name=name, name_en=name_en, parent=groups.get(parent))
    for code, (name, name_en) in CLASSES.items():
        phases = [(stage.name, stage.name_en) for stage in OUTLINES[code]]
        define_class(**act, code=code, name=name, name_en=name_en, phases=phases)


def _day_off(calendar: WorkCalendar, first: date, days: int, name: str, timetable: Timetable) -> None:
    add_exception(
        actor=SYSTEM,
        now=timetable.founded_at,
        calendar_id=calendar.pk,
        kind=ExceptionKind.DAY_OFF,
        starts_on=first,
        ends_before=first + timedelta(days=days),
        name=name,
    )


def _years(timetable: Timetable) -> range:
    return range(timetable.today.year - 3, timetable.today.year + 3)
