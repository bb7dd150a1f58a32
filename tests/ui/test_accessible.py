"""The page of all components: no finding of axe, in both languages, by day and by night."""

from pathlib import Path

import pytest

from tests.browser import examined
from tests.ui.conftest import OpenPage

AXE = (Path(__file__).resolve().parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_components_have_no_violation(open_page: OpenPage, language: str, theme: str, width: int) -> None:
    page = open_page("/ui/", language=language, theme=theme, width=width)
    result = examined(page, AXE)
    found = [(rule["id"], node["target"]) for rule in result["violations"] for node in rule["nodes"]]
    assert found == []
    assert len(result["passes"]) > 40
    assert page.evaluate("document.documentElement.lang") == language
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
