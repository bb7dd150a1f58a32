"""What the rooms tell: exactly those concerned, and never what they may no longer see."""

from datetime import date

import pytest
import time_machine
from django.core import mail
from django.utils import translation

from kaname.ground.projects.models import Membership, Project
from kaname.ground.projects.operations import assign_member, change_membership, report_status
from kaname.ground.projects.types import Health, ProjectRole
from kaname.kernel.accounts.models import User
from kaname.kernel.journal.deliveries import hand_out
from kaname.kernel.notices.jobs import send_daily
from kaname.kernel.notices.models import Notice
from kaname.kernel.notices.queries import line_of, list_notices, unread_count
from tests.rooms.company import NOW, Company, found_company

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Company:
    with time_machine.travel(NOW, tick=False):
        made = found_company()
        hand_out(now=NOW)
        Notice.objects.all().delete()
        yield made


def told() -> list[tuple[str, str]]:
    with translation.override("en"):
        return sorted(
            (notice.account.email, line_of(notice).words) for notice in Notice.objects.select_related("account")
        )


def test_person_hears_of_the_own_part(company: Company) -> None:
    assign_member(
        actor=company.office,
        now=NOW,
        project_id=company.own.pk,
        person=company.member_person,
        role=ProjectRole.PL,
        starts_on=date(2026, 4, 1),
    )
    hand_out(now=NOW)
    assert told() == [("member@example.jp", "Your part in 基幹刷新 was set: PL")]


def test_office_hears_the_reported_status_and_its_reporter_does_not(company: Company) -> None:
    report_status(
        actor=company.pm, now=NOW, project_id=company.own.pk, on=NOW.date(), health=Health.DANGER, reason="遅延"
    )
    hand_out(now=NOW)
    assert told() == [("office@example.jp", "The status of 基幹刷新 was reported: Danger")]


def test_project_name_is_said_in_the_readers_language(company: Company) -> None:
    Project.objects.filter(pk=company.own.pk).update(name_en="Core renewal")
    report_status(
        actor=company.pm, now=NOW, project_id=company.own.pk, on=NOW.date(), health=Health.WELL, reason="順調"
    )
    hand_out(now=NOW)
    assert told()[0][1] == "The status of Core renewal was reported: Well"


def test_whoever_left_the_project_neither_sees_nor_is_mailed_what_was_told(company: Company) -> None:
    change = {"actor": company.office, "now": NOW, "project_id": company.own.pk}
    membership = Membership.objects.get(project=company.own, person=company.member_person)
    change_membership(**change, membership_id=membership.pk, expected_version=1, load_permille=500)
    hand_out(now=NOW)
    assert unread_count(company.member) == 1

    change_membership(**change, membership_id=membership.pk, expected_version=2, ends_before=date(2026, 4, 3))
    with time_machine.travel(NOW.replace(day=7), tick=False):
        member = User.objects.get(pk=company.member.pk)
        assert list(list_notices(actor=member)) == []
        assert unread_count(member) == 0
        send_daily.func()
    assert [message.to for message in mail.outbox if "member@example.jp" in message.to] == []


def test_nobody_outside_is_told(company: Company) -> None:
    report_status(
        actor=company.outsider, now=NOW, project_id=company.other.pk, on=NOW.date(), health=Health.WELL, reason="順調"
    )
    hand_out(now=NOW)
    assert [address for address, _words in told()] == ["office@example.jp"]
