import re
import secrets

from django.test import Client

from kaname.pmo.portfolio.models import SavedView
from tests.rooms.company import Company
from tests.rooms.watermelon import browser_of


def send(client: Client, path: str, **values: object):
    """Send a form as its page would."""
    return client.post(path, {"idempotency_key": secrets.token_urlsafe(24), **values})


def test_view_is_saved_renamed_shown_as_tab_and_removed(watermelon: Company) -> None:
    client = browser_of(watermelon.office)
    page = client.get("/portfolio/views/?only=late&sort=-delay&page=3").content.decode()
    assert re.search(r'name="query" value="only=late&amp;sort=-delay"', page)
    saved = send(client, "/portfolio/views/", name="遅れ", query="only=late&sort=-delay&evil=1")
    assert saved["Location"] == "/portfolio/?only=late&sort=-delay"
    view = SavedView.objects.get()
    assert (view.account_id, view.name, view.query) == (watermelon.office.pk, "遅れ", "only=late&sort=-delay")
    assert "遅れ" in client.get("/portfolio/").content.decode()
    send(client, f"/portfolio/views/{view.pk}/rename/", name="遅延のみ", version=1)
    view.refresh_from_db()
    assert (view.name, view.version) == ("遅延のみ", 2)
    send(client, f"/portfolio/views/{view.pk}/remove/")
    assert SavedView.objects.count() == 0


def test_stale_rename_shows_both_names_and_changes_nothing(watermelon: Company) -> None:
    client = browser_of(watermelon.office)
    send(client, "/portfolio/views/", name="古い", query="")
    view = SavedView.objects.get()
    SavedView.objects.update(name="ほかの名前", version=2)
    response = send(client, f"/portfolio/views/{view.pk}/rename/", name="わたしの名前", version=1)
    assert response.status_code == 409
    assert "ほかの名前" in response.content.decode()
    assert "わたしの名前" in response.content.decode()
    assert SavedView.objects.get().name == "ほかの名前"


def test_name_that_is_taken_or_missing_is_refused_with_the_form_as_typed(watermelon: Company) -> None:
    client = browser_of(watermelon.office)
    send(client, "/portfolio/views/", name="一", query="")
    send(client, "/portfolio/views/", name="二", query="only=late")
    second = SavedView.objects.get(name="二")
    response = send(client, f"/portfolio/views/{second.pk}/rename/", name="一", version=1)
    assert response.status_code == 422
    assert "Another of your views has this name." in response.content.decode()
    assert send(client, "/portfolio/views/", name="", query="").status_code == 422
    assert sorted(SavedView.objects.values_list("name", flat=True)) == ["一", "二"]


def test_views_of_others_are_missing(watermelon: Company) -> None:
    send(browser_of(watermelon.office), "/portfolio/views/", name="秘密の表示", query="")
    view = SavedView.objects.get()
    client = browser_of(watermelon.member)
    assert "秘密の表示" not in client.get("/portfolio/").content.decode()
    assert client.get(f"/portfolio/views/{view.pk}/rename/").status_code == 404
    assert send(client, f"/portfolio/views/{view.pk}/rename/", name="x", version=1).status_code == 404
    assert send(client, f"/portfolio/views/{view.pk}/remove/").status_code == 404
    assert SavedView.objects.get().name == "秘密の表示"
