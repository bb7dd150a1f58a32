import pytest

from kaname.formats.xer.encoding import decode


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("基本設計とレビュー", "cp932"),
        ("要件定義", "cp932"),
        ("A棟 B棟", "cp932"),
        ("설계 검토 및 승인", "cp949"),
        ("设计评审和项目管理", "gbk"),
        ("設計審查與專案管理", "big5"),
        ("Проектирование", "cp1251"),
        ("Größe und Prüfung", "cp1252"),
        ("Contrôle qualité", "cp1252"),
        ("Año señal “x”", "cp1252"),
    ],
)
def test_decode_finds_the_encoding_by_its_script(text, encoding):
    assert decode(text.encode(encoding)) == (text, encoding)


def test_decode_plain_ascii_is_called_so():
    assert decode(b"ERMHDR") == ("ERMHDR", "ascii")
