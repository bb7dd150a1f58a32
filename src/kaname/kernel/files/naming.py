"""The name a file is called by: kept as its owner wrote it, made harmless for headers, screens and disks."""

import unicodedata
from typing import Final
from urllib.parse import quote

LONGEST_NAME: Final = 200
_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_REFUSED: Final = frozenset('<>:"|?*\\/')


def clean_name(name: str) -> str:
    r"""Return a file's name in NFC without folders, controls, reversing marks and characters that disks refuse.

    At most `LONGEST_NAME` characters, the extension kept; `file` when nothing is left.

    Examples
    --------
    >>> clean_name("C:\\tmp\\見積\u202excod.exe")
    '見積xcod.exe'
    >>> clean_name("../..")
    'file'
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(
        character
        for character in unicodedata.normalize("NFC", last)
        if unicodedata.category(character) not in _HIDDEN and character not in _REFUSED
    ).strip(" .")
    return _shortened(kept) or "file"


def _shortened(name: str) -> str:
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > 20:
        return name[:LONGEST_NAME]
    return f"{stem[: LONGEST_NAME - len(extension) - 1]}.{extension}"


def attachment_header(name: str) -> str:
    """Return a `Content-Disposition` that saves under a name (RFC 6266, RFC 8187), with an ASCII name for old readers.

    Examples
    --------
    >>> attachment_header("plan.xlsx")
    'attachment; filename="plan.xlsx"'
    >>> print(attachment_header("計画.xlsx"))
    attachment; filename="__.xlsx"; filename*=UTF-8''%E8%A8%88%E7%94%BB.xlsx
    """
    plain = "".join(character if character.isascii() and character not in '"\\%' else "_" for character in name)
    header = f'attachment; filename="{plain}"'
    return header if plain == name else f"{header}; filename*=UTF-8''{quote(name, safe='')}"
