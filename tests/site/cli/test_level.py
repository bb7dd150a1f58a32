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
        "file", "makespan", "lower_bound", "gap", "status", "schedules", "seconds", "starts", "causes",
    }  # fmt: skip
    assert (found["file"], found["makespan"], found["lower_bound"]) == ("問題.rcp", 13, 13)
    assert (found["gap"], found["status"]) == (0.0, "optimal")
    assert len(found["starts"]) == len(found["causes"]) == 8
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
