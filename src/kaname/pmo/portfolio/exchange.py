"""The portfolio as a table to take away."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Final

from django.utils import timezone
from django.utils.translation import get_language, gettext

from kaname.engine.text import Message
from kaname.engine.units import day_of
from kaname.formats.table import Column, ColumnKind, TableFile, TableKind, Value, write_table
from kaname.ground.projects.types import Health, ProjectState
from kaname.kernel.rules.types import Actor
from kaname.kernel.text import translate
from kaname.pmo.portfolio.queries import list_lines
from kaname.pmo.portfolio.types import Filters, LineRow

KINDS: Final = frozenset(kind.value for kind in TableKind)
"""The kinds of file, as they stand in an address."""


def export_lines(*, actor: Actor, filters: Filters, kind: str) -> TableFile:
    """Write the lines that an actor sees through filters, in their order, as one of `KINDS`.  As many queries as `list_lines`."""
    is_english = (get_language() or "").startswith("en")
    return write_table(
        kind=TableKind(kind),
        columns=_columns(),
        rows=_rows(list_lines(actor=actor, filters=filters), is_english=is_english),
        title=gettext("Portfolio"),
        language="en" if is_english else "ja",
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column(gettext("Code")),
        Column(gettext("Project")),
        Column(gettext("Department")),
        Column(gettext("Portfolio or programme")),
        Column(gettext("State")),
        Column(gettext("PM")),
        Column(gettext("Reported")),
        Column(gettext("Reported on"), kind=ColumnKind.DATE),
        Column(gettext("Computed")),
        Column(gettext("Why look here"), width=48),
        Column(gettext("Baseline finish"), kind=ColumnKind.DATE),
        Column(gettext("Forecast finish"), kind=ColumnKind.DATE),
        Column(gettext("Delay (working days)"), kind=ColumnKind.NUMBER),
        Column(gettext("Done"), kind=ColumnKind.PERCENT),
        Column(gettext("Planned"), kind=ColumnKind.PERCENT),
        Column(gettext("SPI(t)"), kind=ColumnKind.NUMBER),
        Column(gettext("CPI"), kind=ColumnKind.NUMBER),
        Column(gettext("Tasks"), kind=ColumnKind.NUMBER),
        Column(gettext("Overdue"), kind=ColumnKind.NUMBER),
        Column(gettext("Newest report"), kind=ColumnKind.DATE),
    )


def _rows(lines: Iterable[LineRow], *, is_english: bool) -> Iterable[tuple[Value, ...]]:
    for line in lines:
        yield (
            line.code,
            _either(line.name, line.name_en, is_english),
            _either(line.department, line.department_en, is_english),
            _either(line.group, line.group_en, is_english),
            str(ProjectState(line.state).label),
            line.pm_name,
            str(Health(line.reported).label),
            line.reported_on,
            str(Health(line.computed).label),
            _reason(line),
            _day(line.baseline_finish_at),
            _day(line.forecast_finish_at),
            _share(line.delay_days_tenths, 10),
            _share(line.done_permille, 1000),
            _share(line.planned_permille, 1000),
            _share(line.spi_t_permille, 1000),
            _share(line.cpi_permille, 1000),
            line.tasks,
            line.overdue_tasks,
            timezone.localtime(line.last_report_at).date() if line.last_report_at else None,
        )


def _reason(line: LineRow) -> str:
    if not line.reason:
        return ""
    kept = json.loads(line.reason)
    return translate(Message(kept["template"], kept["params"]))


def _either(name: str | None, name_en: str | None, is_english: bool) -> str:
    return (name_en if is_english and name_en else name) or ""


def _day(minute: int | None) -> date | None:
    return None if minute is None else day_of(minute)


def _share(value: int | None, whole: int) -> float | None:
    return None if value is None else value / whole
