"""Search: what one may see that holds the words, by kind, and the best few for the command palette."""

from collections.abc import Iterable
from typing import Final
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kaname.kernel.rules.doors import SIGNED_IN, door
from kaname.kernel.rules.types import Actor
from kaname.kernel.search.queries import Hits, SourceCount, count_by_source, find
from kaname.kernel.search.words import LONGEST_QUERY
from kaname.ui.types import Found, Page, Tab

_ROWS: Final = 30
_IN_PALETTE: Final = 8


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
    context = {
        "words": words,
        "rows": Paginator(hits, _ROWS).get_page(request.GET.get("page", "1")),
        "page": Page(title=_("Search"), tabs=_tabs(counts, words, source)),
    }
    return render(request, "site/search/search.html", context)


def find_in_palette(actor: Actor, words: str) -> Iterable[Found]:
    """Return the best few things for the command palette, and the way to all. 1 query."""
    hits = find(actor=actor, query=words, limit=_IN_PALETTE + 1)
    found = [Found(hit.name, hit.url, hit.icon, hit.label) for hit in hits[:_IN_PALETTE]]
    if len(hits) > _IN_PALETTE:
        found.append(Found(_("Show all that was found"), f"{reverse('search')}?{urlencode({'q': words})}", "search"))
    return found


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
