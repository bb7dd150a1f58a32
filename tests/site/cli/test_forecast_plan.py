import itertools
import json
from datetime import datetime

import pytest

from kaname.engine.network.plan import Baseline, Link, Plan, Progress, Task
from kaname.engine.network.timebook import Timebook
from kaname.engine.units import wall_minute
from kaname.formats.mspdi import write_mspdi
from kaname.site.cli import main
from tests.site.cli.test_schedule import LOOP

DAY = 480
CLOCK = Timebook(Plan()).measure(0)
START = wall_minute(datetime(2026, 4, 6, 8))


def after(days):
    return CLOCK.add(START, round(days * DAY)) if days else START


def task(uid, start, days, **progress):
    agreed = Baseline(
        number=0,
        start_at=CLOCK.next_working(after(start)),
        finish_at=after(start + days),
        duration_minutes=days * DAY,
        effort_minutes=days * DAY,
    )
    return Task(
        uid=uid, name=f"task {uid}", duration_minutes=days * DAY, effort_minutes=days * DAY, baselines=(agreed,),
        progress=Progress(**progress),
    )  # fmt: skip


def finished(uid, start, days, *, from_day, to_day):
    moments = {"actual_start_at": CLOCK.next_working(after(from_day)), "actual_finish_at": after(to_day)}
    return task(
        uid, start, days, percent_permille=1000, actual_effort_minutes=round((to_day - from_day) * DAY), **moments
    )


def chain(*tasks, **more):
    links = tuple(Link(predecessor_uid=one.uid, successor_uid=other.uid) for one, other in itertools.pairwise(tasks))
    return Plan(start_at=START, tasks=tasks, links=links, **more)


@pytest.fixture
def plan(tmp_path):
    """Five days became seven and a half, five more have run for three and a half; ten are to come."""
    running = {
        "percent_permille": 500,
        "actual_start_at": CLOCK.next_working(after(7.5)),
        "actual_effort_minutes": 1680,
    }
    tasks = (finished(1, 0, 5, from_day=0, to_day=7.5), task(2, 5, 5, **running), task(3, 10, 10))
    path = tmp_path / "running.xml"
    path.write_bytes(write_mspdi(chain(*tasks, status_at=after(11))))
    return path


@pytest.fixture
def closed(tmp_path):
    """Three closed plans whose tasks took 1.1 to 1.6 times their plan."""
    paths = []
    for number, factor in enumerate((1.2, 1.4, 1.3)):
        ends = (0, 5 * (factor - 0.1), 10 * factor, 15 * (factor + 0.05))
        tasks = [finished(place + 1, 5 * place, 5, from_day=ends[place], to_day=ends[place + 1]) for place in range(3)]
        path = tmp_path / f"closed-{number}.xml"
        path.write_bytes(write_mspdi(chain(*tasks)))
        paths += ["--closed", str(path)]
    return paths


