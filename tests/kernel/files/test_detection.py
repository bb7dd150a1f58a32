import io
import zipfile
from pathlib import Path

import pytest

from kaname.kernel.files.detection import detect
from kaname.kernel.files.types import MediaType


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


CONTENT_TYPES = "[Content_Types].xml"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", MediaType.PDF),
        (b"\x89PNG\r\n\x1a\n....", MediaType.PNG),
        (b"\xff\xd8\xff\xe0", MediaType.JPEG),
        (b"GIF89a", MediaType.GIF),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", MediaType.WEBP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", MediaType.OLE),
        (zipped(CONTENT_TYPES, "xl/workbook.xml"), MediaType.XLSX),
        (zipped(CONTENT_TYPES, "word/document.xml"), MediaType.DOCX),
        (zipped(CONTENT_TYPES, "ppt/presentation.xml"), MediaType.PPTX),
        (zipped("xl/workbook.xml"), MediaType.ZIP),
        (b"PK\x03\x04broken", MediaType.BINARY),
        (b"\xef\xbb\xbf  <!DOCTYPE html><p>", MediaType.HTML),
        (b"hello <SCRIPT>alert(1)</SCRIPT>", MediaType.HTML),
        (b'<?xml version="1.0"?><svg xmlns="x">', MediaType.SVG),
        (b'<?xml version="1.0"?><Project/>', MediaType.XML),
        ("<html>".encode("utf-16"), MediaType.HTML),
        ("工程,開始日\r\n".encode("cp932"), MediaType.TEXT),
        ("工程,開始日\r\n".encode(), MediaType.TEXT),
        (b"\x00\x01\x02\x03", MediaType.BINARY),
    ],
)
def test_kind_is_told_by_content(tmp_path: Path, content: bytes, kind: MediaType) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(content)
    assert detect(path) is kind


def test_text_cut_inside_a_character_is_text(tmp_path: Path) -> None:
    path = tmp_path / "long"
    path.write_text("あ" * 5_000, encoding="utf-8")
    assert detect(path) is MediaType.TEXT


def test_what_could_run_is_served_as_bytes() -> None:
    served = {kind: kind.served_as for kind in MediaType if kind.served_as != kind.value}
    assert served == dict.fromkeys([MediaType.HTML, MediaType.SVG, MediaType.XML], "application/octet-stream")
