"""Journey 1: a plan of Microsoft Project becomes the plan of a new project, and everything computed from it says why."""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kaname.site.sample.staff import BY_NUMBER
from tests.flows.plan_file import ROWS, TASKS_WITH_DATES, TYPED_BY_HAND, plan_file
from tests.flows.walking import Site, Walk, walk

OFFICE = BY_NUMBER["K0002"].name_latin
POINTS = 14


@dataclass(frozen=True, slots=True)
class Words:
    """What is read and typed in a language."""

    code: str
    import_a_file: str
    to_the_plan: str
    unknown_dates: str
    custom_field: str


WORDS = {
    "ja": Words("Z-JA", "計画ファイルを取り込む", "計画を開く", "まだ計算", "ユーザー設定フィールド"),
    "en": Words("Z-EN", "Import a plan file", "Go to the plan", "not been calculated", "Custom field"),
}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_plan_file_of_a_new_project_ends_on_the_portfolio(
    sample_site: Site, browser: Browser, tmp_path: Path, language: str
) -> None:
    words = WORDS[language]
    sample_site.speak(language)
    office = walk(browser, sample_site, language=language)
    office.go_on_as(OFFICE)
    project = _register(office, words)
    file = tmp_path / "kuradashi.xml"
    file.write_bytes(plan_file())

    page = office.go(f"{project}schedule/")
    page.get_by_role("link", name=words.import_a_file).click()
    page.set_input_files("input[type=file]", file)
    page.locator("form[enctype] button.button-primary").click()
    page.wait_for_url("**/imports/batch/**")
    _settle(page)
    batch = page.url
    _look_at_losses_and_dates(office, words)
    page.goto(batch)
    page.locator("#choose button.button-primary").click()
    page.wait_for_url("**/confirm/")
    page.locator("main form.import-foot button.button-primary").click()
    page.wait_for_url("**/result/")
    page.get_by_role("link", name=words.to_the_plan).click()
    page.wait_for_url(f"**{project}schedule/")

    _every_date_says_why(office, sample_site, project, words)
    office.wait_for(lambda: _is_assessed(sample_site, project), what="the health of the new project")
    page = office.go(f"{project}health/clinic/")
    expect(page.locator("main tbody tr[data-row]")).to_have_count(POINTS)
    page = office.go(f"{project}health/earned-value/")
    expect(page.locator("#packages tbody tr[data-row]")).not_to_have_count(0)
    page = office.go(f"/portfolio/?q={words.code}")
    line = page.locator("#portfolio tbody tr[data-row]")
    expect(line).to_have_count(1)
    assert office.why(line.locator("a[data-why]").first)
    assert office.all_faults() == []


def _register(office: Walk, words: Words) -> str:
    """Register a project; return its path."""
    page = office.go("/projects/register/")
    page.fill("[name=code]", words.code)
    page.fill("[name=name]", f"出庫業務の見直し {words.code}")
    page.fill("[name=starts_on]", "2026-10-05")
    for name in ("project_class", "department"):
        page.locator(f"select[name={name}]").select_option(index=1)
    page.locator("main form button.button-primary").click()
    page.wait_for_url(re.compile(r"/projects/\d+/"))
    found = re.search(r"/projects/\d+/", page.url)
    assert found is not None
    return found[0]


def _settle(page: Page) -> None:
    """Wait until the file has been read."""
    page.locator("#choose article.import-file .import-facts").wait_for()


def _look_at_losses_and_dates(office: Walk, words: Words) -> None:
    page = office.page
    page.locator('.import-facts a[href$="/loss/"]').click()
    page.wait_for_url("**/loss/")
    expect(page.locator("main tbody tr", has_text=words.custom_field).first).to_be_visible()
    page.goto(page.url.replace("/loss/", "/dates/"))
    differing = page.locator("main tbody tr[data-row]")
    expect(differing).to_have_count(1)
    expect(differing).to_contain_text(TYPED_BY_HAND)


def _every_date_says_why(office: Walk, site: Site, project: str, words: Words) -> None:
    """Open every task that is no package: its start says why, and what decided it is one click away."""
    number = int(project.split("/")[2])
    question = (
        "SELECT t.id, t.name FROM schedule_task t JOIN schedule_plan p ON p.id = t.plan_id WHERE p.project_id = ?"
    )
    tasks = {str(name): found for found, name in site.ask(question, number)}
    assert set(TASKS_WITH_DATES) <= set(tasks)
    names = {row.number: row.name for row in ROWS}
    for row in ROWS:
        if row.is_package:
            continue
        page = office.go(f"{project}schedule/tasks/{tasks[row.name]}/")
        said = office.why(page.locator(".task-dates button.why").first)
        assert said
        assert words.unknown_dates not in said
        drivers = [names[before] for before in row.after]
        if drivers and not row.is_done:
            assert any(driver in said for driver in drivers), (row.name, said)


def _is_assessed(site: Site, project: str) -> bool:
    question = "SELECT count(*) FROM portfolio_line WHERE project_id = ? AND computed_at IS NOT NULL"
    return site.ask(question, int(project.split("/")[2])) == [(1,)]
