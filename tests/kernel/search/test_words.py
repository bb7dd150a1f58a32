import pytest

from kaname.kernel.search.words import LONGEST_TOKEN, MOST_TERMS, MOST_TOKENS, Phrase, fold, phrases, terms, tokens


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("ｶﾞﾝﾄﾁｬｰﾄ", "ガントチャート"),
        ("プロジェクト・マネージャー", "プロジェクトマネージャー"),
        ("ﾌﾟﾛｼﾞｪｸﾄ･ﾏﾈｰｼﾞｬｰ", "プロジェクトマネージャー"),
        ("山田・佐藤", "山田・佐藤"),
        ("か\u3099", "が"),
        ("㈱①㍿", "(株)1株式会社"),
        ("Straße", "straße"),
    ],
)
def test_width_and_case_become_one(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("竜巻", ["竜巻", "巻"]),
        ("竜", ["竜"]),
        ("特殊語彙検索", ["特殊", "殊語", "語彙", "彙検", "検索", "索"]),
        ("2026年11月", ["2026", "年", "11", "月"]),
        ("WBS見直し v2.1", ["wbs", "見直", "直し", "し", "v", "2", "1"]),
        ("人々、〆切", ["人々", "々", "〆切", "切"]),
        ("café-noir_x", ["café", "noir", "x"]),
        ("𠮷野家", ["𠮷野", "野家", "家"]),
        ("、。!?", []),
        ("", []),
    ],
)
def test_text_is_cut_into_pairs_words_and_numbers(text: str, kept: list[str]) -> None:
    assert tokens(text) == kept


def test_long_text_and_long_word_are_cut() -> None:
    assert len(tokens("語" * 50_000)) == MOST_TOKENS
    assert tokens("x" * 500) == ["x" * LONGEST_TOKEN]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("竜巻", [Phrase(("竜巻",))]),
        ("竜", [Phrase(("竜",), is_prefix=True)]),
        ("特殊語彙", [Phrase(("特殊", "殊語", "語彙"))]),
        ("WBS 表", [Phrase(("wbs",)), Phrase(("表",), is_prefix=True)]),
        ("sched", [Phrase(("sched",), is_prefix=True)]),
        ("sched ", [Phrase(("sched",))]),
        ("第3回", [Phrase(("第",), is_prefix=True), Phrase(("3",)), Phrase(("回",), is_prefix=True)]),
        ("%_*\"' AND", [Phrase(("and",), is_prefix=True)]),
        ("…", []),
    ],
)
def test_query_is_cut_as_the_index_is(query: str, wanted: list[Phrase]) -> None:
    assert phrases(query) == wanted


def test_query_is_bounded() -> None:
    assert len(phrases(" ".join("abcdefghijklmn"))) == MOST_TERMS
    assert terms("あ" * 500) == ["あ" * 100]
