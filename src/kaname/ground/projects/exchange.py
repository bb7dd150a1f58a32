"""The register of projects as a file to take away."""

from collections.abc import Iterable, Iterator
from typing import Final

from django.utils.translation import gettext as _

from kaname.formats.table import Column, ColumnKind, TableFile, TableKind, Value, write_table
from kaname.ground.projects.models import Project
from kaname.ground.projects.types import Health
from kaname.kernel.text import name_of, speaks_japanese

MOST_ROWS: Final = 10_000


def write_projects(projects: Iterable[Project], *, kind: str) -> TableFile:
    """Write projects as `list_projects` returns them, one a row, in the reader's language; at most `MOST_ROWS`.

    `kind` is a code of `TableKind`, anything else a workbook.  Budgets are left out: a file goes to people who may not see
    them.
    """
    language = "ja" if speaks_japanese() else "en"
    wanted = TableKind(kind) if kind in TableKind else TableKind.XLSX
    return write_table(kind=wanted, columns=_columns(), rows=_rows(projects), title=_("Projects"), language=language)


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Code")),
        Column(_("Project name")),
        Column(_("Reported status")),
        Column(_("Reported on"), kind=ColumnKind.DATE),
        Column(_("Reason")),
        Column(_("State")),
        Column(_("PM")),
        Column(_("Responsible department")),
        Column(_("Class")),
        Column(_("Customer")),
        Column(_("Planned start"), kind=ColumnKind.DATE),
        Column(_("Planned finish"), kind=ColumnKind.DATE),
        Column(_("Portfolio or programme")),
    )


def _rows(projects: Iterable[Project]) -> Iterator[tuple[Value, ...]]:
    healths = dict(Health.choices)
    for project in projects:
        yield (
            project.code,
            name_of(project),
            str(healths[project.reported_health]) if project.reported_health else "",
            project.reported_on,
            project.reported_reason or "",
            project.get_state_display(),
            project.pm_name or "",
            name_of(project.department),
            name_of(project.project_class),
            project.customer,
            project.starts_on,
            project.finishes_on,
            name_of(project.group),
        )
