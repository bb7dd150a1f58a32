"""Extraction, update and compilation of catalogues, on a small tree of our own."""

import gettext
from io import BytesIO
from pathlib import Path

import pytest

from tools import messages
from tools.messages import Marked

PYTHON = """
from django.utils.translation import gettext as _, ngettext, npgettext, pgettext_lazy
title = _("One " "sentence")
# Translators: shown on the button,
# never in a sentence
verb = pgettext_lazy("button", "Open")
rows = ngettext("%(count)s row", "%(count)s rows", count)
late = npgettext("task", "%(count)s late", "%(count)s late", count)
given = _(variable)
"""
TEMPLATE = """
{% comment %}{% translate "Not this" %}{% endcomment %}
{# {% translate "Nor this" %} #}
{% translate "Save" as label %}{% translate 'Open' context "button" %}{% translate "50% done" %}{% translate given %}
{{ _("In a variable") }}{% include "x.html" with title=_("In a tag") %}
{% blocktranslate trimmed with name=user.name %}
  Hello,
  {{ name }}: 100%
{% endblocktranslate %}
{% blocktranslate count counter=rows context "list" %}{{ counter }} task{% plural %}{{ counter }} tasks{% endblocktranslate %}
"""


def a_tree(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def test_python_marked_strings_are_extracted_in_order() -> None:
    assert list(messages.extract_python(PYTHON, "x.py")) == [
        Marked("One sentence"),
        Marked("Open", context="button", remarks=("Translators: shown on the button,", "never in a sentence")),
        Marked("%(count)s row", plural="%(count)s rows"),
        Marked("%(count)s late", plural="%(count)s late", context="task"),
    ]


def test_python_marked_f_string_is_refused_with_its_line() -> None:
    with pytest.raises(messages.UnreadableMark, match=r"x\.py:2: a marked string must not be an f-string"):
        list(messages.extract_python('\n_(f"No {name}")', "x.py"))


def test_template_marked_strings_are_what_the_tags_look_up() -> None:
    assert list(messages.extract_template(TEMPLATE)) == [
        Marked("Save"),
        Marked("Open", context="button"),
        Marked("50%% done"),
        Marked("In a variable"),
        Marked("In a tag"),
        Marked("Hello, %(name)s: 100%%"),
        Marked("%(counter)s task", plural="%(counter)s tasks", context="list"),
    ]


def test_nearest_package_with_a_catalogue_owns_a_file(tmp_path: Path) -> None:
    owners = [tmp_path / "kernel", tmp_path / "kernel" / "inner"]
    assert messages.owner_of(tmp_path / "kernel" / "inner" / "a.py", owners) == tmp_path / "kernel" / "inner"
    assert messages.owner_of(tmp_path / "kernel" / "a.py", owners) == tmp_path / "kernel"
    assert messages.owner_of(tmp_path / "other" / "a.py", owners) is None


def test_update_keeps_translations_and_drops_what_is_gone(tmp_path: Path) -> None:
    po = "room/locale/ja/LC_MESSAGES/django.po"
    a_tree(
        tmp_path,
        {
            "room/b.py": '_("Old")\n_("%(n)s of %(m)s")\nngettext("%(n)s row", "%(n)s rows", n)',
            "room/templates/a.html": '{% translate "New" %}{% translate "Old" %}',
            po: 'msgid ""\nmsgstr ""\n\n# by hand\nmsgid "Old"\nmsgstr "古い"\n\nmsgid "Gone"\nmsgstr "消えた"\n\n'
            '#, fuzzy\nmsgid "New"\nmsgstr "推測"\n\nmsgid "%(n)s row"\nmsgstr "%(n)s行"\n',
        },
    )
    assert messages.packages(tmp_path) == [tmp_path / "room"]
    assert messages.update(tmp_path / "room", [tmp_path / "room"], tmp_path) == {"ja": 2}
    first = (tmp_path / po).read_text(encoding="utf-8")
    assert first == (
        messages.HEADER.format(language="ja")
        + """
# by hand
#: room/b.py room/templates/a.html
msgid "Old"
msgstr "古い"

#: room/b.py
#, python-format
msgid "%(n)s of %(m)s"
msgstr ""

#: room/b.py
#, python-format
msgid "%(n)s row"
msgid_plural "%(n)s rows"
msgstr[0] "%(n)s行"

#: room/templates/a.html
msgid "New"
msgstr ""
"""
    )
    messages.update(tmp_path / "room", [tmp_path / "room"], tmp_path)
    assert (tmp_path / po).read_text(encoding="utf-8") == first


def test_compiled_catalogue_is_read_by_gettext_and_leaves_out_the_untranslated(tmp_path: Path) -> None:
    a_tree(
        tmp_path,
        {"room/a.py": '_("Open")\npgettext("button", "Open")\nngettext("%(n)s row", "%(n)s rows", n)\n_("Not yet")'},
    )
    path = messages.catalogue_path(tmp_path / "room", "ja")
    a_tree(
        tmp_path,
        {
            str(
                path.relative_to(tmp_path)
            ): 'msgid "Open"\nmsgstr "未処理"\n\nmsgctxt "button"\nmsgid "Open"\nmsgstr "開く"\n\n'
            'msgid "%(n)s row"\nmsgid_plural "%(n)s rows"\nmsgstr[0] "%(n)s行"\n'
        },
    )
    messages.update(tmp_path / "room", [tmp_path / "room"], tmp_path)
    read = gettext.GNUTranslations(BytesIO(path.with_suffix(".mo").read_bytes()))
    assert read.gettext("Open") == "未処理"
    assert read.pgettext("button", "Open") == "開く"
    assert read.ngettext("%(n)s row", "%(n)s rows", 1) == "%(n)s行"
    assert read.ngettext("%(n)s row", "%(n)s rows", 5) == "%(n)s行"
    assert read.gettext("Not yet") == "Not yet"


def test_string_with_two_plurals_is_refused(tmp_path: Path) -> None:
    a_tree(tmp_path, {"room/a.py": 'ngettext("%(n)s row", "%(n)s rows", n)\nngettext("%(n)s row", "%(n)s lines", n)'})
    with pytest.raises(messages.UnreadableMark, match="another plural"):
        messages.collect(tmp_path / "room", [tmp_path / "room"], tmp_path)


def test_unknown_package_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert messages.main(["/nowhere"]) == 2
    assert capsys.readouterr().err == "no locale folder: /nowhere\n"
