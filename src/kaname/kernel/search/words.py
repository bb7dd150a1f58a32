"""Cutting text into what is looked up: one way for writing the index and for asking it, on both databases.

Text is folded first (NFKC, lower case: full and half width become one), then cut into runs.  A run of Latin letters or of
digits is one token.  A run of Japanese (kanji, kana) becomes its pairs of neighbouring characters, and in the index its last
character too, so that a single character is found as the beginning of a token wherever it stands.  Two-character words, the
most frequent in Japanese business text, are found exactly; no dictionary is needed.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

LONGEST_QUERY: Final = 100
MOST_TERMS: Final = 8
MOST_TOKENS: Final = 12_000
"""Tokens taken of one text; PostgreSQL counts positions up to 16,383."""
LONGEST_TOKEN: Final = 64

_JAPANESE: Final = r"\u3005-\u3007\u3040-\u309a\u309d-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN: Final = re.compile(rf"(?P<japanese>[{_JAPANESE}]+)|(?P<digits>\d+)|(?P<latin>[^\W\d_{_JAPANESE}]+)")
KATAKANA_DOT: Final = re.compile(r"(?<=[\u30a0-\u30ff])\u30fb(?=[\u30a0-\u30ff])")


def fold(text: str) -> str:
    """Return text with one form for each character, in lower case; the dot between katakana words is left out.

    Examples
    --------
    >>> fold("ﾌﾟﾛｼﾞｪｸﾄ・マネージャー ＷＢＳ")
    'プロジェクトマネージャー wbs'
    """
    return KATAKANA_DOT.sub("", fold_characters(text))


def fold_characters(text: str) -> str:
    """Return text with one form for each character, in lower case."""
    return unicodedata.normalize("NFKC", text).lower()


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that must follow one another; with `is_prefix` the only token may go on."""

    tokens: tuple[str, ...]
    is_prefix: bool = False


def tokens(text: str) -> list[str]:
    """Return the tokens that the index keeps of a text, in order, at most `MOST_TOKENS`.

    Examples
    --------
    >>> tokens("特殊語彙2026 WBS")
    ['特殊', '殊語', '語彙', '彙', '2026', 'wbs']
    """
    found: list[str] = []
    for kind, run in _runs(text):
        if kind == "japanese":
            found += [*_pairs(run), run[-1]]
        else:
            found.append(run[:LONGEST_TOKEN])
        if len(found) >= MOST_TOKENS:
            return found[:MOST_TOKENS]
    return found


def phrases(query: str) -> list[Phrase]:
    """Return what all must be found for a query: each run is one phrase.

    A single Japanese character, and the Latin word or number at the very end of the query, which may be half typed, match
    as a beginning.

    Examples
    --------
    >>> phrases("語彙検索 sched")
    [Phrase(tokens=('語彙', '彙検', '検索'), is_prefix=False), Phrase(tokens=('sched',), is_prefix=True)]
    >>> phrases("竜")
    [Phrase(tokens=('竜',), is_prefix=True)]
    """
    folded = fold(query[:LONGEST_QUERY])
    runs = list(_runs(folded))[:MOST_TERMS]
    found = []
    for number, (kind, run) in enumerate(runs):
        if kind == "japanese":
            found.append(Phrase(tuple(_pairs(run))) if len(run) > 1 else Phrase((run,), is_prefix=True))
        else:
            is_last = number == len(runs) - 1 and folded.endswith(run)
            found.append(Phrase((run[:LONGEST_TOKEN],), is_prefix=is_last))
    return found


def terms(query: str) -> list[str]:
    """Return the folded runs of a query, for marking them in what was found."""
    return [run for _kind, run in list(_runs(query[:LONGEST_QUERY]))[:MOST_TERMS]]


def _runs(text: str) -> Iterator[tuple[str, str]]:
    for match in _RUN.finditer(fold(text)):
        yield match.lastgroup or "", match.group()


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)]
