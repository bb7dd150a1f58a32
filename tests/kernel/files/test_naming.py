import unicodedata

import pytest

from kaname.kernel.files.naming import LONGEST_NAME, attachment_header, clean_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("計画書.xlsx", "計画書.xlsx"),
        (unicodedata.normalize("NFD", "ガントチャート.pdf"), "ガントチャート.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\山田\\議事録.docx", "議事録.docx"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\r\nSet-Cookie: x.txt", "aSet-Cookie x.txt"),
        ('a"b<c>.txt', "abc.txt"),
        (" .. ", "file"),
        ("", "file"),
    ],
)
def test_name_is_made_harmless(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_long_name_keeps_its_extension() -> None:
    assert clean_name("長" * 300 + ".xlsx") == "長" * (LONGEST_NAME - 5) + ".xlsx"
    assert clean_name("x" * 300) == "x" * LONGEST_NAME


def test_header_never_leaves_its_quotes() -> None:
    assert attachment_header('a"b\\c%41.txt') == (
        'attachment; filename="a_b_c_41.txt"; filename*=UTF-8' + "''a%22b%5Cc%2541.txt"
    )
