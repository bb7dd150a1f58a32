from datetime import date

from django.utils.translation import override

from kaname.ui.components.charts import TimeAxis
from kaname.ui.components.plots import Level, Line, plot, runs, strip
from kaname.ui.types import Health

AXIS = TimeAxis(date(2026, 4, 1), date(2026, 5, 1), date(2026, 4, 20), "t")


def test_plot_breaks_lines_where_nothing_is_known_and_names_them_at_their_end() -> None:
    points = ((date(2026, 4, 1), 1.0), (date(2026, 4, 4), None), (date(2026, 4, 16), 0.5))
    with override("en"):
        drawn = plot([Line("SPI <t>", points, "bad")], of=AXIS, levels=[Level(1.0, "1.00")], label="Pace")
    assert drawn.count("<polyline") == 2
    assert 'points="0.0,100.0"' in drawn
    assert 'points="500.0,900.0"' in drawn
    assert "SPI &lt;t&gt;</text>" in drawn


def test_plot_of_nothing_is_empty() -> None:
    assert plot([Line("EV", ((date(2026, 4, 1), None),))], of=AXIS, levels=(), label="") == ""


def test_runs_join_equal_days_and_hold_until_the_next() -> None:
    days = [(date(2026, 4, 6), Health.WELL), (date(2026, 4, 8), Health.DANGER), (date(2026, 4, 9), Health.DANGER)]
    found = runs(days, ends_before=date(2026, 4, 21))
    assert [(run.health, run.starts_on.day, run.ends_before.day) for run in found] == [
        (Health.WELL, 6, 8),
        (Health.DANGER, 8, 21),
    ]


def test_strip_tells_reported_from_computed_by_its_look() -> None:
    found = runs([(date(2026, 4, 6), Health.WELL)], ends_before=date(2026, 4, 21))
    with override("en"):
        assert 'class="strip strip-computed"' in strip(found, of=AXIS, is_computed=True, label="x")
        assert 'class="strip strip-reported"' in strip(found, of=AXIS, is_computed=False, label="x")
