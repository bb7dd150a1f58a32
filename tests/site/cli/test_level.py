import json
import signal
import subprocess
import sys
import time

import pytest

from kaname.site.cli import main

TEXT = """8 1
2
0 0 3 2 3 4
3 2 1 5
4 1 1 6
2 1 1 7
5 1 1 8
2 2 0
3 1 0
1 1 0
"""


@pytest.fixture
def small(tmp_path):
    path = tmp_path / "問題.rcp"
    path.write_text(TEXT)
    return path


def test_level_json_has_exactly_the_agreed_shape(small, capsys):
    assert main(["level", str(small), "--schedules", "500", "--json", "--language", "en"]) == 0
    printed = capsys.readouterr()
    found = json.loads(printed.out)
    assert set(found) == {
        "file", "makespan", "lower_bound", "gap", "status", "schedules", "seconds", "starts", "people", "causes",
    }  # fmt: skip
    assert (found["file"], found["makespan"], found["lower_bound"]) == ("問題.rcp", 13, 13)
    assert (found["gap"], found["status"]) == (0.0, "optimal")
    assert len(found["starts"]) == len(found["causes"]) == 8
    assert found["people"] == [{"uid": 1, "name": "R1", "tasks": [2, 3, 4, 5, 6, 7, 8]}]
    assert found["causes"][0] == {"uid": 1, "kind": "nothing", "by": None, "resource": None, "waits": 0}
    assert "13 units of time, at least 13" in printed.err


def test_level_table_says_who_holds_whom_in_both_languages(small, capsys):
    assert main(["level", str(small), "--schedules", "500", "--language", "en"]) == 0
    english = capsys.readouterr().out
    assert english.splitlines()[0].split() == ["No.", "Start", "Finish", "Held", "by", "Waits"]
    assert "R1, used by" in english
    assert "13 units of time; no schedule is shorter." in english
    assert main(["level", str(small), "--schedules", "500", "--language", "ja"]) == 0
    japanese = capsys.readouterr().out
    assert japanese.splitlines()[0].split() == ["番号", "開始", "終了", "待っている相手", "待ち"]
    assert "これより短い日程はありません" in japanese


def test_level_refuses_with_line_and_advice(tmp_path, capsys):
    path = tmp_path / "bad.rcp"
    path.write_text(TEXT.replace("4 1 1 6", "4 x 1 6"))
    assert main(["level", str(path), "--json", "--language", "en"]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)["refused"][0]["place"] == "line 5"
    assert printed.err.startswith("bad.rcp, line 5: A whole number is expected here, not “x”.")


def test_level_refuses_a_problem_that_cannot_be_solved(tmp_path, capsys):
    path = tmp_path / "short.rcp"
    path.write_text(TEXT.replace("3 2 1 5", "3 9 1 5"))
    assert main(["level", str(path), "--language", "en"]) == 1
    assert "Activity 2 needs 9 units of R1; only 2 are there in the end." in capsys.readouterr().err


def test_level_missing_file_and_wrong_usage(tmp_path, capsys):
    assert main(["level", str(tmp_path / "none.rcp"), "--language", "en"]) == 1
    assert "There is no such file." in capsys.readouterr().err
    with pytest.raises(SystemExit) as wrong:
        main(["level", "x", "--seconds", "-1"])
    assert wrong.value.code == 2


