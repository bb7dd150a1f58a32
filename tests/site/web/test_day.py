"""My day: own tasks, reports that are due, where to look; nothing of what is hidden."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kaname.ground.projects.operations import report_status
from kaname.ground.projects.types import Health
from kaname.kernel.journal.deliveries import hand_out
from kaname.pso.schedule.operations import add_task, assign_people, begin_plan, take_baseline
from tests.rooms.company import NOW, found_company

LATER = NOW + timedelta(days=20)


@pytest.fixture
def company(db):
    with time_machine.travel(NOW, tick=False):
        company = found_company()
        act = {"actor": company.pm, "now": NOW}
        plan = begin_plan(**act, project=company.own)
        task = add_task(**act, plan_id=plan.pk, name="要件定義書の作成", duration_minutes=480)
        assign_people(**act, task_id=task.pk, expected_version=task.version, people={company.member_person: 1000})
        take_baseline(**act, plan_id=plan.pk)
        report_status(**act, project_id=company.own.pk, on=NOW.date(), health=Health.WELL, reason="順調")
        hidden = begin_plan(actor=company.outsider, now=NOW, project=company.other)
        add_task(actor=company.outsider, now=NOW, plan_id=hidden.pk, name="秘密の作業")
    with time_machine.travel(LATER, tick=False):
        hand_out(now=LATER)
        yield company


def page_of(account) -> str:
    client = Client(headers={"Accept-Language": "ja"})
    client.force_login(account)
    answer = client.get(reverse("home"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_member_sees_late_task_with_the_way_to_report(company):
    page = page_of(company.member)
    assert "要件定義書の作成" in page
    assert 'id="my-tasks"' in page
    assert 'id="reports-due"' not in page
    assert "秘密" not in page


def test_pm_sees_that_a_report_is_due(company):
    page = page_of(company.pm)
    assert 'id="reports-due"' in page
    assert "基幹刷新" in page
    assert "秘密" not in page


def test_office_sees_where_to_look(company):
    page = page_of(company.office)
    assert 'id="look-first"' in page
    assert 'id="my-tasks"' not in page


def test_page_costs_the_same_whatever_waits(company, django_assert_max_num_queries):
    client = Client()
    client.force_login(company.pm)
    with django_assert_max_num_queries(14):
        client.get(reverse("home"))


def test_day_without_anything_teaches(company):
    page = page_of(company.outsider)
    assert 'id="reports-due"' in page
    assert "基幹刷新" not in page
