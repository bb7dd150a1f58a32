"""People, departments, partners and skills are kept by those who may; nothing typed is lost, nothing leaks."""

import secrets
from datetime import date

import pytest
from django.urls import reverse

from kaname.ground.people.models import CostRate, Department, Leave, Partner, PartTimePeriod, Person, PersonSkill, Skill
from kaname.ground.people.operations import create_department, edit_person, set_cost_rate, take_leave
from kaname.kernel.accounts.models import RoleGrant
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.rules.system import SYSTEM
from tests.rooms.company import NOW, account

ACT = {"actor": SYSTEM, "now": NOW}


@pytest.fixture
def office(company, browse):
    return browse(company.office)


def send(client, door, /, *args, **typed):
    return client.post(reverse(f"people:{door}", args=args), typed | {"idempotency_key": secrets.token_hex(16)})


def typed_person(company, **values):
    facts = {
        "name": "　後藤　健",
        "reading": "ゴトウ　ケン",
        "employee_number": "E101",
        "department": company.department.pk,
        "employment": "permanent",
        "joined_on": "2026-04-01",
    }
    return facts | values


def test_new_person_is_kept_with_one_form_of_name_and_reading(company, office) -> None:
    response = send(office, "new", **typed_person(company, last_day="2027-03-31"))
    kept = Person.objects.get(employee_number="E101")
    assert (response.status_code, response.url) == (302, reverse("people:person", args=[kept.pk]))
    assert (kept.name, kept.reading, kept.joined_on, kept.left_before) == (
        "後藤 健",
        "ごとう けん",
        date(2026, 4, 1),
        date(2027, 4, 1),
    )


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"last_day": "2026-03-31"}, "The last day of work must not lie before the first one."),
        ({"employment": "partner"}, "A partner company member needs a partner company."),
        ({"employee_number": "E001"}, "Employee number: there is one with this value already. Choose another."),
    ],
)
def test_new_person_is_refused_with_the_reason_and_the_form_as_typed(company, office, values, says: str) -> None:
    response = send(office, "new", **typed_person(company, **values))
    form = response.context["form"]
    assert (response.status_code, form.non_field_errors(), form["name"].value()) == (422, [says], "　後藤　健")
    assert Person.objects.count() == 4


def test_edit_too_late_shows_both_versions(company, office) -> None:
    edit_person(**ACT, person_id=company.pm_person.pk, expected_version=1, place="大阪")
    values = {"name": "山田 太郎", "reading": "よみ2", "employee_number": "E002", "place": "東京", "version": 1}
    response = send(office, "edit", company.pm_person.pk, **typed_person(company, **values))
    shown = {str(field.label): (field.mine, field.theirs) for field in response.context["form"].conflict.fields}
    assert (response.status_code, ("東京", "大阪") in shown.values()) == (409, True)
    assert Person.objects.get(pk=company.pm_person.pk).place == "大阪"


@pytest.mark.parametrize(
    "door", ["new", "edit", "new_department", "department", "archive_department", "new_partner", "new_skill"]
)
def test_members_register_nothing(company, browse, door: str) -> None:
    args = {"edit": [company.pm_person.pk], "department": [company.department.pk]}.get(
        door, [company.department.pk] if door == "archive_department" else []
    )
    typed = typed_person(company, name="侵入", version=1)
    assert send(browse(company.member), door, *args, **typed).status_code == 404
    assert (Person.objects.count(), Department.objects.count(), Partner.objects.count(), Skill.objects.count()) == (
        4,
        1,
        0,
        0,
    )
    assert Person.objects.get(pk=company.pm_person.pk).version == 1


def test_member_enters_own_leave_of_half_a_day_and_takes_it_back(company, browse) -> None:
    client, own = browse(company.member), company.member_person.pk
    send(client, "time", own, kind="paid", part="morning", starts_on="2026-05-01")
    kept = Leave.objects.get()
    assert (kept.starts_on, kept.ends_before, kept.part) == (date(2026, 5, 1), date(2026, 5, 2), "morning")
    send(client, "cancel_leave", own, kept.pk)
    assert not Leave.objects.exists()


def test_leave_of_others_is_neither_seen_nor_entered(company, browse) -> None:
    take_leave(**ACT, person_id=company.pm_person.pk, starts_on=date(2026, 5, 1), ends_before=date(2026, 5, 2))
    client, other = browse(company.member), company.pm_person.pk
    assert client.get(reverse("people:time", args=[other])).status_code == 404
    assert b"Paid leave" not in client.get(reverse("people:person", args=[other])).content
    assert send(client, "time", other, kind="paid", part="whole", starts_on="2026-06-01").status_code in {403, 404}
    assert send(client, "cancel_leave", other, Leave.objects.get().pk).status_code == 403
    assert Leave.objects.count() == 1


def test_part_time_is_entered_and_removed(company, office) -> None:
    week = {f"week_{day}_0_{end}": time for day in range(5) for end, time in (("start", "9:00"), ("finish", "15:00"))}
    send(office, "part_time", company.member_person.pk, starts_on="2026-05-01", reason="育児", **week)
    kept = PartTimePeriod.objects.get()
    assert (kept.ends_before, kept.week) == (None, [[[540, 900]]] * 5 + [[], []])
    send(office, "end_part_time", company.member_person.pk, kept.pk)
    assert not PartTimePeriod.objects.exists()


