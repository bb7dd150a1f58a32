"""A person who walks through Kaname in a browser, and a watch over what goes wrong on the way."""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Response, expect

PATIENCE_SECONDS: Final = 300
_POLICY = """
window.refusals = [];
addEventListener("securitypolicyviolation", (event) => window.refusals.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


@dataclass(frozen=True, slots=True)
class Site:
    """A running installation: its folder and its address."""

    home: Path
    address: str

    def speak(self, language: str) -> None:
        """Let every account read in a language: an account's own wish goes before the browser's."""
        with sqlite3.connect(self.home / "kaname.sqlite3", timeout=60) as rows:
            rows.execute("UPDATE accounts_user SET language = ?", [language])
        rows.close()

    def ask(self, question: str, *values: object) -> list[tuple[object, ...]]:
        """Read from its database."""
        rows = sqlite3.connect(f"file:{self.home / 'kaname.sqlite3'}?mode=ro", uri=True, timeout=60)
        found = rows.execute(question, values).fetchall()
        rows.close()
        return found


@dataclass(slots=True)
class Walk:
    """A browser window of one person; `faults` holds failed answers, errors on the console and refusals of the policy."""

    page: Page
    address: str
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open a path and wait until it is quiet."""
        self.page.goto(self.address + path)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def go_on_as(self, name: str) -> None:
        """Choose a person of the sample company by the Latin name."""
        self.go("/start/sample/")
        self.page.locator("tr[data-row]", has_text=name).get_by_role("button").click()
        self.page.wait_for_url(lambda url: "/start/" not in url)

    def wait_for(self, is_so: Callable[[], bool], *, what: str) -> None:
        """Wait for something that the worker brings about."""
        for _ in range(PATIENCE_SECONDS * 2):
            if is_so():
                return
            self.page.wait_for_timeout(500)
        raise AssertionError(f"it never came: {what}")

    def why(self, sign: Locator) -> str:
        """Press a sign that asks why; return what the card says."""
        sign.click()
        card = self.page.locator(".why-card:popover-open")
        card.locator(".why-says").wait_for()
        said = card.inner_text()
        self.page.keyboard.press("Escape")
        return said

    def all_faults(self) -> list[str]:
        """Return what went wrong until now."""
        return self.faults + [f"policy: {refusal}" for refusal in self.page.evaluate("window.refusals")]


def walk(browser: Browser, site: Site, *, language: str, width: int = 1440, theme: str = "light") -> Walk:
    """Open a window; everything in it is waited for patiently, because the machine may be busy."""
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=theme,  # type: ignore[arg-type]
        locale={"ja": "ja-JP", "en": "en-GB"}[language],
        timezone_id="Asia/Tokyo",
        reduced_motion="reduce",
    )
    context.add_init_script(_POLICY)
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    walked = Walk(context.new_page(), site.address)

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            walked.faults.append(f"console: {message.text}")

    def look(answer: Response) -> None:
        if answer.status >= 400 and answer.status != 422:
            walked.faults.append(f"{answer.status} {answer.url.removeprefix(site.address)}")

    walked.page.on("console", hear)
    walked.page.on("pageerror", lambda error: walked.faults.append(f"script: {error}"))
    walked.page.on("response", look)
    return walked
