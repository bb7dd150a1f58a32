from datetime import date
from typing import Any

from kaname.ground.projects.models import Project
from kaname.ground.projects.operations import archive_project, close_project, edit_project
from kaname.ground.projects.types import ProjectState
from kaname.kernel.journal.models import Entry
from kaname.kernel.rules.system import SYSTEM
from tests.ground.conftest import Browse
from tests.ground.projects.sending import send
from tests.rooms.company import NOW, Company

ACT = {"actor": SYSTEM, "now": NOW}


def facts(company: Company, **changes: Any) -> dict[str, Any]:
    return {
        "code": "P-001", "name": "基幹刷新", "name_en": "", "customer": "", "purpose": "",
        "project_class": company.project_class.pk, "department": company.department.pk, "group": "", "calendar": "",
        "state": "active", "starts_on": "2026-04-01", "ends_on": "", "budget": "", "version": 1, **changes,
    }  # fmt: skip


def test_office_registers_a_project_with_the_phases_of_its_class(company: Company, browse: Browse) -> None:
    response = send(
        browse(company.office),
        "/projects/register/",
        **facts(company, code="P-003", name="新基盤", ends_on="2027-03-31", version=""),
    )
    project = Project.objects.get(code="P-003")
    assert response.headers["Location"] == f"/projects/{project.pk}/people/"
    assert (project.name, project.ends_before, project.budget) == ("新基盤", date(2027, 4, 1), None)
    assert [phase.name for phase in project.phases.order_by("position")][:2] == ["要件定義", "基本設計"]


def test_code_of_another_project_is_refused_and_nothing_typed_is_lost(company: Company, browse: Browse) -> None:
    response = send(
        browse(company.office), "/projects/register/", **facts(company, code="P-002", name="打ち込んだ名前")
    )
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["code"]
    assert "Another project has this code already. Choose another." in response.content.decode()
    assert "打ち込んだ名前" in response.content.decode()
    assert Project.objects.count() == 2


def test_member_can_neither_register_nor_edit(company: Company, browse: Browse) -> None:
    client = browse(company.member)
    assert client.get("/projects/register/").status_code == 404
    assert send(client, "/projects/register/", **facts(company, code="P-9")).status_code == 404
    assert send(client, f"/projects/{company.own.pk}/edit/", **facts(company, name="x")).status_code == 404
    assert list(Project.objects.order_by("code").values_list("name", flat=True)) == ["基幹刷新", "秘密計画"]


def test_pm_edits_the_own_project_only(company: Company, browse: Browse) -> None:
    client = browse(company.pm)
    saved = send(client, f"/projects/{company.own.pk}/edit/", **facts(company, name="改名", budget="5000000"))
    assert saved.status_code == 302
    company.own.refresh_from_db()
    assert (company.own.name, company.own.budget, company.own.version) == ("改名", 5_000_000, 2)
    assert send(client, f"/projects/{company.other.pk}/edit/", **facts(company)).status_code == 404


def test_late_edit_shows_both_versions_and_can_be_saved_over(company: Company, browse: Browse) -> None:
    edit_project(**ACT, project_id=company.own.pk, expected_version=1, name="別の人の名前")
    client = browse(company.pm)
    late = send(client, f"/projects/{company.own.pk}/edit/", **facts(company, name="私の名前"))
    assert late.status_code == 409
    differing = late.context["form"].conflict.fields
    assert [(field.field_id, field.mine, field.theirs) for field in differing] == [
        ("id_name", "私の名前", "別の人の名前")
    ]
    company.own.refresh_from_db()
    assert company.own.name == "別の人の名前"
    assert (
        send(client, f"/projects/{company.own.pk}/edit/", **facts(company, name="私の名前", version=2)).status_code
        == 302
    )
    company.own.refresh_from_db()
    assert company.own.name == "私の名前"


def test_finish_before_start_is_refused(company: Company, browse: Browse) -> None:
    response = send(browse(company.pm), f"/projects/{company.own.pk}/edit/", **facts(company, ends_on="2026-03-31"))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["ends_on"]
    assert "The end lies before the beginning." in response.content.decode()


