"""The register of people as a file, out and in."""

import json
from collections import Counter
from typing import Final

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaname.ground.people import queries
from kaname.ground.people.exchange.columns import COLUMNS
from kaname.ground.people.exchange.reading import (
    MOST_ROWS,
    Outcome,
    PeopleFileRefused,
    PersonRow,
    plan_people,
    read_people,
    take_people,
)
from kaname.ground.people.exchange.writing import KINDS, write_people
from kaname.ground.people.rules import REGISTER, VIEW
from kaname.ground.people.web.choosing import chosen_filter
from kaname.kernel import clock
from kaname.kernel.rules.doors import door
from kaname.ui.answers import handing_out
from kaname.ui.types import Crumb, Page

LONGEST_ROWS: Final = 2_000_000


class FileForm(forms.Form):
    """A table of people."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy(
            "UTF-8 or Shift_JIS; headings in Japanese or English. The employee number says who it is."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )


class RowsForm(forms.Form):
    """Rows that were looked at and are to be taken over."""

    rows = forms.CharField(max_length=LONGEST_ROWS, widget=forms.HiddenInput)


@door(reads=VIEW)
def export(request: HttpRequest) -> HttpResponse:
    """Hand out the people that fit the filters as a file."""
    kind = request.GET.get("as", "xlsx")
    found = queries.find_people(request.user, chosen_filter(request.GET), today=clock.today())
    file = write_people(
        queries.with_skills(found),
        actor=request.user,
        kind=kind if kind in KINDS else "xlsx",
        departments=queries.departments(with_archived=True),
    )
    name = f"{_('People')}_{clock.today():%Y%m%d}.{file.extension}"
    return handing_out(file.content, name=name, media_type=file.media_type)


@door(reads=REGISTER, writes=REGISTER)
def choose(request: HttpRequest) -> HttpResponse:
    """Choose a file, and show what each of its rows would do; nothing is written."""
    form = FileForm(request.POST or None, request.FILES or None)
    context = {"form": form, "columns": COLUMNS, "page": _page(), "planned": [], "counts": {}}
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                rows = read_people(file.read(), file=file.name)
            except PeopleFileRefused as refusal:
                form.add_error("file", str(refusal.reason))
            else:
                status = 200
                planned = plan_people(rows, actor=request.user)
                counts = Counter(plan.outcome for plan in planned)
                context |= {
                    "planned": planned,
                    "counts": {outcome.value: counts[outcome] for outcome in Outcome},
                    "may_take": bool(counts[Outcome.NEW] + counts[Outcome.CHANGED]),
                    "taking": RowsForm(initial={"rows": json.dumps([[row.number, dict(row.texts)] for row in rows])}),
                }
    return render(request, "people/import.html", context, status=status)


@door(writes=REGISTER)
def take(request: HttpRequest) -> HttpResponse:
    """Take the rows over that were looked at; say which were left out."""
    form = RowsForm(request.POST)
    rows = _rows(form.cleaned_data["rows"]) if form.is_valid() else ()
    planned = plan_people(rows, actor=request.user)
    before = Counter(plan.outcome for plan in planned)
    left_out = take_people(planned, actor=request.user, now=clock.now())
    after = Counter(plan.outcome for plan in planned)
    values = {"new": after[Outcome.NEW], "changed": after[Outcome.CHANGED]}
    if before[Outcome.NEW] + before[Outcome.CHANGED]:
        messages.success(request, _("%(new)d people are registered, %(changed)d changed.") % values)
    if not left_out:
        return redirect("people:people")
    return render(request, "people/left_out.html", {"left_out": left_out, "page": _page()})


def _page() -> Page:
    return Page(title=_("Import people"), crumbs=(Crumb(_("People"), reverse("people:people")),))


def _rows(text: str) -> tuple[PersonRow, ...]:
    """Return the rows of the hidden field; whatever is not of their shape is left out."""
    keys = {column.key for column in COLUMNS}
    try:
        listed = json.loads(text)
    except ValueError:
        return ()
    rows = []
    for item in listed[:MOST_ROWS] if isinstance(listed, list) else ():
        match item:
            case [int() as number, dict() as texts]:
                rows.append(PersonRow(number, {key: str(texts[key]) for key in keys & texts.keys()}))
    return tuple(rows)
