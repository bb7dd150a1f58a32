"""Finding what one may see."""

from dataclasses import dataclass
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from kaname.kernel.rules.types import Actor, Label
from kaname.kernel.search.engines import engine
from kaname.kernel.search.marking import Piece, excerpt, marked
from kaname.kernel.search.models import IndexedText
from kaname.kernel.search.sources import SOURCES
from kaname.kernel.search.words import phrases

MOST_HITS: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A thing that was found, with its title and an excerpt in pieces, the words looked for marked."""

    source: str
    label: Label
    icon: str
    object_id: int
    project_id: int | None
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]
    url: str

    @property
    def name(self) -> str:
        """The title as plain text."""
        return "".join(piece.text for piece in self.title)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceCount:
    """How many things of a kind were found."""

    source: str
    label: Label
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """The hits of a query as a paginator reads them: counted already, fetched a page at a time.

    A page holds at most `MOST_HITS`.
    """

    actor: Actor
    query: str
    source: str
    total: int

    def count(self) -> int:
        """Return how many there are."""
        return self.total

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, part: slice) -> list[Hit]:
        start, stop = part.start or 0, part.stop if part.stop is not None else self.total
        return find(
            actor=self.actor, query=self.query, source=self.source or None, offset=start, limit=max(stop - start, 0)
        )


def find(*, actor: Actor, query: str, limit: int = 20, offset: int = 0, source: str | None = None) -> list[Hit]:
    """Return the things that hold all words of a query and that the actor may see, best first.

    Parameters
    ----------
    limit
        At most `MOST_HITS`.
    source
        One kind only; an unknown one finds nothing.

    Notes
    -----
    1 query, whatever is found; what may not be seen is left out by the query itself.  Ranked by BM25 on SQLite and by cover
    density on PostgreSQL, a word in the title counting four times.
    """
    wanted = phrases(query)
    if not wanted:
        return []
    rows = engine().ranked(_visible(actor, source), wanted)[offset : offset + min(limit, MOST_HITS)]
    return [_hit(row, query) for row in rows]


def count_by_source(*, actor: Actor, query: str) -> list[SourceCount]:
    """Return how many things of each kind a query finds for an actor, kinds in their order, empty ones left out; 1 query."""
    wanted = phrases(query)
    if not wanted:
        return []
    rows = engine().matching(_visible(actor, None), wanted).order_by()
    counts = dict(rows.values_list("source").annotate(number=Count("id")))
    return [
        SourceCount(source=source.name, label=source.label, count=counts[source.name])
        for source in SOURCES
        if source.name in counts
    ]


def _visible(actor: Actor, wanted: str | None) -> QuerySet[IndexedText]:
    scopes = [
        Q(Exists(source.things(actor).order_by().filter(pk=OuterRef("object_id"))), source=source.name)
        for source in SOURCES
        if wanted in {None, source.name}
    ]
    if not scopes or not actor.is_known:
        return IndexedText.objects.none()
    combined = Q()
    for scope in scopes:
        combined |= scope
    return IndexedText.objects.filter(combined)


def _hit(row: IndexedText, query: str) -> Hit:
    source = SOURCES[row.source]
    return Hit(
        source=row.source,
        label=source.label,
        icon=source.icon,
        object_id=row.object_id,
        project_id=row.project_id,
        title=marked(row.title, query),
        excerpt=excerpt(row.body, query) if row.body else (),
        url=source.url(row.object_id, row.project_id),
    )
