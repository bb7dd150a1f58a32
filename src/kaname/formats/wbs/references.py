"""Predecessors and assignees as people write them: `3FS+2d, 1.2.1SS`, `要件定義`, `山田、鈴木(50%)`."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kaname.engine.network.plan import LagUnit, LinkType
from kaname.formats.wbs.amounts import Units, read_lag
from kaname.formats.wbs.outline import OutlineRow
from kaname.formats.wbs.outline_codes import code_parts, code_text
from kaname.formats.wbs.types import Cell

MOST_REFERENCES: Final = 200
_SPLIT_REFERENCES: Final = re.compile(r"[,、;\n\r]+|(?<=[0-9日dsfSFD])\s+(?=[0-9])|\s*/\s*")
_SUFFIX: Final = re.compile(
    r"(?P<ref>.*?)\s*(?P<type>FS|SS|FF|SF|終了-開始|開始-開始|終了-終了|開始-終了|EA|AA|EE|AE)?\s*(?P<lag>[+\-−]\s*\d[\d.]*\s*[^\d\s+\-]{0,6})?",
    re.IGNORECASE | re.DOTALL,
)
_TYPES: Final = {
    "fs": LinkType.FS, "ss": LinkType.SS, "ff": LinkType.FF, "sf": LinkType.SF,
    "終了-開始": LinkType.FS, "開始-開始": LinkType.SS, "終了-終了": LinkType.FF, "開始-終了": LinkType.SF,
    "ea": LinkType.FS, "aa": LinkType.SS, "ee": LinkType.FF, "ae": LinkType.SF,
}  # fmt: skip
_BLANKS: Final = frozenset({"", "-", "ー", "—", "―", "–", "なし", "無し", "無", "none", "n/a"})
_SPLIT_PEOPLE: Final = re.compile(r"[、,;\n\r/&+]+|\s+(?:と|and)\s+")
_UNITS: Final = re.compile(r"(?P<name>.+?)\s*[(\[]\s*(?P<percent>\d{1,4})\s*%\s*[)\]]")
_NOBODY: Final = frozenset(
    {"", "-", "ー", "—", "―", "–", "未定", "tbd", "なし", "無し", "n/a", "?", "未割当", "×", "✕", "→"}
)
_HONORIFICS: Final = re.compile(r"(?<=\S)(さん|様|氏)$")


@dataclass(frozen=True, slots=True)
class Reference:
    """One predecessor of a row: the position of its line, or `None` where nothing of that name is in the table."""

    text: str
    position: int | None
    type: LinkType = LinkType.FS
    lag: int = 0
    lag_unit: LagUnit = LagUnit.WORKING
    is_ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """One assignee of a row and the share of the working time."""

    name: str
    units_permille: int = 1000


class LineIndex:
    """Find a line by WBS code, number, sheet row or name."""

    def __init__(self, lines: Sequence[OutlineRow]) -> None:
        self._codes: dict[tuple[str, ...], list[int]] = {}
        self._numbers: dict[str, list[int]] = {}
        self._names: dict[str, list[int]] = {}
        self._rows: dict[str, list[int]] = {}
        self._found: dict[str, list[int]] = {}
        self._only: dict[str, Reference] = {}
        for position, line in enumerate(lines):
            if line.code:
                self._codes.setdefault(code_parts(line.code), []).append(position)
            if line.number:
                self._numbers.setdefault(line.number, []).append(position)
            if not line.is_group:
                self._rows[str(line.row + 1)] = [position]
            self._names.setdefault(_folded(line.name), []).append(position)

    def find(self, text: str) -> list[int]:
        """Return the positions that a reference may mean; a running number wins over a code, both over row and name."""
        if text not in self._found:
            self._found[text] = self._look_up(text)
        return self._found[text]

    def only(self, text: str) -> Reference | None:
        """Return the plain reference to the one line that a text means, `None` where it means none or several."""
        known = self._only.get(text)
        if known is None and len(found := self.find(text)) == 1:
            known = self._only[text] = Reference(text, found[0])
        return known

    def _look_up(self, text: str) -> list[int]:
        code = code_text(text)
        found = self._numbers.get(code) or self._codes.get(code_parts(code))
        if found is None and not self._numbers and not self._codes:
            found = self._rows.get(code)
        return found or self._names.get(_folded(text)) or []


def read_references(value: Cell, *, position: int, index: LineIndex, units: Units) -> list[Reference]:
    """Return the predecessors in a cell, in their order; unknown ones have no position.

    A name that contains a separator is tried as a whole first.  Of several lines of one name the nearest above is taken.
    """
    text = code_text(value) if not isinstance(value, str) else unicodedata.normalize("NFKC", value)[:5000].strip()
    if text.lower() in _BLANKS:
        return []
    whole = index.find(text)
    tokens = [text] if whole else [token.strip() for token in _SPLIT_REFERENCES.split(text)][:MOST_REFERENCES]
    return [
        index.only(token) or _read_reference(token, position, index, units)
        for token in tokens
        if token.lower() not in _BLANKS
    ]


def _read_reference(token: str, position: int, index: LineIndex, units: Units) -> Reference:
    found = index.find(token)
    if found:
        return Reference(token, _nearest(found, position), is_ambiguous=len(found) > 1)
    parsed = _SUFFIX.fullmatch(token[:300])
    if parsed is None or not parsed["ref"]:
        return Reference(token, None)
    found = index.find(parsed["ref"])
    lag = read_lag(re.sub(r"\s", "", parsed["lag"]).lower(), units=units) if parsed["lag"] else (0, "working")
    if not found or lag is None:
        return Reference(token, None)
    link_type = _TYPES[parsed["type"].lower()] if parsed["type"] else LinkType.FS
    return Reference(token, _nearest(found, position), link_type, lag[0], LagUnit(lag[1]), len(found) > 1)


def _nearest(found: Sequence[int], position: int) -> int:
    above = [each for each in found if each < position]
    return above[-1] if above else found[0]


def _folded(name: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name)).lower()


def read_people(value: Cell) -> list[Person]:
    """Return the assignees in a cell.

    Examples
    --------
    >>> read_people("山田 太郎、鈴木さん(50%)")
    [Person(name='山田 太郎', units_permille=1000), Person(name='鈴木', units_permille=500)]
    """
    if not isinstance(value, str):
        return []
    people = []
    for part in _SPLIT_PEOPLE.split(value[:2000]):
        folded = unicodedata.normalize("NFKC", part).strip()
        if folded.lower() in _NOBODY:
            continue
        found = _UNITS.fullmatch(folded)
        name = _HONORIFICS.sub("", found["name"] if found else folded).strip()
        if name:
            people.append(Person(name[:200], int(found["percent"]) * 10 if found else 1000))
    return people[:MOST_REFERENCES]
