"""Text into the encodings of spreadsheet programs, with an account of what does not fit."""

from typing import Final

_TWINS: Final = str.maketrans(
    "\u301c\u2212\u2016\u2014\u00a2\u00a3\u00ac", "\uff5e\uff0d\u2225\u2015\uffe0\uffe1\uffe2"
)
"""Characters that CP932 holds under another number of Unicode than the one most programs type: wave dash, minus, ..."""


def encode_cp932(text: str) -> tuple[bytes, str]:
    r"""Return text in CP932, and each character once that it does not have; such a one is written as its number.

    Examples
    --------
    >>> content, missing = encode_cp932("3〜5日 ☃髙")
    >>> content.decode("cp932"), missing
    ('3～5日 \\u2603髙', '☃')
    """
    text = text.translate(_TWINS)
    try:
        return text.encode("cp932"), ""
    except UnicodeEncodeError:
        missing = [character for character in dict.fromkeys(text) if not _has(character)]
        return text.encode("cp932", errors="backslashreplace"), "".join(missing)


def _has(character: str) -> bool:
    try:
        character.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True
