"""Everything by hand: rows, panel, dialog, palette, inline edit."""

import pytest

from tests.ui.conftest import OpenPage

pytestmark = pytest.mark.django_db(transaction=True)


def test_rows_walked_with_j_and_k_move_the_focus(open_page: OpenPage) -> None:
    page = open_page("/ui/")
    for key, row in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        rows = "[...document.querySelectorAll('#projects tr[data-row]')]"
        assert page.evaluate(f"{rows}.indexOf(document.activeElement)") == row


def test_row_looked_at_shows_the_panel_and_escape_gives_the_focus_back(open_page: OpenPage) -> None:
    page = open_page("/ui/")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_selector("#panel .facts")
    page.keyboard.press("Escape")
    assert page.is_hidden("#panel")
    assert page.evaluate("document.activeElement.matches('#projects tr[data-row]:first-child')")


def test_row_selected_with_x_shows_the_bulk_bar(open_page: OpenPage) -> None:
    page = open_page("/ui/")
    assert page.is_hidden("[data-bulk]")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.inner_text("[data-bulk-count]") == "1"
    assert page.is_visible("[data-bulk]")


def test_dialog_keeps_the_focus_and_gives_it_back(open_page: OpenPage) -> None:
    page = open_page("/ui/")
    page.focus("#floats [data-opens=sample-dialog]")
    page.keyboard.press("Enter")
    for _ in range(8):
        page.keyboard.press("Tab")
        # The browser's own controls are the one place outside; the page behind the dialog is never reached.
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('#sample-dialog')"
        )
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('#floats [data-opens=sample-dialog]')")


def test_palette_opened_with_ctrl_k_finds_and_opens(open_page: OpenPage) -> None:
    page = open_page("/ui/", language="en")
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.id") == "palette-words"
    with page.expect_response(lambda response: "q=zzz" in response.url):
        page.keyboard.type("zzz")
    page.wait_for_selector(".palette-none")
    page.keyboard.press("Escape")
    assert page.is_hidden("#palette")


def test_palette_leaves_an_unfinished_japanese_word_alone(open_page: OpenPage) -> None:
    page = open_page("/ui/")
    page.keyboard.press("Control+k")
    page.wait_for_load_state("networkidle")
    page.evaluate(
        """() => {
          window.asked = 0;
          const words = document.getElementById("palette-words");
          words.addEventListener("kaname:ask", () => window.asked++);
          words.dispatchEvent(new InputEvent("input", {bubbles: true, isComposing: true}));
          words.dispatchEvent(new KeyboardEvent("keydown", {bubbles: true, key: "Enter", isComposing: true}));
        }"""
    )
    assert page.evaluate("window.asked") == 0
    page.evaluate(
        "document.getElementById('palette-words').dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}))"
    )
    assert page.evaluate("window.asked") == 1
    assert page.is_visible("#palette")


def test_cell_edited_is_saved_and_says_when(open_page: OpenPage) -> None:
    page = open_page("/ui/", language="en")
    page.click("#projects [data-edit] >> nth=0")
    page.wait_for_selector("#projects .edit-form input[name=words]")
    page.keyboard.type("System test")
    page.keyboard.press("Enter")
    page.wait_for_selector("#projects [data-edit]:has-text('System test')")
    assert page.inner_text("#saved-note").startswith("Saved ")
    assert page.inner_text("[data-toast] .toast-words") == "Saved."


def test_why_of_a_row_is_fetched_and_explains(open_page: OpenPage) -> None:
    page = open_page("/ui/", language="en")
    page.click("#projects a[data-why] >> nth=0")
    page.wait_for_selector("#why-card .why-says")
    assert page.inner_text("#why-card .why-foot").startswith("Rule: Health of schedule, version 3")


def test_theme_chosen_stays_on_the_next_page(open_page: OpenPage) -> None:
    page = open_page("/ui/")
    page.click("[popovertarget=account-menu]")
    page.click("[data-theme-choice=dark]")
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
