"""Follow all links as several persons: no answer fails, and no page speaks the other language."""

import re
from collections import Counter
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import resolve

from kaname.kernel.accounts.models import User
from kaname.site.sample.outlines import OUTLINES
from kaname.site.sample.staff import BY_NUMBER

pytestmark = pytest.mark.usefixtures("sample_db")

PAGES_OF_A_KIND: Final = 2
READERS: Final = ("K0001", "K0007", "K0010", "A0001", "K0004")
SPOKEN_IN_BOTH: Final = ("日本語", "要", "English", "Kaname")
ROOMS: Final = ("calendars", "people", "projects", "schedule", "reports", "portfolio", "accounts")

JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]{2,}")
ENGLISH = re.compile(r"(?:\b[A-Za-z][a-z']+[ ,.]+){4,}[A-Za-z]+")


class _Reading(HTMLParser):
    """Reads what a person reads, and the links."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.links: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take links and spoken attributes down."""
        facts = dict(attrs)
        self._silent += tag in {"script", "style", "code", "pre"}
        if tag == "a" and facts.get("href"):
            self.links.append(facts["href"] or "")
        self.texts += [facts[name] or "" for name in ("title", "aria-label", "alt") if facts.get(name)]

    def handle_endtag(self, tag: str) -> None:
        """Leave what is not read."""
        self._silent -= tag in {"script", "style", "code", "pre"}

    def handle_data(self, data: str) -> None:
        """Take text down."""
        if not self._silent and data.strip():
            self.texts.append(data.strip())


@pytest.mark.parametrize("number", READERS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_links_lead_to_pages_in_the_reader_s_language(number: str, language: str) -> None:
    typed = _typed_by_people()
    failed, foreign = [], []
    for path, answer in _follow(_client(number, language)):
        if answer.status_code >= 500:
            failed.append(path)
        elif answer["Content-Type"].startswith("text/html"):
            spoken = _spoken(answer.content.decode(), typed)
            wrong = JAPANESE if language == "en" else ENGLISH
            foreign += [(path, text) for text in spoken if wrong.search(text)]
    assert failed == []
    assert foreign == []


def _client(number: str, language: str) -> Client:
    client = Client(raise_request_exception=False)
    account = User.objects.get(email=BY_NUMBER[number].email)
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    User.objects.filter(pk=account.pk).update(language=language)
    return client


def _follow(client: Client) -> Iterable[tuple[str, Any]]:
    waiting, seen, kinds = ["/portfolio/", "/projects/"], {"/"}, Counter[str]()
    while waiting:
        path = waiting.pop(0)
        answer = client.get(path)
        yield path, answer
        if answer.status_code in {301, 302}:
            links = [answer["Location"]]
        elif answer["Content-Type"].startswith("text/html"):
            reading = _Reading()
            reading.feed(answer.content.decode())
            links = reading.links
        else:
            continue
        for link in links:
            goal = urlsplit(urljoin(path, link))
            place = goal.path + (f"?{goal.query}" if goal.query else "")
            if goal.netloc or place in seen or not goal.path.startswith("/") or goal.path.startswith("/static/"):
                continue
            kind = resolve(goal.path).view_name + "?" * bool(goal.query)
            kinds[kind] += 1
            seen.add(place)
            if kinds[kind] <= PAGES_OF_A_KIND:
                waiting.append(place)


def _typed_by_people() -> list[str]:
    """Return what people have written, longest first."""
    found = {stage.name for stages in OUTLINES.values() for stage in stages} | set(SPOKEN_IN_BOTH)
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            fields = [
                row.name
                for row in model._meta.fields
                if isinstance(row, (models.CharField, models.TextField)) and not row.choices
            ]
            for name in fields:
                found |= set(model._default_manager.order_by().values_list(name, flat=True).distinct())
    return sorted((text for text in found if text and len(text) > 1), key=len, reverse=True)


def _spoken(page: str, typed: list[str]) -> list[str]:
    reading = _Reading()
    reading.feed(page)
    wanted = [text for text in dict.fromkeys(reading.texts) if JAPANESE.search(text) or ENGLISH.search(text)]
    left = []
    for text in wanted:
        rest = text
        for word in typed:
            if word in rest:
                rest = rest.replace(word, " ")
        left.append(rest)
    return left
