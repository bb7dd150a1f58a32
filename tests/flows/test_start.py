"""The first minutes on an empty installation: look round the sample company, or create the first administrator."""

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kaname.site.sample.staff import BY_NUMBER
from tests.browser import chromium
from tests.flows.examining import first_sights, glance
from tests.flows.walking import Site, walk
from tools.sample_home import command, served

WORDS = {
    "ja": {
        "look": "サンプル企業を作成",
        "day": "わたしの一日",
        "create": "最初のシステム管理者を作成",
        "done": "作成してログイン",
    },
    "en": {
        "look": "Build the sample company",
        "day": "My day",
        "create": "Create the first administrator",
        "done": "Create and sign in",
    },
}


@pytest.fixture(scope="module")
def empty_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prepare a folder as the first start does."""
    home = tmp_path_factory.mktemp("empty") / "home"
    home.mkdir()
    command([sys.executable, "-m", "kaname.site.processes.prepare"], home=home)
    return home


@pytest.fixture
def empty_site(empty_home: Path, tmp_path: Path) -> Iterator[Site]:
    """Serve an installation that nobody has started; its sample company is small."""
    chromium()
    home = tmp_path / "home"
    shutil.copytree(empty_home, home, ignore=shutil.ignore_patterns("up.lock", "*-shm", "*-wal"))
    with served(home, settings="tests.flows.small_settings") as address:
        yield Site(home, address)


@pytest.mark.parametrize(("language", "width"), [("ja", 1440), ("en", 390)])
def test_two_clicks_build_the_sample_company_and_one_opens_my_day(
    empty_site: Site, browser: Browser, language: str, width: int
) -> None:
    words = WORDS[language]
    visitor = walk(browser, empty_site, language=language, width=width)
    page = visitor.go("/")
    assert page.evaluate("document.documentElement.lang") == language
    assert page.url.endswith("/start/")
    page.get_by_role("button", name=words["look"]).click()
    page.wait_for_url("**/start/sample/")
    expect(page.locator("main [role=progressbar], main progress").first).to_be_visible()

    people = page.locator("tr[data-row]")
    expect(people).to_have_count(18)
    member = BY_NUMBER["K0010"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    people.filter(has_text=member.name_latin).get_by_role("button").click()
    page.wait_for_url(lambda url: "/start/" not in url)
    if page.evaluate("document.documentElement.lang") != language:
        page.locator(f'form.language button[value="{language}"]').first.evaluate("button => button.click()")
        page.wait_for_function(f"document.documentElement.lang === '{language}'")
    expect(page.get_by_role("heading", level=1)).to_have_text(words["day"])
    expect(page.locator("#my-tasks tr[data-row]").first).to_be_visible()
    assert visitor.all_faults() == []


@pytest.mark.parametrize(("language", "width"), [("ja", 390), ("en", 1440)])
def test_first_administrator_is_created_once_and_is_signed_in(
    empty_site: Site, browser: Browser, language: str, width: int
) -> None:
    words = WORDS[language]
    looked_at = first_sights(browser, empty_site, language=language)
    assert [fault for sight in looked_at for fault in glance(sight, theme="light")] == []
    visitor = walk(browser, empty_site, language=language, width=width)
    page = visitor.go("/")
    page.get_by_role("link", name=words["create"]).click()
    page.fill("[name=name]", "要 太郎")
    page.fill("[name=email]", "taro@example.jp")
    page.fill("[name=password]", "short")
    page.get_by_role("button", name=words["done"]).click()
    expect(page.locator("[name=email]")).to_have_value("taro@example.jp")
    expect(page.locator(".field-error").first).to_be_visible()
    page.fill("[name=password]", "a-fan-has-one-pivot-2468")
    page.get_by_role("button", name=words["done"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words["day"])
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    visitor.go("/imports/")
    expect(page.locator("input[type=file]").first).to_be_attached()
    visitor.go("/start/administrator/")
    assert re.fullmatch(r".+:\d+/", page.url)
    stranger = walk(browser, empty_site, language=language, width=width)
    stranger.go("/start/")
    assert "/sign-in/" in stranger.page.url
    faults = [fault for fault in visitor.all_faults() if "422" not in fault]
    assert faults == []
    assert empty_site.ask("SELECT email, is_active FROM accounts_user") == [("taro@example.jp", 1)]
