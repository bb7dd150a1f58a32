"""What a loss report calls the parts of a file."""

import pytest
from django.utils.translation import override

from kaname.pso.schedule.web.import_subjects import SUBJECTS
from kaname.pso.schedule.web.import_words import subject_words
from tests.formats.mspdi.plans import FULL, read


@pytest.mark.parametrize(
    ("subject", "ja", "en"),
    [
        ("Project/Name", "プロジェクト / 名称", "Project / Name"),
        ("Calendar/Name", "カレンダー / 名称", "Calendar / Name"),
        (
            "Project/ExtendedAttributes/ExtendedAttribute/Alias",
            "プロジェクト / ユーザー設定フィールドの一覧 / ユーザー設定フィールド / 別名",
            "Project / Custom fields / Custom field / Alias",
        ),
        (
            "Project/ExtendedAttributes/ExtendedAttribute/FieldID",
            "プロジェクト / ユーザー設定フィールドの一覧 / ユーザー設定フィールド / フィールド番号",
            "Project / Custom fields / Custom field / Number of the field",
        ),
        ("Project/SaveVersion", "プロジェクト / ファイル形式のバージョン", "Project / Version of the file format"),
        (
            "Calendar/WeekDays/WeekDay/WorkingTimes/WorkingTime/FromTime",
            "カレンダー / 稼働日 / 曜日 / 稼働時間帯の一覧 / 稼働時間帯 / 開始時刻",
            "Calendar / Working days / Day / Working times / Working time / Start time",
        ),
        ("TASKPROC/proc_name", "タスクのステップ / proc_name", "Step of a task / proc_name"),
        ("Task/Sparkle", "タスク / Sparkle", "Task / Sparkle"),
    ],
)
def test_parts_have_the_reader_s_words_and_unknown_ones_those_of_the_file(subject: str, ja: str, en: str) -> None:
    with override("ja"):
        assert subject_words(subject) == ja
    with override("en"):
        assert subject_words(subject) == en


def test_every_element_of_a_project_file_has_a_word() -> None:
    parts = {part for entry in read(FULL).loss.entries for part in entry.subject.split("/")}
    assert len(parts) > 100
    assert sorted(parts - set(SUBJECTS)) == []
