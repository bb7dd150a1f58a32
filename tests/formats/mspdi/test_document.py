import pytest

from kaname.formats.mspdi.outline import MAX_LEVEL
from kaname.formats.types import FileRefused, Outcome
from tests.formats.mspdi.plans import FULL, project, read, remarks, task

BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE Project [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    b"<Project><Name>&b;</Name></Project>"
)
XXE = b'<?xml version="1.0"?><!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/passwd">]><Project><Name>&x;</Name></Project>'


@pytest.mark.parametrize("data", [BOMB, XXE, b"<!DOCTYPE Project><Project/>"])
def test_document_type_or_entities_are_refused(data):
    with pytest.raises(FileRefused) as refusal:
        read(data)
    assert str(refusal.value) == (
        "計画.xml, line 1: The file carries a document type or entities, which no plan needs and which can do harm. "
        "Ask where the file comes from; save the plan again from Microsoft Project."
    )


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"no xml", 1), (b"<Project>\n<Tasks>", 2), (b"", 1), (b"<Project><Name>&unknown;</Name></Project>", 1)],
)
def test_text_that_is_no_xml_is_refused_with_its_line(data, line):
    with pytest.raises(FileRefused) as refusal:
        read(data)
    assert refusal.value.place == f"line {line}"
    assert str(refusal.value.message) == "The file is not well-formed XML, or it is cut off."


def test_other_xml_is_refused_by_name():
    with pytest.raises(FileRefused) as refusal:
        read(b"<html><body/></html>")
    assert str(refusal.value.message) == "This is XML but no Microsoft Project plan: it begins with <html>."


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_marked_or_evident_encodings_are_read(encoding):
    result = read(FULL.decode().replace('encoding="UTF-8"', "").encode(encoding))
    assert result.plan.name == "基幹システム移行"


@pytest.mark.parametrize("encoding", ["shift_jis", "euc-jp", "cp932"])
def test_declared_japanese_encodings_are_read(encoding):
    text = FULL.decode().replace("UTF-8", encoding).replace("¥", "\\")
    result = read(text.encode(encoding))
    assert (result.plan.name, result.encoding) == ("基幹システム移行", encoding)


@pytest.mark.parametrize("declared", ["utf2", "hex", "idna", "undefined", "x-none"])
def test_an_encoding_that_is_none_is_repaired_and_said(declared):
    result = read(FULL.decode().replace("UTF-8", declared).encode())
    assert (result.plan.name, result.encoding) == ("基幹システム移行", "utf-8")
    assert remarks(result, Outcome.CHANGED)[-1][2] == (
        f"The file says that it is written in {declared} but it is not; it was read as utf-8."
    )


def test_wrongly_declared_encoding_is_repaired_and_said():
    result = read(FULL.decode().replace("¥", "\\").encode("cp932"))
    assert (result.plan.name, result.encoding) == ("基幹システム移行", "cp932")
    assert remarks(result, Outcome.CHANGED)[-1] == (
        "Project",
        "",
        "The file says that it is written in utf-8 but it is not; it was read as cp932.",
    )


def test_forbidden_characters_become_spaces():
    result = read(project(tasks=task(1, "<Notes>一\x0b二&#x1F;三</Notes>")))
    assert result.plan.tasks[0].notes == "一 二 三"


def test_nesting_beyond_any_plan_is_refused():
    with pytest.raises(FileRefused) as refusal:
        read(b"<Project>" + b"<a>" * 5000 + b"</a>" * 5000 + b"</Project>")
    assert str(refusal.value.message) == "Elements are nested more than 32 deep; this is no project file."


@pytest.mark.parametrize("count", [101, 200_000])
def test_more_attributes_than_any_plan_has_are_refused(count):
    with pytest.raises(FileRefused) as refusal:
        read(b"<Project " + b" ".join(b'a%d="1"' % number for number in range(count)) + b"/>")
    assert str(refusal.value.message) == "An element has more than 100 attributes; this is no project file."
    assert refusal.value.place == "line 1"


@pytest.mark.parametrize(
    ("inner", "message"),
    [
        ("<Duration>-PT8H0M0S</Duration>", "The duration -PT8H0M0S is negative."),
        ("<Duration>PT99999999H0M0S</Duration>", "The duration PT99999999H0M0S is longer than a hundred years."),
        (
            "<Deadline>9999-12-31T00:00:00</Deadline>",
            "The date 9999-12-31T00:00:00 lies outside the years 1950 to 2199.",
        ),
        (
            "<ActualStart>0001-01-01T00:00:00</ActualStart>",
            "The date 0001-01-01T00:00:00 lies outside the years 1950 to 2199.",
        ),
    ],
)
def test_impossible_inputs_are_refused_with_line_element_and_task(inner, message):
    with pytest.raises(FileRefused) as refusal:
        read(project(tasks=task(1, inner, name="結合テスト")))
    assert str(refusal.value.message) == message
    assert refusal.value.place == f"line 1, Task/{inner[1 : inner.index('>')]}, 結合テスト"
    assert refusal.value.advice is not None


def test_two_tasks_of_one_number_are_refused():
    with pytest.raises(FileRefused) as refusal:
        read(project(tasks=task(7) + task(7, name="試験")))
    assert str(refusal.value.message) == "Two tasks carry the number 7."


def test_thousand_levels_are_refused_at_the_first_too_deep():
    deep = "".join(task(level, name=f"第{level}層", level=level) for level in range(1, 1001))
    with pytest.raises(FileRefused) as refusal:
        read(project(tasks=deep))
    assert str(refusal.value.message) == f"The outline is more than {MAX_LEVEL} levels deep."
    assert refusal.value.place.endswith("第101層")
