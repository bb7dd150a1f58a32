"""Elements of a project file, built from the events of the parser.

Two hundred elements per task go through here, so the handlers do no more than they must: kinds of element are looked up
once per name and parent, texts are gathered by a list's own `append`, and counts go to the account once per piece of text.
"""

from collections.abc import Iterator, Mapping
from typing import Final
from xml.parsers.expat import XMLParserType

from kaname.formats.account import Account

MAX_DEPTH: Final = 32
MAX_ATTRIBUTES: Final = 100
"""Of one element; plans have one or two."""

_IDLE_VALUES: Final = frozenset({"", "0", "0.00", "0.0", "false", "PT0H0M0S", "-1"})


class TooDeepError(Exception):
    """Elements are nested deeper than any plan needs."""


class TooManyAttributesError(Exception):
    """An element has more attributes than any plan needs."""


class Kind:
    """All elements of one name in one place, and how many of them were seen since they were last handed out."""

    __slots__ = ("busy_line", "idle", "inner", "is_record", "line", "path", "seen", "tag")

    def __init__(self, tag: str, path: str, *, is_record: bool) -> None:
        self.tag = tag
        self.path = path
        self.is_record = is_record
        self.inner: dict[str, Kind] = {}
        self.seen = 0
        self.idle = 0
        self.line = 0
        self.busy_line = 0


class Element:
    """One element: its own text, its children, where it stands, and whether the account has an entry for it alone."""

    __slots__ = ("_by_tag", "children", "is_entered", "kind", "line", "text")

    def __init__(self, kind: Kind, line: int) -> None:
        self.kind = kind
        self.line = line
        self.text = ""
        self.children: list[Element] = []
        self.is_entered = False
        self._by_tag: dict[str, Element] | None = None

    @property
    def tag(self) -> str:
        """Its name without namespace."""
        return self.kind.tag

    @property
    def path(self) -> str:
        """Its kind as the account calls it: `Task/Name`."""
        return self.kind.path

    @property
    def is_idle(self) -> bool:
        """Whether it holds nothing: no child, and no text but a zero."""
        return not self.children and self.text in _IDLE_VALUES

    def child(self, tag: str) -> "Element | None":
        """Return the first child of that tag."""
        if self._by_tag is None:
            self._by_tag = {child.kind.tag: child for child in reversed(self.children)}
        return self._by_tag.get(tag)

    def all(self, tag: str) -> "list[Element]":
        """Return the children of that tag in the order of the file."""
        return [child for child in self.children if child.kind.tag == tag]

    def walk(self) -> "Iterator[Element]":
        """Yield the element and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


class Builder:
    """Builds the entries of some lists one by one, and all the rest as children of the root.

    Parameters
    ----------
    records
        Tag of the entries by tag of the list.

    Notes
    -----
    An element has either a text or children; text beside children is space between them and is not kept.
    """

    def __init__(self, records: Mapping[str, str]) -> None:
        self.root: Element | None = None
        self._records = records
        self._touched: list[Kind] = []
        self._attributes: list[tuple[str, int]] = []
        self._finished: list[Element] = []
        self._stack: list[Element] = []
        self._texts: list[str] = []
        self._expat: XMLParserType

    def listen_to(self, expat: XMLParserType) -> None:
        """Take over the events of a parser."""
        self._expat = expat
        expat.StartElementHandler = self._start
        expat.EndElementHandler = self._end
        expat.CharacterDataHandler = self._texts.append

    def hand_out(self, account: Account) -> list[Element]:
        """Enter what was seen in the account and return the entries that are whole."""
        for kind in self._touched:
            place = f"line {kind.busy_line or kind.line}"
            account.see_many(kind.path, place=place, count=kind.seen, idle=kind.idle)
            kind.seen = kind.idle = kind.line = kind.busy_line = 0
        self._touched.clear()
        for path, line in self._attributes:
            account.see(path, place=f"line {line}")
        self._attributes.clear()
        finished, self._finished = self._finished, []
        return finished

    def _start(self, name: str, attributes: list[str]) -> None:
        stack = self._stack
        if stack:
            parent = stack[-1]
            kind = parent.kind.inner.get(name)
            if kind is None:
                kind = self._new_kind(name, parent.kind, depth=len(stack))
            element = Element(kind, self._expat.CurrentLineNumber)
            if not kind.is_record:
                parent.children.append(element)
        else:
            element = self.root = Element(self._new_kind(name, None, depth=0), self._expat.CurrentLineNumber)
        if attributes:
            if len(attributes) > 2 * MAX_ATTRIBUTES:
                raise TooManyAttributesError
            names = (attribute.rpartition("}")[2] for attribute in attributes[::2])
            self._attributes.extend((f"{element.path}/@{attribute}", element.line) for attribute in names)
        stack.append(element)
        self._texts.clear()

    def _end(self, _name: str) -> None:
        element = self._stack.pop()
        kind = element.kind
        if not element.children and not kind.is_record:
            element.text = "".join(self._texts).strip()
        self._texts.clear()
        if kind.seen == 0:
            kind.line = element.line
            self._touched.append(kind)
        kind.seen += 1
        if element.text in _IDLE_VALUES and not element.children:
            kind.idle += 1
        elif kind.busy_line == 0:
            kind.busy_line = element.line
        if kind.is_record:
            self._finished.append(element)

    def _new_kind(self, name: str, parent: Kind | None, *, depth: int) -> Kind:
        if depth >= MAX_DEPTH:
            raise TooDeepError
        tag = name.rpartition("}")[2]
        is_record = parent is not None and depth == 2 and self._records.get(parent.tag) == tag
        path = tag if parent is None or is_record else f"{parent.path}/{tag}"
        kind = Kind(tag, path, is_record=is_record)
        if parent is not None:
            parent.inner[name] = kind
        return kind
