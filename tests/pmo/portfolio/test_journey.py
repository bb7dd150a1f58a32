"""From a member's report to the portfolio's line, through journal and reactions."""

from datetime import timedelta

from kaname.ground.projects.types import Health
from kaname.kernel.journal.deliveries import hand_out
from kaname.pmo.portfolio.models import Line
from kaname.pso.reports.models import Assessment
from tests.rooms.company import NOW


def test_line_of_a_watermelon_shows_both_colours_and_why(watermelon):
    line = Line.objects.get(project=watermelon.own)
    assert (line.reported, line.computed) == (Health.WELL, Health.DANGER)
    assert line.delay_days_tenths > 200
    assert line.reason["template"] == "reported better than computed; forecast %(days)s working days late"
    assert line.score > 5000
    assert line.pm_name == "山田 太郎"


def test_assessment_names_the_offending_tasks(watermelon):
    kept = Assessment.objects.get(project=watermelon.own)
    forecast = next(item for item in kept.indicators if item["code"] == "forecast")
    assert forecast["health"] == "danger"
    assert [name for _pk, name, _why in forecast["offences"]] == ["要件定義", "基本設計"]
    assert kept.rules.number == 1


def test_second_handing_out_changes_nothing(watermelon):
    before = list(Line.objects.values()), Assessment.objects.count()
    assert hand_out(now=NOW + timedelta(days=7)) == 0
    assert (list(Line.objects.values()), Assessment.objects.count()) == before
