"""Write a plan as a WBS workbook: a table to work on and to print, a Gantt chart beside it, a legend behind it."""

import io
from collections.abc import Callable, Mapping

import xlsxwriter

from kaname.engine.network.plan import Plan, StoredDates
from kaname.engine.text import Message
from kaname.formats.types import LossReport
from kaname.formats.wbs.export import export_rows
from kaname.formats.workbook.chart import draw_chart
from kaname.formats.workbook.legend import write_legend
from kaname.formats.workbook.sheet import FIRST_ROW, HEADING_ROW, write_table
from kaname.formats.workbook.styles import OPTIONS, Styles


def write_workbook(
    plan: Plan,
    *,
    dates: Mapping[int, StoredDates] | None = None,
    language: str = "ja",
    loss: LossReport | None = None,
    translate: Callable[[Message], str] = str,
) -> bytes:
    """Write a plan as an A3 landscape WBS with drop-downs, an outline, repeated headings and a Gantt chart by weeks.

    Parameters
    ----------
    dates
        Computed dates by task uid; `None` = those that the plan stores.
    language
        Of headings and legend: `ja` or `en`.
    loss
        An account to print on the second sheet, its sentences made by `translate`.

    Notes
    -----
    Every text is written as a text, whatever it begins with; the only formulas are the rules that colour the chart.
    `read_workbook` gives back names, hierarchy, dates, durations, links, progress and assignees.
    """
    target = io.BytesIO()
    rows = export_rows(plan, dates=dates, language=language)
    with xlsxwriter.Workbook(target, OPTIONS) as workbook:
        styles = Styles(workbook, language)
        sheet = workbook.add_worksheet("WBS")
        width = write_table(sheet, plan, rows, styles, language)
        last_row = FIRST_ROW + max(len(rows), 1) - 1
        last_column = draw_chart(sheet, rows, styles, left=width, last_row=last_row)
        sheet.print_area(0, 0, last_row, last_column)
        sheet.repeat_rows(0, HEADING_ROW)
        legend = workbook.add_worksheet("凡例" if language == "ja" else "Legend")
        write_legend(legend, plan, styles, language, loss=loss, translate=translate)
    return target.getvalue()
