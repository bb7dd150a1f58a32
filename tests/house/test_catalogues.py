"""Every string that a person may see has its Japanese, in the catalogue of the package that says it."""

import gettext
import re
from collections import defaultdict
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Message as Row

from tools import messages

OWNERS = messages.packages()
SAME_IN_BOTH = frozenset(
    {
        "%(count)s / %(total)s", "AC", "API", "BAC", "CSV", "CPI", "CPLI", "BEI", "CPM", "DCMA 14", "EAC", "ES", "EV", "EVM", "Excel",
        "FF", "FS", "ID", "IEAC(t)", "No.", "Primavera P6 XER", "JSON", "Kaname", "MSPDI", "Microsoft Project", "Microsoft Project XML", "OK", "P50", "P80",
        "PDF", "PL", "PM", "PMO", "PSO", "PV", "Primavera P6", "Primavera XER", "SF", "SHA-256", "SPI",
        "SPI(t)", "SS", "TCPI", "TSV", "URL", "UTF-8", "VAC", "WBS", "XER", "XLSX", "XML",
    }
)  # fmt: skip
"""Names and abbreviations that Japanese writes as English does; a word of two letters or more belongs here or is translated."""
PLACE = re.compile(r"%\(\w+\)[#0\- +]*\d*(?:\.\d+)?[a-zA-Z]|%%|%[sdrf]|\{[\w.!:]*\}")
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff01-\uff60]")
WORD = re.compile(r"[A-Za-z]{2,}")


def rows_of(owner: Path) -> list[Row]:
    return [row for row in messages.read_catalogue(messages.catalogue_path(owner, "ja"), "ja") if row.id]


def texts_of(row: Row) -> list[str]:
    return [row.string] if isinstance(row.string, str) else list(row.string)


def ids_of(row: Row) -> list[str]:
    return [row.id] if isinstance(row.id, str) else list(row.id)


def name_of(owner: Path) -> str:
    return owner.relative_to(messages.SOURCES).as_posix()


def test_every_marked_string_lies_below_a_catalogue() -> None:
    homeless = [
        file.relative_to(messages.SOURCES).as_posix()
        for file in messages.source_files()
        if messages.owner_of(file, OWNERS) is None and messages.extract(file)
    ]
    assert homeless == [], "these packages need a locale folder"


@pytest.mark.parametrize("owner", OWNERS, ids=name_of)
def test_catalogue_holds_exactly_the_marked_strings_translated(owner: Path) -> None:
    marked = {collected.marked.key for collected in messages.collect(owner, OWNERS)}
    rows = {(row.context or "", ids_of(row)[0]): row for row in rows_of(owner)}
    assert sorted(marked - rows.keys()) == [], "not in the catalogue: run `make messages`"
    assert sorted(rows.keys() - marked) == [], "no longer used: run `make messages`"
    assert sorted(key for key, row in rows.items() if not all(texts_of(row))) == [], "not translated"
    assert sorted(key for key, row in rows.items() if row.fuzzy) == [], "only guessed"


@pytest.mark.parametrize("owner", OWNERS, ids=name_of)
def test_translations_keep_every_place(owner: Path) -> None:
    wrong = []
    for row in rows_of(owner):
        allowed = {tuple(sorted(PLACE.findall(text))) for text in ids_of(row)}
        wrong += [
            (ids_of(row)[0], text)
            for text in texts_of(row)
            if text and tuple(sorted(PLACE.findall(text))) not in allowed
        ]
    assert wrong == []


@pytest.mark.parametrize("owner", OWNERS, ids=name_of)
def test_every_text_with_a_place_can_be_filled(owner: Path) -> None:
    wrong = [
        text
        for row in rows_of(owner)
        if is_filled(owner, ids_of(row)[0])
        for text in (*ids_of(row), *texts_of(row))
        if not can_be_filled(text)
    ]
    assert wrong == []


def is_filled(owner: Path, text: str) -> bool:
    """Tell whether values are put into a text: always into a message of the stones, else where it has a place."""
    return name_of(owner) in {"engine", "formats"} or "%(" in text


def can_be_filled(text: str) -> bool:
    try:
        return text % defaultdict(int) is not None
    except (ValueError, TypeError):
        return False


def test_text_with_a_bare_percent_sign_cannot_be_filled() -> None:
    texts = ("%(value)s was set to 100 %%.", "%(value)s was set to 100 %.", "%(value)d %(unit)s", "0 % was taken.")
    assert [can_be_filled(text) for text in texts] == [True, False, True, False]


@pytest.mark.parametrize("owner", OWNERS, ids=name_of)
def test_translations_are_japanese(owner: Path) -> None:
    english = [
        (ids_of(row)[0], text)
        for row in rows_of(owner)
        for text in texts_of(row)
        if text and WORD.search(PLACE.sub("", text)) and not JAPANESE.search(text) and text not in SAME_IN_BOTH
    ]
    assert english == []


@pytest.mark.parametrize("owner", OWNERS, ids=name_of)
def test_japanese_has_one_plural_form(owner: Path) -> None:
    path = messages.catalogue_path(owner, "ja")
    assert '"Plural-Forms: nplurals=1; plural=0;\\n"' in path.read_text(encoding="utf-8")
    wrong = [ids_of(row)[0] for row in rows_of(owner) if len(ids_of(row)) == 2 and len(texts_of(row)) != 1]
    assert wrong == []


@pytest.mark.parametrize("owner", OWNERS, ids=name_of)
def test_compiled_catalogue_equals_its_source(owner: Path) -> None:
    path = messages.catalogue_path(owner, "ja")
    compiled = path.with_suffix(".mo").read_bytes()
    assert compiled == messages.compiled(messages.read_catalogue(path, "ja"), "ja"), "run `make messages`"
    gettext.GNUTranslations(BytesIO(compiled))


def test_one_string_has_one_translation_in_all_catalogues() -> None:
    known: dict[tuple[str, str], dict[str, str]] = {}
    for owner in OWNERS:
        for row in rows_of(owner):
            if texts_of(row)[0]:
                known.setdefault((row.context or "", ids_of(row)[0]), {})[name_of(owner)] = texts_of(row)[0]
    assert {key: places for key, places in known.items() if len(set(places.values())) > 1} == {}
