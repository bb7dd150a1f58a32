"""The pages of a project's reports, in both languages and for those who may and may not."""

import secrets
from datetime import timedelta

import pytest
import time_machine
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from kaname.ground.projects.types import Health
from kaname.kernel.journal.deliveries import hand_out
from kaname.pso.reports.models import Assessment, HealthRules
from kaname.pso.reports.operations import assess_project
from kaname.pso.reports.queries import newest_healths
from kaname.pso.schedule.models import Task
from kaname.ui.templatetags.kaname import computed
from tests.rooms.company import Company
from tests.rooms.watermelon import LATER, browser_of

PAGES = ("", "history/", "earned-value/", "clinic/", "why/")


def send(client, path: str, **values: object):
    """Send a form as its page would."""
    return client.post(path, {"idempotency_key": secrets.token_urlsafe(24), **values})


def test_health_explains_each_colour_with_limits_and_links(watermelon: Company) -> None:
    html = browser_of(watermelon.member).get(f"/projects/{watermelon.own.pk}/health/").content.decode()
    task = Task.objects.get(name="要件定義")
    assert "Danger, the worst of its indicators: Schedule forecast" in html
    assert f'href="/projects/{watermelon.own.pk}/schedule/tasks/{task.pk}/"' in html
    assert "attention above 3 working days, danger above 10 working days" in html
    assert "health rules, version 1" in html
    assert "予定どおり進んでいます" in html
    assert 'class="two-colours differs"' in html


def test_pages_speak_japanese(watermelon: Company) -> None:
    client = browser_of(watermelon.pm, "ja")
    words = ("計算の根拠", "報告が計算結果より良好だった日", "アーンドスケジュール", "14の診断項目", "最も悪い指標")
    for page, word in zip(PAGES, words, strict=True):
        response = client.get(f"/projects/{watermelon.own.pk}/health/{page}")
        assert response.status_code == 200
        assert word in response.content.decode()


def test_foreign_pages_are_missing(watermelon: Company) -> None:
    client = browser_of(watermelon.outsider)
    for page in PAGES:
        assert client.get(f"/projects/{watermelon.own.pk}/health/{page}").status_code == 404
        assert client.get(f"/projects/999999/health/{page}").status_code == 404
    before = Assessment.objects.values_list("assessed_at", flat=True).get()
    assert send(client, f"/projects/{watermelon.own.pk}/health/recompute/").status_code == 404
    assert Assessment.objects.values_list("assessed_at", flat=True).get() == before


def test_member_may_look_but_not_compute_anew(watermelon: Company) -> None:
    client = browser_of(watermelon.member)
    path = f"/projects/{watermelon.own.pk}/health/"
    assert "recompute" not in client.get(path).content.decode()
    before = Assessment.objects.values_list("assessed_at", flat=True).get()
    assert send(client, f"{path}recompute/").status_code in {403, 404}
    assert Assessment.objects.values_list("assessed_at", flat=True).get() == before


def test_lead_computes_anew_and_the_day_keeps_one_assessment(watermelon: Company) -> None:
    with time_machine.travel(LATER + timedelta(hours=2), tick=False):
        client = browser_of(watermelon.pm)
        response = send(client, f"/projects/{watermelon.own.pk}/health/recompute/")
    assert response["Location"] == f"/projects/{watermelon.own.pk}/health/"
    assert Assessment.objects.get().assessed_at == LATER + timedelta(hours=2)


def test_history_names_the_days_that_differ(watermelon: Company) -> None:
    for days in (1, 2):
        with time_machine.travel(LATER + timedelta(days=days), tick=False):
            assess_project(actor=watermelon.pm, now=LATER + timedelta(days=days), project_id=watermelon.own.pk)
    with time_machine.travel(LATER + timedelta(days=2), tick=False):
        response = browser_of(watermelon.pm).get(f"/projects/{watermelon.own.pk}/health/history/")
    assert [day.on.isoformat() for day in response.context["differing"]] == ["2026-04-15", "2026-04-14", "2026-04-13"]
    assert [(row.first.on.day, row.last.on.day, row.days, row.reports) for row in response.context["stretches"]] == [
        (13, 15, 3, 1)
    ]
    html = response.content.decode()
    assert "On 3 days the report was better than what was computed" in html
    assert html.count('class="strip ') == 2
    assert html.count('class="plot"') == 2


def test_earned_value_counts_in_the_measure_of_the_baseline(watermelon: Company) -> None:
    response = browser_of(watermelon.pm).get(f"/projects/{watermelon.own.pk}/health/earned-value/")
    found = response.context["found"]
    assert found.measure == "duration"
    assert (found.report.total.earned, found.report.total.budget) == (960, 9600)
    assert [package.name for package in found.packages] == ["要件定義", "基本設計"]
    assert found.periods[-1].planned == 9600


def test_clinic_has_fourteen_points(watermelon: Company) -> None:
    response = browser_of(watermelon.pm).get(f"/projects/{watermelon.own.pk}/health/clinic/")
    assert [point.number for point in response.context["points"]] == list(range(1, 15))


