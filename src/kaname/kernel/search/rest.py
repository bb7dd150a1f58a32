"""Search in the API: what one may see that holds the words, and how much of each kind there is."""

from typing import Any

import django_filters
from django.urls import path
from django.utils.translation import gettext_lazy as _

from kaname.kernel.rules.doors import SIGNED_IN, Door
from kaname.kernel.rules.rest.bodies import Id, Number, Strict, Text
from kaname.kernel.rules.rest.filters import Pages, StrictFilterSet
from kaname.kernel.rules.rest.views import QuestionView
from kaname.kernel.search.marking import Piece
from kaname.kernel.search.queries import MOST_HITS, Hit, Hits, SourceCount, count_by_source
from kaname.kernel.search.sources import SOURCES
from kaname.kernel.search.words import LONGEST_QUERY


def _kinds() -> list[tuple[str, Any]]:
    return [(source.name, source.label) for source in SOURCES]


class Words(StrictFilterSet):
    """What is looked for."""

    q = django_filters.CharFilter(label=_("Words that must all be there."), max_length=LONGEST_QUERY, required=True)


class WordsOfKind(Words):
    """What is looked for, and among which things."""

    kind = django_filters.ChoiceFilter(label=_("One kind of things only."), choices=_kinds)


class HitPages(Pages):
    """Pages of hits."""

    max_page_size = MOST_HITS


class HitBody(Strict):
    """A thing that was found; `excerpt` is the stretch of its text around the first word."""

    kind = Text(most=60, source="source")
    id = Id(source="object_id")
    project = Id(source="project_id", allow_null=True)
    title = Text(most=300, source="name")
    excerpt = Text(most=200, allow_blank=True)
    url = Text(most=500)

    def to_representation(self, instance: Hit) -> Any:
        """Show the excerpt as plain text."""
        return super().to_representation(instance) | {"excerpt": _plain(instance.excerpt)}


class Search(QuestionView):
    """What was found."""

    door = Door(reads=SIGNED_IN, writes=None)
    says = {"GET": _("List what holds all the words and may be seen, best first.")}
    serializer_class = HitBody
    filterset_class = WordsOfKind
    pagination_class = HitPages

    def find(self) -> Hits:
        """Return the hits."""
        words, kind = self.asked["q"], self.asked["kind"]
        counts = count_by_source(actor=self.actor, query=words)
        total = sum(count.count for count in counts if kind in {"", count.source})
        return Hits(actor=self.actor, query=words, source=kind, total=total)


class KindBody(Strict):
    """How many things of a kind were found."""

    kind = Text(most=60, source="source")
    label = Text(most=100)
    count = Number()


class Kinds(QuestionView):
    """How many things of each kind were found."""

    door = Door(reads=SIGNED_IN, writes=None)
    says = {"GET": _("List how many things of each kind hold all the words and may be seen; empty kinds are left out.")}
    serializer_class = KindBody
    filterset_class = Words

    def find(self) -> list[SourceCount]:
        """Return the counts."""
        return count_by_source(actor=self.actor, query=self.asked["q"])


def _plain(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces)


urlpatterns = [
    path("search/", Search.as_view(), name="api_search"),
    path("search/kinds/", Kinds.as_view(), name="api_search_kinds"),
]
