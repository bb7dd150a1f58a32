import os, pytest
pytestmark = pytest.mark.django_db(transaction=True)
def test_look(surf):
    for language, theme, width in [("ja","light",1440),("en","dark",1440),("ja","light",390)]:
        page = surf(language=language, theme=theme, width=width)
        page.screenshot(path=f"/tmp/look/plan-{language}-{theme}-{width}.png")
    page = surf(language="ja")
    page.click("[data-zoom=month]")
    page.screenshot(path="/tmp/look/plan-month.png")
