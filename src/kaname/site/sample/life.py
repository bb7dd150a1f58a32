"""Living through the weeks of the sample company: what people do and say until each Friday evening."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.db.models import Q

from kaname.engine.calendar import CompiledCalendar, compile_calendar
from kaname.engine.units import wall_minute
from kaname.ground.calendars.bridge import engine_calendars
from kaname.ground.calendars.queries import company_calendar
from kaname.ground.people.models import Department, Person, Skill
from kaname.ground.people.operations import assess_skill, take_leave
from kaname.ground.people.types import DayPart, LeaveKind
from kaname.ground.projects.models import Project, ProjectClass, ProjectGroup
from kaname.ground.projects.operations import (
    archive_project,
    assign_member,
    close_project,
    edit_project,
    register_project,
    report_status,
)
from kaname.ground.projects.types import Health, ProjectRole, ProjectState
from kaname.kernel.accounts.models import User
from kaname.pso.reports.models import Assessment
from kaname.pso.reports.operations import assess
from kaname.pso.schedule.bridge import engine_plan, load
from kaname.pso.schedule.models import Plan
from kaname.pso.schedule.operations import TaskReport, report_tasks, take_baseline, write_plan
from kaname.site.sample.cases import CASES, CLASSES, GROUPS, Case, Course
from kaname.site.sample.plans import draw_plan, ends_before
from kaname.site.sample.staff import DEPARTMENTS, MANAGERS, SKILLS, STAFF
from kaname.site.sample.timetable import Timetable, local_day, local_moment
from kaname.site.sample.truth import Reality, live_through
from kaname.site.sample.words import BLOCKED_COMMENTS, COURSE_REASONS, PROGRESS_COMMENTS, STATUS_REASONS

MANAGER: Final = MANAGERS["pmo"]
OFFICE: Final = "K0003"

_UNFINISHED: Final = Q(kind__in=["work", "milestone"], actual_finish_at=None)
_SKILLS_WEEK: Final = -20
_SHELVED_AFTER_WEEKS: Final = 10
_SILENT_SINCE_WEEK: Final = -3
_PROPOSED_WEEK: Final = -3
_OWN_REPORTS_WEEKS: Final = 3
_WEEKLY_WEEKS: Final = 6
_ENDED: Final = frozenset({Course.CLOSED, Course.SHELVED})

_LEAVES: Final = (
    ("K0010", -9, 2, 1, LeaveKind.PAID, DayPart.WHOLE),
    ("K0013", -5, 0, 5, LeaveKind.PAID, DayPart.WHOLE),
    ("K0011", -3, 3, 1, LeaveKind.SICK, DayPart.WHOLE),
    ("K0009", -2, 4, 1, LeaveKind.PAID, DayPart.AFTERNOON),
    ("K0023", -1, 1, 2, LeaveKind.PAID, DayPart.WHOLE),
    ("K0010", 1, 4, 1, LeaveKind.PAID, DayPart.MORNING),
    ("K0012", 2, 0, 5, LeaveKind.PAID, DayPart.WHOLE),
    ("K0041", 3, 0, 60, LeaveKind.CHILDCARE, DayPart.WHOLE),
)
"""Employee number, week, weekday, days, kind, part; entered two weeks before, or when it is known."""


@dataclass(slots=True)
class Life:
    """The company while its weeks are lived through; everything is read anew after a crash."""

    timetable: Timetable
    seed: int
    people: Mapping[str, Person] = field(default_factory=dict)
    realities: dict[str, Mapping[int, Reality]] = field(default_factory=dict)
    calendar: CompiledCalendar | None = None

    def begin(self) -> None:
        """Read who is there."""
        self.people = {row.employee_number: row for row in Person.objects.select_related("account", "department")}
        company = company_calendar()
        if company is not None:
            self.calendar = compile_calendar(engine_calendars(today=self.timetable.today).values(), company.pk)

    def account(self, number: str) -> User:
        """Return the account of a person."""
        account = self.people[number].account
        if account is None:
            raise LookupError(f"{number} has no account")
        return account

    def work(self, start_at: int, finish_at: int) -> int:
        """Return the working minutes between two wall minutes."""
        if self.calendar is None:
            raise LookupError("there is no company calendar")
        return self.calendar.between(start_at, finish_at)


def live_week(life: Life, *, now: datetime) -> None:
    """Let everybody do what they do until `now`; needs a transaction and the clock stopped at `now`."""
    week = life.timetable.week_of(now)
    is_friday = local_day(now) == life.timetable.monday(week) + timedelta(days=4)
    if is_friday:
        _enter_leaves(life, week, now=now)
        if week == _SKILLS_WEEK:
            _assess_skills(life, now=now)
        for case in CASES:
            if week == (case.start_week - 1 if case.has_plan else _PROPOSED_WEEK):
                _begin(life, case, now=now)
    known = {row.code: row for row in Project.objects.select_related("department").filter(archived_at=None)}
    for case in CASES:
        project = known.get(project_code(case, life.timetable))
        is_running = project is not None and project.state == ProjectState.ACTIVE and week >= case.start_week
        if project is None or not is_running:
            continue
        if _is_reported(case, week):
            _work_on(life, case, project, week=week, is_friday=is_friday, now=now)
        elif case.course not in _ENDED:
            _report_status(life, case, project, Plan.objects.get(project=project), week=week, now=now)


def _is_reported(case: Case, week: int) -> bool:
    """Whether progress is reported: long ago less often, so that building is quick."""
    place = week - case.start_week
    if case.course in _ENDED:
        return place % 4 == 1
    return week >= -_WEEKLY_WEEKS or place % 2 == 0


def weight_of(week: int) -> int:
    """Return how much a week costs to live through, so that progress can be told evenly; in parts of a progress report.

    Examples
    --------
    >>> weight_of(-108), weight_of(-10) > 3 * weight_of(-100)
    (1, True)
    """
    weight = 1
    for case in CASES:
        last = case.start_week + (case.weeks * 6 // 5 if case.course is Course.CLOSED else case.weeks)
        is_running = case.has_plan and case.start_week <= week <= last
        weight += 3 * (week == case.start_week - 1)
        weight += 2 * (is_running and _is_reported(case, week)) + (is_running and case.course not in _ENDED)
    return weight


def project_code(case: Case, timetable: Timetable) -> str:
    """Return the code of a project: the fiscal year in which it begins and its number.

    Examples
    --------
    >>> from datetime import UTC
    >>> project_code(CASES[8], Timetable(datetime(2026, 7, 10, 3, tzinfo=UTC)))
    'P25-09'
    """
    day = timetable.monday(case.start_week)
    year = day.year if day.month >= 4 else day.year - 1
    return f"P{year % 100:02}-{case.code}"


def _begin(life: Life, case: Case, *, now: datetime) -> None:
    starts_on = life.timetable.monday(case.start_week)
    parent = CLASSES[case.kind][0]
    project = register_project(
        actor=life.account(OFFICE),
        now=now,
        code=project_code(case, life.timetable),
        name=case.name,
        name_en=case.name_en,
        purpose=case.purpose,
        customer=case.customer,
        group=ProjectGroup.objects.get(name=GROUPS[case.group][1]),
        project_class=ProjectClass.objects.get(name=parent),
        department=Department.objects.get(name=DEPARTMENTS[case.department][0]),
        starts_on=starts_on,
        ends_before=ends_before(case, starts_on=starts_on),
        budget=case.budget,
        state=ProjectState.ACTIVE if case.has_plan else ProjectState.PROPOSED,
    )
    _staff(life, case, project, now=now)
    if not case.has_plan:
        return
    pm = life.account(case.pm)
    plan = write_plan(actor=pm, now=now, project=project, content=draw_plan(case, starts_on=starts_on))
    take_baseline(actor=pm, now=now, plan_id=plan.pk, name="初版")


def _staff(life: Life, case: Case, project: Project, *, now: datetime) -> None:
    roles = [(case.pm, ProjectRole.PM, 300), (case.pl, ProjectRole.PL, 600)]
    roles += [(number, ProjectRole.MEMBER, (500, 1000, 800)[place % 3]) for place, number in enumerate(case.members)]
    roles += [(MANAGERS[case.department], ProjectRole.SPONSOR, 0)]
    roles += [(case.pso, ProjectRole.PSO, 300)] if case.pso else []
    roles += [(case.auditor, ProjectRole.AUDITOR, 0)] if case.auditor else []
    starts_on = local_day(now)
    is_past = case.course in {Course.CLOSED, Course.SHELVED}
    last = life.timetable.monday(case.start_week) + timedelta(weeks=case.weeks + 12)
    for number, role, share in roles:
        assign_member(
            actor=life.account(OFFICE),
            now=now,
            project_id=project.pk,
            person=life.people[number],
            role=role,
            starts_on=starts_on,
            ends_before=min(last, life.timetable.monday(-1)) if is_past and share else None,
            load_permille=share,
        )


def _work_on(life: Life, case: Case, project: Project, *, week: int, is_friday: bool, now: datetime) -> None:
    plan = Plan.objects.select_related("project").get(project=project)
    is_silent = case.course is Course.SILENT and week >= _SILENT_SINCE_WEEK
    has_reported = not is_silent and _report(life, case, plan, now=now)
    if is_friday:
        _report_status(life, case, project, plan, week=week, now=now)
    if not has_reported:
        assess(actor=life.account(case.pm), now=now, project=project)
    if case.course is Course.SHELVED and week >= case.start_week + _SHELVED_AFTER_WEEKS:
        _shelve(life, project, now=now)
    elif case.course is Course.CLOSED and not plan.tasks.filter(_UNFINISHED).exists():
        assess(actor=life.account(case.pm), now=now, project=project)
        act = {"actor": life.account(case.pm), "now": now, "project_id": project.pk}
        close_project(**act, expected_version=project.version, closed_on=local_day(now))


def _shelve(life: Life, project: Project, *, now: datetime) -> None:
    act = {"actor": life.account(MANAGER), "now": now, "project_id": project.pk}
    project = edit_project(**act, expected_version=project.version, state=ProjectState.ON_HOLD)
    archive_project(**act, expected_version=project.version)


def _reality(life: Life, case: Case, plan: Plan) -> Mapping[int, Reality]:
    if case.code not in life.realities:
        content = engine_plan(load(plan, with_baselines=True), today=life.timetable.today)
        life.realities[case.code] = live_through(case, content, seed=life.seed)
    return life.realities[case.code]


def _report(life: Life, case: Case, plan: Plan, *, now: datetime) -> bool:
    """Report what is done, and return whether anything was said.

    In the last weeks those who have accounts report their own tasks and the PM the others; before, the PM collected all.
    """
    reality = _reality(life, case, plan)
    at = wall_minute(local_moment(now))
    chance = Random(f"{life.seed}-{case.code}-{at}")  # noqa: S311 - chance of a story, no secret
    said: dict[str, list[TaskReport]] = {}
    is_lately = life.timetable.week_of(now) >= -_OWN_REPORTS_WEEKS
    owners = _owners(life, plan) if is_lately else {}
    for task in plan.tasks.filter(_UNFINISHED).order_by("position"):
        truth = reality.get(task.pk)
        if truth is None or truth.start_at > at:
            continue
        owner = owners.get(task.pk, case.pm)
        said.setdefault(owner, []).append(_report_of(life, case, task.pk, task.version, truth, at=at, chance=chance))
    for number, reports in said.items():
        report_tasks(actor=life.account(number), now=now, reports=reports)
    return bool(said)


def _report_of(
    life: Life, case: Case, task_id: int, version: int, truth: Reality, *, at: int, chance: Random
) -> TaskReport:
    facts = {"task_id": task_id, "expected_version": version, "actual_start_at": truth.start_at}
    if truth.finish_at <= at:
        return TaskReport(**facts, percent_permille=1000, actual_finish_at=truth.finish_at, comment=_comment(chance))
    whole = max(1, life.work(truth.start_at, truth.finish_at))
    done = life.work(truth.start_at, at)
    is_blocked = case.course in {Course.LATE, Course.WATERMELON} and chance.random() < 0.08
    return TaskReport(
        **facts,
        percent_permille=min(990, max(10, 1000 * done // whole // 10 * 10)),
        remaining_minutes=max(60, whole - done),
        is_blocked=is_blocked,
        comment=chance.choice(BLOCKED_COMMENTS) if is_blocked else _comment(chance),
    )


def _comment(chance: Random) -> str:
    return chance.choice(PROGRESS_COMMENTS) if chance.random() < 0.3 else ""


def _owners(life: Life, plan: Plan) -> Mapping[int, str]:
    """Return who reports on each task: its assignee where that is somebody with an account. 1 query."""
    with_account = {person.pk: number for number, person in life.people.items() if person.account_id is not None}
    pairs = plan.resources.filter(person__in=with_account).values_list("assignments__task_id", "person_id")
    return {task_id: with_account[person_id] for task_id, person_id in pairs if task_id is not None}


def _report_status(life: Life, case: Case, project: Project, plan: Plan, *, week: int, now: datetime) -> None:
    newest = Assessment.objects.filter(project=project).order_by("-on").values_list("health", flat=True).first()
    health = Health(newest) if newest is not None else Health.WELL
    if case.course is Course.WATERMELON or health is Health.UNKNOWN:
        health = Health.WELL if case.course is not Course.SILENT else Health.ATTENTION
    reasons: Sequence[str] = COURSE_REASONS.get(case.course, STATUS_REASONS[health])
    at = wall_minute(local_moment(now))
    stages = list(plan.tasks.filter(kind="summary").order_by("position").values_list("name", "finish_at"))
    place = next((index for index, (_name, finish) in enumerate(stages) if (finish or 0) > at), len(stages) - 1)
    following = stages[place + 1][0] if place + 1 < len(stages) else "検収"
    chance = Random(f"{life.seed}-{case.code}-{week}")  # noqa: S311 - chance of a story, no secret
    reason = chance.choice(reasons).format(stage=stages[place][0], next=following)
    act = {"actor": life.account(case.pm), "now": now, "project_id": project.pk}
    report_status(**act, on=local_day(now), health=health, reason=reason)


def _enter_leaves(life: Life, week: int, *, now: datetime) -> None:
    for number, leave_week, weekday, days, kind, part in _LEAVES:
        entered = min(leave_week - 2, -1) if kind != LeaveKind.SICK else leave_week
        if week != entered:
            continue
        first = life.timetable.monday(leave_week) + timedelta(days=weekday)
        take_leave(
            actor=life.account(OFFICE),
            now=now,
            person_id=life.people[number].pk,
            starts_on=first,
            ends_before=first + timedelta(days=days),
            kind=kind,
            part=part,
        )


def _assess_skills(life: Life, *, now: datetime) -> None:
    skills = {row.name: row for row in Skill.objects.all()}
    for person in STAFF:
        for key, level in person.skills:
            assess_skill(
                actor=life.account(MANAGER),
                now=now,
                person_id=life.people[person.number].pk,
                skill=skills[SKILLS[key][0]],
                level=level,
                assessed_on=local_day(now),
                evidence="年次スキル評価",
            )
