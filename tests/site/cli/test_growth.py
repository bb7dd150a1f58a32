import json
import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kaname.site.cli import main

FALLING = (14, 12, 11, 9, 8, 7, 5, 6, 4, 3, 3, 2)
DAYS = "日付,検出数\n" + "".join(f"2026/6/{day},{count}\n" for day, count in zip(range(1, 13), FALLING, strict=True))
EVEN = "day,found\n" + "".join(f"{day},7\n" for day in range(1, 13))
VALUES = ("total", "interval", "left", "left_interval", "day_95", "day_95_interval", "date_95", "date_95_interval")


@pytest.fixture
def series(tmp_path):
    path = tmp_path / "不具合.csv"

    def written(text, *, encoding="utf-8"):
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return str(path)

    return written


def answer(capsys, *arguments):
    code = main(["growth", *arguments, "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_json_has_exactly_the_agreed_shape(series, capsys):
    code, found = answer(capsys, series(DAYS, encoding="cp932"), "--language", "en")
    assert code == 0
    assert list(found) == [
        "file", "reading", "found", "share", "confidence", "verdict", "reasons", "cautions", "model", *VALUES, "aic", "aicc",
        "dispersion", "models",
    ]  # fmt: skip
    assert found["reading"] == {
        "quantity": "per_interval",
        "unit": "day",
        "columns": ["日付", "検出数"],
        "encoding": "cp932",
        "records": 12,
        "starts_on": "2026-06-01",
        "until": 12.0,
    }
    assert (found["file"], found["found"], found["verdict"], found["model"]) == (
        "不具合.csv",
        84,
        "estimated",
        "exponential",
    )
    assert (found["total"], found["left"], found["day_95"], found["date_95"]) == (98.4422, 14.4422, 18.73, "2026-06-19")
    assert found["interval"] == [pytest.approx(76.6, abs=0.1), pytest.approx(139.7, abs=0.1)]
    assert found["date_95_interval"][0] < "2026-06-19" < found["date_95_interval"][1]
    assert [set(model) for model in found["models"]] == [
        {"model", *VALUES, "rate", "inflection", "starts_at_zero", "log_likelihood", "aic", "aicc", "difference", "weight",
         "chi_square", "reasons"}
    ] * 4  # fmt: skip
    assert [model["model"] for model in found["models"][:2]] == ["exponential", "delayed_s"]
    assert found["models"][2]["total"] is None
    assert found["models"][2]["reasons"] == [
        "The series has no inflection after the start of the test; this curve needs one."
    ]


def test_too_early_to_say_has_no_number(series, capsys):
    code, found = answer(capsys, series(EVEN), "--language", "en")
    assert code == 0
    assert (found["verdict"], found["model"], found["aic"]) == ("too_early", None, None)
    assert [found[key] for key in VALUES] == [None] * len(VALUES)
    assert (
        "The series does not bound the total: it can be more than 30 times what is found so far." in found["reasons"]
        or "The likelihood of no model has a finite maximum." in found["reasons"]
    )


def test_share_confidence_and_scale_of_the_file(series, capsys):
    weeks = "week,found\n" + "".join(f"{week},{count}\n" for week, count in enumerate(FALLING, start=27))
    _, found = answer(capsys, series(weeks), "--share", "90", "--confidence", "80")
    assert (found["share"], found["confidence"]) == (0.9, 0.8)
    assert found["day_90"] == pytest.approx(26 + 14.396, abs=1e-3)
    assert (found["date_90"], found["date_90_interval"], found["reading"]["until"]) == (None, None, 38.0)


def test_page_in_english(series, capsys):
    assert main(["growth", series(DAYS), "--language", "en"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "不具合.csv: 84 defects found in 12 intervals"
    assert lines[1] == "Read as counts per interval, in calendar days. Columns: 日付, 検出数"
    assert lines[3].startswith("Defects in all  98.4  (95 %: 8")
    assert lines[4].startswith("Defects left    14.4  (95 %: ")
    assert lines[5].startswith("95 % found by   2026-06-19  (95 %: 2026-06-1")
    assert lines[7] == "Best model: exponential."
    assert " 0 +----" in "\n".join(lines)
    assert any(line.startswith("exponential ") and " 98.4 " in line for line in lines)


def test_page_in_japanese(series, capsys):
    assert main(["growth", series(DAYS), "--language", "ja"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("不具合.csv:12区間で不具合84件を検出")
    assert "総不具合数" in out
    assert "最適なモデル:指数形" in out


def test_page_of_failure_times(series, capsys):
    gaps = "故障間隔\n" + "".join(f"{2 + at}\n" for at in range(30))
    assert main(["growth", series(gaps), "--language", "ja"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["不具合.csv:不具合30件を1件ずつ検出", "読み方:故障発生間隔、ファイルの時間単位。列:故障間隔"]
    assert lines[3].startswith("総不具合数")
    assert "時間 " in lines[5]


def test_page_that_is_too_early_tells_no_total(series, capsys):
    assert main(["growth", series(EVEN), "--language", "en"]) == 0
    out = capsys.readouterr().out
    assert "It is too early to say how many defects there are.\n- " in out
    assert "Defects in all" not in out
    assert "Lower bound" not in out


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("day,found\n1,5\n2,many\n", "不具合.csv, line 3: “many” is no whole number of defects, 0 or more. Correct the cell.\n"),
        ("", "不具合.csv: The file is empty. Save the table as CSV (UTF-8) or as an Excel workbook (.xlsx) and try again.\n"),
        ("a,b,c\n1,2,3\n", "不具合.csv, line 1: No column of defects found was recognised. The headings read: a, b, c. Name the columns yourself: --time, and --found, --cumulative, --times or --between.\n"),
    ],
)  # fmt: skip
def test_bad_input_names_file_line_and_what_to_do(series, capsys, text, message):
    assert main(["growth", series(text), "--language", "en"]) == 1
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", message)


def test_refusal_in_json_is_an_answer_too(series, capsys):
    code, found = answer(capsys, series("day,cumulative\n1,5\n2,4\n"), "--language", "en")
    assert (code, found["file"]) == (1, "不具合.csv")
    assert found["refused"][0]["place"] == "line 3"
    assert found["refused"][0]["message"] == "The cumulative number falls from 5 to 4."


@pytest.mark.parametrize("wrong", [["--share", "0"], ["--share", "x"], ["--confidence", "100"], ["--nothing"]])
def test_wrong_usage_exits_with_two(series, wrong):
    with pytest.raises(SystemExit) as ending:
        main(["growth", series(DAYS), *wrong])
    assert ending.value.code == 2


def test_missing_file_is_refused_without_a_trace(tmp_path, capsys):
    assert main(["growth", str(tmp_path / "ない.csv"), "--language", "en"]) == 1
    assert capsys.readouterr().err == "ない.csv: There is no such file. Check the name and that you may read it.\n"


def test_largest_series_is_answered_in_time(series, capsys):
    rows = "".join(f"{at},{max(1, 50 - at // 100)}\n" for at in range(1, 5001))
    began = time.process_time()
    code, found = answer(capsys, series("day,found\n" + rows))
    assert (code, found["reading"]["records"]) == (0, 5000)
    assert time.process_time() - began < 5


def test_verb_loads_no_django(series):
    program = (
        "import sys; from kaname.site.cli import main; "
        f"main(['growth', {series(DAYS)!r}, '--json']); "
        "sys.exit('django' in sys.modules or 'numba' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], stdout=subprocess.DEVNULL, check=False).returncode == 0


CELLS = st.one_of(
    st.integers(-5, 2000).map(str),
    st.floats(allow_nan=True, allow_infinity=True).map(str),
    st.sampled_from(["", "日付", "件数", "累積", "day", "found", "IF", "T", "2026-04-01", "4/1", "合計", "第3週", "1e308", '"', "'=1", "９９", "\x1b$B"]),
    st.text(max_size=6),
)  # fmt: skip
TABLES = st.tuples(
    st.sampled_from([",", "\t", ";", "|"]),
    st.sampled_from(["日付,件数", "day,found", "T,CFC", "IF", "検出日", "故障時刻", "x,y", ""]),
    st.lists(st.lists(CELLS, min_size=1, max_size=3), max_size=40),
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(table=TABLES)
def test_any_table_is_answered_or_refused(series, capsys, table):
    delimiter, headings, rows = table
    lines = [headings.replace(",", delimiter), *(delimiter.join(row) for row in rows)]
    judged(series("\n".join(lines).encode("utf-8", "replace")), capsys)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300))
def test_any_bytes_are_answered_or_refused(series, capsys, data):
    judged(series(data), capsys)


def judged(path, capsys):
    began = time.process_time()
    code, found = answer(capsys, path)
    assert time.process_time() - began < 5
    assert code in (0, 1)
    assert ("refused" in found) == (code == 1)
    assert main(["growth", path]) == code
    capsys.readouterr()
