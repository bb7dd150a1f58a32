"""Every kind of page that links lead to, in a browser: no violation of axe, nothing on the console, nothing wider than the window."""

from collections import deque
from pathlib import Path
from typing import Final

import pytest
from django.urls import resolve
from playwright.sync_api import Browser, Page

from kaname.site.sample.staff import BY_NUMBER
from tests.flows.reading import read
from tests.flows.walking import Site, Walk, walk

AXE: Final = (Path(__file__).resolve().parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
READERS: Final = {"PMO": "K0001", "PM": "K0007", "administrator": "K0004"}
"""Who follows links, in this order: each kind of page is looked at as the first who finds it."""
LANGUAGES: Final = ("ja", "en")
NARROW: Final = 390
_FOUND: Final = "result => result.violations.flatMap(rule => rule.nodes.map(node => [rule.id, node.target.join(' ')]))"
_EVERYTHING: Final = f"axe.run().then({_FOUND})"
_CONTRAST: Final = f"axe.run({{runOnly: ['color-contrast']}}).then({_FOUND})"
_DARK: Final = "document.documentElement.dataset.theme = 'dark'"
_TOO_WIDE: Final = "document.documentElement.scrollWidth > innerWidth"


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_have_no_violation_by_day_and_by_night(sample_site: Site, browser: Browser, language: str) -> None:
    """Every second kind of page is looked at in each language, so that all are looked at in one of them."""
    sample_site.speak(language)
    found: list[tuple[str, str, str]] = []
    kinds: set[str] = set()
    for number in READERS.values():
        reader = walk(browser, sample_site, language=language)
        reader.go_on_as(BY_NUMBER[number].name_latin)
        waiting, seen = deque(["/", "/portfolio/", "/projects/"]), {"/", "/portfolio/", "/projects/"}
        while waiting:
            place = waiting.popleft()
            kind = _kind(place)
            answer = reader.page.context.request.get(sample_site.address + place, fail_on_status_code=False)
            text = answer.text() if "text/html" in answer.headers.get("content-type", "") else ""
            if "<html" not in text[:400]:
                continue
            for link in read(text, path=place).links:
                if link.place not in seen and not link.is_fragment and _kind(link.place) not in kinds:
                    seen.add(link.place)
                    waiting.append(link.place)
            if kind in kinds:
                continue
            kinds.add(kind)
            if _is_turn(kind, language):
                found += [(place, *fault) for fault in _faults(reader, place)]
        reader.page.context.close()
    assert found == []


def _kind(place: str) -> str:
    return str(resolve(place.partition("?")[0]).view_name)


def _is_turn(kind: str, language: str) -> bool:
    return LANGUAGES[sum(kind.encode()) % len(LANGUAGES)] == language


def _faults(reader: Walk, place: str) -> list[tuple[str, str]]:
    """Look at a place; what axe itself does against the policy of the page is not counted."""
    page = reader.go(place)
    heard = [("fault", fault) for fault in reader.all_faults()]
    page.evaluate(AXE)
    by_day = _violations(page, _EVERYTHING)
    page.evaluate(_DARK)
    by_night = _violations(page, _CONTRAST)
    page.set_viewport_size({"width": NARROW, "height": 900})
    too_wide = [("wide", f"wider than {NARROW} pixels")] if page.evaluate(_TOO_WIDE) else []
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto("about:blank")
    reader.faults.clear()
    return [*heard, *by_day, *(("dark " + rule, target) for rule, target in by_night), *too_wide]


def _violations(page: Page, question: str) -> list[tuple[str, str]]:
    return [(rule, target) for rule, target in page.evaluate(question)]
