import json

import pytest

from kaname.site.cli import main

HEAD = "案件,種別,計画工数,実績工数\n"
ROWS = "".join(
    f"P{number},{('Web', '基幹')[number % 2]},{100 + number},{(100 + number) * (1 + number % 5 / 10 + number % 2):.1f}\n"
    for number in range(40)
)


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "実績.csv"
    path.write_text(HEAD + ROWS + "P98,Web,,20\nP99,Web,10,不明\n\n", encoding="cp932")
    return path


def answer(capsys, table, *arguments):
    code = main(["forecast", "--history", str(table), *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


COLUMNS = ("--planned", "計画工数", "--actual", "実績工数")


def test_json_has_exactly_the_agreed_shape(table, capsys):
    code, found = answer(capsys, table, *COLUMNS, "--class", "種別")
    assert code == 0
    assert list(found) == ["file", "columns", "encoding", "cases", "left_out", "strength", "calibration", "classes"]
    assert (found["file"], found["columns"], found["cases"]) == ("実績.csv", ["計画工数", "実績工数", "種別"], 40)
    assert found["left_out"] == [{"line": 42, "reason": "planned"}, {"line": 43, "reason": "actual"}]
    assert list(found["calibration"]["held"]) == [f"P{percent}" for percent in range(10, 100, 10)]
    assert set(found["calibration"]["held"]["P80"]) == {"cases", "share", "interval"}
    assert [each["classes"] for each in found["classes"]] == [[], ["Web"], ["基幹"]]
    web, host = found["classes"][1:]
    assert (web["cases"], host["cases"]) == (20, 20)
    assert web["factors"]["P50"] == pytest.approx(1.2, abs=0.11)
    assert host["factors"]["P50"] == pytest.approx(2.2, abs=0.11)
    assert found["calibration"]["class_error"] < found["calibration"]["plan_error"]


def test_class_that_is_asked_for_is_told_alone_and_its_widening_said(table, capsys):
    found = answer(capsys, table, *COLUMNS, "--class", "種別", "--for", "組込み")[1]
    [only] = found["classes"]
    assert (only["classes"], only["cases"]) == (["組込み"], 0)
    assert only["levels"][0]["weight"] == 1.0
    assert (
        main(["forecast", "--history", str(table), *COLUMNS, "--class", "種別", "--for", "組込み", "--language", "ja"])
        == 0
    )
    assert "「組込み」" in capsys.readouterr().out


def test_columns_by_number_need_no_heading(tmp_path, capsys):
    path = tmp_path / "numbers.tsv"
    path.write_text("".join(f"{number}\t{2 * number}\n" for number in range(1, 11)))
    found = answer(capsys, path, "--planned", "1", "--actual", "2")[1]
    assert (found["cases"], found["strength"], found["columns"]) == (10, None, ["1", "2"])
    assert found["classes"][0]["factors"] == {"P10": 2.0, "P20": 2.0, "P50": 2.0, "P80": 2.0, "P90": 2.0, "P95": None}


def test_page_in_japanese_tells_factors_and_calibration(table, capsys):
    assert main(["forecast", "--history", str(table), *COLUMNS, "--class", "種別", "--language", "ja"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("終了した40件のプロジェクト")
    assert "42, 43行目" in lines[1]
    assert any(line.split()[:2] == ["Web", "20"] for line in lines)
    assert any(line.startswith("P80") for line in lines)


def test_page_in_english(table, capsys):
    assert main(["forecast", "--history", str(table), *COLUMNS, "--language", "en"]) == 0
    assert capsys.readouterr().out.startswith("40 closed projects: 実績工数 by 計画工数.")


@pytest.mark.parametrize(
    ("text", "columns", "said"),
    [
        (HEAD + ROWS, ("--planned", "予定", "--actual", "実績工数"), "予定"),
        (HEAD + ROWS, ("--planned", "99", "--actual", "4"), "99"),
        (HEAD, COLUMNS, "0より大きい"),
        (HEAD + "a,b,1,2\n", COLUMNS, "4件"),
        ("", COLUMNS, "実績.csv"),
    ],
)
def test_table_that_says_nothing_is_refused(tmp_path, capsys, text, columns, said):
    path = tmp_path / "実績.csv"
    path.write_text(text)
    assert main(["forecast", "--history", str(path), *columns, "--language", "ja"]) == 1
    assert said in capsys.readouterr().err


def test_missing_file_is_refused(tmp_path, capsys):
    assert main(["forecast", "--history", str(tmp_path / "no.csv"), *COLUMNS, "--language", "en"]) == 1
    assert "no such file" in capsys.readouterr().err
