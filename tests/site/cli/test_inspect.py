import json

import pytest

from kaname.site.cli import main
from tests.formats.mspdi.plans import FULL


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "移行.xml"
    path.write_bytes(FULL)
    return path


def test_json_says_what_it_is_and_counts_every_object(plan, capsys):
    assert main(["inspect", str(plan), "--json", "--language", "en"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["file"], found["kind"], found["encoding"]) == ("移行.xml", "mspdi", "utf-8")
    assert found["plan"] == {
        "name": "基幹システム移行",
        "source_product": "Microsoft Project 14",
        "start": "2026-04-01T09:00:00",
        "finish": "2026-06-30T18:00:00",
        "status": "2026-04-10T18:00:00",
        "tasks": 6,
        "links": 3,
        "resources": 2,
        "assignments": 2,
        "calendars": 2,
    }
    assert found["counts"] == {"mapped": 327, "changed": 3, "lost": 49}
    assert sum(entry["count"] for entry in found["entries"]) == 327 + 3 + 49


def test_json_entry_says_why_in_japanese(plan, capsys):
    main(["inspect", str(plan), "--json", "--language", "ja"])
    entries = json.loads(capsys.readouterr().out)["entries"]
    changed = [entry for entry in entries if entry["outcome"] == "changed"]
    assert changed[0] == {
        "outcome": "changed",
        "subject": "Calendar/Exceptions/Exception",
        "place": "line 49",
        "label": "標準",
        "count": 1,
        "message": "繰り返しの例外は3日分の個別の例外日に展開しました。",
    }


def test_text_folds_what_is_inside_a_lost_object(plan, capsys):
    main(["inspect", str(plan), "--language", "en"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "移行.xml: Microsoft Project XML (utf-8), plan “基幹システム移行”"
    assert [line for line in lines if "TimephasedData" in line] == [
        (
            "  Assignment/TimephasedData × 3 (line 93): "
            "Work day by day is not kept; the total, the dates, the contour and the splits are."
        )
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty."),
        (b"%PDF-1.7", "This is no plan: it is an image, a document, an archive or a program."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest",
            "This is a file in the old binary form of Microsoft Office (such as .mpp or .xls), which only that program can read.",
        ),
    ],
)
def test_file_that_is_no_plan_is_refused_by_content(tmp_path, capsys, data, message):
    path = tmp_path / "計画.xml"
    path.write_bytes(data)
    assert main(["inspect", str(path), "--json", "--language", "en"]) == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out)["refused"][0]["message"] == message
    assert captured.err.startswith(f"計画.xml: {message}")


def test_project_of_a_primavera_file_is_chosen_by_key(tmp_path, capsys):
    from tests.formats.xer.test_read import two_projects

    path = tmp_path / "全社.xer"
    path.write_bytes(two_projects())
    names = []
    for arguments in ([], ["--project", "200"]):
        assert main(["inspect", str(path), "--json", *arguments]) == 0
        names.append(json.loads(capsys.readouterr().out)["plan"]["name"])
    assert names == ["KIKAN", "KAISEN"]


def test_wbs_table_as_text_is_inspected_alike(tmp_path, capsys):
    path = tmp_path / "作業.csv"
    path.write_bytes("WBS,タスク名,開始日,終了日\n1,設計,2026-04-01,2026-04-03\n".encode("cp932"))
    assert main(["inspect", str(path), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["kind"], found["plan"]["tasks"]) == ("csv", 1)
