"""The verb on files: JSON for programs, a page for people, and a clear answer to what cannot be read."""

import json
import subprocess
import sys

import pytest

from kaname.engine.network import schedule
from kaname.engine.quality import PointCode, assess
from kaname.formats.mspdi import read_mspdi, write_mspdi
from kaname.site.cli import main
from tests.engine.quality.golden_plans import read_golden


@pytest.fixture
def faulty(tmp_path):
    path = tmp_path / "faulty.xml"
    path.write_bytes(write_mspdi(read_golden("faulty").plan))
    return path


def test_clinic_as_json_tells_what_the_engine_finds(faulty, capsys):
    plan = read_mspdi(faulty.read_bytes(), file=faulty.name).plan
    report = assess(plan, schedule(plan))
    assert main(["clinic", str(faulty), "--json", "--language", "en"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["file"], answer["status_at"]) == ("faulty.xml", "2026-06-12T18:00:00")
    assert answer["counts"] == {"total": 12, "complete": 2, "incomplete": 10}
    assert [point["number"] for point in answer["points"]] == list(range(1, 15))
    assert [point["code"] for point in answer["points"]] == [code.value for code in PointCode]
    for told, found in zip(answer["points"], report.points, strict=True):
        assert (told["numerator"], told["denominator"]) == (found.numerator, found.denominator)
        assert told["verdict"] == found.verdict
        assert [offender["uid"] for offender in told["offenders"]] == [offender.uid for offender in found.offenders]


def test_clinic_as_json_gives_each_point_its_limit_and_its_offenders_their_why(faulty, capsys):
    main(["clinic", str(faulty), "--json", "--language", "en"])
    logic = json.loads(capsys.readouterr().out)["points"][0]
    assert logic == {
        "number": 1,
        "code": "logic",
        "name": "Missing logic",
        "numerator": 2,
        "denominator": 10,
        "ratio": 0.2,
        "threshold": 0.05,
        "comparison": "at_most",
        "verdict": "fail",
        "reason": None,
        "population": "unfinished tasks (no summaries, levels of effort or milestones)",
        "offenders": [
            {"uid": 4, "name": "Orphan", "why": "It has neither predecessor nor successor."},
            {"uid": 5, "name": "No successor", "why": "It has no successor."},
        ],
        "observations": [],
        "notes": [],
    }


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", " 1  Missing logic                         Failed            2/10 = 20.0% (at most 5.0%)"),
        ("ja", " 1  依存関係の欠落                        不合格            2/10 = 20.0% (基準:5.0%以下)"),
    ],
)
def test_clinic_as_a_page_speaks_the_language(faulty, capsys, language, words):
    assert main(["clinic", str(faulty), "--language", language]) == 0
    assert words in capsys.readouterr().out.splitlines()


def test_clinic_of_a_plan_that_cannot_be_calculated_is_refused_with_its_loop(tmp_path, capsys):
    text = write_mspdi(read_golden("pinned").plan).decode()
    link = "<PredecessorLink><PredecessorUID>4</PredecessorUID><Type>1</Type></PredecessorLink>"
    looped = text.replace("<Name>Design</Name>", f"<Name>Design</Name>{link}", 1)
    path = tmp_path / "loop.xml"
    path.write_text(looped, encoding="utf-8")
    assert main(["clinic", str(path), "--json", "--language", "en"]) == 1
    streams = capsys.readouterr()
    assert "Design" in streams.err
    assert json.loads(streams.out)["refused"][0]["message"].startswith("These tasks drive one another in a loop:")


def test_clinic_of_a_missing_file_is_refused(tmp_path, capsys):
    assert main(["clinic", str(tmp_path / "nowhere.xml"), "--language", "en"]) == 1
    assert capsys.readouterr().err == "nowhere.xml: There is no such file. Check the name and that you may read it.\n"


def test_clinic_never_loads_django(faulty):
    code = f"import sys; from kaname.site.cli import main; main(['clinic', {str(faulty)!r}]); sys.exit('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, env={"PYTHONPATH": "src"})
    assert (done.returncode, done.stderr) == (0, b"")
