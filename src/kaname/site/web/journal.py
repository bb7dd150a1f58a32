"""The journal as a page: what happened, who did it, and whether the chain holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from kaname.ground.projects.models import Project
from kaname.ground.projects.rules import VIEW as VIEW_PROJECT
from kaname.kernel.accounts.queries import list_entries
from kaname.kernel.accounts.rules import VERIFY_JOURNAL, VIEW_JOURNAL
from kaname.kernel.journal.chain import Verdict, verify
from kaname.kernel.journal.models import Entry
from kaname.kernel.journal.types import event_types
from kaname.kernel.rules.decisions import decide, visible
from kaname.kernel.rules.doors import door
from kaname.kernel.rules.types import Actor
from kaname.site.web.journal_words import facts_of, names_in
from kaname.ui.types import Page

_ROWS = 50


class JournalFilter(forms.Form):
    """Which entries."""

    q = forms.CharField(label=gettext_lazy("Who"), max_length=100, required=False)
    event = forms.ChoiceField(label=gettext_lazy("What"), required=False)
    project = forms.CharField(label=gettext_lazy("Project code"), max_length=40, required=False)
    since = forms.DateField(
        label=pgettext_lazy("journal", "From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=pgettext_lazy("journal", "To"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(name, f"{event.label}") for name, event in event_types().items() if name]
        self.fields["event"].choices = [("", _("All events")), *sorted(named, key=lambda pair: pair[1])]


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in words; the project is `None` where the reader may not see it."""

    entry: Entry
    label: str
    project: Project | None
    facts: str


@door(reads=VIEW_JOURNAL)
def journal(request: HttpRequest) -> HttpResponse:
    """List the entries that the reader may see."""
    form = JournalFilter(request.GET or None)
    entries = list_entries(actor=request.user)
    if form.is_bound:
        form.is_valid()
        entries = _filtered(entries, form.cleaned_data, actor=request.user)
    shown = Paginator(entries, _ROWS).get_page(request.GET.get("page", "1"))
    context = {
        "form": form,
        "rows": shown,
        "lines": _lines(shown.object_list, actor=request.user),
        "may_verify": bool(decide(request.user, VERIFY_JOURNAL)),
        "page": Page(title=_("Journal"), note=_("Every change, in order. Nothing here can be altered or deleted.")),
    }
    return render(request, "site/journal/journal.html", context)


@door(writes=VERIFY_JOURNAL, in_transaction=False)
def check_chain(request: HttpRequest) -> HttpResponse:
    """Check the whole chain and show the verdict."""
    verdict: Verdict = verify(Entry.objects.order_by("id").iterator(chunk_size=2_000))
    page = Page(title=_("Chain of the journal"))
    return render(request, "site/journal/chain.html", {"verdict": verdict, "page": page})


def _filtered(entries: QuerySet[Entry], wanted: dict[str, Any], *, actor: Actor) -> QuerySet[Entry]:
    if wanted.get("q"):
        entries = entries.filter(actor_label__icontains=wanted["q"])
    if wanted.get("event"):
        entries = entries.filter(name=wanted["event"])
    if wanted.get("project"):
        meant = visible(actor, VIEW_PROJECT, Project.objects.filter(code__iexact=wanted["project"]))
        entries = entries.filter(project_id__in=meant.values("pk"))
    if wanted.get("since"):
        entries = entries.filter(at__gte=timezone.make_aware(datetime.combine(wanted["since"], time.min)))
    if wanted.get("until"):
        after = wanted["until"] + timedelta(days=1)
        entries = entries.filter(at__lt=timezone.make_aware(datetime.combine(after, time.min)))
    return entries


def _lines(entries: Iterable[Entry], *, actor: Actor) -> list[Line]:
    listed = list(entries)
    names = names_in(listed, actor=actor)
    return [
        Line(
            entry=entry,
            label=str(event_types()[entry.name].label) if entry.name in event_types() else entry.name,
            project=names.projects.get(entry.project_id or 0),
            facts=facts_of(entry, names=names),
        )
        for entry in listed
    ]
