"""Journey 1, first half: two files in, looked at, taken in, undone; in a real browser with a real worker."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.rooms.installation import Installation, running_installation

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WATCH_POLICY = """
window.refusals = [];
addEventListener("securitypolicyviolation", (event) => window.refusals.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
PLAN = "WBS,タスク名,開始予定日,終了予定日,先行\n1,要件定義,2026/04/06,2026/04/08,\n2,設計,2026/04/09,2026/04/10,1\n"
PATIENCE = 180_000
WORDS = {
    "ja": {"plan": "計画を開く", "undone": "取り消し済み", "refused": "取り込み不可"},
    "en": {"plan": "Go to the plan", "undone": "Undone", "refused": "Refused"},
}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    with running_installation(tmp_path_factory.mktemp("home"), language="ja") as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        yield launched
        launched.close()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_two_files_are_looked_at_one_is_taken_in_and_undone(
    installation: Installation, browser: Browser, tmp_path: Path, language: str
) -> None:
    words = WORDS[language]
    project, session, name = {
        "ja": (installation.own, installation.session, "基幹刷新"),
        "en": (installation.other, installation.other_session, "秘密計画"),
    }[language]
    good, bad = tmp_path / f"{name}.csv", tmp_path / "壊れた計画.xml"
    good.write_text(PLAN, encoding="utf-8")
    bad.write_text("<Project><Tasks>", encoding="utf-8")
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(WATCH_POLICY)
    context.add_cookies([{"name": installation.cookie, "value": session, "url": installation.url}])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page.goto(f"{installation.url}/imports/")
    page.set_input_files("input[type=file]", [good, bad])
    page.locator("form[enctype] button.button-primary").click()
    page.wait_for_url("**/imports/batch/**")
    settle(page)
    first, second = page.locator("article.import-file").all()
    expect(second).to_contain_text(words["refused"])
    expect(first.locator("input[name^=project-]")).to_have_value(str(project))
    page.locator("#choose button.button-primary").click()
    page.wait_for_url("**/confirm/")
    page.locator("main form.import-foot button.button-primary").click()
    page.wait_for_url("**/result/")
    settle(page)
    expect(page.get_by_role("link", name=words["plan"])).to_be_visible()
    result = page.url
    page.get_by_role("link", name=words["plan"]).click()
    expect(page.locator("main")).to_contain_text("要件定義")
    page.goto(result)
    page.locator("form.import-undo button").click()
    expect(page.locator("article.import-file").first).to_contain_text(words["undone"])
    assert page.evaluate("window.refusals") == []
    context.close()


def settle(page: Page) -> None:
    """Wait until nothing asks for progress any more."""
    for _ in range(PATIENCE // 250):
        if not page.locator('[hx-trigger="every 1s"]').count():
            return
        page.wait_for_timeout(250)
    raise AssertionError("the work does not end")