def test_cost_rates_are_seen_and_set_by_the_office_alone(company, browse) -> None:
    person = company.member_person.pk
    set_cost_rate(**ACT, person_id=person, starts_on=date(2025, 4, 1), per_hour=5000)
    send(browse(company.office), "cost", person, starts_on="2026-04-01", per_hour=5600)
    shown = browse(company.office).get(reverse("people:cost", args=[person])).context["rates"]
    assert [(rate.per_hour, ends_on) for rate, ends_on in shown] == [(5600, None), (5000, date(2026, 3, 31))]
    client = browse(company.member)
    assert client.get(reverse("people:cost", args=[person])).status_code == 404
    assert send(client, "cost", person, starts_on="2026-05-01", per_hour=1).status_code == 404
    own_page = client.get(reverse("people:person", args=[person])).context["page"]
    assert reverse("people:time", args=[person]) in [tab.url for tab in own_page.tabs]
    assert reverse("people:cost", args=[person]) not in [tab.url for tab in own_page.tabs]
    assert CostRate.objects.count() == 2


def test_department_manager_sees_leave_of_the_department_and_below(company, browse) -> None:
    below = create_department(**ACT, name="第一課", parent=company.department, manager=company.pm_person)
    edit_person(**ACT, person_id=company.member_person.pk, expected_version=1, department=below)
    RoleGrant.objects.create(account=company.pm, role=CompanyRole.DEPARTMENT_MANAGER)
    client = browse(company.pm)
    assert client.get(reverse("people:time", args=[company.member_person.pk])).status_code == 200
    outsider = Person.objects.get(name="外山 一")
    assert client.get(reverse("people:time", args=[outsider.pk])).status_code == 404


def test_skill_is_assessed_with_its_evidence(company, office) -> None:
    send(office, "new_skill", name="Java", name_en="Java", category="言語")
    skill, person = Skill.objects.get(), company.member_person.pk
    typed = {"skill": skill.pk, "level": "4", "assessed_on": "2026-04-01", "evidence": "結合テスト主担当"}
    assert send(office, "person_skills", person, **typed).status_code == 302
    kept = PersonSkill.objects.get()
    assert (kept.level, kept.assessed_by_id, kept.evidence) == (4, company.office.pk, "結合テスト主担当")
    assert send(office, "person_skills", person, **(typed | {"level": "6"})).status_code == 422
    line = office.get(reverse("people:skills")).context["lines"][0]
    assert (line.counts, line.alone) == ((0, 0, 0, 1, 0), 1)


def test_department_moves_with_all_below_and_never_below_itself(company, office) -> None:
    top = create_department(**ACT, name="本部")
    below = create_department(**ACT, name="第一課", parent=company.department)
    send(office, "department", company.department.pk, name="開発部", parent=top.pk, position=1, version=1)
    assert Department.objects.get(pk=below.pk).path == f"/{top.pk}/{company.department.pk}/{below.pk}/"
    response = send(office, "department", top.pk, name="本部", parent=below.pk, position=0, version=1)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["parent"])
    lines = office.get(reverse("people:departments")).context["lines"]
    assert [(line.department.name, line.department.depth, line.people, line.people_below) for line in lines] == [
        ("本部", 0, 0, 4),
        ("開発部", 1, 4, 4),
        ("第一課", 2, 0, 0),
    ]


def test_department_in_use_is_not_archived(company, office) -> None:
    send(office, "archive_department", company.department.pk, version=1)
    assert Department.objects.get().archived_at is None
    empty = create_department(**ACT, name="空")
    send(office, "archive_department", empty.pk, version=1)
    assert Department.objects.get(pk=empty.pk).archived_at == NOW
    send(office, "restore_department", empty.pk, version=2)
    assert Department.objects.get(pk=empty.pk).archived_at is None


def test_partner_is_kept_and_taken_out_of_use(company, office) -> None:
    send(office, "new_partner", name="みなと情報", reading="みなとじょうほう")
    kept = Partner.objects.get()
    send(office, "partner", kept.pk, name="みなと情報", reading="みなと", calendar=company.calendar.pk, version=1)
    send(office, "archive_partner", kept.pk, version=2)
    kept.refresh_from_db()
    assert (kept.reading, kept.calendar, kept.archived_at, kept.version) == ("みなと", company.calendar, NOW, 3)


def test_externals_see_no_organisation(company, browse) -> None:
    guest = browse(account("guest@example.jp", "客人 一", CompanyRole.EXTERNAL))
    for door in ("departments", "partners", "skills"):
        assert guest.get(reverse(f"people:{door}")).status_code == 404
    shown = guest.get(reverse("people:people"))
    assert (shown.status_code, shown.context["departments"], shown.context["lines"]) == (200, [], [])


def test_me_leads_to_the_own_page(company, browse) -> None:
    response = browse(company.member).get(reverse("people:me"))
    assert (response.status_code, response.url) == (302, reverse("people:person", args=[company.member_person.pk]))
    nobody = browse(account("nobody@example.jp", "無 所属", CompanyRole.MEMBER))
    assert nobody.get(reverse("people:me")).status_code == 200


@pytest.mark.parametrize("more", [0, 2])
def test_registers_cost_the_same_for_many(company, office, count_queries, more: int) -> None:
    for number in range(more):
        create_department(**ACT, name=f"課{number}", parent=company.department, manager=company.pm_person)
        send(office, "new_skill", name=f"技{number}")
        send(office, "new_partner", name=f"社{number}")
    for door, expected in (("departments", 2), ("partners", 2), ("skills", 2)):
        with count_queries("people", expected):
            office.get(reverse(f"people:{door}"))
