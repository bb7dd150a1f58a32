"""Lists of public holidays are looked at first and then taken over."""

import secrets
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kaname.ground.calendars.models import HolidayOverride
from kaname.ground.calendars.types import HolidayDifference

LIST = "国民の祝日・休日月日,国民の祝日・休日名称\r\n2027/1/1,元日\r\n2027/7/1,臨時休日\r\n2027/2/11,建国の日\r\n"


@pytest.fixture
def office(company, browse):
    return browse(company.office)


def look(client, content: bytes, name="syukujitsu.csv"):
    typed = {"file": SimpleUploadedFile(name, content), "idempotency_key": secrets.token_hex(16)}
    return client.post(reverse("calendars:preview_holidays"), typed)


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_preview_shows_differences_and_writes_nothing(company, office, encoding: str) -> None:
    response = look(office, LIST.encode(encoding))
    assert response.status_code == 200
    found = response.context["differences"]
    assert found[:3] == [
        HolidayDifference(on=date(2027, 1, 11), listed="", library="成人の日"),
        HolidayDifference(on=date(2027, 2, 11), listed="建国の日", library="建国記念の日"),
        HolidayDifference(on=date(2027, 2, 23), listed="", library="天皇誕生日"),
    ]
    assert HolidayDifference(on=date(2027, 7, 1), listed="臨時休日", library="") in found
    assert not HolidayOverride.objects.exists()


def test_take_replaces_the_years_of_the_list_alone(company, office) -> None:
    HolidayOverride.objects.create(on=date(2027, 3, 3), name="古い")
    HolidayOverride.objects.create(on=date(2026, 3, 3), name="残る")
    days = look(office, LIST.encode("cp932")).context["taking"].initial["days"]
    response = office.post(reverse("calendars:take_holidays"), {"days": days, "idempotency_key": secrets.token_hex(16)})
    assert response.status_code == 302
    assert list(HolidayOverride.objects.order_by("on").values_list("on", "name")) == [
        (date(2026, 3, 3), "残る"),
        (date(2027, 1, 1), "元日"),
        (date(2027, 2, 11), "建国の日"),
        (date(2027, 7, 1), "臨時休日"),
    ]
    shown = office.get(reverse("calendars:holidays"), {"year": 2027})
    assert [name for _on, name in shown.context["days"]] == ["元日", "建国の日", "臨時休日"]


def test_forget_goes_back_to_the_library(company, office) -> None:
    HolidayOverride.objects.create(on=date(2027, 3, 3), name="古い")
    office.post(reverse("calendars:forget_holidays", args=[2027]), {"idempotency_key": secrets.token_hex(16)})
    assert len(office.get(reverse("calendars:holidays"), {"year": 2027}).context["days"]) == 17


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            "日付,名称\n2027/2/30,誤り\n".encode(),
            "a.csv, line 2: 2027/2/30 is no date. Correct the line and import the file again.",
        ),
        (
            b"2027\x81",
            "a.csv: The text is neither UTF-8 nor Shift_JIS (CP932). Save the list as CSV in one of these encodings.",
        ),
        (
            b"a,b\n",
            "a.csv: No row holds a date and a name of a holiday. The first column must hold dates such as 2026/1/1, the second the names.",
        ),
    ],
)
def test_preview_says_file_line_and_what_to_do(company, office, content: bytes, says: str) -> None:
    response = look(office, content, name="a.csv")
    assert (response.status_code, response.context["form"].errors["file"]) == (422, [says])
