import json
from pathlib import Path

import pytest

from kaname.site.cli import main

PLAN = """<Project xmlns="http://schemas.microsoft.com/project"><Title>刷新</Title><StartDate>2026-04-01T08:00:00</StartDate>
<CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID><Name>標準</Name><IsBaseCalendar>1</IsBaseCalendar></Calendar></Calendars>
<Tasks>
<Task><UID>1</UID><Name>設計工程</Name><OutlineLevel>1</OutlineLevel><Summary>1</Summary></Task>
<Task><UID>2</UID><Name>設計</Name><OutlineLevel>2</OutlineLevel><Duration>PT16H0M0S</Duration>
<Start>2026-04-01T08:00:00</Start><Finish>2026-04-02T17:00:00</Finish><EarlyStart>2026-04-01T08:00:00</EarlyStart>
<EarlyFinish>2026-04-02T17:00:00</EarlyFinish><LateStart>2026-04-01T08:00:00</LateStart><LateFinish>2026-04-02T17:00:00</LateFinish>
<TotalSlack>0</TotalSlack></Task>
<Task><UID>3</UID><Name>設計完了</Name><OutlineLevel>2</OutlineLevel><Duration>PT0H0M0S</Duration><Milestone>1</Milestone>
<PredecessorLink><PredecessorUID>2</PredecessorUID><Type>1</Type><LinkLag>4800</LinkLag><LagFormat>7</LagFormat></PredecessorLink></Task>
<Task><UID>4</UID><Name>調整</Name><OutlineLevel>1</OutlineLevel><Manual>1</Manual><Duration>PT8H0M0S</Duration>
<LevelingDelay>4800</LevelingDelay><ManualStart>2026-04-06T08:00:00</ManualStart><ManualFinish>2026-04-06T17:00:00</ManualFinish></Task>
</Tasks></Project>"""
LOOP = PLAN.replace(
    "<Task><UID>2</UID>",
    "<Task><UID>2</UID><PredecessorLink><PredecessorUID>3</PredecessorUID><Type>1</Type></PredecessorLink>",
)


@pytest.fixture
def plan(tmp_path) -> Path:
    path = tmp_path / "計画.xml"
    path.write_text(PLAN)
    return path


def answer(capsys, *arguments: str) -> tuple[int, dict]:
    code = main(list(arguments))
    return code, json.loads(capsys.readouterr().out)


def test_json_has_exactly_the_agreed_shape(plan, capsys):
    code, found = answer(capsys, "schedule", str(plan), "--json")
    assert code == 0
    assert found["file"] == "計画.xml"
    assert [(task["uid"], task["name"], task["kind"], task["leveled"]) for task in found["tasks"]] == [
        (1, "設計工程", "summary", False),
        (2, "設計", "auto", False),
        (3, "設計完了", "milestone", False),
        (4, "調整", "manual", True),
    ]
    assert set(found["tasks"][1]) == {"uid", "name", "kind", "leveled", "stored", "computed"}


def test_json_task_stored_and_computed_dates(plan, capsys):
    task = answer(capsys, "schedule", str(plan), "--json")[1]["tasks"][1]
    dates = {
        "start": "2026-04-01T08:00:00",
        "finish": "2026-04-02T17:00:00",
        "early_start": "2026-04-01T08:00:00",
        "early_finish": "2026-04-02T17:00:00",
    }
    late = {"late_start": "2026-04-01T08:00:00", "late_finish": "2026-04-02T17:00:00", "total_float_minutes": 0}
    assert task["stored"] == {**dates, **late}
    assert {key: task["computed"][key] for key in dates} == dates
    assert set(task["computed"]) == {*dates, *late, "free_float_minutes", "critical", "driven_by"}


def test_json_driver_names_link_and_task(plan, capsys):
    task = answer(capsys, "schedule", str(plan), "--json")[1]["tasks"][2]
    assert task["stored"] == dict.fromkeys(task["stored"])
    assert task["computed"]["start"] == "2026-04-03T17:00:00"
    assert task["computed"]["driven_by"] == {
        "kind": "predecessor",
        "uid": 2,
        "type": "fs",
        "lag_minutes": 480,
        "at": "2026-04-02T17:00:00",
    }


def test_table_in_japanese_marks_differences(plan, capsys):
    assert main(["schedule", str(plan), "--language", "ja"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["番号", "タスク", "開始", "終了", "フロート", "クリティカル", "決定要因"]
    assert lines[3].split()[:6] == ["3", "設計完了", "2026-04-03", "17:00", "2026-04-03", "17:00"]
    assert lines[-1].startswith("タスク4件")


def test_table_in_english_counts_agreement(plan, capsys):
    assert main(["schedule", str(plan), "--language", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].split() == ["No.", "Task", "Start", "Finish", "Float", "Critical", "Driven", "by"]
    assert "Start and finish as stored: 1 of 1." in lines[-1]


def test_loop_is_refused_with_the_names_of_its_tasks(tmp_path, capsys):
    path = tmp_path / "輪.xml"
    path.write_text(LOOP)
    assert main(["schedule", str(path), "--language", "en"]) == 1
    message = capsys.readouterr().err
    assert message.startswith("輪.xml: ")
    assert "設計" in message
    assert "設計完了" in message


def test_loop_in_json_is_an_answer_too(tmp_path, capsys):
    path = tmp_path / "輪.xml"
    path.write_text(LOOP)
    code, found = answer(capsys, "schedule", str(path), "--json", "--language", "en")
    assert (code, found["file"], len(found["refused"])) == (1, "輪.xml", 1)
    assert found["refused"][0]["advice"] == ("Correct the plan in the program that it comes from and export it again.")


def test_missing_file_is_refused_without_a_trace(tmp_path, capsys):
    assert main(["schedule", str(tmp_path / "ない.xml"), "--language", "en"]) == 1
    assert capsys.readouterr().err == ("ない.xml: There is no such file. Check the name and that you may read it.\n")


def test_wrong_usage_exits_with_two(capsys):
    with pytest.raises(SystemExit) as ending:
        main(["schedule"])
    assert ending.value.code == 2
    assert "FILE" in capsys.readouterr().err


def test_verb_loads_no_django(plan):
    import subprocess
    import sys

    program = (
        "import sys; from kaname.site.cli import main; "
        f"main(['schedule', {str(plan)!r}, '--json']); "
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], stdout=subprocess.DEVNULL, check=False).returncode == 0
