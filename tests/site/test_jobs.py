"""Every job stands the fence that a worker puts round it: it writes inside of transactions only."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.db.transaction import atomic

from kaname.kernel.accounts.jobs import send_invitation, send_password_notice, send_password_reset
from kaname.kernel.accounts.models import Attempt, Instance, Invitation, User
from kaname.kernel.accounts.operations import start_sample
from kaname.kernel.accounts.types import SampleState
from kaname.kernel.accounts.visitor import Visitor
from kaname.kernel.jobs import leases
from kaname.kernel.jobs.fencing import fenced
from kaname.kernel.jobs.policies import policy_of
from kaname.kernel.jobs.timers import timed_jobs
from kaname.kernel.search.models import IndexedText
from kaname.site.web.start_jobs import SAMPLE, OnProgress, build_sample_company

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 4, 1, tzinfo=UTC)
OURS = sorted(name for name, job in timed_jobs().items() if job.task.func.__module__.startswith("kaname."))


@contextmanager
def in_a_worker(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("kaname.kernel.jobs.fencing.keep", lambda _lease: True)
    with fenced(leases.Lease(run_id=0, result=None, token=0, attempt=1, seconds=20)):
        yield
    assert not connection.in_atomic_block


@pytest.fixture
def hanako() -> User:
    return User.objects.create(email="hanako@example.jp", name="花子", language="en")


@pytest.mark.parametrize("name", OURS)
def test_timed_job_may_write(name: str, hanako: User, monkeypatch: pytest.MonkeyPatch) -> None:
    Attempt.objects.create(key="past", tries=1, window_ends_at=NOW - timedelta(days=1))
    IndexedText.objects.create(source="gone.thing", object_id=1, title="x", body="x")
    task = timed_jobs()[name].task
    with in_a_worker(monkeypatch), atomic() if policy_of(task).is_one_transaction else nullcontext():
        task.func()


def test_invitation_goes(hanako: User, monkeypatch: pytest.MonkeyPatch) -> None:
    expires = NOW + timedelta(days=3650)
    row = Invitation.objects.create(email="new@example.jp", invited_by=hanako, invited_at=NOW, expires_at=expires)
    with in_a_worker(monkeypatch):
        assert send_invitation.func(invitation_id=row.pk) is True
    row.refresh_from_db()
    assert (len(row.token_hash), [message.to for message in mail.outbox]) == (64, [["new@example.jp"]])


def test_mails_about_passwords_go(hanako: User, monkeypatch: pytest.MonkeyPatch) -> None:
    with in_a_worker(monkeypatch):
        assert send_password_reset.func(email=hanako.email) is True
        send_password_notice.func(account_id=hanako.pk)
    assert len(mail.outbox) == 2


def test_sample_company_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*, now: datetime, seed: int, on_progress: OnProgress) -> None:
        on_progress(500, "half")

    monkeypatch.setitem(SAMPLE._contents, "company", (1, build))
    start_sample(actor=Visitor(), now=NOW)
    with in_a_worker(monkeypatch):
        build_sample_company.func()
    assert Instance.objects.get().sample_state == SampleState.READY


def test_sample_company_that_fails_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*, now: datetime, seed: int, on_progress: OnProgress) -> None:
        raise ValueError("broken")

    monkeypatch.setitem(SAMPLE._contents, "company", (1, fail))
    start_sample(actor=Visitor(), now=NOW)
    with in_a_worker(monkeypatch), pytest.raises(ValueError, match="broken"):
        build_sample_company.func()
    assert Instance.objects.get().sample_state == SampleState.FAILED
