"""Every door reaches a registered permission."""

from collections.abc import Iterator
from types import ModuleType

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from pytest_django import Settings

from kaname.kernel.rules.checks import check_doors, walk_urls
from kaname.kernel.rules.decisions import permissions
from kaname.kernel.rules.doors import PUBLIC, Door, door, door_of
from kaname.kernel.rules.types import Permission


def unregistered(declared: Iterator[tuple[str, Door | None]]) -> list[str]:
    """Return the routes whose permission is not the one that is registered under its name."""
    known = permissions()
    return [
        route
        for route, found in declared
        if found is not None
        for wanted in (found.reads, found.writes)
        if wanted is not None and known.get(wanted.name) is not wanted
    ]


def test_every_view_declares_its_door() -> None:
    assert [error.msg for error in check_doors(None)] == []


def test_every_door_reaches_a_registered_permission() -> None:
    assert unregistered((route, door_of(pattern.callback)) for route, pattern in walk_urls()) == []


def test_view_without_a_door_is_found(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def bare(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    @door(reads=PUBLIC)
    def declared(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    urls = ModuleType("urls_of_a_test")
    urls.urlpatterns = [path("bare/", bare), path("declared/", declared)]
    monkeypatch.setitem(__import__("sys").modules, urls.__name__, urls)
    settings.ROOT_URLCONF = urls.__name__
    assert [(error.id, error.msg) for error in check_doors(None)] == [
        ("kaname.E001", "The view of 'bare/' declares no permission.")
    ]


def test_permission_that_no_room_has_named_is_found() -> None:
    made_up = Permission(
        name="nowhere.look",
        label="",
        holders=(),
        path="",
        sees=None,
        conditions=(),
        access=PUBLIC.access,
        is_public=False,
    )
    doors = [("a/", Door(reads=PUBLIC, writes=None)), ("b/", Door(reads=PUBLIC, writes=made_up)), ("c/", None)]
    assert unregistered(iter(doors)) == ["b/"]
