"""What a content is, seen from its first bytes."""

from dataclasses import dataclass
from enum import StrEnum


class MediaType(StrEnum):
    """The kinds of content that are told apart; everything else is `BINARY`."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    GIF = "image/gif"
    WEBP = "image/webp"
    ZIP = "application/zip"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    OLE = "application/x-ole-storage"
    HTML = "text/html"
    SVG = "image/svg+xml"
    XML = "application/xml"
    TEXT = "text/plain"
    BINARY = "application/octet-stream"

    @property
    def served_as(self) -> str:
        """The type told to browsers: what could run there is handed out as bytes."""
        return MediaType.BINARY.value if self in _ACTIVE else self.value


_ACTIVE = frozenset({MediaType.HTML, MediaType.SVG, MediaType.XML})


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A content on the shelf: its random name there, its size in bytes, its SHA-256 and its kind."""

    shelf_name: str
    size: int
    sha256: str
    media_type: MediaType
