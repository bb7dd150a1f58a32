"""What a file really is: told by its content, never by its name or by what the sender claims."""

import zipfile
from pathlib import Path
from typing import Final

from kaname.kernel.files.types import MediaType

HEAD_BYTES: Final = 4096
_MAGIC: Final = (
    (b"%PDF-", MediaType.PDF),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"GIF87a", MediaType.GIF),
    (b"GIF89a", MediaType.GIF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", MediaType.OLE),
)
_OFFICE: Final = (("word/", MediaType.DOCX), ("xl/", MediaType.XLSX), ("ppt/", MediaType.PPTX))
_MOST_ENTRIES: Final = 2_000
_HTML_MARKS: Final = ("<!doctype html", "<html", "<script", "<iframe", "<body", "<head")
_CONTROLS: Final = frozenset(range(32)) - {9, 10, 12, 13, 27}


def detect(path: Path) -> MediaType:
    """Return the kind of a file's content; reads its head, and of a ZIP its list of entries."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return MediaType.WEBP
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(path)
    return _kind_of_text(head)


def _kind_of_zip(path: Path) -> MediaType:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()[:_MOST_ENTRIES]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return MediaType.BINARY
    if "[Content_Types].xml" in names:
        for folder, kind in _OFFICE:
            if any(name.startswith(folder) for name in names):
                return kind
    return MediaType.ZIP


def _kind_of_text(head: bytes) -> MediaType:
    text = _decoded(head)
    if text is None:
        return MediaType.BINARY
    start = text.lstrip("\ufeff \t\r\n\f").lower()
    if "<svg" in start:
        return MediaType.SVG
    if any(mark in start for mark in _HTML_MARKS):
        return MediaType.HTML
    return MediaType.XML if start.startswith("<?xml") else MediaType.TEXT


def _decoded(head: bytes) -> str | None:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="ignore")
    if _CONTROLS.intersection(head):
        return None
    for encoding in ("utf-8", "cp932", "euc_jp"):
        for cut in range(4):
            try:
                return head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
    return None
