from datetime import timedelta

from django.utils.translation import override

from kaname.kernel.rules.memory import remembering
from kaname.pso.reports.models import Assessment
from kaname.pso.reports.queries import since_report
from tests.rooms.company import NOW, Company
from tests.rooms.watermelon import LATER, browser_of


def stood_before(company: Company, **values: object) -> Assessment:
    """Keep an assessment of the day of the report: what the newest says, with other values."""
    newest = Assessment.objects.get(project=company.own)
    fields = {field.attname: getattr(newest, field.attname) for field in Assessment._meta.fields if field.name != "id"}
    return Assessment.objects.create(**fields | {"on": NOW.date()} | values)


def section(company: Company) -> dict[str, object] | None:
    sections = browser_of(company.member).get(f"/projects/{company.own.pk}/").context["sections"]
    return next((item["shown"] for item in sections if item["template"].endswith("since_report.html")), None)


def test_face_compares_with_the_day_of_the_report(watermelon: Company) -> None:
    newest = Assessment.objects.get(project=watermelon.own)
    indicators = [one | {"health": "well", "offences": []} for one in newest.indicators]
    earlier = newest.finish_at - 7 * 1440
    stood_before(watermelon, health="well", finish_at=earlier, overdue_tasks=0, indicators=indicators)
    shown = section(watermelon)
    with override("en"):
        changed = {str(change.label): (str(change.before), str(change.after)) for change in shown["changes"]}
    assert changed["Computed health"] == ("Well", "Danger")
    assert changed["Schedule forecast"] == ("Well", "Danger")
    assert "Computed finish" in changed
    assert shown["reported_on"] == NOW.date()


def test_face_says_so_when_nothing_changed(watermelon: Company) -> None:
    stood_before(watermelon)
    assert section(watermelon) == {"reported_on": NOW.date(), "changes": (), "overdue": []}
    html = browser_of(watermelon.member, "ja").get(f"/projects/{watermelon.own.pk}/").content.decode()
    assert "終了日、健全性、期限超過タスクに変化はありません。" in html


def test_face_is_silent_without_an_assessment_of_that_day(watermelon: Company) -> None:
    assert section(watermelon) is None


def test_outsider_is_told_nothing(watermelon: Company) -> None:
    stood_before(watermelon)
    assert since_report(actor=watermelon.outsider, project_id=watermelon.own.pk) is None


def test_question_is_asked_once_in_a_request(watermelon: Company, django_assert_num_queries) -> None:
    day_before = NOW.date() - timedelta(days=1)
    stood_before(watermelon, on=day_before)
    question = {"actor": watermelon.pm, "project_id": watermelon.own.pk}
    with remembering():
        assert since_report(**question).newest.on == LATER.date()
        with django_assert_num_queries(0):
            assert since_report(**question).then.on == day_before
