from collections import Counter
from xml.etree import ElementTree

from kaname.formats.types import Outcome
from tests.formats.mspdi.plans import FULL, project, read, remarks, task

LISTS = {"Calendars": "Calendar", "Tasks": "Task", "Resources": "Resource", "Assignments": "Assignment"}


def elements_of(data: bytes) -> Counter[str]:
    """Count the elements of a file by path, found by a parser of its own."""
    found: Counter[str] = Counter()

    def walk(element: ElementTree.Element, path: str) -> None:
        found[path] += 1
        for child in element:
            tag = child.tag.rpartition("}")[2]
            is_record = path.count("/") == 1 and LISTS.get(path.partition("/")[2]) == tag
            walk(child, tag if is_record else f"{path}/{tag}")

    walk(ElementTree.fromstring(data), "Project")  # noqa: S314 - the fixture is ours
    return found


def test_account_full_file_holds_every_element_exactly_once():
    entered: Counter[str] = Counter()
    for entry in read(FULL).loss.entries:
        entered[entry.subject] += entry.count
    assert entered == elements_of(FULL)


def test_account_every_lost_or_changed_entry_says_why():
    entries = read(FULL).loss.entries
    assert all((entry.message is None) == (entry.outcome is Outcome.MAPPED) for entry in entries)


def test_account_full_file_counts():
    assert read(FULL).loss.counts() == {Outcome.MAPPED: 327, Outcome.CHANGED: 3, Outcome.LOST: 49}


def test_account_changed_objects_of_full_file():
    assert remarks(read(FULL), Outcome.CHANGED) == [
        ("Calendar/Exceptions/Exception", "標準", "A recurring exception was written out as 3 single days."),
        ("Task", "基幹システム移行", "The line of the whole project; it became the plan itself."),
        (
            "Resource",
            "",
            "The stand-in for unassigned work is no person; its assignments became unassigned work.",
        ),
    ]


def test_account_unknown_elements_and_attributes_are_lost():
    result = read(project(tasks=task(1, "<Sparkle color='red'>9</Sparkle>")))
    assert remarks(result, Outcome.LOST) == [
        ("Task/Sparkle", "", "Kaname does not know this element."),
        ("Task/Sparkle/@color", "", "Kaname does not know this element."),
    ]


def test_account_zero_of_a_lost_kind_has_nothing_to_lose():
    result = read(
        project(
            tasks=task(1, "<OvertimeWork>PT0H0M0S</OvertimeWork>") + task(2, "<OvertimeWork>PT2H0M0S</OvertimeWork>")
        )
    )
    overtime = [(entry.outcome, entry.count) for entry in result.loss.entries if entry.subject == "Task/OvertimeWork"]
    assert overtime == [(Outcome.MAPPED, 1), (Outcome.LOST, 1)]
