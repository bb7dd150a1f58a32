import csv
import io

import pytest

from kaname.engine.network.plan import StoredDates
from kaname.formats.delimited.read import read_delimited
from kaname.formats.delimited.write import TextEncoding, write_delimited
from tests.formats.wbs.plans import FULL, at, kept, kept_links, kept_work


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", list(TextEncoding))
def test_plan_written_and_read_again_is_the_same(language, delimiter, encoding):
    data = write_delimited(FULL, language=language, delimiter=delimiter, encoding=encoding)
    result = read_delimited(data, file="計画.csv")
    assert kept(result.plan) == kept(FULL)
    assert kept_links(result.plan) == kept_links(FULL)
    assert kept_work(result.plan) == kept_work(FULL)
    assert result.plan.name == "計画"


def test_cells_that_look_like_formulas_are_guarded():
    text = write_delimited(FULL, encoding=TextEncoding.UTF8).decode()
    rows = list(csv.reader(io.StringIO(text, newline="")))
    name, notes = rows[0].index("タスク名"), rows[0].index("備考")
    assert rows[3][name] == "'=cmd|'/c calc'!A1"
    assert rows[2][notes] == "'=SUM(A1)ではない\n二行目"


def test_computed_dates_win_over_stored_ones():
    dates = {
        30: StoredDates(start_at=at("2026-04-07 09:00"), finish_at=at("2026-04-08 18:00"), total_float_minutes=240)
    }
    text = write_delimited(FULL, dates=dates, encoding=TextEncoding.UTF8).decode()
    row = list(csv.DictReader(io.StringIO(text, newline="")))[2]
    assert (row["開始予定日"], row["終了予定日"], row["余裕日数"]) == ("2026/04/07 09:00", "2026/04/08 18:00", "0.5")


def test_character_that_cp932_lacks_is_written_as_its_number():
    data = write_delimited(
        FULL.__class__(tasks=(FULL.tasks[0].__class__(uid=1, name="髙﨑㈱①☃"),)), encoding=TextEncoding.CP932
    )
    assert "髙﨑㈱①\\u2603" in data.decode("cp932")
