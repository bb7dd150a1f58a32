import io
import struct
import zipfile

import pytest

from kaname.formats.types import FileRefused
from kaname.formats.workbook.container import Container


def packed(entries, *, method=zipfile.ZIP_DEFLATED):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as container:
        for name, content in entries:
            container.writestr(name, content)
    return target.getvalue()


def message_of(data):
    with pytest.raises(FileRefused) as refused:
        Container(data, file="a.xlsx")
    return str(refused.value.message)


def test_sound_container_gives_its_parts():
    container = Container(packed([("a/b.xml", b"x" * 1000)]), file="a.xlsx")
    assert container.names == {"a/b.xml"}
    assert b"".join(container.stream("a/b.xml")) == b"x" * 1000


@pytest.mark.parametrize("name", ["/etc/passwd", "../x", "a/../../x", "C:/x", "a\\..\\x"])
def test_name_that_leads_out_is_refused(name):
    assert message_of(packed([(name, b"x")])) == "The file is built in a way that no spreadsheet program writes it."


def test_link_is_refused():
    link = zipfile.ZipInfo("a")
    link.external_attr = 0o120777 << 16
    assert "no spreadsheet program" in message_of(packed([(link, b"/etc/passwd")]))


def test_other_compression_is_refused():
    assert "no spreadsheet program" in message_of(packed([("a", b"x" * 99)], method=zipfile.ZIP_BZIP2))


def test_dense_part_is_refused():
    data = packed([("a", bytes(20_000_000))])
    ratio = 20_000_000 // len(data)
    assert ratio > 1000
    assert message_of(data) == f"The file unpacks to more than it may: 20 MB, {ratio} times its size."


def test_dense_part_beside_a_large_one_is_refused():
    noise = bytes(range(256)) * 1200
    data = packed([("a", bytes(2_000_000)), ("b", bytes(x ^ (x >> 3) & 255 for x in noise))])
    assert "unpacks to more than it may" in message_of(data)


def test_too_many_parts_are_refused_before_the_directory_is_read():
    data = packed([(f"{number}", b"") for number in range(2001)])
    assert message_of(data) == "The file contains more than 2000 parts."


def test_protected_part_is_refused():
    data = bytearray(packed([("a", b"x")]))
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "protected by a password" in message_of(bytes(data))


def test_overlapping_parts_are_refused():
    data = bytearray(packed([("a", b"x" * 500), ("b", b"y" * 500)], method=zipfile.ZIP_STORED))
    second = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, second + 42, 10)
    assert "no spreadsheet program" in message_of(bytes(data))


def test_part_that_is_larger_than_it_claims_is_refused():
    data = bytearray(packed([("a", b"x" * 5000)]))
    central = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, central + 24, 100)
    with pytest.raises(FileRefused, match="damaged"):
        list(Container(bytes(data), file="a.xlsx").stream("a"))


def test_stream_stops_at_its_limit():
    container = Container(packed([("a", b"x" * 100_000)]), file="a.xlsx")
    with pytest.raises(FileRefused, match="unpacks to more"):
        list(container.stream("a", limit=1000))
