"""The mail of a day: when, what, in which language, and until the mail server has taken it."""

from datetime import UTC, datetime, timedelta
from smtplib import SMTPDataError, SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend

from kaname.kernel.accounts.models import User
from kaname.kernel.jobs.worker import drain
from kaname.kernel.notices.channels.mail import digest
from kaname.kernel.notices.channels.mail.digest import accounts_due
from kaname.kernel.notices.jobs import send_at_once, send_daily
from kaname.kernel.notices.models import MailPreference, Notice
from kaname.kernel.notices.operations import choose_mail_rhythm, mark_read
from tests.kernel.notices.conftest import NOW, locked, roles_changed

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
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


def test_mail_that_was_not_taken_is_sent_again_after_a_rest(hanako: User, monkeypatch: pytest.MonkeyPatch) -> None:
    roles_changed(hanako)
    monkeypatch.setattr(EmailBackend, "send_messages", _raising(SMTPServerDisconnected("gone")))
    with pytest.raises(SMTPServerDisconnected):
        send_at(NOW)
    monkeypatch.undo()
    assert [send_at(NOW + rest) for rest in (9 * MINUTE, 10 * MINUTE, 11 * MINUTE, 60 * MINUTE)] == [0, 1, 0, 0]
    assert len(mail.outbox) == 1


def test_mail_says_at_its_second_try_what_has_come_meanwhile(hanako: User, monkeypatch: pytest.MonkeyPatch) -> None:
    roles_changed(hanako)
    monkeypatch.setattr(EmailBackend, "send_messages", _raising(SMTPDataError(451, b"later")))
    assert send_at(NOW) == 0
    monkeypatch.undo()
    roles_changed(hanako, now=NOW + MINUTE)
    assert send_at(NOW + 10 * MINUTE) == 1
    assert [len(message.body.split("\n- ")) - 1 for message in mail.outbox] == [2]
    assert set(Notice.objects.values_list("mailed_at", flat=True)) == {NOW + 10 * MINUTE}


def test_mail_whose_process_dies_is_sent_again_under_the_same_name(
    hanako: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    roles_changed(hanako)
    monkeypatch.setattr(digest, "_close", _raising(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        send_at(NOW)
    monkeypatch.undo()
    assert [send_at(NOW + 9 * MINUTE), send_at(NOW + 10 * MINUTE), send_at(NOW + 50 * MINUTE)] == [0, 1, 0]
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


def test_mail_is_given_up_after_six_tries(hanako: User, monkeypatch: pytest.MonkeyPatch) -> None:
    roles_changed(hanako)
    tries = []
    monkeypatch.setattr(
        EmailBackend, "send_messages", lambda *_args: tries.append(1) or _raising(SMTPDataError(550, b"no"))()
    )
    moment = NOW
    for _day in range(60):
        assert send_at(moment) == 0
        moment += 60 * MINUTE
    monkeypatch.undo()
    preference = MailPreference.objects.get()
    assert (len(tries), preference.mail_tries, preference.mail_retry_at) == (6, 0, None)
    assert (send_at(moment), mail.outbox, Notice.objects.get().read_at) == (0, [], None)


def test_mail_that_the_server_refuses_does_not_keep_the_others_waiting(
    hanako: User, john: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    roles_changed(hanako)
    roles_changed(john, now=NOW - timedelta(days=1))
    send = EmailBackend.send_messages

    def refuse_hanako(self: EmailBackend, messages: list[EmailMessage]) -> int:
        if messages[0].to == [hanako.email]:
            raise SMTPDataError(550, b"no")
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuse_hanako)
    assert send_at(TOKYO_MORNING) == 1
    assert [message.to for message in mail.outbox] == [[john.email]]


def test_mail_that_waits_for_its_next_try_is_dropped_when_no_mail_is_wanted_any_more(
    hanako: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    roles_changed(hanako)
    monkeypatch.setattr(EmailBackend, "send_messages", _raising(SMTPDataError(451, b"later")))
    send_at(NOW)
    monkeypatch.undo()
    choose_mail_rhythm(actor=hanako, rhythm="never", expected_version=1, now=NOW)
    assert [send_at(NOW + 10 * MINUTE), send_at(NOW + 60 * MINUTE)] == [0, 0]
    assert MailPreference.objects.get().mail_tries == 0


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
