import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override

from kaname.ui.components import kept


def drawn(source: str, language: str = "en", **values: object) -> str:
    with override(language):
        return Template(source).render(Context(values))


def test_content_is_drawn_once_for_each_set_of_values() -> None:
    source = '{% kept "tests.values" shade %}{{ shade }} {{ other }}{% endkept %}'
    assert drawn(source, shade="red", other="first") == "red first"
    assert drawn(source, shade="red", other="second") == "red first"
    assert drawn(source, shade="blue", other="third") == "blue third"


def test_content_is_drawn_once_for_each_language() -> None:
    source = '{% load i18n %}{% kept "tests.language" %}{% translate "Save" %}{% endkept %}'
    assert drawn(source, "en") == "Save"
    assert drawn(source, "ja") == "保存"
    assert drawn(source, "en") == "Save"


def test_values_are_escaped_as_elsewhere() -> None:
    assert drawn('{% kept "tests.escaped" name %}{{ name }}{% endkept %}', name="<b>") == "&lt;b&gt;"


def test_oldest_pieces_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 2)
    source = '{% kept "tests.oldest" number %}{{ word }}{% endkept %}'
    assert [drawn(source, number=number, word=f"w{number}") for number in (1, 2, 3)] == ["w1", "w2", "w3"]
    assert drawn(source, number=1, word="again") == "again"
    assert drawn(source, number=3, word="again") == "w3"


@pytest.mark.parametrize("tag", ["{% kept %}", "{% kept name %}"])
def test_a_name_in_quotation_marks_is_needed(tag: str) -> None:
    with pytest.raises(TemplateSyntaxError):
        Template(f"{tag}{{% endkept %}}")


def test_a_long_piece_is_drawn_anew_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_LONGEST", 4)
    source = '{% kept "tests.long" %}{{ word }}{% endkept %}'
    assert [drawn(source, word=word) for word in ("first", "last", "again")] == ["first", "last", "last"]
