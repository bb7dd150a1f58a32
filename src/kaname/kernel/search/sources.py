"""What can be found: rooms say which things, who sees them, and what their words are."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet

from kaname.kernel.rules.types import Actor, Label
from kaname.kernel.slots import Slot


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The words of one thing: all of them must be open to whoever may see the thing.

    `title` is what the thing is called (at most 300 characters are kept), `body` everything else worth finding.
    """

    object_id: int
    title: str
    body: str = ""
    project_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A kind of things that can be found.

    Parameters
    ----------
    name
        `room.thing`, stable.
    label
        What the kind is called, in the plural.
    things
        Those that an actor may see, as a query (`visible(actor, VIEW, Task.objects.all())`); it becomes part of the search's
        own SQL, so that neither a hit nor a count tells of others.
    texts
        The words of some things by id; those that are gone are left out.
    url
        Where a thing is shown, from its id and project.
    project
        ORM path from a thing to its project's id, where all things of a project are indexed at once; empty where never.
    icon
        Name in the icon sprite.
    """

    name: str
    label: Label
    things: Callable[[Actor], QuerySet[Any]]
    texts: Callable[[Collection[int]], Iterable[Text]]
    url: Callable[[int, int | None], str]
    project: str = ""
    icon: str = "search"


SOURCES: Final[Slot[Source]] = Slot("search.sources")


def register_source(source: Source, *, order: int = 100) -> None:
    """Let a kind of things be found; called from a room's `AppConfig.ready`.

    Raises
    ------
    ValueError
        If the name is taken.
    """
    SOURCES.fill(source.name, source, order=order)
