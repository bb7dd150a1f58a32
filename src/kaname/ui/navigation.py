"""What stands in the rail, under "new", in the account menu and in the command palette.

Rooms register here from their `AppConfig.ready`; what somebody may not use is not shown to them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Protocol

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kaname.kernel.rules.decisions import may, named
from kaname.kernel.rules.types import Actor
from kaname.kernel.slots import Slot
from kaname.ui.types import Found, FoundGroup, Text


class Level(StrEnum):
    """The three levels, named as people think."""

    DAY = "day"
    PROJECT = "project"
    COMPANY = "company"
    SETTINGS = "settings"


LEVEL_LABELS: Final[Mapping[Level, Text]] = {
    Level.DAY: pgettext_lazy("level of the navigation", "My day"),
    Level.PROJECT: pgettext_lazy("level of the navigation", "Project"),
    Level.COMPANY: pgettext_lazy("level of the navigation", "Company"),
    Level.SETTINGS: pgettext_lazy("level of the navigation", "Administration"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that one can go to.

    Parameters
    ----------
    url_name
        Name of the URL; it is reversed with the present page's values of `within`.
    permission_name
        Who may go there; empty for everyone who is signed in.
    within
        URL arguments that the present page must have (`("project",)` inside a project); elsewhere the place is not shown.
    key
        Letter that goes there after `g`, or that creates (`c`).
    """

    label: Text
    url_name: str
    icon: str
    level: Level = Level.DAY
    permission_name: str = ""
    within: tuple[str, ...] = ()
    key: str = ""

    def is_open_to(self, actor: Actor) -> bool:
        """Whether the actor may use the place."""
        return actor.is_known and (not self.permission_name or may(actor, named(self.permission_name)))

    def url(self, page_arguments: Mapping[str, Any]) -> str | None:
        """Return the address as seen from a page, or `None` where the place does not exist."""
        if any(name not in page_arguments for name in self.within):
            return None
        return reverse(self.url_name, kwargs={name: page_arguments[name] for name in self.within})


@dataclass(frozen=True, slots=True)
class Link:
    """A place as one page shows it."""

    label: Text
    url: str
    icon: str
    key: str
    level: Level
    is_current: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """A level of the rail with its links."""

    label: Text
    links: tuple[Link, ...]


class CountUnread(Protocol):
    """Counts what somebody has not read yet."""

    def __call__(self, actor: Actor) -> int:
        """Return the number."""


@dataclass(frozen=True, slots=True)
class Bell:
    """Where notices are and how many are unread."""

    url_name: str
    count: CountUnread


FindInPalette = Callable[[Actor, str], Iterable[Found]]

RAIL: Final[Slot[Place]] = Slot("ui.rail")
NEW: Final[Slot[Place]] = Slot("ui.new")
ACCOUNT: Final[Slot[Place]] = Slot("ui.account")
BELL: Final[Slot[Bell]] = Slot("ui.bell")
PALETTE: Final[Slot[tuple[Text, FindInPalette]]] = Slot("ui.palette")


def register(  # noqa: PLR0917 - rooms write one line for each place
    level: Level | str,
    label: Text,
    url_name: str,
    icon: str,
    permission_name: str | None = None,
    order: int = 100,
    *,
    within: tuple[str, ...] = (),
    key: str = "",
) -> None:
    """Put a place into the rail.

    Raises
    ------
    ValueError
        If the URL name is there already.
    """
    place = Place(
        level=Level(level),
        label=label,
        url_name=url_name,
        icon=icon,
        permission_name=permission_name or "",
        within=within,
        key=key,
    )
    RAIL.fill(url_name, place, order=order)


def register_new(label: Text, url_name: str, icon: str, permission_name: str | None = None, order: int = 100) -> None:
    """Put something that can be made into the menu "new"."""
    NEW.fill(
        url_name, Place(label=label, url_name=url_name, icon=icon, permission_name=permission_name or ""), order=order
    )


def register_account(label: Text, url_name: str, icon: str, order: int = 100) -> None:
    """Put a page of one's own account into the account menu."""
    ACCOUNT.fill(url_name, Place(label=label, url_name=url_name, icon=icon), order=order)


def register_bell(url_name: str, count: CountUnread) -> None:
    """Say where notices are and how the unread ones are counted; once."""
    BELL.fill("bell", Bell(url_name, count))


def register_finder(key: str, label: Text, find: FindInPalette, order: int = 100) -> None:
    """Let the command palette find things: `find(actor, words)` returns the best few."""
    PALETTE.fill(key, (label, find), order=order)


def links(places: Iterable[Place], actor: Actor, path: str, page_arguments: Mapping[str, Any]) -> tuple[Link, ...]:
    """Return the places that an actor may use, as links; the one that the path lies under is the current one."""
    open_places = [
        (place, url) for place in places if place.is_open_to(actor) and (url := place.url(page_arguments)) is not None
    ]
    under = [url for _, url in open_places if path == url or (url != "/" and path.startswith(url))]
    current = max(under, key=len, default="")
    return tuple(
        Link(label=place.label, url=url, icon=place.icon, key=place.key, level=place.level, is_current=url == current)
        for place, url in open_places
    )


def shelves(found: tuple[Link, ...]) -> tuple[Shelf, ...]:
    """Return the links of the rail by level, in the order of the levels, empty ones left out."""
    return tuple(
        Shelf(LEVEL_LABELS[level], of_level)
        for level in Level
        if (of_level := tuple(link for link in found if link.level is level))
    )


def find(actor: Actor, words: str, page_arguments: Mapping[str, Any]) -> tuple[FoundGroup, ...]:
    """Return what the command palette answers: places and things to make by their label, then what the rooms find."""
    wanted = words.casefold().split()
    groups = [
        FoundGroup(_("Go to"), _matching(links(RAIL, actor, "", page_arguments), wanted)),
        FoundGroup(_("New"), _matching(links(NEW, actor, "", page_arguments), wanted)),
        FoundGroup(_("Account"), _matching(links(ACCOUNT, actor, "", page_arguments), wanted)),
    ]
    if wanted:
        groups += [FoundGroup(label, tuple(finder(actor, words))) for label, finder in PALETTE]
    return tuple(group for group in groups if group.found)


def _matching(candidates: tuple[Link, ...], wanted: list[str]) -> tuple[Found, ...]:
    return tuple(
        Found(link.label, link.url, link.icon)
        for link in candidates
        if all(word in str(link.label).casefold() for word in wanted)
    )
