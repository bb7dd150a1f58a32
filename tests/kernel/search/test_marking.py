import pytest

from kaname.kernel.search.marking import EXCERPT_CHARACTERS, Piece, excerpt, marked


def shown(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.is_match else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("竜巻注意報と竜巻", "竜巻", "[竜巻]注意報と[竜巻]"),
        ("ﾌﾟﾛｼﾞｪｸﾄ計画", "プロジェクト", "[ﾌﾟﾛｼﾞｪｸﾄ]計画"),
        ("ｶﾞﾝﾄ", "カ", "ｶﾞﾝﾄ"),
        ("ＷＢＳの表", "wbs 表", "[ＷＢＳ]の[表]"),
        ("プロジェクト・マネージャー募集", "プロジェクトマネージャー", "[プロジェクト・マネージャー]募集"),
        ("㍿要", "株式", "[㍿]要"),
        ("か\u3099く", "が", "[か\u3099]く"),
        ("abcabc", "abc", "[abcabc]"),
        ("<b>太字</b>", "b", "<[b]>太字</[b]>"),
        ("何もない", "竜巻", "何もない"),
        ("", "竜巻", ""),
    ],
)
def test_words_are_marked_in_the_text_as_it_is_written(text: str, query: str, expected: str) -> None:
    pieces = marked(text, query)
    assert shown(pieces) == expected
    assert "".join(piece.text for piece in pieces) == text


def test_excerpt_surrounds_the_first_word() -> None:
    pieces = excerpt("前" * 300 + "竜巻" + "後" * 300, "竜巻")
    assert shown(pieces) == "…" + "前" * 30 + "[竜巻]" + "後" * (EXCERPT_CHARACTERS - 32) + "…"


def test_short_text_is_its_own_excerpt_on_one_line() -> None:
    assert shown(excerpt("一行目\n  竜巻\t三", "竜巻")) == "一行目 [竜巻] 三"
