"""The register of people: who is listed, in which order, at what cost."""

from datetime import date

import pytest
from django.urls import reverse

from kaname.ground.people.operations import assess_skill, create_department, define_skill, register_person
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.rules.system import SYSTEM
from tests.rooms.company import NOW, account

ACT = {"actor": SYSTEM, "now": NOW}


def person(company, number, name, reading, **values):
    facts = {"department": company.department, "joined_on": date(2021, 4, 1)} | values
    return register_person(**ACT, employee_number=number, name=name, reading=reading, **facts)


def listed(response):
    return [row.name for row, _known in response.context["lines"]]


@pytest.fixture
def office(company, browse):
    return browse(company.office)


def test_register_sorts_by_reading_and_splits_by_sound(company, office) -> None:
    person(company, "E101", "後藤 健", "ごとう けん")
    person(company, "E102", "加藤 愛", "かとう あい")
    person(company, "E103", "Anna Berg", "Anna Berg")
    everybody = office.get(reverse("people:people"))
    assert listed(everybody) == ["Anna Berg", "加藤 愛", "後藤 健", "要 管理", "山田 太郎", "佐藤 花子", "外山 一"]
    assert [(tab.label, tab.count) for tab in everybody.context["row_tabs"]] == [
        ("All", 7),
        ("か", 2),
        ("や", 4),
        ("A–Z", 1),
    ]
    assert listed(office.get(reverse("people:people"), {"row": "か"})) == ["加藤 愛", "後藤 健"]
    assert listed(office.get(reverse("people:people"), {"row": "other"})) == ["Anna Berg"]


@pytest.mark.parametrize("words", ["後藤", "後藤健", "ごとう", "ゴトウ", "ｺﾞﾄｳ", "ごとうけ", "健 後", "e101"])
def test_register_finds_by_name_reading_or_number(company, office, words: str) -> None:
    person(company, "E101", "後藤 健", "ごとう けん")
    assert listed(office.get(reverse("people:people"), {"q": words})) == ["後藤 健"]


def test_register_narrows_by_department_with_those_below(company, office) -> None:
    below = create_department(**ACT, name="第一開発課", parent=company.department)
    beside = create_department(**ACT, name="営業部")
    person(company, "E101", "後藤 健", "ごとう けん", department=below)
    person(company, "E102", "加藤 愛", "かとう あい", department=beside)
    assert "後藤 健" in listed(office.get(reverse("people:people"), {"department": company.department.pk}))
    assert listed(office.get(reverse("people:people"), {"department": beside.pk})) == ["加藤 愛"]
    assert listed(office.get(reverse("people:people"), {"department": 999})) == []


def test_register_narrows_by_skill_of_a_level(company, office) -> None:
    java = define_skill(**ACT, name="Java", category="言語")
    for someone, level in ((company.pm_person, 4), (company.member_person, 2)):
        assess_skill(**ACT, person_id=someone.pk, skill=java, level=level, assessed_on=date(2026, 4, 1))
    assert listed(office.get(reverse("people:people"), {"skill": java.pk})) == ["山田 太郎", "佐藤 花子"]
    assert listed(office.get(reverse("people:people"), {"skill": java.pk, "level": 3})) == ["山田 太郎"]


def test_register_shows_those_who_left_only_when_asked(company, office) -> None:
    person(company, "E101", "後藤 健", "ごとう けん", left_before=date(2026, 4, 1))
    person(company, "E102", "加藤 愛", "かとう あい", joined_on=date(2026, 5, 1))
    assert "後藤 健" not in listed(office.get(reverse("people:people")))
    assert listed(office.get(reverse("people:people"), {"presence": "left"})) == ["後藤 健"]
    assert listed(office.get(reverse("people:people"), {"presence": "coming"})) == ["加藤 愛"]
    assert len(listed(office.get(reverse("people:people"), {"presence": "all"}))) == 6


def test_register_ignores_filters_that_say_nothing(company, office) -> None:
    nonsense = {
        "department": "x",
        "employment": "king",
        "skill": "٣",
        "level": "9",
        "row": "ん",
        "presence": "?",
        "sort": "salary",
        "page": "-4",
    }
    assert len(listed(office.get(reverse("people:people"), nonsense))) == 4


def test_register_shows_an_external_only_themselves(company, browse) -> None:
    guest = account("guest@example.jp", "客人 一", CompanyRole.EXTERNAL)
    person(company, "X1", "客人 一", "きゃくじん はじめ", account=guest)
    assert listed(browse(guest).get(reverse("people:people"))) == ["客人 一"]
    assert browse(guest).get(reverse("people:person", args=[company.pm_person.pk])).status_code == 404


@pytest.mark.parametrize("more", [0, 2])
def test_register_costs_the_same_for_many(company, office, count_queries, more: int) -> None:
    java = define_skill(**ACT, name="Java", category="言語")
    for number in range(more):
        made = person(company, f"E2{number}", "後藤 健", "ごとう けん")
        assess_skill(**ACT, person_id=made.pk, skill=java, level=3, assessed_on=date(2026, 4, 1))
    with count_queries("people", 7):
        office.get(reverse("people:people"))


def test_options_propose_visible_people_with_reading_and_department(company, office) -> None:
    person(company, "E101", "後藤 健", "ごとう けん")
    person(company, "E102", "後藤 去", "ごとう さる", left_before=date(2026, 4, 1))
    response = office.get(reverse("people:options"), {"q": "ごとう"})
    assert response.context["options"] == [
        {"value": response.context["options"][0]["value"], "label": "後藤 健", "note": "ごとう けん · 開発部 · E101"}
    ]


def test_options_propose_nobody_to_an_external(company, browse) -> None:
    guest = account("guest@example.jp", "客人 一", CompanyRole.EXTERNAL)
    assert browse(guest).get(reverse("people:options"), {"q": "よみ"}).context["options"] == []
