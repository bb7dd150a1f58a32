"""A browser that is signed in and keeps an eye on the content policy."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, sync_playwright

from kaname.kernel.accounts.models import User
from tests.browser import FLAGS, be_patient, chromium

WATCH_POLICY = """
window.refusals = [];
addEventListener("securitypolicyviolation", (event) => window.refusals.push(`${event.violatedDirective} ${event.blockedURI}`));
"""

OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(transactional_db: None, live_server: Any, settings: Any) -> Iterator[OpenPage]:
    """Open an address as a signed-in member; afterwards nothing may have broken the content policy or thrown.

    Everything that needs the database is done before the browser starts: its driver keeps an event loop in this thread.
    """
    settings.ROOT_URLCONF = "tests.ui.urls"
    settings.FORM_RENDERER = "kaname.ui.forms.Renderer"
    path = chromium()
    sessions = {language: _session(language, settings.SESSION_COOKIE_NAME) for language in ("ja", "en")}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=[*FLAGS])
        thrown: list[str] = []

        def open_at(path: str, *, language: str = "ja", theme: str = "light", width: int = 1440) -> Page:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
            be_patient(context)
            context.add_init_script(WATCH_POLICY)
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": sessions[language], "url": live_server.url}]
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


def _session(language: str, cookie: str) -> str:
    user = User.objects.create(email=f"{language}@example.jp", name="山田 太郎", language=language)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies[cookie].value
