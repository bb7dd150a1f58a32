"""Filters that ask by themselves: also before their script has come, never in a circle."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.ui.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)

PHASE = "[data-filters] select[name=phase]"
WORDS = "[data-filter-words]"


def test_filter_changed_asks_at_once(open_page: OpenPage) -> None:
    page = open_page("/ui/")
    page.select_option(PHASE, "it")
    page.wait_for_url("**/ui/?phase=it")


def test_filter_changed_before_its_script_has_come_asks_when_it_comes(open_page: OpenPage) -> None:
    page = open_page("/ui/")
    come = _open_without_script(page)
    page.select_option(PHASE, "it")
    come()
    page.wait_for_url("**/ui/?phase=it")
    assert _asked_again(page) == []


def test_words_typed_before_the_script_has_come_are_asked_for_when_it_comes(open_page: OpenPage) -> None:
    page = open_page("/ui/")
    come = _open_without_script(page)
    page.type(WORDS, "基幹")
    come()
    page.wait_for_url("**/ui/?q=*")
    assert _asked_again(page) == []


def test_page_gone_back_to_shows_the_filters_of_its_list_and_stays(open_page: OpenPage) -> None:
    page = open_page("/ui/")
    page.select_option(PHASE, "it")
    page.wait_for_url("**/ui/?phase=it")
    page.go_back()
    page.wait_for_load_state("networkidle")
    expect(page.locator(PHASE)).to_have_value("")
    expect(page.locator(WORDS)).to_be_enabled()
    assert _asked_again(page) == []
    assert page.url.endswith("/ui/")


def _open_without_script(page: Page) -> Callable[[], None]:
    """Open the components anew with the script of the filters held back; return what lets it come."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/js/filters*.js", hold, times=1)
    page.goto(page.url, wait_until="commit")
    page.wait_for_selector(PHASE)
    while not held:
        page.wait_for_timeout(20)
    return held[0].continue_


def _asked_again(page: Page) -> list[str]:
    """Return the addresses of pages that are asked for within a moment."""
    page.unroute_all()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.is_navigation_request() else None)
    page.wait_for_timeout(1000)
    return asked
