"""The surface in a real browser: editing, refusals, undo, reporting, accessibility."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import examined
from tests.pso.schedule.web.conftest import Surf

AXE = Path(__file__).resolve().parents[3] / "vendor" / "axe-core" / "axe.min.js"

pytestmark = pytest.mark.django_db(transaction=True)


def cell(page: Page, name: str, column: int) -> object:
    return page.locator(f".surface-row:has(.words:text-is('{name}')) > [aria-colindex='{column}']")


def violations(page: Page) -> list[tuple[str, object]]:
    result = examined(page, AXE.read_text(encoding="utf-8"))
    return [(rule["id"], node["target"]) for rule in result["violations"] for node in rule["nodes"]]


@pytest.mark.parametrize(
    ("who", "typed", "dates", "refusal"),
    [
        ("pm", "4日", ("7/30(木)", "8/3(月)"), "「いつか」は期間として読めません。"),
        ("office", "4d", ("Thu 30 Jul", "Mon 3 Aug"), "“いつか” is no duration."),
    ],
)
def test_edit_moves_dates_refuses_and_undoes(
    surf: Surf, who: str, typed: str, dates: tuple[str, str], refusal: str
) -> None:
    page = surf(who=who)
    end = cell(page, "リリース判定", 6)
    expect(end).to_have_text(dates[0])
    duration = cell(page, "要件レビュー", 4)
    duration.click()
    page.keyboard.press("Enter")
    page.keyboard.insert_text("いつか")
    page.keyboard.press("Enter")
    expect(page.locator(".surface-refusal")).to_contain_text(refusal)
    expect(page.locator(".surface-input")).to_have_value("いつか")
    page.locator(".surface-input").fill(typed)
    page.keyboard.press("Enter")
    expect(end).to_have_text(dates[1])
    expect(page.locator(".surface-note a")).to_be_visible()
    expect(cell(page, "基本設計", 4)).to_be_focused()
    page.keyboard.press("Control+z")
    expect(end).to_have_text(dates[0])


def test_rows_are_added_placed_removed_and_brought_back(surf: Surf) -> None:
    page = surf()
    cell(page, "要件レビュー", 3).click()
    page.keyboard.press("Insert")
    expect(page.locator(".surface-input")).to_have_value("新しいタスク")
    page.keyboard.insert_text("要件合意")
    page.keyboard.press("Enter")
    added = page.locator(".surface-row:has(.words:text-is('要件合意'))")
    expect(added).to_have_attribute("aria-level", "2")
    cell(page, "要件合意", 3).click()
    page.keyboard.press("Alt+Shift+ArrowLeft")
    expect(added).to_have_attribute("aria-level", "1")
    page.keyboard.press("Delete")
    expect(added).to_have_count(0)
    page.click("[data-verb=undo]")
    expect(added).to_have_count(1)


def test_enter_that_ends_a_japanese_word_sends_nothing_and_packages_close(surf: Surf) -> None:
    page = surf()
    cell(page, "要件レビュー", 3).click()
    page.keyboard.press("Enter")
    field = page.locator(".surface-input")
    field.dispatch_event("compositionstart")
    field.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(field).to_be_visible()
    field.dispatch_event("compositionend")
    page.keyboard.press("Escape")
    expect(field).to_have_count(0)
    rows = page.locator(".surface-rows [role=row]")
    expect(rows).to_have_count(18)
    cell(page, "要件定義", 3).click()
    page.keyboard.press("Space")
    expect(rows).to_have_count(15)
    expect(page.locator(".surface-row:has(.words:text-is('要件定義'))")).to_have_attribute("aria-expanded", "false")
    page.click("[data-verb=open-all]")
    expect(rows).to_have_count(18)


@pytest.mark.parametrize(
    ("column", "composed", "typed", "shown"),
    [(3, "かいは", "改版の確認", "改版の確認"), (4, "４", "４日", "4日")],
)
def test_japanese_word_begun_on_a_cell_opens_the_editor_with_it(
    surf: Surf, column: int, composed: str, typed: str, shown: str
) -> None:
    page = surf()
    number = cell(page, "要件レビュー", 1).inner_text()
    cell(page, "要件レビュー", column).click()
    expect(page.locator(".surface-input")).to_have_count(0)
    keys = page.context.new_cdp_session(page)
    keys.send("Input.imeSetComposition", {"text": composed[:1], "selectionStart": 1, "selectionEnd": 1})
    keys.send(
        "Input.imeSetComposition",
        {"text": composed, "selectionStart": len(composed), "selectionEnd": len(composed)},
    )
    expect(page.locator(".surface-input")).to_have_value(composed)
    keys.send("Input.insertText", {"text": typed})
    expect(page.locator(".surface-input")).to_have_value(typed)
    page.keyboard.press("Enter")
    row = page.locator(f".surface-row:has([aria-colindex='1']:text-is('{number}'))")
    expect(row.locator(f"[aria-colindex='{column}']")).to_have_text(shown)
    expect(page.locator(".surface-input")).to_have_count(0)


def test_letters_on_a_cell_are_commands_and_a_pasted_text_begins_the_editor(surf: Surf) -> None:
    page = surf()
    cell(page, "要件レビュー", 3).click()
    page.keyboard.press("x")
    expect(page.locator(".surface-input")).to_have_count(0)
    expect(page.locator(".surface-wait")).to_have_value("")
    page.keyboard.press("k")
    expect(page.locator(".surface-row.current .words")).to_have_text("要件一覧の作成")
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()
    page.keyboard.press("Escape")
    cell(page, "要件一覧の作成", 3).click()
    page.keyboard.insert_text("要件一覧")
    expect(page.locator(".surface-input")).to_have_value("要件一覧")
    page.keyboard.press("Escape")
    expect(cell(page, "要件一覧の作成", 3)).to_be_visible()


def test_paper_has_every_line_of_the_plan_with_its_bar_and_no_tools(surf: Surf, tmp_path: Path) -> None:
    page = surf(theme="dark")
    page.evaluate(
        "addEventListener('beforeprint', () => (window.paper = document.querySelector('.plan-paper').cloneNode(true)))"
    )
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for gone in (".surface", ".rail", ".tabs", ".head"):
        expect(page.locator(gone)).to_be_hidden()
    lines = page.locator(".plan-paper tbody tr")
    expect(lines).to_have_count(18)
    expect(lines.nth(1).locator("td")).to_have_text(
        ["2", "1.1", "業務フロー整理", "5日", "4/1(水)", "4/7(火)", "100%", "", "佐藤 花子", "0日", ""]
    )
    assert lines.locator("svg rect").count() > 18
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".plan-paper")).to_have_count(0)
    printed = page.pdf(path=tmp_path / "plan.pdf", prefer_css_page_size=True)
    assert b"/MediaBox [0 0 1191" in printed
    assert page.evaluate("window.paper.querySelectorAll('tbody tr').length") == 18


def test_member_reports_from_the_sheet(surf: Surf) -> None:
    page = surf("report/", who="member")
    row = page.locator("tr:has-text('要件一覧の作成')")
    row.locator("input[type=number]").fill("60")
    page.click("main button.button-primary")
    expect(page.locator(".toast").first).to_contain_text("報告しました。")
    expect(page.locator("tr:has-text('要件一覧の作成') input[type=number]")).to_have_value("60")


def test_plan_has_no_violation(surf: Surf) -> None:
    for who, theme, width in (("pm", "light", 1440), ("office", "dark", 1440), ("pm", "light", 390)):
        page = surf(who=who, theme=theme, width=width)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
