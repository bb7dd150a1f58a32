"""A company of three people and two projects, made through the rooms' own operations."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from kaname.ground.calendars.models import WorkCalendar
from kaname.ground.calendars.operations import create_calendar
from kaname.ground.people.models import Department, Person
from kaname.ground.people.operations import create_department, register_person
from kaname.ground.projects.models import Project, ProjectClass
from kaname.ground.projects.operations import assign_member, define_class, register_project
from kaname.ground.projects.types import ProjectRole, ProjectState
from kaname.kernel.accounts.models import RoleGrant, User
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.rules.system import SYSTEM

NOW = datetime(2026, 4, 6, 1, 0, tzinfo=UTC)
"""Monday, 10:00 in Tokyo."""


@dataclass(frozen=True, slots=True)
class Company:
    """Who and what there is: an office manager, the PM and a member of `own`, an outsider who is PM of `other`."""

    calendar: WorkCalendar
    department: Department
    project_class: ProjectClass
    office: User
    pm: User
    member: User
    outsider: User
    pm_person: Person
    member_person: Person
    own: Project
    other: Project


def account(address: str, name: str, *roles: CompanyRole) -> User:
    """Make an open account with company roles."""
    user = User.objects.create(email=address, name=name)
    RoleGrant.objects.bulk_create(RoleGrant(account=user, role=role) for role in roles)
    return user


def found_company() -> Company:
    """Found the company."""
    act = {"actor": SYSTEM, "now": NOW}
    calendar = create_calendar(**act, name="標準", observes_public_holidays=True)
    department = create_department(**act, name="開発部", name_en="Development")
    users = {
        "office": account("office@example.jp", "要 管理", CompanyRole.PMO_MANAGER),
        "pm": account("pm@example.jp", "山田 太郎", CompanyRole.MEMBER),
        "member": account("member@example.jp", "佐藤 花子", CompanyRole.MEMBER),
        "outsider": account("outsider@example.jp", "外山 一", CompanyRole.MEMBER),
    }
    people = {
        name: register_person(
            **act,
            employee_number=f"E{number:03}",
            name=user.name,
            reading=f"よみ{number}",
            department=department,
            joined_on=date(2020, 4, 1),
            account=user,
            email=user.email,
        )
        for number, (name, user) in enumerate(users.items(), start=1)
    }
    project_class = define_class(**act, code="system", name="システム開発", name_en="System development")
    facts = {
        "project_class": project_class,
        "department": department,
        "starts_on": date(2026, 4, 1),
        "state": ProjectState.ACTIVE,
    }
    own = register_project(**act, code="P-001", name="基幹刷新", **facts)
    other = register_project(**act, code="P-002", name="秘密計画", **facts)
    join = {**act, "starts_on": date(2026, 4, 1)}
    assign_member(**join, project_id=own.pk, person=people["pm"], role=ProjectRole.PM, load_permille=500)
    assign_member(**join, project_id=own.pk, person=people["member"], role=ProjectRole.MEMBER, load_permille=1000)
    assign_member(**join, project_id=other.pk, person=people["outsider"], role=ProjectRole.PM, load_permille=1000)
    return Company(
        calendar=calendar,
        department=department,
        project_class=project_class,
        pm_person=people["pm"],
        member_person=people["member"],
        own=own,
        other=other,
        **users,
    )
