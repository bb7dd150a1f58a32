"""Signing in and out as facts, and ending sessions."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from kaname.kernel.accounts.events import SessionsEnded, SignedIn, SignedOut, SignInLocked, account_subject
from kaname.kernel.accounts.models import User
from kaname.kernel.accounts.rules import CHANGE_SELF, END_SESSIONS
from kaname.kernel.accounts.sessions import end_all_sessions
from kaname.kernel.journal.operations import publish
from kaname.kernel.rules.decisions import fetch
from kaname.kernel.rules.system import SYSTEM
from kaname.kernel.rules.types import Actor, Missing


def record_sign_in(*, actor: Actor, method: str, now: datetime) -> None:
    """Publish `SignedIn` in the name of the account that has just proven itself."""
    if actor.actor_id is None:
        raise Missing
    with transaction.atomic():
        publish(SignedIn(subject=account_subject(actor.actor_id), method=method), actor=actor, now=now)


def record_sign_out(*, actor: Actor, now: datetime) -> None:
    """Publish `SignedOut`."""
    if actor.actor_id is None:
        raise Missing
    with transaction.atomic():
        publish(SignedOut(subject=account_subject(actor.actor_id)), actor=actor, now=now)


def record_lock(*, actor: Actor, email: str, until: datetime, now: datetime) -> None:
    """Publish `SignInLocked` for the account of an address, if there is one, once per lock; acts as the system.

    The actor is the visitor who was locked out and is not trusted with anything.
    """
    account = User.objects.filter(email=email).first()
    if account is not None:
        with transaction.atomic():
            publish(SignInLocked(subject=account_subject(account.pk), until=until), actor=SYSTEM, now=now)


def end_session(*, actor: Actor, session_id: int, now: datetime) -> str:
    """End one of the own sessions; return its key, so that the door can sign out when it is the present one.

    Permission `accounts.change_self`.  Publishes `SessionsEnded`.

    Raises
    ------
    Missing
        If it is not one's own or has ended already.
    """
    with transaction.atomic():
        account = fetch(actor, CHANGE_SELF, User.objects.all(), pk=actor.actor_id)
        session = UserSession.objects.filter(pk=session_id, user=account).first()
        if session is None:
            raise Missing
        Session.objects.filter(session_key=session.session_key).delete()
        key = session.session_key
        session.delete()
        publish(SessionsEnded(subject=account_subject(account.pk), count=1), actor=actor, now=now)
    return key


def end_other_sessions(*, actor: Actor, session_key: str, now: datetime) -> int:
    """End all own sessions but the one with this key; return how many.

    Permission `accounts.change_self`.  Publishes `SessionsEnded` when there were any.
    """
    with transaction.atomic():
        account = fetch(actor, CHANGE_SELF, User.objects.all(), pk=actor.actor_id)
        return _end(actor, account, but=session_key, now=now)


def end_sessions_of(*, actor: Actor, account_id: int, now: datetime) -> int:
    """End all sessions of another account; return how many.

    Permission `accounts.end_sessions` (by delegation only on lower roles).  Publishes `SessionsEnded` when there were any.
    """
    with transaction.atomic():
        account = fetch(actor, END_SESSIONS, User.objects.prefetch_related("role_grants"), pk=account_id)
        return _end(actor, account, but="", now=now)


def _end(actor: Actor, account: User, *, but: str, now: datetime) -> int:
    count = end_all_sessions(account, but=but)
    if count:
        publish(SessionsEnded(subject=account_subject(account.pk), count=count), actor=actor, now=now)
    return count
