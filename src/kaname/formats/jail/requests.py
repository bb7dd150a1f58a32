"""What a child is asked to do: the functions that run in the jail, and their one argument."""

from collections.abc import Callable
from dataclasses import dataclass

from kaname.formats.detect import detect_kind
from kaname.formats.types import FileKind, ReadResult
from kaname.formats.wbs.options import ReadOptions
from kaname.formats.wbs.types import Survey, TableMapping

type Report = Callable[[int], None]
"""Takes the percentage that is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRequest:
    """Which file, and for tables how: sheet, a person's own choice of columns, calendar and units."""

    file: str
    sheet: str = ""
    mapping: TableMapping | None = None
    options: ReadOptions | None = None


def read_any(data: bytes, *, request: ReadRequest, report: Report) -> ReadResult:
    """Find out the kind of a file and run its reader.

    Raises
    ------
    FileRefused
        If it is of no kind that we know, or its reader refuses it.
    """
    kind = detect_kind(data, file=request.file)
    report(10)
    result = _reader_of(kind)(data, request)
    report(70)
    return result


def survey_any(data: bytes, *, request: ReadRequest, report: Report) -> Survey:
    """Say what the tables of a file seem to hold; a file of another kind has no table.

    Raises
    ------
    FileRefused
        If it is of no kind that we know, or is damaged or passes a limit.
    """
    kind = detect_kind(data, file=request.file)
    report(10)
    if kind is FileKind.XLSX:
        from kaname.formats.workbook.read import survey_workbook  # noqa: PLC0415 - a child loads what it needs alone

        return survey_workbook(data, file=request.file)
    if kind is FileKind.CSV:
        from kaname.formats.delimited.read import survey_delimited  # noqa: PLC0415 - as above

        return survey_delimited(data, file=request.file)
    return Survey(sheets=())


def _reader_of(kind: FileKind) -> Callable[[bytes, ReadRequest], ReadResult]:
    return {FileKind.MSPDI: _read_mspdi, FileKind.XER: _read_xer, FileKind.XLSX: _read_table, FileKind.CSV: _read_text}[
        kind
    ]


def _read_mspdi(data: bytes, request: ReadRequest) -> ReadResult:
    from kaname.formats.mspdi import read_mspdi  # noqa: PLC0415 - a child loads the one reader that it needs

    return read_mspdi(data, file=request.file)


def _read_xer(data: bytes, request: ReadRequest) -> ReadResult:
    from kaname.formats.xer import read_xer  # noqa: PLC0415 - as above

    return read_xer(data, file=request.file)


def _read_table(data: bytes, request: ReadRequest) -> ReadResult:
    from kaname.formats.workbook.read import read_workbook  # noqa: PLC0415 - as above

    options = request.options or ReadOptions()
    return read_workbook(data, file=request.file, sheet=request.sheet, mapping=request.mapping, options=options)


def _read_text(data: bytes, request: ReadRequest) -> ReadResult:
    from kaname.formats.delimited.read import read_delimited  # noqa: PLC0415 - as above

    return read_delimited(data, file=request.file, mapping=request.mapping, options=request.options or ReadOptions())
