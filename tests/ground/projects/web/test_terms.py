import pytest

from kaname.ground.projects.models import ProjectClass, ProjectGroup
from kaname.ground.projects.operations import (
    archive_class,
    archive_group,
    create_group,
    define_class,
    edit_group,
    edit_project,
)
from kaname.ground.projects.types import GroupKind
from kaname.kernel.rules.system import SYSTEM
from tests.ground.conftest import Browse, CountQueries
from tests.ground.projects.sending import send
from tests.rooms.company import NOW, Company

ACT = {"actor": SYSTEM, "now": NOW}


def group(name: str, parent: ProjectGroup | None = None) -> ProjectGroup:
    return create_group(**ACT, kind=GroupKind.PORTFOLIO, name=name, parent=parent)


def test_office_makes_and_moves_groups_with_all_below(company: Company, browse: Browse) -> None:
    top, other = group("基幹"), group("社内")
    client = browse(company.office)
    send(client, "/projects/groups/add/", kind="program", name="物流", name_en="", parent=top.pk, position=0)
    middle = ProjectGroup.objects.get(name="物流")
    low = group("配送", middle)
    send(
        client, f"/projects/groups/{middle.pk}/", kind="program", name="物流", name_en="Logistics", parent=other.pk,
        position=1, version=1,
    )  # fmt: skip
    low.refresh_from_db()
    assert low.path == f"/{other.pk}/{middle.pk}/{low.pk}/"
    listed = client.get("/projects/groups/").context["rows"]
    assert [(row["branch"].thing.name, row["branch"].depth) for row in listed] == [
        ("基幹", 0), ("社内", 0), ("物流", 1), ("配送", 2),
    ]  # fmt: skip


def test_group_below_itself_is_not_offered(company: Company, browse: Browse) -> None:
    top = group("基幹")
    low = group("物流", top)
    refused = send(
        browse(company.office), f"/projects/groups/{top.pk}/", kind="portfolio", name="基幹", name_en="", parent=low.pk,
        position=0, version=1,
    )  # fmt: skip
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["parent"])
    top.refresh_from_db()
    assert top.parent_id is None


def test_group_with_projects_is_not_archived(company: Company, browse: Browse) -> None:
    top = group("基幹")
    edit_project(**ACT, project_id=company.own.pk, expected_version=1, group=top)
    client = browse(company.office)
    send(client, f"/projects/groups/{top.pk}/archive/", version=1)
    top.refresh_from_db()
    assert top.archived_at is None
    assert "Projects that are not archived still belong to it." in client.get("/projects/groups/").content.decode()
    edit_project(**ACT, project_id=company.own.pk, expected_version=2, group=None)
    send(client, f"/projects/groups/{top.pk}/archive/", version=1)
    top.refresh_from_db()
    assert top.archived_at == NOW
    send(client, f"/projects/groups/{top.pk}/restore/?version=2")
    top.refresh_from_db()
    assert top.archived_at is None


def test_archived_groups_are_listed_and_restored_by_the_office_only(company: Company, browse: Browse) -> None:
    top = group("基幹")
    archive_group(**ACT, group_id=top.pk, expected_version=1)
    page = browse(company.member).get("/projects/groups/")
    assert ([row.name for row in page.context["archived"]], page.context["may_register"]) == (["基幹"], False)
    assert f"/projects/groups/{top.pk}/restore/" not in page.content.decode()
    client = browse(company.office)
    assert f"/projects/groups/{top.pk}/restore/" in client.get("/projects/groups/").content.decode()
    send(client, f"/projects/groups/{top.pk}/restore/", version=2)
    assert list(client.get("/projects/groups/").context["archived"]) == []


def test_archived_classes_are_listed(company: Company, browse: Browse) -> None:
    kept = define_class(**ACT, code="old", name="旧区分", name_en="", position=9, phases=())
    archive_class(**ACT, class_id=kept.pk, expected_version=1)
    page = browse(company.office).get("/projects/classes/")
    assert [row.name for row in page.context["archived"]] == ["旧区分"]
    assert f"/projects/classes/{kept.pk}/restore/" in page.content.decode()


def test_class_keeps_its_phases_in_order_and_projects_keep_theirs(company: Company, browse: Browse) -> None:
    client = browse(company.office)
    send(
        client, f"/projects/classes/{company.project_class.pk}/", name="システム開発", name_en="", position=0, version=1,
        phase=["", ""], phase_name=["設計", "構築"], phase_name_en=["Design", "Build"],
    )  # fmt: skip
    assert [phase.name for phase in company.project_class.phase_templates.order_by("position")] == ["設計", "構築"]
    assert company.own.phases.count() == 6


def test_class_code_is_taken_once(company: Company, browse: Browse) -> None:
    refused = send(
        browse(company.office), "/projects/classes/add/", code="system", name="二つ目", name_en="", position=0,
        phase=[""], phase_name=["設計"], phase_name_en=[""],
    )  # fmt: skip
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["code"])
    assert ProjectClass.objects.count() == 1


def test_late_edit_of_a_group_shows_both_versions(company: Company, browse: Browse) -> None:
    top = group("基幹")
    edit_group(
        **ACT,
        group_id=top.pk,
        expected_version=1,
        kind=GroupKind.PORTFOLIO,
        name="別",
        name_en="",
        parent=None,
        position=0,
    )
    late = send(
        browse(company.office), f"/projects/groups/{top.pk}/", kind="portfolio", name="私", name_en="", parent="",
        position=0, version=1,
    )  # fmt: skip
    assert late.status_code == 409
    assert [(field.mine, field.theirs) for field in late.context["form"].conflict.fields] == [("私", "別")]


def test_member_reads_terms_and_changes_none(company: Company, browse: Browse) -> None:
    top = group("基幹")
    client = browse(company.member)
    assert client.get("/projects/groups/").status_code == 200
    assert client.get("/projects/classes/").status_code == 200
    for path in ("groups/add/", f"groups/{top.pk}/", f"groups/{top.pk}/archive/", "classes/add/"):
        assert send(client, f"/projects/{path}", name="x", version=1).status_code == 404
    top.refresh_from_db()
    assert (top.name, top.archived_at, ProjectGroup.objects.count()) == ("基幹", None, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_terms_cost_the_same_for_many(
    count: int, company: Company, browse: Browse, count_queries: CountQueries
) -> None:
    for number in range(count):
        group(f"G{number}")
    for number in range(count - 1):
        define_class(**ACT, code=f"c{number}", name="x")
    client = browse(company.office)
    with count_queries("projects", 3):
        client.get("/projects/groups/")
    with count_queries("projects", 4):
        client.get("/projects/classes/")
