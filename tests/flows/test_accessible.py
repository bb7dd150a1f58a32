"""Every kind of page, in a browser: no violation of axe.  `python -m benchmarks.accessible` looks at each in all looks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import FLAGS, chromium
from tests.flows.examining import FLAG, SETTINGS, glance, sights
from tests.flows.walking import Site
from tests.sample_company import KEPT
from tools.sample_home import copied_home, served

LOOKS: Final = (("ja", "light"), ("ja", "dark"), ("en", "light"), ("en", "dark"))
"""In which language and light each quarter of the pages is looked at."""
KINDS: Final = 90
"""How many pages there are at least."""


@pytest.fixture
def breaking_site(sample_home: Path, tmp_path: Path) -> Iterator[Site]:
    chromium()
    home = copied_home(KEPT, tmp_path / "home")
    with served(home, settings=SETTINGS) as address:
        yield Site(home, address)


@pytest.fixture
def fontless_browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium(), args=[*FLAGS, FLAG])
        yield opened
        opened.close()


@pytest.mark.browser
def test_pages_have_no_violation(breaking_site: Site, fontless_browser: Browser) -> None:
    breaking_site.speak("ja")
    pages = sights(fontless_browser, breaking_site)
    found = []
    for quarter, (language, theme) in enumerate(LOOKS):
        breaking_site.speak(language)
        for sight in pages:
            if sight.quarter == quarter:
                found += glance(sight, theme=theme)
    assert len(pages) >= KINDS
    assert found == []