def test_level_interrupted_prints_the_best_so_far(tmp_path):
    path = tmp_path / "large.rcp"
    rows = [f"{place % 7 + 1} {place % 5 + 1} 1 {place + 9}" if place < 191 else "3 2 0" for place in range(1, 201)]
    path.write_text("200 1\n7\n" + "\n".join(rows))
    command = [
        sys.executable,
        "-m",
        "kaname.site.cli",
        "level",
        str(path),
        "--seconds",
        "600",
        "--json",
        "--language",
        "en",
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    process.stderr.readline()
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0
    assert len(json.loads(out)["starts"]) == 200
    assert "Stopping: the best schedule so far follows." in err


PLAN = """ID,タスク名,期間,先行,担当者,開始日
1,設計,5日,,佐藤,2026-10-01
2,実装,8日,1,佐藤,
3,試験準備,4日,1,佐藤,
4,試験,3日,"2,3",鈴木,
"""


@pytest.fixture
def plan_file(tmp_path):
    path = tmp_path / "計画.csv"
    path.write_text(PLAN)
    return path


def test_level_plan_json_has_exactly_the_agreed_shape(plan_file, capsys):
    assert main(["level", str(plan_file), "--seconds", "0", "--json", "--language", "en"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {
        "file", "makespan", "lower_bound", "gap", "status", "schedules", "seconds", "objectives", "start", "finish",
        "finish_before", "finish_bound", "starts", "finishes", "tasks", "causes", "people", "overallocations",
        "overallocations_before", "notes",
    }  # fmt: skip
    assert (found["file"], found["schedules"], found["objectives"]) == ("計画.csv", 6, ["finish"])
    assert (found["finish_before"], found["finish"]) == ("2026-10-22T18:00:00", "2026-10-28T18:00:00")
    assert found["makespan"] == 27 * 1440 + 9 * 60
    assert found["people"] == [{"uid": 1, "name": "佐藤", "tasks": [1, 2, 3]}, {"uid": 2, "name": "鈴木", "tasks": [4]}]
    assert found["causes"][2] == {"uid": 3, "kind": "resource", "by": 2, "resource": "佐藤", "waits": 12 * 1440}
    assert found["causes"][3] == {"uid": 4, "kind": "network", "by": 3, "resource": None, "waits": 0}
    assert found["overallocations"] == []
    assert found["overallocations_before"] == [
        {
            "resource": "佐藤",
            "start": "2026-10-08T09:00:00",
            "finish": "2026-10-13T18:00:00",
            "units_percent": 200.0,
            "capacity_percent": 100.0,
            "tasks": [2, 3],
        }
    ]


def test_level_plan_page_names_the_cause_in_both_languages(plan_file, capsys):
    assert main(["level", str(plan_file), "--seconds", "0", "--language", "en"]) == 0
    english = capsys.readouterr().out
    assert "Finish 2026-10-22 18:00 before levelling, 2026-10-28 18:00 after it (+6.0 days)." in english
    assert "佐藤, busy with 2 実装" in english
    assert "Nobody has more to do than there is of them (before: 1 stretches)." in english
    assert main(["level", str(plan_file), "--seconds", "0", "--language", "ja"]) == 0
    japanese = capsys.readouterr().out
    assert "佐藤(2 実装 を作業中)" in japanese
    assert "過負荷はありません(平準化前: 1 区間)" in japanese


def test_level_plan_within_slack_tells_what_is_left(plan_file, capsys):
    assert main(["level", str(plan_file), "--seconds", "0", "--within-slack", "--language", "en"]) == 0
    page = capsys.readouterr().out
    assert "Finish 2026-10-22 18:00, the same as before levelling." in page
    assert "What levelling could not resolve (before: 1 stretches):" in page
    assert "200 %" in page


def test_level_plan_from_a_date_leaves_what_begins_before_it(plan_file, capsys):
    words = ["level", str(plan_file), "--seconds", "0", "--from", "2026-10-15", "--json"]
    assert main(words) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["starts"][:3] == ["2026-10-01T09:00:00", "2026-10-08T09:00:00", "2026-10-08T09:00:00"]
    assert [each["tasks"] for each in found["overallocations"]] == [[2, 3]]


def test_level_plan_output_is_a_plan_with_the_levelled_dates(plan_file, tmp_path, capsys):
    written = tmp_path / "平準化.xml"
    assert main(["level", str(plan_file), "--seconds", "0", "--output", str(written), "--json"]) == 0
    levelled = json.loads(capsys.readouterr().out)
    assert main(["schedule", str(written), "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert [task["computed"]["start"] for task in again["tasks"]] == levelled["starts"]
    assert [task["stored"]["start"] for task in again["tasks"]] == levelled["starts"]


def test_level_plan_output_that_cannot_be_written_is_refused(plan_file, tmp_path, capsys):
    assert main(["level", str(plan_file), "--seconds", "0", "--output", str(tmp_path), "--language", "en"]) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_level_plan_search_is_the_same_for_the_same_seed(plan_file, capsys):
    answers = []
    for _ in range(2):
        words = ["level", str(plan_file), "--schedules", "300", "--objective", "stability", "--json"]
        assert main(words) == 0
        found = json.loads(capsys.readouterr().out)
        answers.append((found["starts"], found["schedules"]))
    assert answers[0] == answers[1]
    assert answers[0][1] == 300
