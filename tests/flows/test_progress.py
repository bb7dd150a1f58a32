"""Journey 2: a member reports, the dates follow, health and portfolio follow, and the PM hears of another colour only."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator, expect

from kaname.site.sample.staff import BY_NUMBER
from tests.flows.walking import Site, Walk, walk

_WAITING = """
SELECT (SELECT count(*) FROM journal_delivery), (SELECT count(*) FROM django_tasks_database_dbtaskresult
WHERE status = 'RUNNING' OR status = 'READY' AND run_after <= datetime('now')),
(SELECT count(*) FROM jobs_timer WHERE next_at <= datetime('now'))
"""
MEMBER, PM = BY_NUMBER["K0010"].name_latin, BY_NUMBER["K0008"].name_latin


@dataclass(frozen=True, slots=True)
class Words:
    """What is read in a language."""

    report: str
    send: str
    stays: str
    moved: str
    reported: str
    well: str
    danger: str
    all_read: str


WORDS = {
    "ja": Words(
        report="報告",
        send="報告",
        stays="のまま",
        moved="→",
        reported="報告しました",
        well="順調",
        danger="危険",
        all_read="未読の通知はありません。",
    ),
    "en": Words(
        report="Report",
        send="Report",
        stays="stays",
        moved="→",
        reported="Reported.",
        well="Well",
        danger="Danger",
        all_read="You have read everything.",
    ),
}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_report_reaches_the_portfolio_and_the_pm_hears_of_the_colour_once(
    own_sample_site: Site, browser: Browser, language: str
) -> None:
    site, words = own_sample_site, WORDS[language]
    site.speak(language)
    ((project, code),) = site.ask("SELECT id, code FROM projects_project WHERE code LIKE '%-10'")
    pm, member = walk(browser, site, language=language), walk(browser, site, language=language, width=390)
    pm.go_on_as(PM)
    _settle(site, pm)
    _read_all(pm)
    expect(_line(pm, code)).to_contain_text(words.well)
    member.go_on_as(MEMBER)

    _report_in_three_clicks(member, str(code), words)
    task_page = member.page.url
    said = _told(member)
    assert said.startswith(words.reported)
    assert words.stays in said
    _settle(site, pm)
    assert _unread(pm).count() == 0

    said = _report_remaining(member, task_page, "60d", words)
    assert said.startswith(words.reported)
    assert words.moved in said
    expect(member.page.locator(".history").last).to_contain_text(words.moved)
    _settle(site, pm)
    expect(_line(pm, code)).to_contain_text(words.danger)
    expect(_unread(pm)).to_have_count(1)
    expect(_unread(pm)).to_contain_text(words.danger)
    _unread(pm).locator("a").first.click()
    pm.page.wait_for_url(f"**/projects/{project}/health/")
    _read_all(pm)

    assert _report_remaining(member, task_page, "61d", words).startswith(words.reported)
    _settle(site, pm)
    expect(_line(pm, code)).to_contain_text(words.danger)
    expect(pm.go("/notices/").locator("main")).to_contain_text(words.all_read)
    assert _unread(pm).count() == 0
    assert [*pm.all_faults(), *member.all_faults()] == []


def _report_in_three_clicks(member: Walk, code: str, words: Words) -> None:
    page = member.go("/")
    row = page.locator("#my-tasks tr[data-row]", has_text=code).first
    row.get_by_role("link", name=words.report).click()
    page.locator('button[name="step"][value="75"]').click()
    page.wait_for_url(lambda url: not url.endswith("/report/"))


def _report_remaining(member: Walk, task_page: str, remaining: str, words: Words) -> str:
    page = member.page
    page.goto(f"{task_page}report/")
    page.fill("[name=remaining]", remaining)
    page.locator("main form").get_by_role("button", name=words.send, exact=True).click()
    page.wait_for_url(task_page)
    return _told(member)


def _told(walked: Walk) -> str:
    return walked.page.locator("[data-toast] .toast-words").first.inner_text()


def _settle(site: Site, anyone: Walk) -> None:
    """Wait until the worker has handed out every event and done its jobs, those of a new day included."""
    anyone.wait_for(lambda: site.ask(_WAITING) == [(0, 0, 0)], what="an idle worker")


def _line(pm: Walk, code: object) -> Locator:
    return pm.go("/portfolio/").locator("#portfolio tr[data-row]", has_text=str(code)).locator("td").nth(1)


def _unread(pm: Walk) -> Locator:
    return pm.go("/notices/").locator("main tr[data-row]")


def _read_all(pm: Walk) -> None:
    page = pm.go("/notices/")
    button = page.locator('form[action$="/notices/read/"] button')
    if button.count():
        button.click()
        page.wait_for_load_state("networkidle")
