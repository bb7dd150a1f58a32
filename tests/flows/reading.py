"""What a person reads on a page, and where it leads."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final
from urllib.parse import urljoin, urlsplit

from django.apps import apps
from django.db import models

from kaname.ground.calendars.queries import holidays_of_year
from kaname.site.sample.outlines import OUTLINES
from kaname.site.sample.staff import STAFF

FOREIGN: Final = {
    "en": re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{2,}"),
    "ja": re.compile(r"(?:\b[A-Za-z][a-z']+[,.]? ){3,}[A-Za-z]+"),
}
"""How the other language is known: two Japanese characters in a row; four Latin words in a row."""

ROOMS: Final = ("calendars", "people", "projects", "schedule", "reports", "portfolio", "accounts")
SPOKEN_IN_BOTH: Final = (
    "日本語",
    "要",
    "やまだ たろう",
    "Earned Value Management System Program Analysis Pamphlet",
)
"""Names, titles and examples that are not translated."""
YEARS: Final = range(2018, 2036)

_SILENT: Final = frozenset({"script", "style", "code", "pre", "template"})
_SPOKEN_ATTRIBUTES: Final = ("title", "aria-label", "alt", "placeholder")
_LINKS: Final = ("href", "data-peek", "data-why", "data-href", "hx-get")


@dataclass(frozen=True, slots=True)
class Link:
    """An address on the same site; a fragment is asked for as the page's script would."""

    place: str
    is_fragment: bool


@dataclass(slots=True)
class Reading:
    """The texts of a page without those that say to be of another language, and its links."""

    texts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.reading = Reading()
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = {name: value or "" for name, value in attrs}
        if self._silent:
            if tag == self._silent[0]:
                self._silent.append(tag)
            return
        if tag in _SILENT or ("lang" in facts and tag != "html"):
            self._silent.append(tag)
        else:
            self.reading.texts += [facts[name] for name in _SPOKEN_ATTRIBUTES if facts.get(name)]
        if tag == "link":
            return
        for name in _LINKS:
            if value := facts.get(name):
                self._take_link(value, is_fragment=name in {"data-peek", "hx-get"} or "data-why" in facts)

    def handle_endtag(self, tag: str) -> None:
        if self._silent and self._silent[-1] == tag:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.reading.texts.append(data.strip())

    def _take_link(self, value: str, *, is_fragment: bool) -> None:
        goal = urlsplit(urljoin(f"http://here{self.path}", value))
        if goal.netloc == "here" and goal.scheme == "http" and not goal.path.startswith("/static/"):
            place = goal.path + (f"?{goal.query}" if goal.query else "")
            self.reading.links.append(Link(place, is_fragment))


def read(page: str, *, path: str) -> Reading:
    """Read a page that was found at a path."""
    reader = _Reader(path)
    reader.feed(page)
    return reader.reading


def foreign_texts(texts: list[str], *, language: str, typed: list[str]) -> list[str]:
    """Return the texts that are of the other language once what people have typed is taken out of them."""
    wrong = FOREIGN[language]
    left = []
    for text in dict.fromkeys(texts):
        rest = text
        if not wrong.search(rest):
            continue
        for word in typed:
            if word in rest:
                rest = rest.replace(word, "\N{MIDDLE DOT}")
                if not wrong.search(rest):
                    break
        else:
            left.append(text if rest == text else f"{text} [{rest}]")
    return left


def typed_by_people() -> list[str]:
    """Return what people have written into the database, longest first."""
    found = {stage.name for stages in OUTLINES.values() for stage in stages} | set(SPOKEN_IN_BOTH)
    found |= {person.name_latin for person in STAFF} | {person.name.split()[0] for person in STAFF}
    found |= {name for year in YEARS for name in holidays_of_year(year).values()}
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            for row in model._meta.fields:
                if isinstance(row, models.CharField | models.TextField) and not row.choices:
                    found |= set(model._default_manager.order_by().values_list(row.name, flat=True).distinct())
    return sorted((text for text in found if text and len(text) > 1), key=len, reverse=True)
