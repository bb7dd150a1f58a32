"""How Japanese names are read: one form of a reading, and its row in the table of fifty sounds."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

ROWS: Final[Mapping[str, str]] = {
    "あ": "ぁあぃいぅうぇえぉおゔ",
    "か": "かがきぎくぐけげこごゕゖ",
    "さ": "さざしじすずせぜそぞ",
    "た": "ただちぢっつづてでとど",
    "な": "なにぬねの",
    "は": "はばぱひびぴふぶぷへべぺほぼぽ",
    "ま": "まみむめも",
    "や": "ゃやゅゆょよ",
    "ら": "らりるれろ",
    "わ": "ゎわゐゑをん",
}
"""The kana of each row by its first sound, voiced and small ones included."""

_SPACES: Final = re.compile(r"\s+")
_KATAKANA: Final = re.compile("[ァ-ヶ]")
_ROW_OF: Final = {kana: row for row, all_kana in ROWS.items() for kana in all_kana}


def tidy_name(text: str) -> str:
    """Return a name with one form for each character and single spaces.

    Examples
    --------
    >>> tidy_name("　山田　 ﾀﾛｳ "), tidy_name("ＡＢＣ 商事")
    ('山田 タロウ', 'ABC 商事')
    """
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def as_reading(text: str) -> str:
    """Return a reading as it is kept and sorted: hiragana, single spaces; other letters stay.

    Examples
    --------
    >>> as_reading("ヤマダ　タロウ"), as_reading("ﾔﾏﾀﾞ ﾀﾛｳ"), as_reading("Smith")
    ('やまだ たろう', 'やまだ たろう', 'Smith')
    """
    return _KATAKANA.sub(lambda match: chr(ord(match.group()) - 0x60), tidy_name(text))


def row_of(reading: str) -> str:
    """Return the row of a reading by its first sound, empty for what does not begin with kana.

    Examples
    --------
    >>> row_of("ごとう"), row_of("ぱく"), row_of("smith")
    ('か', 'は', '')
    """
    return _ROW_OF.get(reading[:1], "")