def test_closing_is_undone_from_the_toast(company: Company, browse: Browse) -> None:
    client = browse(company.pm)
    send(client, f"/projects/{company.own.pk}/close/", closed_on="2026-04-06", version=1)
    company.own.refresh_from_db()
    assert (company.own.state, company.own.closed_on) == (ProjectState.CLOSED, date(2026, 4, 6))
    undo_url = f"/projects/{company.own.pk}/reopen/?version=2"
    assert f'action="{undo_url}"' in client.get(f"/projects/{company.own.pk}/").content.decode()
    send(client, undo_url)
    company.own.refresh_from_db()
    assert (company.own.state, company.own.closed_on) == (ProjectState.ACTIVE, None)


def test_archiving_is_undone_from_the_toast_by_a_script(company: Company, browse: Browse) -> None:
    client = browse(company.office)
    send(client, f"/projects/{company.own.pk}/archive/", version=1)
    company.own.refresh_from_db()
    assert company.own.archived_at == NOW
    answer = client.post(
        f"/projects/{company.own.pk}/restore/?version=2", headers={"HX-Request": "true", "Idempotency-Key": "k" * 20}
    )
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, f"/projects/{company.own.pk}/")
    company.own.refresh_from_db()
    assert company.own.archived_at is None


def test_late_archiving_changes_nothing(company: Company, browse: Browse) -> None:
    edit_project(**ACT, project_id=company.own.pk, expected_version=1, name="新")
    client = browse(company.office)
    send(client, f"/projects/{company.own.pk}/archive/", version=1)
    company.own.refresh_from_db()
    assert company.own.archived_at is None
    assert "Somebody has changed this meanwhile." in client.get(f"/projects/{company.own.pk}/").content.decode()


def test_archived_project_is_read_and_refuses_edits_with_the_reason(company: Company, browse: Browse) -> None:
    archive_project(**ACT, project_id=company.own.pk, expected_version=1)
    client = browse(company.pm)
    assert client.get(f"/projects/{company.own.pk}/").status_code == 200
    refused = send(client, f"/projects/{company.own.pk}/edit/", **facts(company, name="x", version=2))
    assert refused.status_code == 403
    company.own.refresh_from_db()
    assert company.own.name == "基幹刷新"


def test_closed_project_keeps_its_state_when_edited(company: Company, browse: Browse) -> None:
    close_project(**ACT, project_id=company.own.pk, expected_version=1, closed_on=date(2026, 4, 6))
    send(browse(company.pm), f"/projects/{company.own.pk}/edit/", **facts(company, name="改名", version=2))
    company.own.refresh_from_db()
    assert (company.own.name, company.own.state) == ("改名", ProjectState.CLOSED)


def phases(company: Company) -> list[str]:
    return [phase.name for phase in company.own.phases.order_by("position")]


def test_phases_are_renamed_reordered_added_and_taken_out(company: Company, browse: Browse) -> None:
    first, second, *_ = company.own.phases.order_by("position")
    response = send(
        browse(company.pm), f"/projects/{company.own.pk}/phases/", version=1,
        phase=[second.pk, first.pk, "", ""], phase_name=["基本設計", "要件整理", "移行", ""],
        phase_name_en=["Basic design", "", "Migration", ""],
    )  # fmt: skip
    assert response.status_code == 302
    assert phases(company) == ["基本設計", "要件整理", "移行"]
    assert [phase.pk for phase in company.own.phases.order_by("position")][:2] == [second.pk, first.pk]
    assert Entry.objects.latest("id").payload == {"fields": ["phases"]}


def test_late_phases_show_both_orders(company: Company, browse: Browse) -> None:
    edit_project(**ACT, project_id=company.own.pk, expected_version=1, name="新")
    late = send(
        browse(company.pm),
        f"/projects/{company.own.pk}/phases/",
        version=1,
        phase=[""],
        phase_name=["移行"],
        phase_name_en=[""],
    )
    assert late.status_code == 409
    assert late.context["conflict"].fields[0].mine == "移行"
    assert len(phases(company)) == 6


def test_phases_without_any_are_refused(company: Company, browse: Browse) -> None:
    response = send(
        browse(company.pm),
        f"/projects/{company.own.pk}/phases/",
        version=1,
        phase=[""],
        phase_name=[""],
        phase_name_en=[""],
    )
    assert response.status_code == 422
    assert response.context["errors"] == ["A project has at least one phase."]
    assert len(phases(company)) == 6
