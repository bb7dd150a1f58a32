from kaname.ground.people.types import PERSON_FACTS
from kaname.ground.projects.operations import edit_project
from kaname.kernel.journal.deliveries import hand_out
from kaname.kernel.rules.system import SYSTEM
from kaname.kernel.search.queries import find
from tests.rooms.company import NOW, Company


def test_projects_are_found_by_whoever_sees_them(company: Company) -> None:
    edit_project(
        actor=SYSTEM, now=NOW, project_id=company.own.pk, expected_version=1, purpose="出荷までの日数を短縮する"
    )
    hand_out(now=NOW)
    hits = find(actor=company.member, query="出荷")
    assert [(hit.object_id, hit.url) for hit in hits] == [(company.own.pk, f"/projects/{company.own.pk}/")]
    assert find(actor=company.outsider, query="出荷") == []
    assert {hit.name for hit in find(actor=company.office, query="P-00")} == {"P-001 基幹刷新", "P-002 秘密計画"}


def test_people_carry_load_and_projects_that_the_reader_may_see(company: Company) -> None:
    ids = [company.pm_person.pk, company.member_person.pk]
    assert PERSON_FACTS["load"].export(company.office, ids) == {ids[0]: 0.5, ids[1]: 1.0}
    assert PERSON_FACTS["projects"].export(company.office, ids) == {ids[0]: "P-001", ids[1]: "P-001"}
    assert PERSON_FACTS["projects"].export(company.outsider, ids) == {}
