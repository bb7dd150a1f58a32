"""The mail of a day: when, what, in which language, and at most once."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPDataError, SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from kaname.kernel.accounts.models import User
from kaname.kernel.jobs.worker import drain
from kaname.kernel.notices.channels.mail.digest import accounts_due
from kaname.kernel.notices.jobs import send_at_once, send_daily
from kaname.kernel.notices.models import Notice
from kaname.kernel.notices.operations import choose_mail_rhythm, mark_read
from tests.kernel.notices.conftest import NOW, locked, roles_changed

pytestmark = pytest.mark.django_db
TOKYO_DAWN = datetime(2026, 4, 1, 21, 59, tzinfo=UTC)
TOKYO_MORNING = datetime(2026, 4, 1, 22, 1, tzinfo=UTC)
"""7:01 on 2 April in Tokyo, 18:01 on 1 April in New York."""


def send_at(moment: datetime) -> int:
    with time_machine.travel(moment, tick=False):
        return send_daily.func()


def test_digest_speaks_the_recipients_language(hanako: User, john: User) -> None:
    roles_changed(hanako)
    roles_changed(john)
    assert send_at(TOKYO_MORNING) == 2
    by_address = {message.to[0]: message for message in mail.outbox}
    japanese, english = by_address["hanako@example.jp"], by_address["john@example.com"]
    assert english.subject == "Kaname: 1 new notice"
    assert "Your company roles were changed." in english.body
    assert "2026-03-31 20:00" in english.body
    assert "2026-04-01 09:00" in japanese.body
    assert "Your company roles" not in japanese.body
    (page, kind) = english.alternatives[0][:2]
    assert kind == "text/html"
    assert '<html lang="en">' in page


def test_digest_waits_for_the_recipients_morning(hanako: User) -> None:
    roles_changed(hanako)
    assert (send_at(NOW), send_at(NOW + timedelta(hours=2))) == (1, 0)
    roles_changed(hanako)
    assert (send_at(TOKYO_DAWN), send_at(TOKYO_MORNING)) == (0, 1)
    assert len(mail.outbox) == 2


def test_same_notice_is_mailed_once(hanako: User) -> None:
    roles_changed(hanako)
    assert [send_at(NOW), send_at(TOKYO_MORNING), send_at(TOKYO_MORNING + timedelta(days=1))] == [1, 0, 0]


def test_read_notice_is_not_mailed(hanako: User) -> None:
    roles_changed(hanako)
    mark_read(actor=hanako, notice_id=Notice.objects.get().pk, now=NOW)
    assert send_at(TOKYO_MORNING) == 0
    assert mail.outbox == []


def test_account_that_wants_no_mail_gets_none(hanako: User) -> None:
    choose_mail_rhythm(actor=hanako, rhythm="never", expected_version=1, now=NOW)
    roles_changed(hanako)
    assert send_at(TOKYO_MORNING) == 0
    assert Notice.objects.get().mailed_at is None


def test_closed_account_gets_no_mail(hanako: User) -> None:
    roles_changed(hanako)
    User.objects.filter(pk=hanako.pk).update(is_active=False)
    assert send_at(TOKYO_MORNING) == 0


def test_account_that_wants_mails_at_once_gets_one_for_what_is_new(hanako: User) -> None:
    choose_mail_rhythm(actor=hanako, rhythm="at_once", expected_version=1, now=NOW)
    roles_changed(hanako)
    locked(hanako)
    drain()
    assert [len(message.body.split("\n- ")) - 1 for message in mail.outbox] == [2]
    assert send_at_once.func(account_id=hanako.pk) is False
    assert list(accounts_due(now=TOKYO_MORNING)) == []


def test_process_that_dies_while_sending_never_repeats_the_mail(hanako: User, monkeypatch: pytest.MonkeyPatch) -> None:
    roles_changed(hanako)
    monkeypatch.setattr(EmailBackend, "send_messages", _raising(SMTPServerDisconnected("gone")))
    with pytest.raises(SMTPServerDisconnected):
        send_at(NOW)
    monkeypatch.undo()
    assert send_at(TOKYO_MORNING) == 0
    assert mail.outbox == []
    assert Notice.objects.get().read_at is None


def test_mail_that_the_server_refuses_does_not_keep_the_others_waiting(
    hanako: User, john: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    roles_changed(hanako)
    roles_changed(john, now=NOW - timedelta(days=1))
    monkeypatch.setattr(EmailBackend, "send_messages", _raising(SMTPDataError(550, b"no")))
    assert send_at(TOKYO_MORNING) == 2


def test_server_that_cannot_be_reached_costs_no_mail(hanako: User, monkeypatch: pytest.MonkeyPatch) -> None:
    roles_changed(hanako)
    monkeypatch.setattr(EmailBackend, "open", _raising(ConnectionRefusedError()))
    with pytest.raises(ConnectionRefusedError):
        send_at(NOW)
    monkeypatch.undo()
    assert send_at(NOW) == 1


def _raising(error: Exception) -> Any:
    def fail(*_args: Any, **_kwargs: Any) -> None:
        raise error

    return fail
