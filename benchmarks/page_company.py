"""The company on which the cost of pages is measured: many projects with plans, a thousand people, one ordinary member."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import transaction
from django.db.models import Count

from benchmarks.portfolio_page import lines
from kaname.engine.units import MINUTES_PER_DAY, day_number
from kaname.ground.calendars.models import WorkCalendar
from kaname.ground.calendars.operations import create_calendar
from kaname.ground.people.models import Department, Person
from kaname.ground.people.operations import create_department
from kaname.ground.projects.models import Membership, Project
from kaname.ground.projects.operations import define_class, report_status
from kaname.ground.projects.types import Health, ProjectRole
from kaname.kernel import clock
from kaname.kernel.accounts.models import RoleGrant, User
from kaname.kernel.journal.deliveries import hand_out
from kaname.kernel.rules.system import SYSTEM
from kaname.pmo.portfolio.models import Line
from kaname.pmo.portfolio.operations import update_line
from kaname.pso.reports.models import Assessment
from kaname.pso.reports.operations import assess
from kaname.pso.schedule.models import Assignment, Baseline, BaselineTask, Link, Plan, Resource, Task
from kaname.pso.schedule.operations import TaskReport, report_progress
from kaname.pso.schedule.operations.recalculation import Trigger, recalculate
from kaname.pso.schedule.types import TaskKind

OWN_PROJECTS = 10
_PER_PACKAGE = 10
_TEAM = 12
_BEFORE_TODAY = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Company:
    """The ordinary member, somebody who takes part in every project, the measured project and its leader."""

    member: User
    everywhere: User
    leader: User
    project: Project


def found(projects: int, tasks: int, people: int) -> None:
    """Fill the database: projects with plans, baselines, people, links, lines."""
    now = clock.now()
    act = {"actor": SYSTEM, "now": now}
    with transaction.atomic():
        create_calendar(**act, name="標準", observes_public_holidays=True)
        root = create_department(**act, name="本社", name_en="Head office")
        departments = [
            create_department(**act, name=f"第{number}システム部", name_en=f"Systems {number}", parent=root)
            for number in range(1, 7)
        ]
        define_class(**act, code="system", name="システム開発", name_en="System development")
        users = [
            User.objects.create(email=f"{name}@example.jp", name=label, language="ja")
            for name, label in (("member", "佐藤 花子"), ("everywhere", "全田 見"), ("leader", "鈴木 一郎"))
        ]
        RoleGrant.objects.bulk_create(RoleGrant(account=user, role="member") for user in users)
        _people(people, departments, users)
        made = add_projects(projects)
        for project in made:
            add_plan(project)
        grow(tasks)


def built() -> Company | None:
    """Return the company that the database holds already, `None` where it holds none."""
    users = [User.objects.filter(email=f"{name}@example.jp").first() for name in ("member", "everywhere", "leader")]
    return Company(*users, project=Project.objects.order_by("id").first()) if users[0] is not None else None  # type: ignore[arg-type]


def add_projects(count: int) -> list[Project]:
    """Register projects; one person takes part in all of them, the ordinary member in the first ten; each gets a line."""
    before = Project.objects.count()
    departments = list(Department.objects.exclude(parent=None))
    people = list(Person.objects.filter(account=None).order_by("id"))
    users = {person.account.email.split("@")[0]: person for person in Person.objects.exclude(account=None)}
    today = clock.today()
    made = Project.objects.bulk_create(
        Project(
            code=f"P-{number:04}", name=f"基幹システム刷新 {number}期", project_class_id=1, state="active",
            department=departments[number % len(departments)], starts_on=today - _BEFORE_TODAY,
            ends_before=today + timedelta(days=200), customer="かなめ商事", purpose="老朽化した基幹システムを更改する。",
        )
        for number in range(before + 1, before + count + 1)
    )  # fmt: skip
    rows = []
    for number, project in enumerate(made, start=before):
        team = [people[(number * 5 + place) % len(people)] for place in range(_TEAM)]
        parts = [(users["everywhere"], ProjectRole.STAKEHOLDER, 0), (users["leader"], ProjectRole.PM, 10)]
        parts += [(person, ProjectRole.MEMBER, 500) for person in team]
        if number < OWN_PROJECTS:
            parts.append((users["member"], ProjectRole.MEMBER, 100))
        rows += [
            Membership(project=project, person=person, role=role, load_permille=load, starts_on=today - _BEFORE_TODAY)
            for person, role, load in parts
        ]
    Membership.objects.bulk_create(rows)
    lines(made)
    return made


def add_plan(project: Project) -> Plan:
    """Begin the plan of a project with the team as its resources and an empty baseline."""
    start = day_number(clock.today() - _BEFORE_TODAY) * MINUTES_PER_DAY + 540
    plan = Plan.objects.create(project=project, start_at=start, status_at=_today() + 1080)
    people = Person.objects.filter(pk__in=project.memberships.values("person_id"))
    Resource.objects.bulk_create(Resource(plan=plan, person=person, name=person.name) for person in people)
    Baseline.objects.create(plan=plan, number=0, name="合意", taken_at=clock.now())
    return plan


def grow(tasks: int, project: Project | None = None) -> None:
    """Add tasks to the plan of a project, or of all, until each has so many: packages of nine in chains, all of them agreed."""
    plans = Plan.objects.annotate(count=Count("tasks")).filter(count__lt=tasks)
    for plan in plans.filter(project=project) if project else plans:
        with transaction.atomic():
            _grow(plan, tasks)


def _grow(plan: Plan, tasks: int) -> None:
    rows: list[Task] = []
    package: Task | None = None
    for position in range(plan.tasks.count() + 1, tasks + 1):
        if position % _PER_PACKAGE == 1 or package is None:
            package = _package(plan, position)
            package.save()
            continue
        rows.append(_task(plan, package, position))
    made = Task.objects.bulk_create(rows, batch_size=300)
    by_position = {task.position: task for task in made}
    Link.objects.bulk_create(
        [
            Link(plan=plan, predecessor=by_position[position - 1], successor=task)
            for position, task in by_position.items()
            if position - 1 in by_position
        ],
        batch_size=500,
    )
    resources = list(plan.resources.order_by("id"))
    Assignment.objects.bulk_create(
        [
            Assignment(task=task, resource=resources[task.position % len(resources)], units_permille=500)
            for task in made
        ],
        batch_size=500,
    )
    baseline = plan.baselines.get(number=0)
    agreed = list(plan.tasks.filter(baseline_tasks=None))
    BaselineTask.objects.bulk_create(
        [
            BaselineTask(
                baseline=baseline, task=task, start_at=task.start_at, finish_at=task.finish_at,
                duration_minutes=task.duration_minutes, effort_minutes=task.duration_minutes,
            )
            for task in agreed
        ],
        batch_size=500,
    )  # fmt: skip


def _package(plan: Plan, position: int) -> Task:
    start = plan.start_at + (position // 4) * MINUTES_PER_DAY
    return Task(
        plan=plan, position=position, level=0, wbs_code=str(position // _PER_PACKAGE + 1), kind=TaskKind.SUMMARY,
        name=f"工程 {position // _PER_PACKAGE + 1}", start_at=start, finish_at=start + 21 * MINUTES_PER_DAY,
    )  # fmt: skip


def _task(plan: Plan, package: Task, position: int) -> Task:
    step = position - package.position
    start = package.start_at + step * 2 * MINUTES_PER_DAY
    finish = start + MINUTES_PER_DAY + 540
    done = 1000 if finish < _today() and position % 7 else 400 if start < _today() else 0
    return Task(
        plan=plan, parent=package, position=position, level=1, wbs_code=f"{package.wbs_code}.{step}",
        name=f"受注処理の画面と帳票の設計 {position}", start_at=start, finish_at=finish, duration_minutes=960,
        kind=TaskKind.WORK if position % 25 else TaskKind.FINISH_MILESTONE, percent_permille=done,
        actual_start_at=start if done else None, actual_finish_at=finish if done == 1000 else None,
        early_start_at=start, early_finish_at=finish, late_start_at=start + 480, late_finish_at=finish + 480,
        total_float_minutes=480 * (position % 4), free_float_minutes=0, is_critical=position % 4 == 0,
        driver_kind="predecessor" if step > 1 else "plan", effort_minutes=960,
    )  # fmt: skip


def _people(count: int, departments: list[Department], users: list[User]) -> None:
    rows = [
        Person(
            employee_number=f"U{number}", name=user.name, reading=f"よみ{number}", department=departments[0],
            joined_on=date(2020, 4, 1), account=user,
        )
        for number, user in enumerate(users)
    ]  # fmt: skip
    rows += [
        Person(
            employee_number=f"E{number:05}", name=f"社員 {number:04}", reading=f"しゃいん{number:04}",
            department=departments[number % len(departments)], joined_on=date(2020, 4, 1),
            calendar=WorkCalendar.objects.first() if number % 50 == 0 else None,
        )
        for number in range(count - len(users))
    ]  # fmt: skip
    Person.objects.bulk_create(rows)


def live(company: Company) -> None:
    """Let work happen in the measured project: calculation, reports, an assessment, notices, all that follows from them."""
    if Assessment.objects.exists():
        return
    now = clock.now()
    plan = Plan.objects.select_related("project").get(project=company.project)
    with transaction.atomic():
        recalculate(plan, actor=SYSTEM, now=now, trigger=Trigger("import"))
    for week in range(5, 0, -1):
        report_status(
            actor=company.leader, now=now - timedelta(weeks=week), project_id=company.project.pk, health=Health.WELL,
            on=clock.today() - timedelta(weeks=week), reason="計画どおり進んでいる。",
        )  # fmt: skip
    mine = Task.objects.filter(plan=plan, assignments__resource__person__account=company.member)
    for task in mine.exclude(kind=TaskKind.SUMMARY).filter(actual_finish_at=None)[:6]:
        for percent in (300, 450, 500):
            task.refresh_from_db()
            said = TaskReport(
                task_id=task.pk, expected_version=task.version, percent_permille=percent,
                remaining_minutes=960 - percent, comment="確認待ち",
            )  # fmt: skip
            report_progress(actor=company.member, now=now, report=said)
    while hand_out(now=now):
        pass
    assessment = assess(actor=SYSTEM, now=now, project=company.project)
    _copy_assessments(assessment)
    for project in Project.objects.order_by("id")[:OWN_PROJECTS]:
        update_line(actor=SYSTEM, now=datetime.now(UTC), project=project)


def _copy_assessments(model: Assessment) -> None:
    rows = []
    days = [model.on - timedelta(days=day) for day in range(1, 29)]
    for project_id in Line.objects.values_list("project_id", flat=True):
        for on in days if project_id == model.project_id else [model.on]:
            if project_id == model.project_id and Assessment.objects.filter(project_id=project_id, on=on).exists():
                continue
            values = {
                field.attname: getattr(model, field.attname) for field in Assessment._meta.fields if field.name != "id"
            }
            rows.append(Assessment(**values | {"project_id": project_id, "on": on}))
    Assessment.objects.bulk_create(rows)


def _today() -> int:
    return day_number(clock.today()) * MINUTES_PER_DAY
