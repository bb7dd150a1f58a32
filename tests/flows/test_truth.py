"""From the portfolio to the task behind a colour, in a real browser: sort, filter, look, ask why, go there."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from kaname.kernel.accounts.types import CompanyRole
from tests.browser import be_patient, examined
from tests.rooms.company import Company, account
from tests.rooms.watermelon import browser_of, grow_watermelon
from tests.ui.conftest import FLAGS, WATCH_POLICY, OpenPage

AXE = (Path(__file__).resolve().parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
WORDS = {
    "ja": {"chain": "最も悪い指標", "reason": "報告より悪い"},
    "en": {"chain": "the worst of its indicators", "reason": "reported better than computed"},
}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def company(transactional_db: None) -> Company:
    """Return the company with its watermelon, seen from today."""
    with grow_watermelon() as grown:
        return grown


@pytest.fixture
def open_page(company: Company, live_server: Any, settings: Any) -> Iterator[OpenPage]:
    """Open an address as the PMO manager; nothing may have broken the content policy or thrown afterwards."""
    cookie = settings.SESSION_COOKIE_NAME
    readers = {"ja": company.office, "en": account("english@example.jp", "English Reader", CompanyRole.PMO_MANAGER)}
    sessions = {language: browser_of(user, language).cookies[cookie].value for language, user in readers.items()}
    thrown: list[str] = []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)

        def open_at(path: str, *, language: str = "ja", theme: str = "light", width: int = 1440) -> Page:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
            be_patient(context)
            context.add_init_script(WATCH_POLICY)
            context.add_cookies(
                [
                    {"name": cookie, "value": sessions[language], "url": live_server.url},
                    {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": live_server.url},
                ]
            )
            page = context.new_page()
            page.on("pageerror", lambda error: thrown.append(str(error)))
            page.goto(live_server.url + path)
            page.wait_for_load_state("networkidle")
            return page

        yield open_at
        pages = [page for context in browser.contexts for page in context.pages]
        refusals = [refusal for page in pages for refusal in page.evaluate("window.refusals")]
        browser.close()
    assert refusals == []
    assert thrown == []


@pytest.mark.parametrize("language", ["ja", "en"])
def test_from_the_portfolio_to_the_offending_task(open_page: OpenPage, company: Company, language: str) -> None:
    page = open_page("/portfolio/", language=language)
    assert page.evaluate("document.documentElement.lang") == language
    words = WORDS[language]
    rows = page.locator("#portfolio tbody tr[data-row]")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text(words["reason"])

    page.locator("#portfolio thead th:first-child a").click()
    expect(page.locator("#portfolio thead th:first-child")).to_have_attribute("aria-sort", "ascending")
    page.wait_for_load_state("load")
    with page.expect_navigation():
        page.locator('select[name="only"]').select_option("watermelons")
    expect(rows).to_have_count(1)

    page.locator("#portfolio a[data-why]").first.click()
    expect(page.locator("#why-card")).to_be_visible()
    expect(page.locator("#why-card .why-says")).to_contain_text(words["chain"])
    page.keyboard.press("Escape")

    page.locator("#portfolio tbody a[data-peek]").first.click()
    panel = page.locator("#panel")
    expect(panel).to_be_visible()
    panel.locator(".offenders a").first.click()
    page.wait_for_url(f"**/projects/{company.own.pk}/schedule/tasks/*/")
    expect(page.locator("main")).to_contain_text("要件定義")


PATHS = (
    "/portfolio/",
    "/projects/{own}/health/",
    "/projects/{own}/health/history/",
    "/projects/{own}/health/earned-value/",
    "/projects/{own}/health/clinic/",
    "/health-rules/",
    "/health-rules/new/",
)


@pytest.mark.parametrize(
    ("language", "theme", "width"), [("ja", "light", 1440), ("ja", "dark", 390), ("en", "dark", 1440)]
)
def test_pages_have_no_violation(open_page: OpenPage, company: Company, language: str, theme: str, width: int) -> None:
    found = []
    for path in PATHS:
        page = open_page(path.format(own=company.own.pk), language=language, theme=theme, width=width)
        result = examined(page, AXE)
        found += [(path, rule["id"], node["target"]) for rule in result["violations"] for node in rule["nodes"]]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append((path, "wider than the window", []))
        page.close()
    assert found == []
