"""The nested parentheses in which Primavera writes a calendar."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

MAX_DEPTH: Final = 12


@dataclass(slots=True)
class Node:
    """One node: its name, its attributes such as `s|08:00|f|12:00`, and the nodes inside."""

    name: str
    attributes: dict[str, str]
    children: list["Node"] = field(default_factory=list)

    def child(self, name: str) -> "Node | None":
        """Return the first node inside of that name."""
        return next((child for child in self.children if child.name == name), None)


def parse_calendar_data(text: str) -> Node | None:
    """Return the tree of a calendar, `None` where the text is none.

    Examples
    --------
    >>> tree = parse_calendar_data("(0||CalendarData()((0||DaysOfWeek()((0||2()((0||0(s|08:00|f|12:00)())))))))")
    >>> tree.child("DaysOfWeek").child("2").children[0].attributes
    {'s': '08:00', 'f': '12:00'}
    """
    cleaned = text.replace("\x7f", " ").replace("\n", " ")
    root = Node("", {})
    stack = [root]
    for begins in _events(cleaned):
        if begins is None:
            if len(stack) == 1:
                break
            stack.pop()
            continue
        if len(stack) > MAX_DEPTH:
            return None
        stack[-1].children.append(begins)
        stack.append(begins)
    return root.children[0] if root.children else None


def _events(text: str) -> Iterator[Node | None]:
    """Yield a node where one begins and `None` where the innermost one ends."""
    depth: list[str] = []
    for match in re.finditer(r"\(\s*0\|\|([^()|]*)\(([^()]*)\)\s*\(|[()]", text):
        mark = match.group(0)
        if match.group(1) is not None:
            depth.append("children")
            yield Node(match.group(1).strip(), _attributes(match.group(2)))
        elif mark == "(":
            depth.append("other")
        elif depth:
            closed = depth.pop()
            if closed == "children":
                depth.append("node")
            elif closed == "node":
                yield None


def _attributes(text: str) -> dict[str, str]:
    words = [word.strip() for word in text.split("|")]
    return dict(zip(words[::2], words[1::2], strict=False))
