"""Where the browser of this machine is, and how it is started."""

import os
import shutil
from typing import Any, Final

import pytest
from playwright.sync_api import BrowserContext, Page, expect

PATIENCE_MILLISECONDS: Final = 120_000
"""How long a page may take: the machine may be busy with other tests."""

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
MISSING: Final = "no browser was found; on Debian and Ubuntu: apt-get install chromium"


def chromium() -> str:
    """Return the path of Chromium or Chrome; without one the test is skipped, and fails where CI is true."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    if os.environ.get("CI") == "true":
        pytest.fail(MISSING, pytrace=False)
    pytest.skip(MISSING)


def be_patient(context: BrowserContext) -> None:
    """Let the pages of a window, and what is expected of them, take their time."""
    context.set_default_timeout(PATIENCE_MILLISECONDS)
    expect.set_options(timeout=PATIENCE_MILLISECONDS)


def examined(page: Page, axe: str) -> dict[str, Any]:
    """Return what axe finds on a page, which must have kept to its policy so far.

    Axe tries styles of its own, whose refusals may be told late; they are not heard.
    """
    assert page.evaluate("window.refusals") == []
    page.evaluate("window.refusals = Object.assign([], {push: () => 0})")
    page.evaluate(axe)
    result: dict[str, Any] = page.evaluate("axe.run()")
    return result
