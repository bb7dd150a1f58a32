"""Journey 1, first half: two files in, looked at, taken in, undone; in a real browser with a real worker."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.rooms.installation import running_installation

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
WATCH_POLICY = """
window.refusals = [];
addEventListener("securitypolicyviolation", (event) => window.refusals.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
PLAN = "WBS,タスク名,開始予定日,終了予定日,先行\n1,要件定義,2026/04/06,2026/04/08,\n2,設計,2026/04/09,2026/04/10,1\n"
PATIENCE = 90_000
WORDS = {
    "ja": {"plan": "計画を開く", "undone": "取り消し済み", "refused": "取り込み不可"},
    "en": {"plan": "Go to the plan", "undone": "Undone", "refused": "Refused"},
}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_two_files_are_looked_at_one_is_taken_in_and_undone(tmp_path: Path, language: str) -> None:
    words = WORDS[language]
    good, bad = tmp_path / "基幹刷新.csv", tmp_path / "壊れた計画.xml"
    good.write_text(PLAN, encoding="utf-8")
    bad.write_text("<Project><Tasks>", encoding="utf-8")
    home = tmp_path / "home"
    home.mkdir()
    with running_installation(home, language=language) as installation, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.add_init_script(WATCH_POLICY)
        context.add_cookies([{"name": installation.cookie, "value": installation.session, "url": installation.url}])
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{installation.url}/imports/")
        page.set_input_files("input[type=file]", [good, bad])
        page.locator("form[enctype] button.button-primary").click()
        page.wait_for_url("**/imports/batch/**")
        settle(page)
        first, second = page.locator("article.import-file").all()
        expect(second).to_contain_text(words["refused"])
        expect(first.locator("input[name^=project-]")).to_have_value(str(installation.own))
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
        browser.close()


def settle(page: Page) -> None:
    """Wait until nothing asks for progress any more."""
    for _ in range(PATIENCE // 250):
        if not page.locator('[hx-trigger="every 1s"]').count():
            return
        page.wait_for_timeout(250)
    raise AssertionError("the work does not end")
