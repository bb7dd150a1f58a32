"""Calendars, their exceptions and the fiscal year are changed by those who may, and nothing typed is lost."""

import secrets
from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from kaname.ground.calendars.models import CalendarException, CompanyYear, WorkCalendar
from kaname.ground.calendars.operations import STANDARD_WEEK, create_calendar, edit_calendar
from kaname.kernel.rules.system import SYSTEM
from tests.rooms.company import NOW

ACT = {"actor": SYSTEM, "now": NOW}


def rows(week):
    typed = {}
    for day, shifts in enumerate(week):
        if shifts is None:
            typed[f"week_{day}_base"] = "on"
        for slot, (start, finish) in enumerate(shifts or []):
            typed |= {f"week_{day}_{slot}_start": start, f"week_{day}_{slot}_finish": finish}
    return typed


NIGHT = rows([[("0:00", "5"), ("22:00", "24:00")]] * 5 + [[], []])


@pytest.fixture
def office(company, browse):
    return browse(company.office)


def send(client, door, /, *args, **typed):
    return client.post(reverse(f"calendars:{door}", args=args), typed | {"idempotency_key": secrets.token_hex(16)})


def test_new_calendar_takes_several_shifts_a_day(company, office) -> None:
    response = send(office, "new", name="夜間班", kind="project", **NIGHT)
    made = WorkCalendar.objects.get(name="夜間班")
    assert (response.status_code, response.url) == (302, reverse("calendars:calendar", args=[made.pk]))
    assert (made.kind, made.week, made.base, made.observes_public_holidays) == (
        "project",
        [[[0, 300], [1320, 1440]]] * 5 + [[], []],
        None,
        False,
    )


def test_new_calendar_keeps_what_was_typed_when_it_is_wrong(company, office) -> None:
    typed = rows([[("9:00", "")], [("nine", "12:00")]] + [[]] * 5)
    response = send(office, "new", name="誤り", kind="company", **typed)
    assert response.status_code == 422
    with override("en"):
        assert response.context["form"].errors["week"] == [
            "Mon: a shift needs its beginning and its end.",
            "Tue: “nine” is no time of day. Write it like 9:00.",
        ]
    assert 'value="nine"' in response.content.decode()
    assert WorkCalendar.objects.count() == 1


@pytest.mark.parametrize(
    ("week", "says"),
    [
        ([[("9:00", "13:00"), ("12:00", "18:00")]] + [[]] * 6, "Working hours of one day must not overlap."),
        ([[("18:00", "9:00")]] + [[]] * 6, "Working hours begin before they end and lie within one day."),
        ([[]] * 7, "At least one weekday needs working hours."),
    ],
)
def test_new_calendar_refuses_hours_that_cannot_be_worked(company, office, week, says: str) -> None:
    response = send(office, "new", name="誤り", kind="company", **rows(week))
    assert (response.status_code, response.context["form"].non_field_errors()) == (422, [says])
    assert WorkCalendar.objects.count() == 1


def test_new_calendar_refuses_to_follow_no_base(company, office) -> None:
    response = send(office, "new", name="誤り", kind="company", **rows([None] * 7))
    assert list(response.context["form"].errors) == ["week"]
    assert WorkCalendar.objects.count() == 1


def test_new_calendar_refuses_a_name_in_use(company, office) -> None:
    response = send(office, "new", name="標準", kind="company", **NIGHT)
    assert (response.status_code, WorkCalendar.objects.count()) == (422, 1)


def test_edit_saves_and_counts_the_version(company, office) -> None:
    response = send(office, "edit", company.calendar.pk, name="本社", version=1, **NIGHT)
    kept = WorkCalendar.objects.get()
    assert (response.status_code, kept.name, kept.version, kept.observes_public_holidays) == (302, "本社", 2, False)


