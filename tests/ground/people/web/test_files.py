"""The register goes out as a file and comes in with a preview."""

import secrets

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kaname.ground.people.models import Person
from kaname.kernel.accounts.types import CompanyRole
from tests.rooms.company import account

TABLE = "社員番号,勤務地\nE001,大阪\nE999,東京\n"


def key():
    return {"idempotency_key": secrets.token_hex(16)}


def look(client, text=TABLE):
    return client.post(reverse("people:import"), key() | {"file": SimpleUploadedFile("a.csv", text.encode("cp932"))})


def test_preview_writes_nothing_and_take_over_writes_the_good_rows(company, browse) -> None:
    office = browse(company.office)
    response = look(office)
    assert response.context["counts"] == {"new": 0, "changed": 1, "same": 0, "refused": 1}
    assert not Person.objects.exclude(place="").exists()
    taken = office.post(reverse("people:take_import"), key() | {"rows": response.context["taking"].initial["rows"]})
    assert [plan.row.number for plan in taken.context["left_out"]] == [3]
    assert list(Person.objects.exclude(place="").values_list("employee_number", "place")) == [("E001", "大阪")]


@pytest.mark.parametrize("rows", ["", "nonsense", "{}", '[["x", 1]]', '[[1, {"version": "9", "place": "大阪"}]]'])
def test_take_over_of_nonsense_changes_nothing(company, browse, rows: str) -> None:
    browse(company.office).post(reverse("people:take_import"), key() | {"rows": rows})
    assert list(Person.objects.values_list("place", "version").distinct()) == [("", 1)]


def test_members_import_nothing(company, browse) -> None:
    client = browse(company.member)
    assert look(client).status_code == 404
    rows = '[[2, {"employee_number": "E001", "place": "大阪"}]]'
    assert client.post(reverse("people:take_import"), key() | {"rows": rows}).status_code == 404
    assert not Person.objects.exclude(place="").exists()


@pytest.mark.parametrize(
    ("kind", "media", "start"),
    [
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
        ("csv", "text/csv; charset=utf-8", b"\xef\xbb\xbfEmployee number,Name,Reading"),
        ("csv-cp932", "text/csv; charset=Shift_JIS", b"Employee number,Name,Reading"),
        ("exe", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    ],
)
def test_export_hands_out_the_kinds_of_file(company, browse, kind: str, media: str, start: bytes) -> None:
    response = browse(company.member).get(reverse("people:export"), {"as": kind})
    assert (response.headers["Content-Type"], response.content[: len(start)]) == (media, start)


def test_export_holds_only_visible_people_of_the_filter(company, browse) -> None:
    guest = account("guest@example.jp", "客人 一", CompanyRole.EXTERNAL)
    assert "山田" not in browse(guest).get(reverse("people:export"), {"as": "csv"}).content.decode("utf-8-sig")
    lines = browse(company.member).get(reverse("people:export"), {"as": "csv", "q": "山田"}).content.decode("utf-8-sig")
    assert [line.split(",")[0] for line in lines.splitlines()] == ["Employee number", "E002"]
