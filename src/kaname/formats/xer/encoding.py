"""Which encoding an XER file is written in: it says nothing itself, Primavera writes in that of the computer."""

import codecs
import re
from collections.abc import Callable
from typing import Final

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SAMPLE_CHARACTERS: Final = 1_000_000
_STRANGE: Final = re.compile(r"[^\x00-\x7f]+")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of the encoding that fits it best.

    A byte order mark decides; then valid UTF-8; then whichever of the usual Windows encodings turns most of the bytes above
    ASCII into letters of one script.  Bytes that the chosen encoding does not have become a replacement character.

    Examples
    --------
    >>> decode("基本設計とレビュー".encode("cp932"))
    ('基本設計とレビュー', 'cp932')
    >>> decode("Contrôle qualité".encode("cp1252"))[1]
    'cp1252'
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace"), name.removesuffix("-sig")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        name = max(_CANDIDATES, key=lambda candidate: _score(data, candidate))
        return data.decode(name, errors="replace"), name
    return text, "ascii" if text.isascii() else "utf-8"


def _score(data: bytes, name: str) -> float:
    """Return how well an encoding fits: letters of its script, and runs as long as its words have them.

    In Western text a letter above ASCII stands alone among ASCII letters; in every other script such letters stand together.
    """
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        return -1.0
    runs = _STRANGE.findall(text[:_SAMPLE_CHARACTERS])
    total = max(sum(map(len, runs)), 1)
    weight = _CANDIDATES[name]
    letters = sum(weight(character) for run in runs for character in run) / total
    if weight is _western:
        return letters * (1 - 0.8 * sum(len(run) for run in runs if len(run) > 2) / total)
    return letters * (0.5 + 0.5 * sum(len(run) for run in runs if len(run) > 1) / total)


def _japanese(character: str) -> float:
    if "ぁ" <= character <= "ヿ":
        return 1.3
    if "\uff61" <= character <= "\uff9f":
        # Half-width kana are what Western and Korean bytes look like when they are read as Japanese.
        return 0.1
    return (
        1.15 if _is_han(character) or "\u3000" <= character <= "\u303f" or "\uff01" <= character <= "\uff5e" else -0.5
    )


def _korean(character: str) -> float:
    if "가" <= character <= "힣":
        return 1.1
    return 0.5 if _is_han(character) or "\u3000" <= character <= "\u303f" else -0.5


def _simplified(character: str) -> float:
    return _chinese(character, "gb2312", frozenset(range(0xB0, 0xD8)))


def _traditional(character: str) -> float:
    return _chinese(character, "big5", frozenset(range(0xA4, 0xC7)))


def _chinese(character: str, encoding: str, common: frozenset[int]) -> float:
    """Return the weight of a character: frequent ones stand in the first plane of their encoding."""
    if "\u3000" <= character <= "\u303f" or "\uff01" <= character <= "\uff5e":
        return 0.9
    if not _is_han(character):
        return -0.5
    encoded = character.encode(encoding, errors="ignore")
    return 0.9 if encoded and encoded[0] in common else 0.5


def _cyrillic(character: str) -> float:
    return 0.95 if "А" <= character <= "я" or character in "Ёё№«»–—" else -0.5


def _western(character: str) -> float:
    if "À" <= character <= "ÿ" and character not in "×÷":
        return 0.8 if character.islower() else 0.5
    return 0.7 if character in "“”‘’–—…€£°©®•«»\u00a0" else -0.3


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


_CANDIDATES: Final[dict[str, Callable[[str], float]]] = {
    "cp932": _japanese,
    "cp949": _korean,
    "gbk": _simplified,
    "big5": _traditional,
    "cp1251": _cyrillic,
    "cp1252": _western,
}
