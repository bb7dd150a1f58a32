"""The world of the access matrix: an own, a foreign and an archived project, each with everything, and one person of every kind."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import count
from typing import Any, Final
from uuid import uuid4

from django.test import Client

from kaname.ground.calendars.models import WorkCalendar
from kaname.ground.calendars.operations import add_exception, create_calendar
from kaname.ground.calendars.types import ExceptionKind
from kaname.ground.people.models import Department, Leave, Person
from kaname.ground.people.operations import (
    create_department,
    define_skill,
    edit_department,
    register_partner,
    register_person,
    set_part_time,
    take_leave,
)
from kaname.ground.projects.models import Membership, Project, ProjectClass
from kaname.ground.projects.operations import (
    archive_project,
    assign_member,
    create_group,
    define_class,
    register_project,
    report_status,
)
from kaname.ground.projects.types import GroupKind, Health, ProjectRole, ProjectState
from kaname.kernel import clock
from kaname.kernel.accounts.models import RoleGrant, User
from kaname.kernel.accounts.operations import create_token, invite
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.journal.deliveries import hand_out
from kaname.kernel.notices.models import Notice
from kaname.kernel.rules.decisions import may
from kaname.pmo.portfolio.operations import save_view, update_line
from kaname.pso.reports.models import Assessment
from kaname.pso.reports.operations import assess
from kaname.pso.schedule.models import Link, Plan, Removal, Task
from kaname.pso.schedule.operations import (
    TaskReport,
    add_task,
    assign_people,
    begin_plan,
    link_tasks,
    remove_tasks,
    report_progress,
    take_baseline,
    upload_plan_file,
)
from kaname.pso.schedule.rules import IMPORT

CANARY: Final = "ひみつのカナリア"
"""Stands in every name of the foreign project; no outsider ever reads it."""
MISSING: Final = 9_000_000_000


class Side(StrEnum):
    """What an address names."""

    OWN = "own"
    FOREIGN = "foreign"
    ARCHIVED = "archived"
    MISSING = "missing"
    MIXED = "a child of the foreign project below the own one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Things:
    """A project with a bit of everything."""

    project: Project
    plan: Plan
    task: Task
    other_task: Task
    link: Link
    removal: Removal
    run: int
    membership: Membership
    assessment: Assessment
    baseline: int


@dataclass(slots=True, kw_only=True)
class Persona:
    """Somebody who asks: company roles, the role in the own and the archived project, signed in by page and by token."""

    name: str
    account: User | None
    company_roles: frozenset[str] = frozenset()
    project_role: str = ""
    manages: bool = False
    is_assigned: bool = False
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))
    secret: str = ""
    things: dict[str, int | str] = field(default_factory=dict)

    @property
    def is_visitor(self) -> bool:
        """Whether this is nobody."""
        return self.account is None


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything there is."""

    sides: Mapping[Side, Things]
    personas: tuple[Persona, ...]
    calendar: WorkCalendar
    exception_id: int
    department: Department
    foreign_department: Department
    other_person: Person
    other_leave: Leave
    other_period_id: int
    project_class: ProjectClass
    group_id: int
    skill_id: int
    partner_id: int
    invitation_id: int
    stranger: Persona

    def things(self, side: Side) -> Things | None:
        """Return the project of a side."""
        return self.sides.get(side)


_serial = count(1)


def _act() -> dict[str, Any]:
    return {"actor": User.objects.get(email="founder@example.jp"), "now": clock.now()}


def _account(name: str, *roles: str) -> User:
    user = User.objects.create(email=f"{name}@example.jp", name=f"利用者 {name}", language="ja")
    RoleGrant.objects.bulk_create(RoleGrant(account=user, role=role) for role in roles)
    return user


def _person(account: User | None, department: Department, name: str = "") -> Person:
    number = next(_serial)
    shown = account.name if account else name
    return register_person(
        **_act(),
        employee_number=f"M{number:04}",
        name=shown,
        reading=f"よみ{number}",
        department=department,
        joined_on=date(2020, 4, 1),
        account=account,
    )


def _things(project: Project, person: Person, words: str) -> Things:
    plan = begin_plan(**_act(), project=project)
    tasks = [add_task(**_act(), plan_id=plan.pk, name=f"{words}作業{number}") for number in range(4)]
    link = link_tasks(**_act(), plan_id=plan.pk, predecessor_id=tasks[0].pk, successor_id=tasks[1].pk)
    baseline = take_baseline(**_act(), plan_id=plan.pk, name=f"{words}初版")
    removal = remove_tasks(**_act(), plan_id=plan.pk, task_ids=[tasks[3].pk])
    tasks[0].refresh_from_db()
    staffed = assign_people(**_act(), task_id=tasks[0].pk, expected_version=tasks[0].version, people={person: 1000})
    report_progress(
        **_act(),
        report=TaskReport(
            task_id=staffed.pk, expected_version=staffed.version, percent_permille=300, comment=f"{words}報告"
        ),
    )
    membership = project.memberships.order_by("id").first()
    assert membership is not None
    assessment = assess(**_act(), project=project)
    assert assessment is not None
    update_line(**_act(), project=project)
    plan.refresh_from_db()
    return Things(
        project=project,
        plan=plan,
        task=Task.objects.get(pk=tasks[0].pk),
        other_task=tasks[1],
        link=link,
        removal=removal,
        run=plan.run_number,
        membership=membership,
        assessment=assessment,
        baseline=baseline.number,
    )


