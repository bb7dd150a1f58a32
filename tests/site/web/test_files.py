import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from kaname.kernel.accounts.models import User
from kaname.kernel.files.models import StoredFile
from kaname.kernel.files.operations import store
from kaname.kernel.journal.types import Subject
from tests.kernel.files.access import ACCESS, SUBJECT_TYPE

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
CONTENT = b"0123456789" * 20_000
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def owner(db: None) -> User:
    return User.objects.create(email="owner@example.jp", name="佐藤 花子")


@pytest.fixture
def file(owner: User, settings: Settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path
    ACCESS.writers.add((owner.pk, 7))
    yield store(
        actor=owner,
        subject=Subject(SUBJECT_TYPE, 7),
        project_id=3,
        original_name="計画 1.csv",
        chunks=[CONTENT],
        now=NOW,
    )
    ACCESS.writers.clear()


@pytest.fixture
def signed_in(client: Client, owner: User) -> Client:
    client.force_login(owner, backend=BACKEND)
    return client


def body(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_file_is_handed_out_to_be_saved_never_to_be_shown(signed_in: Client, file: StoredFile) -> None:
    response = signed_in.get(reverse("file", args=[file.pk]))
    assert (response.status_code, body(response)) == (200, CONTENT)
    headers = {name: response.headers[name] for name in response.headers if name not in {"Vary", "Content-Language"}}
    assert headers | {"Expires": ""} == {
        "Content-Type": "text/plain",
        "Content-Length": "200000",
        "Content-Disposition": "attachment; filename=\"__ 1.csv\"; filename*=UTF-8''%E8%A8%88%E7%94%BB%201.csv",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "private, no-store",
        "Accept-Ranges": "bytes",
        "ETag": f'"{file.sha256}"',
        "Referrer-Policy": "same-origin",
        "X-Frame-Options": "DENY",
        "Expires": "",
    }


@pytest.mark.parametrize("content", [b"<html><script>alert(1)</script>", b"<?xml version='1.0'?><svg onload='x'/>"])
def test_what_could_run_is_handed_out_as_bytes(
    signed_in: Client, owner: User, file: StoredFile, content: bytes
) -> None:
    hostile = store(
        actor=owner, subject=Subject(SUBJECT_TYPE, 7), project_id=3, original_name="x.png", chunks=[content], now=NOW
    )
    response = signed_in.get(reverse("file", args=[hostile.pk]))
    assert (response.headers["Content-Type"], body(response)) == ("application/octet-stream", content)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("bytes=0-9", (206, 0, 10)),
        ("bytes=199990-", (206, 199_990, 200_000)),
        ("bytes=-5", (206, 199_995, 200_000)),
        ("bytes=199999-900000", (206, 199_999, 200_000)),
        ("bytes=70000-140000", (206, 70_000, 140_001)),
        ("bytes=0-199999", (200, 0, 200_000)),
        ("bytes=1-2,4-5", (200, 0, 200_000)),
        ("lines=1-2", (200, 0, 200_000)),
        ("bytes=-", (200, 0, 200_000)),
    ],
)
def test_one_range_is_served(signed_in: Client, file: StoredFile, asked: str, answer: tuple[int, int, int]) -> None:
    status, start, end = answer
    response = signed_in.get(reverse("file", args=[file.pk]), headers={"Range": asked})
    assert (response.status_code, body(response)) == (status, CONTENT[start:end])
    expected = f"bytes {start}-{end - 1}/200000" if status == 206 else None
    assert response.headers.get("Content-Range") == expected
    assert response.headers["Content-Length"] == str(end - start)


@pytest.mark.parametrize("asked", ["bytes=200000-", "bytes=9-3", "bytes=-0"])
def test_range_outside_of_the_file_is_refused(signed_in: Client, file: StoredFile, asked: str) -> None:
    response = signed_in.get(reverse("file", args=[file.pk]), headers={"Range": asked})
    assert (response.status_code, response.content) == (416, b"")
    assert response.headers["Content-Range"] == "bytes */200000"


def test_range_for_another_content_gets_the_whole(signed_in: Client, file: StoredFile) -> None:
    response = signed_in.get(reverse("file", args=[file.pk]), headers={"Range": "bytes=0-9", "If-Range": '"other"'})
    assert (response.status_code, body(response)) == (200, CONTENT)


def test_content_that_the_browser_has_is_not_sent_again(signed_in: Client, file: StoredFile) -> None:
    response = signed_in.get(reverse("file", args=[file.pk]), headers={"If-None-Match": f'"{file.sha256}"'})
    assert (response.status_code, response.content) == (304, b"")


def test_outsider_gets_the_answer_of_a_missing_file(client: Client, file: StoredFile) -> None:
    client.force_login(User.objects.create(email="other@example.jp", name="高橋"), backend=BACKEND)
    foreign = client.get(reverse("file", args=[file.pk]))
    missing = client.get(reverse("file", args=[file.pk + 99]))
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert content_without_own_parts(foreign) == content_without_own_parts(missing)


def content_without_own_parts(response) -> str:
    """Return the page without what differs from answer to answer: the form's two tokens, and the address asked for."""
    page = re.sub(r'(name="(?:csrfmiddlewaretoken|idempotency_key)" value=)"[\w-]+"', r"\1", response.content.decode())
    return page.replace(response.request["PATH_INFO"], "")


def test_file_is_not_changed_through_its_door(signed_in: Client, file: StoredFile) -> None:
    assert signed_in.post(reverse("file", args=[file.pk])).status_code == 405


def test_file_costs_three_queries(
    signed_in: Client, file: StoredFile, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        body(signed_in.get(reverse("file", args=[file.pk])))