def test_project_without_a_plan_says_so(watermelon: Company) -> None:
    client = browser_of(watermelon.outsider)
    for page in ("", "history/", "earned-value/", "clinic/"):
        assert client.get(f"/projects/{watermelon.other.pk}/health/{page}").status_code == 200
    assert client.get(f"/projects/{watermelon.other.pk}/health/why/").status_code == 404


def test_health_page_costs_the_same_however_many_days(
    watermelon: Company, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser_of(watermelon.pm)
    path = f"/projects/{watermelon.own.pk}/health/"
    client.get(path)
    for page, queries in (("", 9), ("history/", 8)):
        with django_assert_num_queries(queries):
            client.get(f"{path}{page}")


def test_face_of_the_project_shows_the_computed_colour(watermelon: Company) -> None:
    html = browser_of(watermelon.pm).get(f"/projects/{watermelon.own.pk}/").content.decode()
    assert f"/projects/{watermelon.own.pk}/health/" in html


LIMITS = {
    "delay_attention_days": 5, "delay_danger_days": 60, "delay_attention_permille": "3", "delay_danger_permille": "900",
    "buffer_attention_permille": "10", "buffer_danger_permille": "33", "float_used_permille": "50",
    "float_attention_permille": "10", "float_danger_permille": "33", "spi_t_attention_permille": "0.95",
    "spi_t_danger_permille": "0.1", "cpi_attention_permille": "0.95", "cpi_danger_permille": "0.85", "earned_from_permille": "5",
    "quality_attention_points": 4, "overdue_attention_permille": "5", "overdue_danger_permille": "100",
    "overdue_grace_days": 2, "fresh_attention_days": 5, "stale_days": 10,
}  # fmt: skip


def test_office_adopts_rules_and_sees_which_version_judged_what(watermelon: Company) -> None:
    client = browser_of(watermelon.office)
    assert "delay_attention_days" in client.get("/health-rules/new/").content.decode()
    response = send(client, "/health-rules/new/", after_number=1, note="長いプロジェクトが多いため", **LIMITS)
    assert response["Location"] == "/health-rules/"
    hand_out(now=LATER)
    assess_project(actor=watermelon.pm, now=LATER, project_id=watermelon.own.pk)
    assert Assessment.objects.get().health == "attention"
    html = client.get("/health-rules/").content.decode()
    assert "長いプロジェクトが多いため" in html
    assert "要 管理" in html
    versions = client.get("/health-rules/").context["versions"]
    assert [(version.judged.rules.number, version.judged.assessments) for version in versions] == [(2, 1), (1, 0)]
    assert len(versions[0].changes) == 5
    kept = HealthRules.objects.get(number=2).limits
    assert (kept["delay_danger_permille"], kept["spi_t_danger_permille"]) == (9000, 100)
    groups = client.get("/health-rules/").context["groups"]
    with translation.override("en"):
        in_force = {str(label): value for _indicator, rows in groups for label, value in rows}
    assert in_force["Delay: danger above (part of the planned duration, %)"] == "900"
    assert in_force["SPI(t): attention below"] == "0.95"


def test_rules_without_a_reason_or_after_others_keep_what_was_typed(watermelon: Company) -> None:
    client = browser_of(watermelon.office)
    refused = send(client, "/health-rules/new/", after_number=1, note="", **LIMITS)
    assert refused.status_code == 422
    assert 'value="900"' in refused.content.decode()
    HealthRules.objects.create(number=2, adopted_at=LATER, note="先に")
    moved = send(client, "/health-rules/new/", after_number=1, note="後から", **LIMITS)
    assert moved.status_code == 409
    assert 'value="900"' in moved.content.decode()
    assert "in force now: 10" in moved.content.decode()
    assert HealthRules.objects.count() == 2


@pytest.mark.parametrize("who", ["pm", "member", "outsider"])
def test_only_the_pmo_manager_changes_rules(watermelon: Company, who: str) -> None:
    client = browser_of(getattr(watermelon, who))
    assert client.get("/health-rules/").status_code == 200
    assert client.get("/health-rules/new/").status_code == 404
    assert send(client, "/health-rules/new/", after_number=1, note="x", **LIMITS).status_code == 404
    assert HealthRules.objects.count() == 1


def test_register_of_projects_shows_the_computed_mark_beside_the_reported_one(watermelon: Company) -> None:
    for view in ("", "?view=tree"):
        html = browser_of(watermelon.member).get(f"/projects/{view}").content.decode()
        assert f"/projects/{watermelon.own.pk}/health/why/" in html
        with translation.override("en"):
            assert html.count(str(computed(Health.DANGER))) == 1
    assert newest_healths(actor=watermelon.member, project_ids=[watermelon.own.pk, watermelon.other.pk]) == {
        watermelon.own.pk: Health.DANGER
    }
    assert newest_healths(actor=watermelon.outsider, project_ids=[watermelon.own.pk]) == {}
