"""Small Primavera files for the tests of the reader."""

from collections.abc import Mapping, Sequence

from kaname.formats.types import Outcome, ReadResult
from kaname.formats.xer import read_xer

type Rows = Sequence[Mapping[str, str]]

WEEK = (
    "(0||CalendarData()((0||DaysOfWeek()((0||1()())"
    + "".join(f"(0||{day}()((0||0(s|09:00|f|12:00)())(0||1(f|18:00|s|13:00)())))" for day in range(2, 7))
    + "(0||7()())))(0||VIEW(ShowTotal|Y)())(0||Exceptions()((0||0(d|46141)())(0||1(d|46137)((0||0(s|09:00|f|12:00)()))))))"
    + ")"
)
"""Monday to Friday 9-12 and 13-18; off on 2026-04-29, until noon on 2026-04-25."""

PROJECT = {
    "proj_id": "100",
    "proj_short_name": "KIKAN",
    "clndr_id": "7",
    "plan_start_date": "2026-04-01 09:00",
    "plan_end_date": "2026-09-30 00:00",
    "scd_end_date": "2026-06-30 18:00",
    "last_recalc_date": "2026-04-10 09:00",
    "critical_drtn_hr_cnt": "8",
    "critical_path_type": "CT_TotFloat",
}
CALENDAR = {"clndr_id": "7", "default_flag": "Y", "clndr_name": "標準", "base_clndr_id": "", "clndr_data": WEEK}
WBS = (
    {
        "wbs_id": "1",
        "proj_id": "100",
        "seq_num": "0",
        "proj_node_flag": "Y",
        "wbs_short_name": "KIKAN",
        "wbs_name": "基幹刷新",
    },
    {"wbs_id": "3", "proj_id": "100", "seq_num": "20", "wbs_short_name": "B", "wbs_name": "製造", "parent_wbs_id": "1"},
    {"wbs_id": "2", "proj_id": "100", "seq_num": "10", "wbs_short_name": "A", "wbs_name": "設計", "parent_wbs_id": "1"},
    {
        "wbs_id": "4",
        "proj_id": "100",
        "seq_num": "5",
        "wbs_short_name": "1",
        "wbs_name": "基本設計",
        "parent_wbs_id": "2",
    },
)


def activity(key: str, **cells: str) -> dict[str, str]:
    """Return a row of the table TASK, an ordinary activity of eight hours unless told otherwise."""
    usual = {
        "task_id": key,
        "proj_id": "100",
        "wbs_id": "4",
        "clndr_id": "7",
        "task_type": "TT_Task",
        "status_code": "TK_NotStart",
        "task_code": f"A{key}",
        "task_name": f"作業{key}",
        "target_drtn_hr_cnt": "8",
        "remain_drtn_hr_cnt": "8",
    }
    return usual | cells


def xer(
    tables: Mapping[str, Rows], *, encoding: str = "utf-8", header: str = "20.12\t2026-04-01\tProject\tadmin\tJPY"
) -> bytes:
    """Return a file of the given tables."""
    lines = [f"ERMHDR\t{header}"]
    for table, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        lines.append(f"%T\t{table}")
        lines.append("\t".join(["%F", *columns]))
        lines.extend("\t".join(["%R", *(row.get(column, "") for column in columns)]) for row in rows)
    lines.append("%E")
    return "\r\n".join(lines).encode(encoding)


def simple(*activities: Mapping[str, str], **tables: Rows) -> bytes:
    """Return a file of one project with the given activities and further tables."""
    return xer({"PROJECT": [PROJECT], "CALENDAR": [CALENDAR], "PROJWBS": WBS, "TASK": activities, **tables})


def read(data: bytes) -> ReadResult:
    """Read a file under a fixed name."""
    return read_xer(data, file="計画.xer")


def remarks(result: ReadResult, outcome: Outcome) -> list[tuple[str, str, str]]:
    """Return subject, label and sentence of the entries of an outcome that stand for one object with a name or row."""
    return [
        (entry.subject, entry.label, str(entry.message))
        for entry in result.loss.entries
        if entry.outcome is outcome and entry.message is not None
    ]
