"""The sample company as it stands after building."""

import pytest

from kaname.ground.people.models import Department, Partner, Person
from kaname.ground.projects.models import Project, ReportedStatus
from kaname.ground.projects.types import Health, ProjectState
from kaname.kernel import clock
from kaname.kernel.accounts.queries import list_sample_people
from kaname.kernel.journal.chain import verify
from kaname.kernel.journal.models import Delivery, Entry
from kaname.pmo.portfolio.models import Line
from kaname.pso.schedule.models import Plan, Task
from kaname.site.sample.cases import CASES, Course
from kaname.site.sample.operations import build_sample
from kaname.site.sample.personas import PERSONAS, introductions

pytestmark = pytest.mark.usefixtures("sample_db")


def names(course: Course) -> set[str]:
    return {case.name for case in CASES if case.course is course}


def test_company_is_all_there():
    assert Person.objects.count() == 60
    assert Department.objects.exclude(parent=None).count() == 6
    assert Partner.objects.count() == 3
    assert (Project.objects.count(), Plan.objects.count()) == (24, 23)
    assert Project.objects.filter(state=ProjectState.CLOSED).count() == 8
    assert Project.objects.exclude(archived_at=None).count() == 1
    assert [one.persona for one in introductions(list_sample_people())] == list(PERSONAS)


def test_watermelons_are_reported_well_and_computed_in_danger():
    gap = Line.objects.filter(reported=Health.WELL, computed=Health.DANGER)
    assert {line.project.name for line in gap.select_related("project")} == names(Course.WATERMELON)


def test_closed_projects_have_actuals_of_every_task():
    tasks = Task.objects.filter(plan__project__state=ProjectState.CLOSED, kind__in=["work", "milestone"])
    assert tasks.filter(actual_finish_at=None).count() == 0
    assert tasks.filter(actual_start_at=None).count() == 0
    assert {row.name for row in Project.objects.filter(state=ProjectState.CLOSED)} == names(Course.CLOSED)


def test_running_projects_have_a_trend_and_reports_with_reasons():
    case = next(case for case in CASES if case.code == "09")
    line = Line.objects.get(project__name=case.name)
    assert len(line.trend) == 26
    assert ReportedStatus.objects.filter(project__name=case.name, reason="").count() == 0
    assert ReportedStatus.objects.filter(project__name=case.name).count() >= 30


def test_journal_verifies_and_nothing_waits_for_a_reaction():
    verdict = verify(Entry.objects.order_by("id"))
    assert (verdict.broken_id, verdict.entries) == (None, Entry.objects.count())
    assert Delivery.objects.count() == 0


def test_second_call_does_nothing():
    before = Entry.objects.count()
    build_sample(now=clock.now(), seed=1, on_progress=lambda _permille, _step: None)
    assert Entry.objects.count() == before
