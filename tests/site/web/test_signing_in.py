"""The pages before one is signed in are ours, in both languages."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.rooms.company import account

pytestmark = pytest.mark.django_db
PAGES = (
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
)


@pytest.fixture(autouse=True)
def started():
    return account("somebody@example.jp", "何 某")


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("language", "brand"), [("ja", "本文へ移動"), ("en", "Skip to the content")])
def test_page_before_signing_in_is_in_the_frame(name, language, brand):
    page = Client(headers={"Accept-Language": language}).get(reverse(name)).content.decode()
    assert f'<html lang="{language}"' in page
    assert 'class="bare"' in page
    assert brand in page


def test_link_that_is_not_valid_says_so():
    answer = Client(headers={"Accept-Language": "en"}).get(reverse("account_reset_password_from_key"))
    assert answer.status_code == 404
    assert "This link is not valid any more" in answer.content.decode()


def test_way_back_is_kept_while_signing_in():
    page = Client().get(reverse("account_login") + "?next=/projects/").content.decode()
    assert '<input type="hidden" name="next" value="/projects/">' in page


def test_signing_out_asks_first(started):
    client = Client()
    client.force_login(started)
    assert "サインアウトしますか" in client.get(reverse("account_logout")).content.decode()
