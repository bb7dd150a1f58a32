"""What the contract's requests find: a bit of everything, under small numbers."""

from datetime import date
from typing import Any, Final
from uuid import uuid4

from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kaname.ground.calendars.operations import add_exception
from kaname.ground.calendars.types import ExceptionKind
from kaname.ground.people.operations import (
    assess_skill,
    define_skill,
    register_partner,
    set_cost_rate,
    set_part_time,
    take_leave,
)
from kaname.ground.projects.operations import create_group, report_status
from kaname.ground.projects.types import GroupKind, Health
from kaname.kernel import clock
from kaname.kernel.accounts.models import User
from kaname.kernel.accounts.operations import invite
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.jobs.models import Run
from kaname.kernel.jobs.queue import enqueue_on_commit
from kaname.kernel.journal.deliveries import hand_out
from kaname.kernel.rules.system import SYSTEM
from kaname.pmo.portfolio.operations import save_view, update_line
from kaname.pso.reports.operations import assess, rules_in_force
from kaname.pso.schedule.operations import (
    add_task,
    begin_plan,
    link_tasks,
    remove_tasks,
    take_baseline,
    upload_plan_file,
)
from tests.kernel.jobs.sample import jobs
from tests.kernel.notices.conftest import roles_changed
from tests.rooms.company import Company

JOB: Final = "00000000-0000-4000-8000-000000000001"
"""The number of a parked job."""


def fill(company: Company, *, reader: User) -> None:
    """Fill the rooms; `reader` is who will ask."""
    _draw_up_a_plan(company)
    _keep_people(company)
    _keep_own_things(reader)
    _park_a_job()
    hand_out(now=clock.now(), limit=1000)


def _draw_up_a_plan(company: Company) -> None:
    act: dict[str, Any] = {"actor": SYSTEM, "now": clock.now()}
    plan = begin_plan(**act, project=company.own)
    tasks = [add_task(**act, plan_id=plan.pk, name=name) for name in ("要件定義", "基本設計", "詳細設計", "製造")]
    link_tasks(**act, plan_id=plan.pk, predecessor_id=tasks[0].pk, successor_id=tasks[1].pk)
    take_baseline(**act, plan_id=plan.pk, name="初版")
    rules_in_force(now=clock.now())
    assess(**act, project=company.own)
    update_line(**act, project=company.own)
    remove_tasks(**act, plan_id=plan.pk, task_ids=[tasks[3].pk])
    above = create_group(**act, kind=GroupKind.PORTFOLIO, name="全社")
    create_group(**act, kind=GroupKind.PROGRAM, name="刷新", parent=above)
    report_status(
        actor=company.pm,
        now=clock.now(),
        project_id=company.own.pk,
        on=date(2026, 4, 6),
        health=Health.WELL,
        reason="順調",
    )


def _keep_people(company: Company) -> None:
    act: dict[str, Any] = {"actor": SYSTEM, "now": clock.now()}
    register_partner(**act, name="協力会社")
    skill = define_skill(**act, name="Python")
    of_person = {"actor": company.office, "now": clock.now(), "person_id": company.pm_person.pk}
    assess_skill(**of_person, skill=skill, level=3, assessed_on=date(2026, 4, 1))
    take_leave(**of_person, starts_on=date(2026, 5, 1), ends_before=date(2026, 5, 2))
    set_part_time(**of_person, starts_on=date(2026, 6, 1), ends_before=None, week=[[[540, 900]]] * 5 + [[], []])
    set_cost_rate(**of_person, starts_on=date(2026, 4, 1), per_hour=8000)
    add_exception(
        **act,
        calendar_id=company.calendar.pk,
        kind=ExceptionKind.DAY_OFF,
        starts_on=date(2026, 8, 13),
        ends_before=date(2026, 8, 15),
        name="夏季休暇",
    )


def _keep_own_things(reader: User) -> None:
    act: dict[str, Any] = {"actor": reader, "now": clock.now()}
    save_view(**act, name="自分の見方", query="")
    invite(**act, email="new@example.jp", name="", language="ja", roles=[CompanyRole.MEMBER])
    upload_plan_file(**act, batch=uuid4(), file_name="plan.xml", chunks=[b"<Project/>"])
    for _time in range(3):
        roles_changed(reader, now=clock.now())


def _park_a_job() -> None:
    number = enqueue_on_commit(jobs.hopeless, job="lost")
    DBTaskResult.objects.filter(pk=number).update(id=JOB, status=TaskResultStatus.FAILED)
    Run.objects.create(result_id=JOB, attempts=5, parked_at=clock.now(), error="ValueError: lost", done=3, total=4)
