"""Every address × method × person × own, foreign, archived, missing, child of another: generated from the URLconf.

What must come is worked out in `expectation` from the declared holders; here it is compared with what comes.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any, Final
from urllib.parse import quote

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern

from kaname.kernel.rules.checks import walk_urls
from kaname.kernel.rules.doors import SAFE_METHODS, Door, door_of
from kaname.kernel.rules.middleware import is_api
from kaname.kernel.rules.types import Permission
from tests.house.access.arguments import ARGUMENTS, OF_ONESELF, OF_PEOPLE, OF_PROJECTS
from tests.house.access.expectation import Expected, Names, expected
from tests.house.access.world import CANARY, Persona, Side, World, build_world

pytestmark = pytest.mark.django_db

METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
PAGE_METHODS: Final = frozenset({"GET", "HEAD", "POST"})
KEEPS_ITSELF: Final = re.compile(
    r"(django_session|rules_answer|accounts_accesstoken|usersessions_usersession|SAVEPOINT)", re.IGNORECASE
)
"""What a request may write though it is refused: its session, its idempotency key, when its token was used."""
WRITES: Final = re.compile(r"^\s*(INSERT|UPDATE|DELETE|REPLACE)", re.IGNORECASE)
VARIES: Final = re.compile(
    rb'(nonce="[^"]*"|value="[A-Za-z0-9_-]{32,}"|X-CSRFToken": "[^"]*"|\?next=[^"]*|value="/[^"]*")'
)
QUERIES: Final = {
    "portfolio/export/": "?as=csv",
    "api/v1/search/": f"?q={quote(CANARY)}",
    "api/v1/search/kinds/": f"?q={quote(CANARY)}",
}
"""What an address needs besides itself."""
NOTHING_THERE: Final = "api/v1/nothing/"
"""Stands for all addresses of the API that are not there."""
UNREAD: Final = frozenset({400, 422})
"""The body was refused before anything was looked up; foreign and missing things must get it alike."""
ANSWERS: Final = {
    Expected.SIGN_IN: frozenset({302, 401, 405}),
    Expected.MISSING: frozenset({404, 405}),
    Expected.REFUSED: frozenset({403, 404, 405}),
}


@dataclass(frozen=True, slots=True)
class Got:
    """What came of a request: status, content, what was written."""

    status: int
    content: bytes
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Address:
    """One address with its door."""

    route: str
    arguments: tuple[str, ...]
    door: Door
    is_api: bool

    def path(self, world: World, persona: Persona, side: Side) -> str:
        """Return the address for a persona and a side."""

        def value(match: re.Match[str]) -> str:
            return str(ARGUMENTS[match[1]](world, persona, side))

        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", value, self.route) + QUERIES.get(self.route, "")

    def wanted(self, method: str) -> Permission | None:
        """Return the permission that opens the door to a method, `None` where it is closed."""
        return self.door.needs(method) if self.is_api or method in PAGE_METHODS else None

    def sides_of(self, method: str) -> tuple[Side, ...]:
        """Return the sides that make a difference to a method: one where the door is closed whatever is named."""
        return (Side.OWN,) if self.wanted(method) is None or method in {"HEAD", "OPTIONS"} else self.sides

    @property
    def names(self) -> Names:
        """Return what the address names."""
        for names, arguments in ((Names.PROJECT, OF_PROJECTS), (Names.PERSON, OF_PEOPLE), (Names.OWN, OF_ONESELF)):
            if arguments & set(self.arguments):
                return names
        return Names.NOTHING

    @property
    def sides(self) -> tuple[Side, ...]:
        """Return the sides that make a difference."""
        if self.names is Names.NOTHING:
            return (Side.OWN,)
        plain = (Side.OWN, Side.FOREIGN, Side.MISSING)
        archived = (Side.ARCHIVED,) if self.names is Names.PROJECT else ()
        below = (OF_PROJECTS | OF_PEOPLE) & set(self.arguments)
        mixed = (Side.MIXED,) if {"project", "person"} & below and len(below) > 1 else ()
        return (*plain, *archived, *mixed)


def addresses() -> Iterator[Address]:
    """Yield all addresses of the URLconf; the last one of the API, which answers for all that is not there, once."""
    for route, pattern in walk_urls():
        door = door_of(pattern.callback)
        assert door is not None, route
        plain = NOTHING_THERE if route.endswith("^.*$") else route
        yield Address(plain, _arguments(plain, pattern), door, is_api(pattern.callback))


def _arguments(route: str, pattern: URLPattern) -> tuple[str, ...]:
    return tuple(re.findall(r"<(?:\w+:)?(\w+)>", route))


ALL: Final = tuple(addresses())


def test_every_argument_of_an_address_is_known():
    unknown = {name for address in ALL for name in address.arguments} - ARGUMENTS.keys()
    assert sorted(unknown) == [], "say in tests/house/access/arguments.py what stands there"


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


@contextmanager
def writes_of_request() -> Iterator[list[str]]:
    """Collect what is written, and take it back."""
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if WRITES.match(sql) and not KEEPS_ITSELF.search(sql):
            written.append(sql[:200])
        return execute(sql, params, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(watch):
            yield written
        transaction.set_rollback(True)


def ask(address: Address, method: str, path: str, persona: Persona) -> HttpResponse:
    """Send a request as a persona: by session to a page, by token to the API."""
    if address.is_api:
        headers = {"Authorization": f"Bearer {persona.secret}"} if persona.secret else {}
        headers |= {"Idempotency-Key": "matrix-0123456789abcdef", "If-Match": '"1"'}
        client = Client(raise_request_exception=False)
        return client.generic(method, path, b"{}", content_type="application/json", headers=headers)
    client = Client(raise_request_exception=False)
    client.cookies = SimpleCookie(persona.client.cookies.output(header="", sep=";"))
    if method == "POST":
        return client.post(path, {"idempotency_key": "matrix-0123456789abcdef", "version": "1"})
    return client.generic(method, path)


def faults_of(address: Address, world: World) -> tuple[int, list[str]]:
    """Return how many requests were sent to an address and which answers are wrong."""
    sent, faults = 0, []
    for persona in world.personas:
        for method in METHODS:
            statuses: dict[Side, int] = {}
            for side in address.sides_of(method):
                sent += 1
                path = address.path(world, persona, side)
                with writes_of_request() as written:
                    answer = ask(address, method, path, persona)
                    content = b"" if answer.streaming else answer.content
                got = Got(answer.status_code, content, tuple(written))
                statuses[side] = got.status
                wrong = judge(address, persona, method, side, got)
                faults += [f"{persona.name} {method} {path} ({side}): {fault}" for fault in wrong]
            if address.names is Names.PROJECT and not sees_foreign(persona):
                foreign, missing = statuses.get(Side.FOREIGN), statuses.get(Side.MISSING)
                if foreign != missing:
                    faults.append(f"{persona.name} {method} {address.route}: foreign gets {foreign}, missing {missing}")
    return sent, faults


def judge(address: Address, persona: Persona, method: str, side: Side, got: Got) -> Iterator[str]:
    """Yield what is wrong with an answer."""
    if got.status >= 500:
        yield f"answered {got.status}"
    wanted = address.wanted(method)
    if wanted is None:
        if got.status not in {302, 401, 404, 405}:
            yield f"no door for this method, but answered {got.status}"
        return
    changes = method not in SAFE_METHODS
    due = expected(persona, wanted, side, address.names, changes=changes)
    if address.route == NOTHING_THERE and due is Expected.ALLOWED:
        due = Expected.MISSING
    if due is Expected.ALLOWED:
        is_there = OF_PROJECTS.issuperset(address.arguments) and method == "GET" and not wanted.is_public
        closed_by_state = side is Side.ARCHIVED and bool(wanted.conditions) and got.status == 403
        if (got.status in {401, 403} and not closed_by_state) or (got.status == 404 and is_there):
            yield f"must be let through, but answered {got.status}"
    else:
        if got.status not in ANSWERS[due] | (UNREAD if changes and due is not Expected.SIGN_IN else frozenset()):
            yield f"must get “{due}”, but answered {got.status}"
        if got.written:
            yield f"must get “{due}”, but wrote {got.written[0]}"
    if CANARY.encode() in got.content and not sees_foreign(persona):
        yield "reads of the foreign project"


def sees_foreign(persona: Persona) -> bool:
    """Whether a persona sees all projects by its company role."""
    return bool(persona.company_roles & {"administrator", "pmo_manager", "pmo_member", "pmo_administrator"})


@pytest.mark.parametrize("address", ALL, ids=[address.route for address in ALL])
def test_everyone_gets_what_the_rules_say(address: Address, world: World, record_property: Any):
    sent, faults = faults_of(address, world)
    record_property("requests", sent)
    assert not faults, f"{len(faults)} of {sent} answers are wrong:\n" + "\n".join(faults[:5])


@pytest.mark.parametrize(
    "address", [one for one in ALL if one.names in {Names.PROJECT, Names.OWN}], ids=lambda one: one.route
)
def test_hidden_thing_answers_as_a_missing_one(address: Address, world: World):
    outsiders = [one for one in world.personas if not one.is_visitor and not sees_foreign(one)]
    for persona in outsiders:
        hidden = ask(address, "GET", address.path(world, persona, Side.FOREIGN), persona)
        missing = ask(address, "GET", address.path(world, persona, Side.MISSING), persona)
        assert hidden.status_code == missing.status_code
        assert VARIES.sub(b"", hidden.content) == VARIES.sub(b"", missing.content), persona.name


def test_matrix_is_not_small(record_testsuite_property: Any, world: World):
    requests = len(world.personas) * sum(len(one.sides_of(method)) for one in ALL for method in METHODS)
    record_testsuite_property("access matrix", f"{len(ALL)} addresses, {requests} requests, 0 exemptions")
    assert (len(ALL) > 150, requests > 30_000) == (True, True)
