"""Following links as a person of the sample company, without a browser: a few places of each kind."""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.test import Client
from django.urls import resolve

from kaname.kernel.accounts.models import User
from kaname.site.sample.staff import BY_NUMBER
from tests.flows.reading import Link, read

DOORS: Final = ("/", "/portfolio/", "/projects/")


@dataclass(frozen=True, slots=True)
class Visit:
    """A place that was asked for, from where, and the answer."""

    link: Link
    source: str
    answer: Any

    @property
    def is_page(self) -> bool:
        """Whether a person can read the answer in a browser."""
        return self.answer.get("Content-Type", "").startswith("text/html") and bool(self.answer.content)


def account_of(number: str) -> User:
    """Return the account of a person of the sample company."""
    return User.objects.get(email=BY_NUMBER[number].email)


def client_of(number: str, *, language: str = "ja") -> Client:
    """Return a client in which a person of the sample company is signed in."""
    client = Client(raise_request_exception=False)
    account = account_of(number)
    User.objects.filter(pk=account.pk).update(language=language)
    account.refresh_from_db()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def follow(client: Client, *, doors: Sequence[str] = DOORS, places_of_a_kind: int) -> Iterator[Visit]:
    """Ask for what links lead to; the queue is worked off in the order of finding."""
    waiting = deque((Link(place, is_fragment=False), "the reader") for place in doors)
    seen, kinds = {link for link, _ in waiting}, Counter[str]()
    while waiting:
        link, source = waiting.popleft()
        visit = Visit(link, source, client.get(link.place, headers={"HX-Request": "true"} if link.is_fragment else {}))
        yield visit
        for found in _links(visit):
            kind = _kind(found)
            if found not in seen and kinds[kind] < places_of_a_kind:
                seen.add(found)
                kinds[kind] += 1
                waiting.append((found, link.place))


def _links(visit: Visit) -> list[Link]:
    if visit.answer.status_code in {301, 302}:
        goal = visit.answer["Location"]
        return [Link(goal, is_fragment=False)] if goal.startswith("/") else []
    return read(visit.answer.content.decode(), path=visit.link.place).links if visit.is_page else []


def _kind(link: Link) -> str:
    path, _, query = link.place.partition("?")
    names = "&".join(sorted(part.partition("=")[0] for part in query.split("&"))) if query else ""
    return f"{resolve(path).view_name}?{names}{' fragment' * link.is_fragment}"
