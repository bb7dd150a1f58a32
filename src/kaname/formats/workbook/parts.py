"""What is read from the XML of a workbook itself: its sheets, the looks of cells, and how far a sheet reaches.

Values come from calamine; it lays a sheet out as a full rectangle, so that one cell far away costs gigabytes.  Therefore a
sheet is walked through first, in pieces and without keeping it, and refused where its filled cells span too much.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final
from xml.parsers import expat

from kaname.engine.text import gettext_noop
from kaname.formats.wbs.types import CellStyle, column_letters
from kaname.formats.workbook.container import DAMAGED, REPAIR_ADVICE, SUSPICIOUS_ADVICE, Container, refused

MOST_CELLS: Final = 2_000_000
LARGEST_SPAN: Final = 4_000_000
MOST_MERGES: Final = 50_000
MOST_SHEETS: Final = 200
STYLED_COLUMNS: Final = 40
DEEPEST_ELEMENT: Final = 64
LARGEST_STRINGS: Final = 64 * 1024 * 1024
LARGEST_INDEX: Final = 8 * 1024 * 1024
_LAST_ROW: Final = 1_048_576
_LAST_COLUMN: Final = 16_384

DECLARES_TYPE: Final = gettext_noop("The file declares XML entities, which no spreadsheet program writes.")
TOO_NESTED: Final = gettext_noop("The XML of the file is nested more than %(limit)s levels deep.")
NO_SHEETS: Final = gettext_noop("The workbook has no sheet that can be read.")

type _Start = Callable[[str, dict[str, str]], None]


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of the workbook and the part that holds it."""

    name: str
    part: str
    is_hidden: bool


@dataclass(slots=True)
class SheetScan:
    """How far a sheet reaches, its row levels and the styles of its filled cells.

    `overflow` names the place at which a limit was passed; the sheet was then not walked to its end.
    """

    last_row: int = -1
    last_column: int = -1
    outline_levels: dict[int, int] = field(default_factory=dict)
    styles: dict[tuple[int, int], CellStyle] = field(default_factory=dict)
    coloured: Counter[int] = field(default_factory=Counter)
    overflow: str = ""


class _Overflow(Exception):
    """Ends the walk through a sheet that passed a limit."""


def list_sheets(container: Container) -> list[SheetPart]:
    """Return the sheets in the workbook's order."""
    main = "xl/workbook.xml"
    if main not in container.names:
        raise refused(NO_SHEETS, REPAIR_ADVICE, file=container.file)
    targets: dict[str, str] = {}
    relations = "xl/_rels/workbook.xml.rels"
    if relations in container.names:

        def note_relation(tag: str, attributes: dict[str, str]) -> None:
            if tag == "Relationship":
                targets[attributes.get("Id", "")] = _inside(attributes.get("Target", ""))

        _parse(container, relations, note_relation)
    sheets: list[SheetPart] = []

    def note_sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet" and len(sheets) < MOST_SHEETS:
            relation = next((value for key, value in attributes.items() if key.endswith(":id") or key == "id"), "")
            hidden = attributes.get("state", "visible") != "visible"
            sheets.append(SheetPart(attributes.get("name", ""), targets.get(relation, ""), hidden))

    _parse(container, main, note_sheet)
    if not sheets:
        raise refused(NO_SHEETS, REPAIR_ADVICE, file=container.file)
    return sheets


def read_styles(container: Container) -> tuple[CellStyle, ...]:
    """Return the looks by style number, as far as they tell about an outline."""
    part = "xl/styles.xml"
    if part not in container.names:
        return ()
    reader = _StyleReader()
    _parse(container, part, reader.start)
    return reader.styles()


def check_strings(container: Container) -> None:
    """Walk through the shared strings, so that their true size is known before they are loaded."""
    part = "xl/sharedStrings.xml"
    if part in container.names:
        parser = _guarded(expat.ParserCreate(), container.file, part)
        _feed(container, part, parser, LARGEST_STRINGS)


def read_saved_on(container: Container) -> date | None:
    """Return the day on which the workbook was last saved, where it says so."""
    part = "docProps/core.xml"
    if part not in container.names:
        return None
    texts: list[str] = []
    inside: list[str] = [""]

    def start(tag: str, _attributes: dict[str, str]) -> None:
        inside[0] = tag

    def text(characters: str) -> None:
        if inside[0] == "modified" and len(texts) < 8:
            texts.append(characters)

    _parse(container, part, start, text=text)
    try:
        return date.fromisoformat("".join(texts)[:10])
    except ValueError:
        return None


def scan_sheet(container: Container, part: str, styles: tuple[CellStyle, ...]) -> SheetScan:
    """Walk through a sheet; costs O(its cells), keeps only the styles of filled cells in the leftmost columns."""
    scanner = _SheetScanner(styles)
    if part not in container.names:
        return scanner.scan
    try:
        _parse(container, part, scanner.start, limit=None)
    except _Overflow as overflow:
        scanner.scan.overflow = str(overflow)
    return scanner.scan


