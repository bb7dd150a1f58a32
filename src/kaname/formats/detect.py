"""Which kind of plan a file holds, judged by its content; names lie."""

import re
from typing import Final

from kaname.engine.text import Message, gettext_noop
from kaname.formats.types import FileKind, FileRefused

_HEAD: Final = 4096
_ZIP: Final = b"PK\x03\x04"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff", b"\xff\xfe", b"\xfe\xff")
_OTHER_BINARY: Final = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"MZ",
    b"\x7fELF",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
)
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")

_EMPTY: Final = gettext_noop("The file is empty.")
_EMPTY_ADVICE: Final = gettext_noop("Export the plan again and check that the file has a size.")
_MPP: Final = gettext_noop(
    "This is a file in the old binary form of Microsoft Office (such as .mpp or .xls), which only that program can read."
)
_MPP_ADVICE: Final = gettext_noop(
    "In Microsoft Project, save the plan with “Save as” as “XML format”; in Excel, save it as “Excel workbook (.xlsx)”."
)
_BINARY: Final = gettext_noop("This is no plan: it is an image, a document, an archive or a program.")
_BINARY_ADVICE: Final = gettext_noop(
    "Kaname reads Microsoft Project XML, Primavera XER, Excel workbooks (.xlsx), and CSV or TSV."
)


def detect_kind(data: bytes, *, file: str) -> FileKind:
    r"""Return the kind of a file by its first bytes.

    XML of any kind is taken for Microsoft Project XML and a ZIP archive for an Excel workbook: their readers say more
    exactly what else it is.

    Raises
    ------
    FileRefused
        If the file is empty, in the old binary form of Microsoft Office, or clearly no plan.

    Examples
    --------
    >>> detect_kind(b"ERMHDR\t8.2", file="plan.xml")
    <FileKind.XER: 'xer'>
    >>> detect_kind(b"<?xml version='1.0'?><Project/>", file="plan.csv")
    <FileKind.MSPDI: 'mspdi'>
    """
    if not data.strip():
        raise FileRefused(Message(_EMPTY), file=file, advice=Message(_EMPTY_ADVICE))
    if data.startswith(_ZIP):
        return FileKind.XLSX
    if data.startswith(_COMPOUND):
        raise FileRefused(Message(_MPP), file=file, advice=Message(_MPP_ADVICE))
    if data.startswith(_OTHER_BINARY):
        raise FileRefused(Message(_BINARY), file=file, advice=Message(_BINARY_ADVICE))
    head = _without_mark(data[:_HEAD])
    letters = head.replace(b"\x00", b"").lstrip()
    if letters.startswith(b"ERMHDR"):
        return FileKind.XER
    if letters.startswith(b"<"):
        return FileKind.MSPDI
    is_wide = head is not data[:_HEAD] and b"\x00" in head
    if not is_wide and _CONTROLS.search(head):
        raise FileRefused(Message(_BINARY), file=file, advice=Message(_BINARY_ADVICE))
    return FileKind.CSV


def _without_mark(head: bytes) -> bytes:
    for mark in _MARKS:
        if head.startswith(mark):
            return head[len(mark) :]
    return head
