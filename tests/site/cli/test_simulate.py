import json
import signal

import pytest

from kaname.site.cli import main
from kaname.site.cli import simulate as verb
from tests.site.cli.test_schedule import LOOP, PLAN

CHAIN = """no,task,start,duration,predecessor
1,Dig,2026-04-01,2,
2,Pour,,3,1
3,Dry,,1,2
"""


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "chain.csv"
    path.write_text(CHAIN)
    return path


def answer(capsys, *arguments):
    code = main(["simulate", *map(str, arguments), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_json_has_exactly_the_agreed_shape(plan, capsys):
    code, found = answer(capsys, plan, "--runs", 500)
    assert code == 0
    assert list(found) == [
        "file", "runs", "seed", "spread", "correlation", "planned_finish", "confidence", "finish", "cost",
        "half_width_days", "cancelled", "tasks",
    ]  # fmt: skip
    assert (found["file"], found["runs"], found["seed"], found["cost"], found["cancelled"]) == (
        "chain.csv", 500, 1, None, False,
    )  # fmt: skip
    assert found["planned_finish"] == "2026-04-08T18:00:00"
    assert list(found["finish"]) == [f"P{each}" for each in (1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99)]
    assert list(found["finish"].values()) == sorted(found["finish"].values())
    assert {task["name"] for task in found["tasks"]} == {"Dig", "Pour", "Dry"}
    assert [task["criticality"] for task in found["tasks"]] == [1.0, 1.0, 1.0]
    assert found["tasks"][0]["name"] == "Pour"
    assert set(found["tasks"][0]) == {
        "uid", "name", "criticality", "ssi", "cruciality", "mean_hours", "deviation_hours", "finish_if_short_hours",
        "finish_if_long_hours",
    }  # fmt: skip


def test_spread_without_width_gives_the_plan(plan, capsys):
    found = answer(capsys, plan, "--runs", 50, "--spread", "1,1,1")[1]
    assert set(found["finish"].values()) == {"2026-04-08T18:00:00"}
    assert (found["confidence"], found["half_width_days"]) == (1.0, 0.0)


def test_factors_move_the_finish_by_as_much(plan, capsys):
    found = answer(capsys, plan, "--runs", 50, "--spread", "2,2,2", "--correlation", "0")[1]
    assert set(found["finish"].values()) == {"2026-04-16T18:00:00"}
    assert found["confidence"] == 0.0


def test_seed_decides(plan, capsys):
    one, same, other = (answer(capsys, plan, "--runs", 300, "--seed", seed)[1] for seed in (5, 5, 6))
    assert one == same
    assert one["finish"] != other["finish"]


def test_correlation_widens_the_finish(plan, capsys):
    apart, together = (
        answer(capsys, plan, "--runs", 2000, "--correlation", share)[1]["finish"] for share in (0, 1)
    )  # fmt: skip
    assert together["P95"] > apart["P95"]
    assert together["P5"] < apart["P5"]


def test_page_in_japanese_tells_what_can_be_promised(plan, capsys):
    assert main(["simulate", str(plan), "--runs", "500", "--language", "ja"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("計画の終了日2026-04-08を守れたのは、500回の試行のうち")
    assert lines[2].split() == ["終了日"]
    assert [line.split()[0] for line in lines[3:10]] == ["P10", "P30", "P50", "P70", "P80", "P90", "P95"]
    assert "Pour" in capsys.readouterr().out or any("Pour" in line for line in lines)


def test_page_in_english_shows_cost_only_where_there_are_rates(plan, capsys):
    assert main(["simulate", str(plan), "--runs", "200", "--language", "en"]) == 0
    shown = capsys.readouterr().out
    assert "What the finish hangs on" in shown
    assert "Cost still to come" not in shown


def test_rates_of_the_file_make_a_cost(tmp_path, capsys):
    path = tmp_path / "rates.xml"
    path.write_text(
        PLAN.replace(
            "</Tasks>",
            "</Tasks><Resources><Resource><UID>1</UID><Name>佐藤</Name><Type>1</Type><StandardRate>5000</StandardRate>"
            "</Resource></Resources><Assignments><Assignment><UID>1</UID><TaskUID>2</TaskUID><ResourceUID>1</ResourceUID>"
            "<Units>1</Units></Assignment></Assignments>",
        )
    )
    found = answer(capsys, path, "--runs", 100, "--spread", "1,1,1")[1]
    assert len(set(found["cost"].values())) == 1
    assert found["cost"]["P50"] > 0
    assert main(["simulate", str(path), "--runs", "100", "--language", "ja"]) == 0
    assert "残りのコスト" in capsys.readouterr().out


def test_plan_that_cannot_be_calculated_is_refused(tmp_path, capsys):
    path = tmp_path / "loop.xml"
    path.write_text(LOOP)
    assert main(["simulate", str(path), "--language", "ja"]) == 1
    assert "設計" in capsys.readouterr().err


def test_plan_without_tasks_says_so(tmp_path, capsys):
    path = tmp_path / "empty.xml"
    path.write_text(
        '<Project xmlns="http://schemas.microsoft.com/project"><StartDate>2026-04-01T08:00:00</StartDate></Project>'
    )
    code, found = answer(capsys, path, "--runs", 10)
    assert (code, found["planned_finish"], found["finish"], found["tasks"]) == (0, None, {}, [])
    assert main(["simulate", str(path), "--runs", "10", "--language", "ja"]) == 0
    assert "タスクがない" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["--runs", "0"],
        ["--runs", "many"],
        ["--spread", "1,2"],
        ["--spread", "2,1,3"],
        ["--spread", "-1,1,2"],
        ["--spread", "nan,1,2"],
        ["--correlation", "1.5"],
        ["--error-days", "-1"],
        ["--error-days", "inf"],
    ],
)
def test_wrong_usage_ends_with_2(plan, arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["simulate", str(plan), *arguments])
    assert ended.value.code == 2
    assert arguments[0] in capsys.readouterr().err


def test_first_interrupt_ends_with_what_there_is(plan, capsys, monkeypatch):
    real = verb.simulate

    def interrupted(plan, question, *, on_progress):
        def follow(done, total):
            signal.raise_signal(signal.SIGINT)
            return on_progress(done, total)

        return real(plan, question, on_progress=follow)

    monkeypatch.setattr(verb, "simulate", interrupted)
    before = signal.getsignal(signal.SIGINT)
    code, found = answer(capsys, plan, "--runs", 6000)
    assert (code, found["runs"], found["cancelled"]) == (0, 2048, True)
    assert signal.getsignal(signal.SIGINT) is before


SHARED = """no,task,start,duration,resource
1,Dig,2026-04-01,2,Abe
2,Pour,2026-04-01,2,Abe
"""


def test_shared_people_make_tasks_wait_and_the_difference_is_told(tmp_path, capsys):
    path = tmp_path / "shared.csv"
    path.write_text(SHARED)
    arguments = (path, "--runs", 50, "--spread", "1,1,1", "--shared-people")
    code, found = answer(capsys, *arguments)
    assert code == 0
    assert (found["planned_finish"], found["finish"]["P80"]) == ("2026-04-06T18:00:00", "2026-04-06T18:00:00")
    free = found["without_shared_people"]
    assert (free["planned_finish"], free["confidence"]) == ("2026-04-02T18:00:00", 1.0)
    assert list(free) == ["planned_finish", "confidence", "finish"]
    assert [task["criticality"] for task in found["tasks"]] == [1.0, 1.0]
    assert main(["simulate", *map(str, arguments), "--language", "ja"]) == 0
    assert "計画の終了は2026-04-02" in capsys.readouterr().out.splitlines()[1]


def test_estimates_and_events_of_tables_are_simulated(plan, tmp_path, capsys):
    told = tmp_path / "estimates.csv"
    told.write_text("task,optimistic,most likely,pessimistic\nPour,48,48,48\n")
    risks = tmp_path / "events.csv"
    risks.write_text("risk,probability,tasks,delay,cost,probability after,response cost\nRain,100%,Dry,8,500,0,70\n")
    tables = ("--spread", "1,1,1", "--estimates", told, "--events", risks, "--runs", 20)
    code, found = answer(capsys, plan, *tables)
    assert code == 0
    assert set(found["finish"].values()) == {"2026-04-14T18:00:00"}
    assert set(found["cost"].values()) == {500}
    after = answer(capsys, plan, *tables, "--with-responses")[1]
    assert set(after["finish"].values()) == {"2026-04-13T18:00:00"}
    assert set(after["cost"].values()) == {70}


def test_faulty_table_is_refused_in_its_own_name(plan, tmp_path, capsys):
    told = tmp_path / "estimates.csv"
    told.write_text("task,optimistic,most likely,pessimistic\nPour,9,8,10\n")
    assert main(["simulate", str(plan), "--estimates", str(told), "--language", "ja"]) == 1
    said = capsys.readouterr().err
    assert said.startswith("estimates.csv, 2行目")
