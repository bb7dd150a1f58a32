"""From a member's report to the portfolio's line, through journal and reactions."""

from datetime import timedelta

import pytest
import time_machine

from kaname.ground.projects.operations import report_status
from kaname.ground.projects.types import Health
from kaname.kernel.journal.deliveries import hand_out
from kaname.pmo.portfolio.models import Line
from kaname.pso.reports.models import Assessment
from kaname.pso.schedule.operations import TaskReport, add_task, begin_plan, link_tasks, report_progress, take_baseline
from tests.rooms.company import NOW, found_company

DAY = 480


@pytest.fixture
def watermelon(db):
    """A project reported green whose critical task needs four times as long as agreed."""
    with time_machine.travel(NOW, tick=False):
        company = found_company()
        act = {"actor": company.pm, "now": NOW}
        plan = begin_plan(**act, project=company.own)
        first = add_task(**act, plan_id=plan.pk, name="要件定義", duration_minutes=10 * DAY)
        second = add_task(**act, plan_id=plan.pk, name="基本設計", duration_minutes=10 * DAY)
        link_tasks(**act, plan_id=plan.pk, predecessor_id=first.pk, successor_id=second.pk)
        take_baseline(**act, plan_id=plan.pk)
        report_status(**act, project_id=company.own.pk, on=NOW.date(), health=Health.WELL, reason="予定どおり")
    later = NOW + timedelta(days=7)
    with time_machine.travel(later, tick=False):
        first.refresh_from_db()
        report_progress(
            actor=company.pm,
            now=later,
            report=TaskReport(
                task_id=first.pk, expected_version=first.version, percent_permille=200, remaining_minutes=30 * DAY
            ),
        )
        hand_out(now=later)
        yield company


def test_line_of_a_watermelon_shows_both_colours_and_why(watermelon):
    line = Line.objects.get(project=watermelon.own)
    assert (line.reported, line.computed) == (Health.WELL, Health.DANGER)
    assert line.delay_days_tenths > 200
    assert line.reason["template"] == "reported better than computed; forecast %(days)s working days late"
    assert line.score > 5000
    assert line.pm_name == "山田 太郎"


def test_assessment_names_the_offending_tasks(watermelon):
    kept = Assessment.objects.get(project=watermelon.own)
    forecast = next(item for item in kept.indicators if item["code"] == "forecast")
    assert forecast["health"] == "danger"
    assert [name for _pk, name, _why in forecast["offences"]] == ["要件定義", "基本設計"]
    assert kept.rules.number == 1


def test_second_handing_out_changes_nothing(watermelon):
    before = list(Line.objects.values()), Assessment.objects.count()
    assert hand_out(now=NOW + timedelta(days=7)) == 0
    assert (list(Line.objects.values()), Assessment.objects.count()) == before
