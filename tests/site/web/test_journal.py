"""The page of the journal: facts in words, projects by code, what it costs."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from kaname.ground.projects.events import MembershipChanged, StatusReported
from kaname.ground.projects.models import Project
from kaname.kernel import clock
from kaname.kernel.accounts.events import RolesChanged
from kaname.kernel.accounts.models import User
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.journal.models import Entry
from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.rules.system import SYSTEM
from kaname.pso.reports.events import HealthAssessed
from kaname.site.web.journal_words import Names, facts_of
from tests.rooms.company import account

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SUBJECT = Subject("projects.project", 7)
NAMES = Names(people={3: "佐藤 健一"}, skills={}, projects={})


@pytest.fixture(autouse=True)
def _autumn() -> Iterator[None]:
    """Stand still in the year whose dates are shown without it."""
    with time_machine.travel("2026-11-27T03:00:00+00:00", tick=False):
        yield


def browser(*roles: CompanyRole) -> Client:
    client = Client()
    made = account(f"{len(roles)}{User.objects.count()}@example.jp", "reader", *roles)
    User.objects.filter(pk=made.pk).update(language="en")
    client.force_login(made, backend=BACKEND)
    return client


def words(event: object, language: str) -> str:
    publish(event, actor=SYSTEM, now=clock.now())  # type: ignore[arg-type]
    with override(language):
        return facts_of(Entry.objects.order_by("-id")[0], names=NAMES)


def test_facts_are_words_in_the_readers_language() -> None:
    joined = MembershipChanged(
        subject=SUBJECT, person_id=3, role="pl", starts_on="2026-04-17", ends_before=None, load_permille=600
    )
    assert words(joined, "ja") == "佐藤 健一、稼働率:60%、役割:PL、開始:4/17(金)"
    assert words(joined, "en") == "佐藤 健一, load: 60%, role: PL, from: Fri 17 Apr"


def test_minutes_of_the_wall_are_days_and_unknown_facts_are_left_out() -> None:
    assessed = HealthAssessed(
        subject=SUBJECT, health="danger", health_before=None, forecast_finish_at=30_069_540, rules=1
    )
    assert words(assessed, "en") == "health: Danger, forecast finish: Thu 4 Mar 2027, rules, version: 1"


def test_company_roles_are_named() -> None:
    changed = RolesChanged(subject=SUBJECT, granted=("pmo_member",), withdrawn=())
    assert words(changed, "ja") == "付与:PMOメンバー"


def test_reader_finds_the_entries_of_a_project_by_its_code(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = browser(CompanyRole.ADMINISTRATOR)
    html = client.get("/administration/journal/?project=nothing").content.decode()
    assert "No entry fits these filters." in html


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_many_entries(count: int, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = browser(CompanyRole.ADMINISTRATOR)
    for number in range(count):
        reported = StatusReported(subject=SUBJECT, project_id=number + 1, health="well", on="2026-11-27")
        publish(reported, actor=SYSTEM, now=clock.now())
    assert not Project.objects.exists()
    client.get("/administration/journal/")
    with django_assert_num_queries(7):
        html = client.get("/administration/journal/").content.decode()
    assert html.count("health: Well, as of: Fri 27 Nov") == count
    assert "#1<" in html
