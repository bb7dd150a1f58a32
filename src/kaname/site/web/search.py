"""Search: what one may see that holds the words, by kind, and the best few for the command palette."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kaname.ground.projects.models import Project
from kaname.ground.projects.rules import VIEW as VIEW_PROJECT
from kaname.kernel.rules.decisions import visible
from kaname.kernel.rules.doors import SIGNED_IN, door
from kaname.kernel.rules.types import Actor
from kaname.kernel.search.queries import Hit, Hits, SourceCount, count_by_source, find
from kaname.kernel.search.words import LONGEST_QUERY
from kaname.ui.types import Found, Page, Tab

_ROWS: Final = 30
_IN_PALETTE: Final = 8
_PROJECT: Final = "projects.project"


@dataclass(frozen=True, slots=True)
class Line:
    """What was found, and the project it belongs to, if any; `None` for a project itself, whose title says it."""

    hit: Hit
    project: Project | None


@door(reads=SIGNED_IN)
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found, of all kinds or of one."""
    words = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    counts = count_by_source(actor=request.user, query=words)
    source = request.GET.get("kind", "")
    if source not in {count.source for count in counts}:
        source = ""
    total = sum(count.count for count in counts if source in {"", count.source})
    hits = Hits(actor=request.user, query=words, source=source, total=total)
    rows = Paginator(hits, _ROWS).get_page(request.GET.get("page", "1"))
    context = {
        "words": words,
        "rows": rows,
        "lines": _lines(request.user, rows.object_list),
        "page": Page(title=_("Search"), tabs=_tabs(counts, words, source)),
    }
    return render(request, "site/search/search.html", context)


def find_in_palette(actor: Actor, words: str) -> Iterable[Found]:
    """Return the best few things for the command palette, and the way to all. 2 queries."""
    hits = find(actor=actor, query=words, limit=_IN_PALETTE + 1)
    found = [
        Found(line.hit.name, line.hit.url, line.hit.icon, _note(line)) for line in _lines(actor, hits[:_IN_PALETTE])
    ]
    if len(hits) > _IN_PALETTE:
        found.append(Found(_("Show all that was found"), f"{reverse('search')}?{urlencode({'q': words})}", "search"))
    return found


def _lines(actor: Actor, hits: Iterable[Hit]) -> list[Line]:
    listed = list(hits)
    within = {hit.project_id for hit in listed if hit.source != _PROJECT and hit.project_id is not None}
    projects = visible(actor, VIEW_PROJECT, Project.objects.all()).in_bulk(within)
    return [Line(hit, projects.get(hit.project_id) if hit.source != _PROJECT else None) for hit in listed]


def _note(line: Line) -> str:
    return f"{line.hit.label} · {line.project.code}" if line.project else str(line.hit.label)


def _tabs(counts: list[SourceCount], words: str, source: str) -> tuple[Tab, ...]:
    if len(counts) < 2:
        return ()
    whole = Tab(
        pgettext("kinds of things", "All"), _address(words, ""), not source, sum(count.count for count in counts)
    )
    kinds = [Tab(count.label, _address(words, count.source), count.source == source, count.count) for count in counts]
    return (whole, *kinds)


def _address(words: str, source: str) -> str:
    query = {"q": words} | ({"kind": source} if source else {})
    return f"{reverse('search')}?{urlencode(query)}"
