"""Read the WBS sheet of a workbook into a plan."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import python_calamine

from kaname.engine.text import Message, gettext_noop
from kaname.formats.types import FileKind, FileRefused, LossEntry, LossReport, Outcome, ReadResult
from kaname.formats.wbs import messages
from kaname.formats.wbs.interpreter import interpret
from kaname.formats.wbs.mapping import apply_mapping
from kaname.formats.wbs.options import DEFAULT_OPTIONS, ReadOptions
from kaname.formats.wbs.survey import survey_grid, with_top
from kaname.formats.wbs.types import Cell, Grid, Merge, SheetSurvey, Survey, TableMapping
from kaname.formats.workbook.container import DAMAGED, REPAIR_ADVICE, Container, refused
from kaname.formats.workbook.parts import (
    SheetPart,
    SheetScan,
    check_strings,
    list_sheets,
    read_saved_on,
    read_styles,
    scan_sheet,
)

FAR_CELL: Final = gettext_noop("The sheet reaches too far: it spans more cells than a plan can have.")
FAR_CELL_ADVICE: Final = gettext_noop("Delete the rows and columns outside the table, save the file and try again.")
SHEET_TOO_LARGE: Final = gettext_noop("The sheet reaches too far to be read.")
_PANIC: Final = "PanicException"


@dataclass(frozen=True, slots=True)
class _Sheet:
    part: SheetPart
    grid: Grid
    survey: SheetSurvey
    overflow: str = ""


def read_workbook(
    data: bytes,
    *,
    file: str,
    sheet: str = "",
    mapping: TableMapping | None = None,
    options: ReadOptions = DEFAULT_OPTIONS,
) -> ReadResult:
    """Read a plan from a workbook.

    Parameters
    ----------
    file
        The file's name, for messages and for the name of the plan.
    sheet
        Read this sheet; empty = the one that looks most like a WBS.
    mapping
        A person's own choice of sheet, first row and columns; it wins over what we find.
    options
        Calendar and units of the plan.

    Raises
    ------
    FileRefused
        If it is no workbook, is damaged, passes a limit, or holds no WBS.
    """
    opened = _open(data, file, options)
    wanted = (mapping.sheet if mapping else "") or sheet
    chosen = _choose(opened.sheets, wanted, file, must_be_found=mapping is None)
    survey = apply_mapping(chosen.grid, mapping, file=file) if mapping else chosen.survey
    table = interpret(chosen.grid, survey, file=file, options=opened.options)
    loss = LossReport(entries=(*table.loss.entries, *_other_sheets(opened.sheets, chosen)))
    plan = replace(table.plan, source_product=opened.product)
    return ReadResult(kind=FileKind.XLSX, plan=plan, loss=loss)


def read_sheets(data: bytes, *, file: str) -> list[Grid]:
    """Return the cells of all sheets, for tables that are no plans.

    Raises
    ------
    FileRefused
        If it is no workbook, is damaged, or passes a limit.
    """
    container = Container(data, file=file)
    parts = list_sheets(container)
    styles = read_styles(container)
    check_strings(container)
    return _read_grids(data, parts, [scan_sheet(container, part.part, styles) for part in parts], file)


def survey_workbook(data: bytes, *, file: str) -> Survey:
    """Say of every sheet what it seems to hold: heading, columns with confidence and samples.

    Raises
    ------
    FileRefused
        If it is no workbook, is damaged or passes a limit; a workbook without a WBS is surveyed.
    """
    sheets = _open(data, file, DEFAULT_OPTIONS).sheets
    best = max(sheets, key=_rank)
    chosen = best.part.name if best.survey.score else ""
    return Survey(sheets=tuple(with_top(sheet.grid, sheet.survey) for sheet in sheets), chosen=chosen)


@dataclass(frozen=True, slots=True)
class _Opened:
    sheets: Sequence[_Sheet]
    options: ReadOptions
    product: str


def _open(data: bytes, file: str, options: ReadOptions) -> _Opened:
    container = Container(data, file=file)
    parts = list_sheets(container)
    styles = read_styles(container)
    check_strings(container)
    scans = [scan_sheet(container, part.part, styles) for part in parts]
    grids = _read_grids(data, parts, scans, file)
    sheets = [
        _Sheet(part, grid, survey_grid(grid), scan.overflow)
        for part, grid, scan in zip(parts, grids, scans, strict=True)
    ]
    options = replace(options, saved_on=read_saved_on(container))
    return _Opened(sheets, options, "Microsoft Excel" if "xl/theme/theme1.xml" in container.names else "")


def _read_grids(data: bytes, parts: Sequence[SheetPart], scans: Sequence[SheetScan], file: str) -> list[Grid]:
    """Return the cells of all sheets that passed the walk; the others are empty."""
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            readable = set(workbook.sheet_names)
            return [
                _read_grid(workbook, part.name, scan)
                if part.name in readable and not scan.overflow
                else Grid(name=part.name)
                for part, scan in zip(parts, scans, strict=True)
            ]
    except FileRefused:
        raise
    except Exception as error:
        raise refused(DAMAGED, REPAIR_ADVICE, file=file) from error
    except BaseException as error:
        # A panic of the library is no Exception; it concerns this file only and must not end the process.
        if type(error).__name__ != _PANIC:
            raise
        raise refused(DAMAGED, REPAIR_ADVICE, file=file) from error


def _read_grid(workbook: python_calamine.CalamineWorkbook, name: str, scan: SheetScan) -> Grid:
    try:
        sheet = workbook.get_sheet_by_name(name)
    except python_calamine.WorksheetNotFound:
        return Grid(name=name)
    cells = sheet.to_python(skip_empty_area=False)
    rows: list[tuple[Cell, ...]] = [tuple(None if value == "" else value for value in row) for row in cells]
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    merges = [Merge(top, left, bottom, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]
    return Grid(
        name=name,
        rows=tuple(rows),
        merges=tuple(merges),
        outline_levels=scan.outline_levels,
        styles=scan.styles,
        coloured=scan.coloured,
    )


def _rank(sheet: _Sheet) -> tuple[bool, int, int]:
    return (sheet.survey.score > 0 and not sheet.part.is_hidden, sheet.survey.score, sheet.survey.row_count)


def _choose(sheets: Sequence[_Sheet], wanted: str, file: str, *, must_be_found: bool) -> _Sheet:
    if wanted:
        chosen = next((sheet for sheet in sheets if sheet.part.name == wanted), None)
        if chosen is None:
            names = "、".join(sheet.part.name for sheet in sheets)[:300]
            raise FileRefused(
                Message(messages.NO_SUCH_SHEET, {"sheet": wanted[:100]}),
                file=file,
                advice=Message(messages.NO_SUCH_SHEET_ADVICE, {"sheets": names}),
            )
    else:
        chosen = max(sheets, key=_rank)
    if chosen.survey.score or not must_be_found:
        return chosen
    overflowing = next((sheet for sheet in sheets if sheet.overflow), None)
    if overflowing is not None:
        raise refused(FAR_CELL, FAR_CELL_ADVICE, file=file, place=f"{overflowing.part.name}!{overflowing.overflow}")
    raise refused(messages.NO_TABLE, messages.NO_TABLE_ADVICE, file=file, place=wanted)


def _other_sheets(sheets: Sequence[_Sheet], chosen: _Sheet) -> list[LossEntry]:
    entries = []
    for sheet in sheets:
        if sheet is chosen or (not sheet.grid.rows and not sheet.overflow):
            continue
        reason = (
            SHEET_TOO_LARGE
            if sheet.overflow
            else messages.OTHER_SHEET
            if sheet.survey.score
            else messages.SHEET_WITHOUT_TABLE
        )
        entries.append(
            LossEntry(
                outcome=Outcome.LOST,
                subject="Sheet",
                place=sheet.part.name,
                label=sheet.part.name,
                message=Message(reason),
            )
        )
    return entries
