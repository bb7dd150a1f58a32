import pytest

from kaname.formats.detect import detect_kind
from kaname.formats.types import FileKind, FileRefused

XML = '<?xml version="1.0"?><Project/>'


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (XML.encode(), FileKind.MSPDI),
        (b"\n  " + XML.encode(), FileKind.MSPDI),
        (XML.encode("utf-8-sig"), FileKind.MSPDI),
        (XML.encode("utf-16"), FileKind.MSPDI),
        (XML.encode("utf-16-le"), FileKind.MSPDI),
        (b"ERMHDR\t20.12\n", FileKind.XER),
        ("ERMHDR\t20.12\n".encode("utf-16"), FileKind.XER),
        (b"PK\x03\x04rest", FileKind.XLSX),
        ("WBS,タスク名\n1,設計".encode(), FileKind.CSV),
        ("WBS,タスク名\n1,設計".encode("cp932"), FileKind.CSV),
        ("WBS\tタスク名\n1\t設計".encode("utf-16"), FileKind.CSV),
    ],
)
def test_kind_is_told_by_content_whatever_the_name(data, kind):
    assert detect_kind(data, file="計画.bin") is kind


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"  \r\n", "The file is empty."),
        (b"\x89PNG\r\n", "This is no plan: it is an image, a document, an archive or a program."),
        (b"a,b\x00\x01\x02", "This is no plan: it is an image, a document, an archive or a program."),
    ],
)
def test_what_is_no_plan_is_refused_with_advice(data, message):
    with pytest.raises(FileRefused) as refusal:
        detect_kind(data, file="計画.xml")
    assert str(refusal.value.message) == message
    assert refusal.value.advice is not None