class _StyleReader:
    """Collects fonts, fills and cell formats in the order of the file."""

    def __init__(self) -> None:
        self._bold: list[bool] = []
        self._solid: list[bool] = []
        self._formats: list[tuple[int, int, int]] = []
        self._section = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in {"fonts", "fills", "cellXfs", "cellStyleXfs", "dxfs", "borders", "cellStyles"}:
            self._section = tag
        elif self._section == "fonts":
            self._font(tag, attributes)
        elif self._section == "fills":
            self._fill(tag, attributes)
        elif self._section == "cellXfs":
            self._format(tag, attributes)

    def _font(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "font":
            self._bold.append(False)
        elif tag == "b" and self._bold:
            self._bold[-1] = attributes.get("val", "1") not in {"0", "false"}

    def _fill(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "fill":
            self._solid.append(False)
        elif tag == "patternFill" and self._solid:
            self._solid[-1] = attributes.get("patternType", "none") not in {"none", "gray125"}

    def _format(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "xf":
            self._formats.append((_number(attributes.get("fontId")), _number(attributes.get("fillId")), 0))
        elif tag == "alignment" and self._formats:
            font, fill, _ = self._formats[-1]
            self._formats[-1] = (font, fill, min(_number(attributes.get("indent")), 250))

    def styles(self) -> tuple[CellStyle, ...]:
        return tuple(
            CellStyle(
                indent=indent,
                is_bold=font < len(self._bold) and self._bold[font],
                is_filled=fill < len(self._solid) and self._solid[fill],
            )
            for font, fill, indent in self._formats
        )


class _SheetScanner:
    """Follows rows and cells; positions that a file leaves out count on from the last."""

    def __init__(self, styles: tuple[CellStyle, ...]) -> None:
        plain = CellStyle()
        self.scan = SheetScan()
        self._speaking: Mapping[str, CellStyle] = {
            str(number): style for number, style in enumerate(styles) if style != plain
        }
        self._columns: dict[str, int] = {}
        self._row = -1
        self._column = -1
        self._style = ""
        self._is_pending = False
        self._cells = 0
        self._merges = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._leave_cell()
            self._enter_cell(attributes)
        elif tag in {"v", "is", "f"}:
            self._fill_cell()
        elif tag == "row":
            self._leave_cell()
            self._enter_row(attributes)
        elif tag == "mergeCell":
            self._merges += 1
            if self._merges > MOST_MERGES:
                raise _Overflow(attributes.get("ref", "")[:20])

    def _enter_row(self, attributes: dict[str, str]) -> None:
        named = attributes.get("r")
        self._row = _number(named) - 1 if named else self._row + 1
        self._column = -1
        level = _number(attributes.get("outlineLevel"))
        if level and len(self.scan.outline_levels) < MOST_CELLS:
            self.scan.outline_levels[self._row] = level

    def _enter_cell(self, attributes: dict[str, str]) -> None:
        self._cells += 1
        named = attributes.get("r")
        if named is None:
            self._column += 1
        else:
            letters = named.rstrip("0123456789")
            if letters not in self._columns:
                self._columns[letters] = _column_number(letters)
            self._column = self._columns[letters]
        self._style = attributes.get("s", "")
        self._is_pending = True
        if self._cells > MOST_CELLS or not (0 <= self._row < _LAST_ROW and 0 <= self._column < _LAST_COLUMN):
            raise _Overflow((named or "")[:20])

    def _fill_cell(self) -> None:
        if not self._is_pending:
            return
        self._is_pending = False
        scan = self.scan
        scan.last_row = max(scan.last_row, self._row)
        scan.last_column = max(scan.last_column, self._column)
        if (scan.last_row + 1) * (scan.last_column + 1) > LARGEST_SPAN:
            raise _Overflow(f"{column_letters(self._column)}{self._row + 1}")
        style = self._speaking.get(self._style)
        if style is not None and self._column < STYLED_COLUMNS:
            scan.styles[self._row, self._column] = style

    def _leave_cell(self) -> None:
        if self._is_pending:
            self._is_pending = False
            style = self._speaking.get(self._style)
            if style is not None and style.is_filled:
                self.scan.coloured[self._column] += 1


def _parse(
    container: Container,
    part: str,
    start: _Start,
    *,
    text: Callable[[str], None] | None = None,
    limit: int | None = LARGEST_INDEX,
) -> None:
    parser = _guarded(expat.ParserCreate(), container.file, part)
    depth = 0

    def enter(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST_ELEMENT:
            raise refused(TOO_NESTED, SUSPICIOUS_ADVICE, file=container.file, place=part, limit=DEEPEST_ELEMENT)
        start(tag.rpartition(":")[2], attributes)

    def leave(_tag: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler = enter
    parser.EndElementHandler = leave
    if text is not None:
        parser.CharacterDataHandler = text
    _feed(container, part, parser, limit)


def _guarded(parser: expat.XMLParserType, file: str, part: str) -> expat.XMLParserType:
    """Refuse document types and entities: expansion and fetching are thereby impossible."""

    def refuse(*_ignored: object) -> int:
        raise refused(DECLARES_TYPE, SUSPICIOUS_ADVICE, file=file, place=part)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    return parser


def _feed(container: Container, part: str, parser: expat.XMLParserType, limit: int | None) -> None:
    pieces = container.stream(part) if limit is None else container.stream(part, limit=limit)
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        place = f"{part}, {error.lineno}:{error.offset + 1}"
        raise refused(DAMAGED, REPAIR_ADVICE, file=container.file, place=place) from error


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters[:4].upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def _inside(target: str) -> str:
    """Return the part that a relationship of the workbook names."""
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