def answer(capsys, *arguments):
    code = main(["forecast", *map(str, arguments), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_json_has_exactly_the_agreed_shape(plan, closed, capsys):
    code, found = answer(capsys, plan, *closed)
    assert code == 0
    assert list(found) == [
        "file", "status_date", "measure", "tasks", "plan_finish", "finish", "finish_reason", "bias", "durations", "budget",
        "spent", "costs", "reason",
    ]  # fmt: skip
    assert (found["file"], found["status_date"], found["measure"]) == ("running.xml", "2026-04-20T17:00:00", "effort")
    assert found["tasks"] == {"finished": 1, "running": 1, "open": 2}
    # Two and a half days are left by the percentage, and ten more.
    assert found["plan_finish"] == "2026-05-07T12:00:00"
    assert list(found["finish"]) == ["P10", "P50", "P80", "P90"]
    assert list(found["finish"].values()) == sorted(found["finish"].values())
    assert found["finish"]["P50"] > found["plan_finish"]
    assert (found["finish_reason"], found["reason"]) == (None, None)
    assert set(found["bias"]) == {"factor", "low", "high", "closed_projects", "closed_tasks"}
    assert (found["bias"]["closed_projects"], found["bias"]["closed_tasks"]) == (3, 9)
    assert 1.2 < found["bias"]["low"] < found["bias"]["factor"] < found["bias"]["high"] < 1.6
    # Earned 7.5 of 20 days after 11: SPI(t) 7.5 / 11, so 29.33 days; the rest at plan 23.5.
    durations = {each["method"]: each["finish"] for each in found["durations"]}
    assert durations["earned_schedule_at_plan"] == "2026-05-07T12:00:00"
    assert durations["earned_schedule"] == "2026-05-15T10:40:00"
    assert (found["budget"], found["spent"]) == (20 * DAY, 11 * DAY)
    costs = {each["method"]: each["value"] for each in found["costs"]}
    assert (costs["cost_at_plan"], costs["cost_at_cpi"]) == (round(23.5 * DAY), round(20 * DAY * 11 / 7.5))


def test_status_date_is_the_end_of_the_named_day(plan, closed, capsys):
    assert answer(capsys, plan, *closed, "--status-date", "2026-04-24")[1]["status_date"] == "2026-04-25T00:00:00"


def test_without_closed_plans_the_network_says_nothing_and_earned_value_all(plan, closed, capsys):
    found = answer(capsys, plan, *closed[:4])[1]
    assert (found["finish"], found["bias"], found["tasks"]) == (None, None, None)
    assert "at least 3 closed projects with finished tasks; there are 2" in found["finish_reason"]
    assert [each["finish"] is not None for each in found["durations"]] == [True] * 5


def test_seed_decides(plan, closed, capsys):
    one, same, other = (answer(capsys, plan, *closed, "--seed", seed)[1]["finish"] for seed in (1, 1, 2))
    assert one == same != other


@pytest.mark.parametrize(("language", "words"), [("en", "what can be promised with 80 %:"), ("ja", "80%")])
def test_page_tells_the_finish_and_what_it_rests_on(plan, closed, capsys, language, words):
    assert main(["forecast", str(plan), *closed, "--language", language]) == 0
    page = capsys.readouterr().out
    assert words in page
    for text in ("2026-04-20", "2026-05-07", "2026-05-15", "160.0", "88.0", "P90"):
        assert text in page


def test_plan_without_baseline_or_closed_plans_says_what_is_missing(tmp_path, capsys):
    bare = tmp_path / "bare.csv"
    bare.write_text("no,task,start,duration\n1,Dig,2026-04-01,2\n")
    assert main(["forecast", str(bare), "--status-date", "2026-04-02", "--language", "en"]) == 0
    page = capsys.readouterr().out
    assert "Too early to say" in page
    assert "no baseline to measure against" in page


def test_plan_without_status_date_is_refused_with_advice(tmp_path, capsys):
    bare = tmp_path / "bare.csv"
    bare.write_text("no,task,start,duration\n1,Dig,2026-04-01,2\n")
    assert main(["forecast", str(bare), "--language", "en"]) == 1
    assert "bare.csv: The plan names no status date and nothing in it has begun. Say as of" in capsys.readouterr().err


def test_file_that_cannot_be_used_is_refused_by_name(plan, closed, tmp_path, capsys):
    loop = tmp_path / "loop.xml"
    loop.write_text(LOOP)
    code, found = answer(capsys, loop, *closed, "--status-date", "2026-04-02")
    assert (code, found["file"]) == (1, "loop.xml")
    code, found = answer(capsys, plan, "--closed", loop)
    assert (code, found["file"]) == (1, "loop.xml")
    assert main(["forecast", str(plan), "--closed", str(tmp_path / "none.xml"), "--language", "en"]) == 1
    assert "none.xml: There is no such file." in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [(), ("--history", "t.csv"), ("plan.xml", "--history", "t.csv"), ("plan.xml", "--status-date", "tomorrow")],
)
def test_wrong_usage_is_told(capsys, arguments):
    with pytest.raises(SystemExit) as end:
        main(["forecast", *arguments])
    assert end.value.code == 2
    assert "forecast" in capsys.readouterr().err
