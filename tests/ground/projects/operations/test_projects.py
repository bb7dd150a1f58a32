from datetime import date

import pytest

from kaname.ground.projects.models import Project
from kaname.ground.projects.operations import (
    CodeTaken,
    close_project,
    edit_project,
    register_project,
    reopen_project,
)
from kaname.ground.projects.types import ProjectState
from kaname.kernel.journal.models import Entry
from kaname.kernel.records import Stale
from kaname.kernel.rules.types import Missing, Refused
from tests.rooms.company import NOW, Company


def test_edit_publishes_only_what_differs(company: Company) -> None:
    edit_project(
        actor=company.pm, now=NOW, project_id=company.own.pk, expected_version=1,
        name="基幹刷新", customer="東和", department=company.department, group=None,
    )  # fmt: skip
    entry = Entry.objects.latest("id")
    assert (entry.name, entry.payload) == ("projects.project_changed", {"fields": ["customer"]})


def test_edit_with_what_is_there_already_changes_nothing(company: Company) -> None:
    before = Entry.objects.count()
    edit_project(actor=company.pm, now=NOW, project_id=company.own.pk, expected_version=1, name="基幹刷新")
    company.own.refresh_from_db()
    assert (company.own.version, Entry.objects.count()) == (1, before)
    with pytest.raises(Stale):
        edit_project(actor=company.pm, now=NOW, project_id=company.own.pk, expected_version=9, name="基幹刷新")


def test_code_is_taken_once(company: Company) -> None:
    with pytest.raises(CodeTaken):
        edit_project(actor=company.pm, now=NOW, project_id=company.own.pk, expected_version=1, code="P-002")
    with pytest.raises(CodeTaken):
        register_project(
            actor=company.office, now=NOW, code="P-001", name="x", project_class=company.project_class,
            department=company.department, starts_on=date(2026, 4, 1),
        )  # fmt: skip
    assert list(Project.objects.order_by("code").values_list("code", flat=True)) == ["P-001", "P-002"]


def test_edit_of_a_foreign_project_is_missing_and_by_a_member_refused(company: Company) -> None:
    with pytest.raises(Missing):
        edit_project(actor=company.pm, now=NOW, project_id=company.other.pk, expected_version=1, name="x")
    with pytest.raises(Refused):
        edit_project(actor=company.member, now=NOW, project_id=company.own.pk, expected_version=1, name="x")
    assert list(Project.objects.order_by("code").values_list("name", flat=True)) == ["基幹刷新", "秘密計画"]


def test_closed_project_is_taken_up_again(company: Company) -> None:
    act = {"actor": company.pm, "now": NOW, "project_id": company.own.pk}
    close_project(**act, expected_version=1, closed_on=date(2026, 4, 6))
    reopened = reopen_project(**act, expected_version=2)
    assert (reopened.state, reopened.closed_on, reopened.version) == (ProjectState.ACTIVE, None, 3)
    assert Entry.objects.latest("id").name == "projects.project_reopened"
