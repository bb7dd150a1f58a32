"""The list of calendars."""

import pytest
from django.urls import reverse

from kaname.ground.calendars.operations import archive_calendar, create_calendar
from kaname.ground.calendars.types import CalendarKind
from kaname.kernel.rules.system import SYSTEM
from tests.rooms.company import NOW

ACT = {"actor": SYSTEM, "now": NOW}


def names(response):
    return [row.name for row, _week in response.context["rows"]]


def test_calendars_lists_those_in_use_by_kind(company, browse) -> None:
    create_calendar(**ACT, name="協力会社", kind=CalendarKind.PARTNER, base=company.calendar)
    old = create_calendar(**ACT, name="旧暦")
    archive_calendar(**ACT, calendar_id=old.pk, expected_version=1)
    client = browse(company.member)
    assert names(client.get(reverse("calendars:calendars"))) == ["標準", "協力会社"]
    assert names(client.get(reverse("calendars:calendars"), {"kind": "partner"})) == ["協力会社"]
    assert names(client.get(reverse("calendars:calendars"), {"state": "archived"})) == ["旧暦"]


@pytest.mark.parametrize("more", [0, 2])
def test_calendars_cost_the_same_for_many(company, browse, count_queries, more: int) -> None:
    for number in range(more):
        create_calendar(**ACT, name=f"暦{number}", base=company.calendar)
    client = browse(company.member)
    with count_queries("calendars", 1):
        client.get(reverse("calendars:calendars"))
