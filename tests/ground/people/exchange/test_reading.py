"""A file of people is compared with the register first; what it says wrongly is told by row and column."""

from datetime import date

import pytest
from django.utils.translation import override

from kaname.ground.people.exchange.reading import (
    Outcome,
    PeopleFileRefused,
    plan_people,
    read_people,
    take_people,
)
from kaname.ground.people.exchange.writing import write_people
from kaname.ground.people.models import Person
from kaname.ground.people.operations import create_department, edit_person, register_partner
from kaname.ground.people.queries import departments, people, with_skills
from kaname.kernel.rules.system import SYSTEM
from tests.rooms.company import NOW

ACT = {"actor": SYSTEM, "now": NOW}
TABLE = (
    "社員番号,氏名,フリガナ,部署,雇用形態,入社日\r\n"
    "E101,後藤　健,ゴトウ　ケン,開発部,正社員,2026/4/1\r\n"
    "E002,山田 太郎,よみ2,開発部,契約社員,2020年4月1日\r\n"
    "E003,,,,,\r\n"
)


def plans(text, encoding="utf-8"):
    return plan_people(read_people(text.encode(encoding), file="a.csv"), actor=SYSTEM)


@pytest.fixture(autouse=True)
def _english():
    with override("en"):
        yield


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_plan_tells_new_changed_and_same(company, encoding: str) -> None:
    planned = plans(TABLE, encoding)
    assert [(plan.row.number, plan.outcome) for plan in planned] == [
        (2, Outcome.NEW),
        (3, Outcome.CHANGED),
        (4, Outcome.SAME),
    ]
    (change,) = planned[1].changes
    assert (change.label, change.before, change.after) == ("Employment", "Permanent employee", "Contract employee")
    assert Person.objects.count() == 4


def test_take_registers_and_changes_and_nothing_else(company) -> None:
    planned = plans(TABLE)
    assert take_people(planned, **ACT) == []
    new = Person.objects.get(employee_number="E101")
    assert (new.name, new.reading, new.department, new.joined_on) == (
        "後藤 健",
        "ごとう けん",
        company.department,
        date(2026, 4, 1),
    )
    assert list(Person.objects.order_by("employee_number").values_list("employee_number", "employment", "version")) == [
        ("E001", "permanent", 1),
        ("E002", "contract", 2),
        ("E003", "permanent", 1),
        ("E004", "permanent", 1),
        ("E101", "permanent", 1),
    ]


@pytest.mark.parametrize(
    ("line", "problems"),
    [
        (
            "E101,後藤 健,ごとう けん,宇宙部,,2026/4/1",
            ["Department: There is no department “宇宙部”. Make it first or correct the name."],
        ),
        ("E101,後藤 健,ごとう けん,開発部,,2026/2/30", ["Joined: “2026/2/30” is no date. Write it like 2026/4/1."]),
        ("E101,後藤 健,,開発部,,", ["Reading is missing.", "Joined is missing."]),
        (",後藤 健,ごとう けん,開発部,,2026/4/1", ["Employee number is missing."]),
    ],
)
def test_row_that_is_wrong_says_column_and_what_to_do(company, line: str, problems: list[str]) -> None:
    (plan,) = plans(f"社員番号,氏名,フリガナ,部署,雇用形態,入社日\n{line}\n")
    assert (plan.outcome, plan.problems) == (Outcome.REFUSED, problems)


def test_department_of_two_names_is_asked_for_with_those_above(company) -> None:
    other = create_department(**ACT, name="営業部")
    for parent in (company.department, other):
        create_department(**ACT, name="第一課", parent=parent)
    one, two = plans("社員番号,部門\nE001,第一課\nE002,営業部 / 第一課\n")
    assert one.problems == ["Department: “第一課” names several departments. Write those above it too."]
    assert two.values["department"].parent == other


def test_number_twice_in_one_file_is_refused(company) -> None:
    assert [plan.outcome for plan in plans("社員番号,勤務地\nE001,大阪\nE001,東京\n")] == [
        Outcome.CHANGED,
        Outcome.REFUSED,
    ]


def test_take_leaves_out_who_was_changed_meanwhile_and_takes_the_others(company) -> None:
    planned = plans("社員番号,勤務地\nE001,大阪\nE002,東京\n")
    edit_person(**ACT, person_id=planned[0].person.pk, expected_version=1, place="札幌")
    (left,) = take_people(planned, **ACT)
    assert left.problems == ["Somebody has changed this person meanwhile."]
    places = dict(Person.objects.values_list("employee_number", "place"))
    assert (places["E001"], places["E002"]) == ("札幌", "東京")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "a.csv: The file is empty."),
        ("名前だけ\n山田\n".encode(), "a.csv: no heading names the employee number."),
        (b"PK\x03\x04\x00\x00\x00", "a.csv, byte 4: The file is no text: it contains binary data."),
    ],
)
def test_file_without_a_table_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(PeopleFileRefused) as refusal:
        read_people(content, file="a.csv")
    assert str(refusal.value).startswith(says)


def test_what_was_exported_comes_back_as_the_same(company) -> None:
    partner = register_partner(**ACT, name="みなと情報")
    edit_person(
        **ACT, person_id=company.pm_person.pk, expected_version=1, partner=partner, left_before=date(2027, 4, 1)
    )
    for language in ("ja", "en"):
        with override(language):
            file = write_people(with_skills(people(SYSTEM)), actor=SYSTEM, kind="csv", departments=departments())
            planned = plan_people(read_people(file.content, file="a.csv"), actor=SYSTEM)
        assert [plan.outcome for plan in planned] == [Outcome.SAME] * 4
