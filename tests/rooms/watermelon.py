"""A project reported green whose critical task needs four times as long as agreed, and how it got there."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import time_machine
from django.test import Client

from kaname.ground.projects.operations import report_status
from kaname.ground.projects.types import Health
from kaname.kernel.accounts.models import User
from kaname.kernel.journal.deliveries import hand_out
from kaname.pso.schedule.operations import TaskReport, add_task, begin_plan, link_tasks, report_progress, take_baseline
from tests.rooms.company import NOW, Company, found_company

DAY = 480
LATER = NOW + timedelta(days=7)


@contextmanager
def grow_watermelon() -> Iterator[Company]:
    """Found the company, let its own project become a watermelon, and stay in the week after."""
    with time_machine.travel(NOW, tick=False):
        company = found_company()
        act = {"actor": company.pm, "now": NOW}
        plan = begin_plan(**act, project=company.own)
        first = add_task(**act, plan_id=plan.pk, name="要件定義", duration_minutes=10 * DAY)
        second = add_task(**act, plan_id=plan.pk, name="基本設計", duration_minutes=10 * DAY)
        link_tasks(**act, plan_id=plan.pk, predecessor_id=first.pk, successor_id=second.pk)
        take_baseline(**act, plan_id=plan.pk)
        report_status(
            **act, project_id=company.own.pk, on=NOW.date(), health=Health.WELL, reason="予定どおり進んでいます"
        )
    with time_machine.travel(LATER, tick=False):
        first.refresh_from_db()
        report_progress(
            actor=company.pm,
            now=LATER,
            report=TaskReport(
                task_id=first.pk, expected_version=first.version, percent_permille=200, remaining_minutes=30 * DAY
            ),
        )
        hand_out(now=LATER)
        yield company


def browser_of(user: User, language: str = "en") -> Client:
    """Return a browser in which an account is signed in."""
    User.objects.filter(pk=user.pk).update(language=language)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