def _own_things(persona: Persona) -> None:
    account = persona.account
    assert account is not None
    until = clock.now() + timedelta(days=1)
    act = {"actor": account, "now": clock.now()}
    token, persona.secret = create_token(**act, name="matrix", scopes=["read", "write"], expires_at=until)
    persona.client.force_login(account)
    view = save_view(**act, name="自分の見方", query="")
    persona.things = {"token": token.pk, "view": view.pk}
    own = Person.objects.filter(account=account).first()
    if own is not None:
        persona.things["person"] = own.pk
    if may(account, IMPORT):
        row = upload_plan_file(**act, batch=uuid4(), file_name="plan.xml", chunks=[b"<Project/>"])
        persona.things |= {"import": row.pk, "batch": str(row.batch), "file": row.file_id or 0}


def _personas(own: Department, foreign: Department) -> tuple[list[Persona], dict[str, Person]]:
    """Make one person of every company role without a project, and one of every project role; and a visitor."""
    personas = [Persona(name="visitor", account=None)]
    people: dict[str, Person] = {}
    for role in CompanyRole:
        persona = Persona(name=role.value, account=_account(role.value, role), company_roles=frozenset({role.value}))
        personas.append(persona)
        people[persona.name] = _person(persona.account, foreign if role == CompanyRole.EXTERNAL else own)
    for role in ProjectRole:
        name = f"project_{role.value}"
        persona = Persona(
            name=name,
            account=_account(name, CompanyRole.MEMBER),
            company_roles=frozenset({CompanyRole.MEMBER.value}),
            project_role=role.value,
            is_assigned=role == ProjectRole.MEMBER,
        )
        personas.append(persona)
        people[name] = _person(persona.account, own)
    managing = next(persona for persona in personas if persona.name == CompanyRole.DEPARTMENT_MANAGER)
    managing.manages = True
    edit_department(
        **_act(), department_id=own.pk, expected_version=own.version, manager=people[CompanyRole.DEPARTMENT_MANAGER]
    )
    return personas, people


def build_world() -> World:
    """Build it through the rooms' operations."""
    _account("founder", *CompanyRole)
    own_department = create_department(**_act(), name="自部門")
    foreign_department = create_department(**_act(), name="他部門")
    calendar = create_calendar(**_act(), name="標準")
    exception = add_exception(
        **_act(),
        calendar_id=calendar.pk,
        kind=ExceptionKind.DAY_OFF,
        starts_on=date(2026, 8, 13),
        ends_before=date(2026, 8, 15),
        name="夏季休暇",
    )
    project_class = define_class(**_act(), code="system", name="システム開発")
    group = create_group(**_act(), kind=GroupKind.PORTFOLIO, name="全社")
    facts = {"project_class": project_class, "starts_on": date(2026, 4, 1), "state": ProjectState.ACTIVE}
    own = register_project(**_act(), code="OWN-1", name="自分の案件", department=own_department, group=group, **facts)
    archived = register_project(**_act(), code="OLD-1", name="昔の案件", department=own_department, **facts)
    foreign = register_project(
        **_act(),
        code="SEC-1",
        name=f"{CANARY}計画",
        customer=f"{CANARY}商事",
        purpose=CANARY,
        department=foreign_department,
        **facts,
    )
    personas, people = _personas(own_department, foreign_department)
    join = {**_act(), "starts_on": date(2026, 4, 1)}
    for persona in personas:
        if persona.project_role:
            for project in (own, archived):
                assign_member(
                    **join, project_id=project.pk, person=people[persona.name], role=ProjectRole(persona.project_role)
                )
    stranger_account = _account("stranger", CompanyRole.MEMBER)
    stranger_person = _person(stranger_account, foreign_department)
    assign_member(**join, project_id=foreign.pk, person=stranger_person, role=ProjectRole.PM)
    stranger = Persona(name="stranger", account=stranger_account, company_roles=frozenset({CompanyRole.MEMBER}))
    _own_things(stranger)
    save_view(actor=stranger_account, now=clock.now(), name=f"{CANARY}の見方", query="")
    for project in (own, archived, foreign):
        words = CANARY if project is foreign else ""
        report_status(**_act(), project_id=project.pk, on=date(2026, 6, 1), health=Health.WELL, reason=f"{words}順調")
    assignee = people["project_member"]
    sides = {
        Side.OWN: _things(own, assignee, "自分"),
        Side.ARCHIVED: _things(archived, assignee, "昔"),
        Side.FOREIGN: _things(foreign, stranger_person, CANARY),
    }
    archived.refresh_from_db()
    archive_project(**_act(), project_id=archived.pk, expected_version=archived.version)
    leave = take_leave(**_act(), person_id=stranger_person.pk, starts_on=date(2026, 5, 1), ends_before=date(2026, 5, 2))
    period = set_part_time(
        **_act(),
        person_id=stranger_person.pk,
        starts_on=date(2026, 6, 1),
        ends_before=None,
        week=[[[540, 900]], [[540, 900]], [[540, 900]], [[540, 900]], [[540, 900]], [], []],
    )
    invitation = invite(
        **_act(),
        email="new@example.jp",
        name="",
        language="ja",
        roles=[CompanyRole.MEMBER],
    )
    for persona in personas:
        if persona.account is not None:
            _own_things(persona)
    hand_out(now=clock.now(), limit=10_000)
    for persona in (*personas, stranger):
        notice = Notice.objects.filter(account=persona.account).first()
        if notice is not None:
            persona.things["notice"] = notice.pk
    return World(
        sides=sides,
        personas=tuple(personas),
        calendar=calendar,
        exception_id=exception.pk,
        department=own_department,
        foreign_department=foreign_department,
        other_person=stranger_person,
        other_leave=leave,
        other_period_id=period.pk,
        project_class=project_class,
        group_id=group.pk,
        skill_id=define_skill(**_act(), name="Python").pk,
        partner_id=register_partner(**_act(), name="協力会社").pk,
        invitation_id=invitation.pk,
        stranger=stranger,
    )
