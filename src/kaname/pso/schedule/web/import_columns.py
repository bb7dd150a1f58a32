"""A person says what the columns of a table mean."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from kaname.formats.wbs.headings import LIKELY
from kaname.formats.wbs.types import ColumnRole, column_letters
from kaname.kernel.jobs.queue import enqueue_on_commit
from kaname.kernel.records import Stale
from kaname.kernel.rules.doors import door
from kaname.pso.schedule.jobs import read_import
from kaname.pso.schedule.models import PlanImport
from kaname.pso.schedule.operations import ImportOutOfStep, choose_columns, note_job
from kaname.pso.schedule.queries.imports import fetch_import
from kaname.pso.schedule.rules import OWN_IMPORT
from kaname.pso.schedule.web.import_file import file_page
from kaname.pso.schedule.web.import_words import ROLES

_NAMING = frozenset({ColumnRole.NAME, ColumnRole.LEVEL_NAME, ColumnRole.WBS_CODE})
_REPEATABLE = frozenset(
    {ColumnRole.LEVEL_NAME, ColumnRole.ASSIGNEE, ColumnRole.DERIVED, ColumnRole.KEPT, ColumnRole.IGNORED}
)
_MOST_COLUMNS = 60


class ColumnsForm(forms.Form):
    """Where the table begins and what each column means."""

    sheet = forms.CharField(max_length=255, required=False, strip=False, widget=forms.HiddenInput)
    version = forms.IntegerField(min_value=1, max_value=2_147_483_647, widget=forms.HiddenInput)

    def __init__(self, *args: Any, table: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.width = min(max((len(row) for row in table["top"]), default=0), _MOST_COLUMNS)
        self.fields["first_row"] = forms.IntegerField(
            label=_("First row of tasks"),
            min_value=1,
            max_value=1_048_576,
            help_text=_("The row below the headings."),
        )
        for index in range(self.width):
            self.fields[f"role-{index}"] = forms.ChoiceField(
                label=_("Column %(letters)s") % {"letters": column_letters(index)},
                choices=[(role.value, label) for role, label in ROLES.items()],
            )

    def clean(self) -> dict[str, Any]:
        """Ask for a column that names the tasks, and for each other meaning at most once."""
        values = super().clean() or {}
        roles = [values.get(f"role-{index}") for index in range(self.width)]
        if not _NAMING.intersection(filter(None, roles)):
            self.add_error(None, _("No column names the tasks: choose one as “Task name”."))
        for role in sorted({role for role in roles if role and role not in _REPEATABLE and roles.count(role) > 1}):
            self.add_error(
                None, _("“%(role)s” is chosen for several columns; only one can be it.") % {"role": ROLES[role]}
            )
        return values

    def mapping(self) -> dict[str, Any]:
        """Return the choice as it is stored."""
        return {
            "sheet": self.cleaned_data["sheet"],
            "first_row": self.cleaned_data["first_row"] - 1,
            "roles": {str(index): self.cleaned_data[f"role-{index}"] for index in range(self.width)},
        }


@door(reads=OWN_IMPORT, writes=OWN_IMPORT)
def columns(request: HttpRequest, import_id: int) -> HttpResponse:
    """Show the table as it was understood; take a correction and read the file by it."""
    row = fetch_import(actor=request.user, import_id=import_id)
    if not row.survey:
        return redirect("imports:preview", import_id=import_id)
    table = _table(row, request.POST.get("sheet", request.GET.get("sheet")))
    form = ColumnsForm(request.POST or None, table=table, initial=_initial(row, table))
    if request.method == "POST" and form.is_valid():
        try:
            choose_columns(
                actor=request.user,
                import_id=import_id,
                expected_version=form.cleaned_data["version"],
                mapping=form.mapping(),
            )
        except (Stale, ImportOutOfStep):
            form.add_error(None, _("The file was read again or taken in meanwhile. Look at it once more."))
        else:
            job_id = enqueue_on_commit(read_import, import_id=import_id)
            note_job(actor=request.user, import_id=import_id, job_id=job_id)
            return redirect("imports:batch", batch=row.batch)
    found = {column["index"]: column for column in table["columns"]}
    context = {
        "row": row,
        "form": form,
        "table": table,
        "heads": [_head(form, index, found.get(index)) for index in range(form.width)],
        "lines": [_line(table, number, form.width) for number in range(len(table["top"]))],
        "page": file_page(row, current="columns"),
    }
    return render(request, "schedule/imports/columns.html", context, status=422 if request.method == "POST" else 200)


def _table(row: PlanImport, sheet: str | None) -> dict[str, Any]:
    wanted = sheet if sheet is not None else (row.mapping or {}).get("sheet")
    named = [table for table in row.survey if table["sheet"] == wanted]
    chosen = [table for table in row.survey if table["is_chosen"]]
    return (named or chosen or row.survey)[0]


def _initial(row: PlanImport, table: dict[str, Any]) -> dict[str, Any]:
    """Return a person's own choice where it was for this sheet, else what we found."""
    mapping = row.mapping if row.mapping and row.mapping["sheet"] == table["sheet"] else None
    if mapping:
        roles, first = mapping["roles"], mapping["first_row"]
    else:
        roles = {str(column["index"]): column["role"] for column in table["columns"]}
        first = table["first_row"]
    chosen = {f"role-{index}": role for index, role in roles.items()}
    return {
        **{f"role-{index}": ColumnRole.IGNORED.value for index in range(_MOST_COLUMNS)},
        **chosen,
        "sheet": table["sheet"],
        "first_row": first + 1,
        "version": row.version,
    }


def _head(form: ColumnsForm, index: int, found: dict[str, Any] | None) -> dict[str, Any]:
    is_known = found is not None and found["role"] not in {ColumnRole.KEPT, ColumnRole.IGNORED}
    return {
        "letters": column_letters(index),
        "field": form[f"role-{index}"],
        "is_doubtful": is_known and found is not None and found["confidence"] < LIKELY,
    }


def _line(table: dict[str, Any], number: int, width: int) -> dict[str, Any]:
    cells = table["top"][number]
    return {
        "number": number + 1,
        "cells": [*cells[:width], *[""] * (width - len(cells))],
        "is_heading": bool(table["score"]) and table["header_top"] <= number < table["first_row"],
    }
