"""The surface in a real browser: editing, refusals, undo, reporting, accessibility."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.pso.schedule.web.conftest import Surf

AXE = Path(__file__).resolve().parents[3] / "vendor" / "axe-core" / "axe.min.js"

pytestmark = pytest.mark.django_db(transaction=True)


def cell(page: Page, name: str, column: int) -> object:
    return page.locator(f".surface-row:has(.words:text-is('{name}')) > [aria-colindex='{column}']")


def violations(page: Page) -> list[tuple[str, object]]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("axe.run()")
    page.evaluate("window.refusals = []")  # axe tries styles of its own
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
