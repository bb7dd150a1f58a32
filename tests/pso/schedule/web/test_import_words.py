"""What a loss report calls the parts of a file."""

import pytest
from django.utils.translation import override

from kaname.pso.schedule.web.import_words import subject_words


@pytest.mark.parametrize(
    ("subject", "ja", "en"),
    [
        ("Project/Name", "プロジェクト / 名称", "Project / Name"),
        ("Calendar/Name", "カレンダー / 名称", "Calendar / Name"),
        (
            "Project/ExtendedAttributes/ExtendedAttribute/Alias",
            "プロジェクト / ユーザー設定フィールドの一覧 / ユーザー設定フィールド / Alias",
            "Project / Custom fields / Custom field / Alias",
        ),
    ],
)
def test_parts_have_the_reader_s_words_and_unknown_ones_those_of_the_file(subject: str, ja: str, en: str) -> None:
    with override("ja"):
        assert subject_words(subject) == ja
    with override("en"):
        assert subject_words(subject) == en
