"""Which encoding a text file has.  Japanese Excel writes CP932, everybody else UTF-8, old exports UTF-16."""

import codecs
from typing import Final

from kaname.engine.text import Message, gettext_noop
from kaname.formats.types import FileRefused

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PLAIN: Final = ("utf-8", "cp932", "euc_jp", "iso2022_jp")
_SAMPLE: Final = 4096

NO_TEXT: Final = gettext_noop("The file is no text: it contains binary data.")
NO_TEXT_ADVICE: Final = gettext_noop("Save the table as CSV (UTF-8) or as an Excel workbook (.xlsx) and try again.")
UNKNOWN_ENCODING: Final = gettext_noop(
    "The text is neither UTF-8 nor Shift_JIS (CP932); it breaks off at byte %(byte)s."
)
EMPTY: Final = gettext_noop("The file is empty.")


def decode(data: bytes, *, file: str) -> tuple[str, str]:
    """Return the text and the name of its encoding.

    Raises
    ------
    FileRefused
        If the file is empty, binary, or in no encoding that we know.

    Examples
    --------
    >>> decode("①㈱髙".encode("cp932"), file="a.csv")
    ('①㈱髙', 'cp932')
    """
    if not data:
        raise FileRefused(Message(EMPTY), file=file, advice=Message(NO_TEXT_ADVICE))
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, encoding, file), encoding
    if b"\0" in data:
        encoding = _encoding_by_nulls(data[:_SAMPLE])
        if not encoding:
            raise FileRefused(
                Message(NO_TEXT), file=file, place=f"byte {data.index(0)}", advice=Message(NO_TEXT_ADVICE)
            )
        return _decode_as(data, encoding, file), encoding
    return _decode_plain(data, file)


def _decode_plain(data: bytes, file: str) -> tuple[str, str]:
    encodings = ("iso2022_jp", *_PLAIN) if b"\x1b$" in data[:_SAMPLE] else _PLAIN
    reached = 0
    for encoding in encodings:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError as error:
            reached = max(reached, error.start)
    raise FileRefused(
        Message(UNKNOWN_ENCODING, {"byte": reached + 1}),
        file=file,
        place=f"line {data.count(b'\n', 0, reached) + 1}",
        advice=Message(NO_TEXT_ADVICE),
    )


def _encoding_by_nulls(sample: bytes) -> str:
    """Take text for UTF-16 where nearly all zero bytes stand at even, or nearly all at odd places."""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > len(sample) // 8 and even * 20 < odd:
        return "utf-16-le"
    if even > len(sample) // 8 and odd * 20 < even:
        return "utf-16-be"
    return ""


def _decode_as(data: bytes, encoding: str, file: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise FileRefused(
            Message(UNKNOWN_ENCODING, {"byte": error.start + 1}), file=file, advice=Message(NO_TEXT_ADVICE)
        ) from error
    if "\0" in text:
        raise FileRefused(Message(NO_TEXT), file=file, advice=Message(NO_TEXT_ADVICE))
    return text