def test_edit_too_late_shows_both_versions_and_writes_nothing(company, office) -> None:
    edit_calendar(**ACT, calendar_id=company.calendar.pk, expected_version=1, name="本社")
    response = send(office, "edit", company.calendar.pk, name="支社", version=1, **NIGHT)
    assert response.status_code == 409
    conflict = response.context["form"].conflict.fields[0]
    assert (conflict.mine, conflict.theirs) == ("支社", "本社")
    assert WorkCalendar.objects.get().name == "本社"


def test_edit_refuses_to_stand_on_itself(company, office) -> None:
    above = create_calendar(**ACT, name="班", base=company.calendar)
    response = send(office, "edit", company.calendar.pk, name="標準", version=1, base=above.pk, **NIGHT)
    assert response.context["form"].non_field_errors() == ["A calendar cannot stand on itself."]


def test_archive_is_refused_while_others_stand_on_it(company, office) -> None:
    create_calendar(**ACT, name="班", base=company.calendar)
    send(office, "archive", company.calendar.pk, version=1)
    assert WorkCalendar.objects.get(pk=company.calendar.pk).archived_at is None


def test_archive_and_restore(company, office) -> None:
    send(office, "archive", company.calendar.pk, version=1)
    assert WorkCalendar.objects.get().archived_at == NOW
    send(office, "restore", company.calendar.pk, version=2)
    assert WorkCalendar.objects.get().archived_at is None


def test_exception_of_one_day_with_hours(company, office) -> None:
    response = send(
        office,
        "exceptions",
        company.calendar.pk,
        name="創立記念日",
        kind="half_day",
        starts_on="2026-06-01",
        hours="９：００〜12:00",
    )
    kept = CalendarException.objects.get()
    assert (response.status_code, kept.starts_on, kept.ends_before, kept.shifts) == (
        302,
        date(2026, 6, 1),
        date(2026, 6, 2),
        [[540, 720]],
    )


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": "day_off", "hours": "9-12"}, "__all__"),
        ({"kind": "half_day", "hours": ""}, "__all__"),
        ({"kind": "half_day", "hours": "9時"}, "hours"),
        ({"kind": "day_off", "ends_on": "2026-05-31"}, "ends_on"),
    ],
)
def test_exception_that_says_nothing_is_refused(company, office, typed, field: str) -> None:
    response = send(office, "exceptions", company.calendar.pk, name="x", starts_on="2026-06-01", **typed)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not CalendarException.objects.exists()


def test_exception_is_removed_only_through_its_calendar(company, office) -> None:
    other = create_calendar(**ACT, name="班")
    send(office, "exceptions", other.pk, name="x", kind="day_off", starts_on="2026-06-01")
    kept = CalendarException.objects.get()
    assert send(office, "remove_exception", company.calendar.pk, kept.pk).status_code == 404
    assert CalendarException.objects.exists()
    assert send(office, "remove_exception", other.pk, kept.pk).status_code == 302
    assert not CalendarException.objects.exists()


def test_fiscal_year_is_saved(company, office) -> None:
    assert send(office, "company_year", starts_in_month=10, holiday_country="US", version=1).status_code == 302
    kept = CompanyYear.objects.get()
    assert (kept.starts_in_month, kept.holiday_country, kept.version) == (10, "US", 2)


@pytest.mark.parametrize("name", ["new", "edit", "archive", "exceptions", "company_year", "take_holidays"])
def test_members_change_nothing(company, browse, name: str) -> None:
    args = [company.calendar.pk] if name in {"edit", "archive", "exceptions"} else []
    typed = {
        "name": "x",
        "kind": "day_off",
        "starts_on": "2026-06-01",
        "version": 1,
        "days": "2026-01-01 元日",
        "starts_in_month": 1,
    }
    assert send(browse(company.member), name, *args, **typed).status_code == 404
    assert (WorkCalendar.objects.get().week, CalendarException.objects.count()) == (STANDARD_WEEK, 0)
    assert not CompanyYear.objects.exists()
