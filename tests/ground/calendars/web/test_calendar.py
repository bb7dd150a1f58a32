"""A calendar's year and the counting of business days."""

from datetime import date

import pytest
from django.urls import reverse

from kaname.ground.calendars.operations import add_exception, create_calendar
from kaname.ground.calendars.types import CalendarKind, ExceptionKind
from kaname.kernel.rules.system import SYSTEM
from tests.rooms.company import NOW

ACT = {"actor": SYSTEM, "now": NOW}


def month(response, number):
    return response.context["months"][number]


@pytest.fixture
def member(company, browse):
    return browse(company.member)


def page(client, calendar, **query):
    return client.get(reverse("calendars:calendar", args=[calendar.pk]), query)


def test_year_names_holidays_and_counts_business_days_of_each_month(company, member) -> None:
    response = page(member, company.calendar)
    assert response.context["year_name"] == "FY2026"
    assert [each.business_days for each in response.context["months"]] == [
        21,
        18,
        22,
        22,
        20,
        19,
        21,
        19,
        23,
        19,
        18,
        22,
    ]
    may = month(response, 1)
    assert [(named.days, named.name) for named in may.named] == [
        ("3", "憲法記念日"),
        ("4", "みどりの日"),
        ("5", "こどもの日"),
        ("6", "振替休日"),
    ]
    assert (may.hours, response.context["year_hours"]) == ("144", "1,952")
    assert [cell and (cell.day, cell.hours, cell.look) for cell in may.weeks[0]] == [
        None,
        None,
        None,
        None,
        (1, "8", "worked"),
        (2, "", "rest"),
        (3, "", "public_holiday"),
    ]


def test_year_shows_exceptions_as_runs_with_their_hours(company, member) -> None:
    off = {"kind": ExceptionKind.DAY_OFF, "starts_on": date(2026, 8, 12), "ends_before": date(2026, 8, 15)}
    add_exception(**ACT, calendar_id=company.calendar.pk, name="夏季休暇", **off)
    half = {"kind": ExceptionKind.HALF_DAY, "starts_on": date(2026, 8, 31), "ends_before": date(2026, 9, 1)}
    add_exception(**ACT, calendar_id=company.calendar.pk, name="創立記念日", shifts=[[540, 720]], **half)
    august = month(page(member, company.calendar), 4)
    assert [(named.days, named.name, named.hours, named.look) for named in august.named] == [
        ("11", "山の日", "", "public_holiday"),
        ("12–14", "夏季休暇", "", "day_off"),
        ("31", "創立記念日", "3", "other_hours"),
    ]
    assert (august.business_days, august.hours) == (17, "131")


def test_year_says_which_calendar_below_gave_the_holiday(company, member) -> None:
    team = create_calendar(**ACT, name="保守班", kind=CalendarKind.PROJECT, base=company.calendar)
    (named, *_rest) = month(page(member, team), 0).named
    assert (named.name, named.calendar_id, named.calendar_name) == ("昭和の日", company.calendar.pk, "標準")


def test_year_goes_to_other_years_and_ignores_nonsense(company, member) -> None:
    assert page(member, company.calendar, year="2027").context["year_name"] == "FY2027"
    assert page(member, company.calendar, year="99999").context["year_name"] == "FY2026"


def test_count_after_a_day_tells_every_skipped_day(company, member) -> None:
    answer = page(member, company.calendar, start="2026-04-28", count="3").context["answer"]
    assert (answer.ends_on, answer.says) == (date(2026, 5, 7), "3 business days from Tue 28 Apr is Thu 7 May.")
    assert [(fact.on.day, reason) for fact, reason in answer.skips] == [
        (29, "昭和の日"),
        (2, "no work on this weekday"),
        (3, "憲法記念日"),
        (4, "みどりの日"),
        (5, "こどもの日"),
        (6, "振替休日"),
    ]


@pytest.mark.parametrize(
    ("start", "count", "answer"),
    [
        ("2026-04-03", 1, date(2026, 4, 6)),
        ("2026-04-04", 1, date(2026, 4, 6)),
        ("2026-04-04", 0, date(2026, 4, 6)),
        ("2026-04-03", 0, date(2026, 4, 3)),
        ("2026-04-06", -1, date(2026, 4, 3)),
    ],
)
def test_count_begins_the_day_after(company, member, start: str, count: int, answer: date) -> None:
    assert page(member, company.calendar, start=start, count=count).context["answer"].ends_on == answer


def test_count_between_counts_both_ends(company, member) -> None:
    answer = page(member, company.calendar, first="2026-04-27", last="2026-05-08").context["answer"]
    assert (answer.business_days, len(answer.skips)) == (6, 6)


def test_count_refuses_what_runs_backward(company, member) -> None:
    response = page(member, company.calendar, first="2026-05-08", last="2026-04-27")
    assert (response.status_code, response.context["refusal"]) == (200, "The last day lies before the first one.")


def test_year_of_a_missing_calendar_is_missing(company, member) -> None:
    assert member.get(reverse("calendars:calendar", args=[999])).status_code == 404


@pytest.mark.parametrize("more", [0, 2])
def test_year_costs_the_same_for_many_calendars(company, member, count_queries, more: int) -> None:
    for number in range(more):
        made = create_calendar(**ACT, name=f"暦{number}", base=company.calendar)
        off = {"kind": ExceptionKind.DAY_OFF, "starts_on": date(2026, 8, 12), "ends_before": date(2026, 8, 15)}
        add_exception(**ACT, calendar_id=made.pk, name="夏季休暇", **off)
    with count_queries("calendars", 4):
        page(member, company.calendar)
