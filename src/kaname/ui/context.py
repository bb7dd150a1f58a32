"""What the frame around every page needs, worked out only when a page draws it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property

from kaname.kernel.rules.types import Actor
from kaname.ui.components.dates import language
from kaname.ui.navigation import ACCOUNT, BELL, NEW, RAIL, Link, Shelf, links, shelves

THEMES: Final = frozenset({"light", "dark"})
THEME_COOKIE: Final = "kaname_theme"
RAIL_COOKIE: Final = "kaname_rail"
LANGUAGE_NAMES: Final[Mapping[str, str]] = {"ja": "日本語", "en": "English"}


@dataclass(frozen=True, slots=True)
class OtherLanguage:
    """The language that one click leads to, in its own name."""

    code: str
    name: str


class Frame:
    """The frame of one request; each part is worked out when it is first asked for."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def actor(self) -> Actor:
        """Who looks at the page."""
        return self._request.user

    @property
    def path(self) -> str:
        """The address of the page with its query."""
        return self._request.get_full_path()

    @property
    def theme(self) -> str:
        """`light`, `dark`, or nothing for what the device wants: what this browser chose, else the account."""
        chosen = self._request.COOKIES.get(THEME_COOKIE) or getattr(self.actor, "theme", "")
        return chosen if chosen in THEMES else ""

    @property
    def rail_state(self) -> str:
        """`folded`, or nothing."""
        return "folded" if self._request.COOKIES.get(RAIL_COOKIE) == "folded" else ""

    @property
    def language(self) -> str:
        """The language of the page."""
        return language()

    @property
    def other_languages(self) -> tuple[OtherLanguage, ...]:
        """The languages that the page could be in."""
        return tuple(
            OtherLanguage(code, LANGUAGE_NAMES.get(code, code))
            for code, _ in settings.LANGUAGES
            if code != self.language
        )

    @cached_property
    def language_url(self) -> str:
        """Where a choice of language is sent."""
        return _address("language")

    @cached_property
    def home_url(self) -> str:
        """The first page."""
        return _address("home") or "/"

    @cached_property
    def logout_url(self) -> str:
        """Where signing out is confirmed."""
        return _address("account_logout")

    @cached_property
    def shelves(self) -> tuple[Shelf, ...]:
        """The rail."""
        return shelves(self._rail)

    @cached_property
    def new_links(self) -> tuple[Link, ...]:
        """What the actor may make."""
        return links(NEW, self.actor, self._request.path, self._page_arguments)

    @cached_property
    def account_links(self) -> tuple[Link, ...]:
        """Pages of the actor's own account."""
        return links(ACCOUNT, self.actor, self._request.path, self._page_arguments)

    @cached_property
    def keyed_links(self) -> tuple[Link, ...]:
        """Places of the rail that a letter leads to."""
        return tuple(replace(link, is_current=False) for link in self._rail if link.key)

    @cached_property
    def notices_url(self) -> str:
        """Where notices are; empty without any."""
        return reverse(BELL["bell"].url_name) if "bell" in BELL and self.actor.is_known else ""

    @cached_property
    def notices_count(self) -> int:
        """How many notices the actor has not read."""
        return BELL["bell"].count(self.actor)

    @cached_property
    def _rail(self) -> tuple[Link, ...]:
        return links(RAIL, self.actor, self._request.path, self._page_arguments)

    @property
    def _page_arguments(self) -> Mapping[str, Any]:
        match = self._request.resolver_match
        return match.kwargs if match else {}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return the frame for templates; fragments that draw none pay nothing."""
    return {"frame": Frame(request)}


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
