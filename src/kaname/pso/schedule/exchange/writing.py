"""Plan files out: a plan as Microsoft Project, Excel and other programs open it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from kaname.engine.network.plan import Plan as EnginePlan
from kaname.engine.network.plan import StoredDates
from kaname.formats.delimited.write import TextEncoding, write_delimited
from kaname.formats.mspdi import write_mspdi
from kaname.formats.mspdi.unwritten import unwritten
from kaname.formats.table import MEDIA_TYPES, TableKind
from kaname.formats.table.encoding import encode_cp932
from kaname.formats.types import LossReport
from kaname.formats.workbook.write import write_workbook
from kaname.kernel.text import translate
from kaname.pso.schedule.bridge import PlanRows, engine_plan, load
from kaname.pso.schedule.models import Plan


class ExportKind(StrEnum):
    """The kinds of file that a plan is written as; the code is what stands in an address."""

    XLSX = "xlsx"
    MSPDI = "mspdi"
    CSV = "csv"
    CSV_CP932 = "csv-cp932"
    TSV = "tsv"


_MSPDI_TYPE: Final = "application/xml"
_TEXT: Final[Mapping[ExportKind, TableKind]] = {
    ExportKind.CSV: TableKind.CSV,
    ExportKind.CSV_CP932: TableKind.CSV_CP932,
    ExportKind.TSV: TableKind.TSV,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """A written plan.

    Parameters
    ----------
    loss
        What the kind of file cannot hold.
    unwritten
        The characters, each once, that the encoding does not have.
    """

    content: bytes
    media_type: str
    extension: str
    loss: LossReport = LossReport()
    unwritten: str = ""


def write_plan_file(plan: Plan, *, kind: ExportKind, language: str, today: date) -> PlanFile:
    """Write a plan with the dates that were calculated last.  At most 14 queries.

    Parameters
    ----------
    language
        `ja` or `en`, of headings, words and dates in tables; the same file is read back in either.
    today
        From which the calendars of the company are asked for.
    """
    rows = load(plan, with_baselines=True)
    content = engine_plan(rows, today=today)
    dates = _dates(rows)
    if kind is ExportKind.MSPDI:
        return PlanFile(
            content=write_mspdi(content, dates=dates),
            media_type=_MSPDI_TYPE,
            extension="xml",
            loss=unwritten(content),
        )
    if kind is ExportKind.XLSX:
        return PlanFile(
            content=write_workbook(content, dates=dates, language=language, translate=translate),
            media_type=MEDIA_TYPES[TableKind.XLSX],
            extension="xlsx",
        )
    return _text_file(content, dates, kind=kind, language=language)


def _text_file(plan: EnginePlan, dates: Mapping[int, StoredDates], *, kind: ExportKind, language: str) -> PlanFile:
    delimiter = "\t" if kind is ExportKind.TSV else ","
    written = write_delimited(plan, dates=dates, language=language, delimiter=delimiter)
    missing = ""
    if kind is ExportKind.CSV_CP932:
        written, missing = encode_cp932(written.decode(TextEncoding.UTF8_MARKED.value))
    extension = "tsv" if kind is ExportKind.TSV else "csv"
    return PlanFile(content=written, media_type=MEDIA_TYPES[_TEXT[kind]], extension=extension, unwritten=missing)


def _dates(rows: PlanRows) -> dict[int, StoredDates]:
    return {
        row.pk: StoredDates(
            start_at=row.start_at,
            finish_at=row.finish_at,
            early_start_at=row.early_start_at,
            early_finish_at=row.early_finish_at,
            late_start_at=row.late_start_at,
            late_finish_at=row.late_finish_at,
            total_float_minutes=row.total_float_minutes,
            free_float_minutes=row.free_float_minutes,
            is_critical=row.is_critical,
        )
        for row in rows.tasks
    }
