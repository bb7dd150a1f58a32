"""Two accounts, and a way to let something happen to one of them that is told."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.db import transaction

from kaname.kernel.accounts.events import RolesChanged, SignInLocked, account_subject
from kaname.kernel.accounts.models import User
from kaname.kernel.journal.deliveries import hand_out
from kaname.kernel.journal.operations import publish
from kaname.kernel.rules.system import SYSTEM

NOW = datetime(2026, 4, 1, 0, 0, tzinfo=UTC)
"""Wednesday, 9:00 in Tokyo."""

Happen = Callable[..., None]


@pytest.fixture
def hanako(db: None) -> User:
    return User.objects.create(email="hanako@example.jp", name="佐藤 花子")


@pytest.fixture
def john(db: None) -> User:
    return User.objects.create(email="john@example.com", name="John", language="en", time_zone="America/New_York")


def roles_changed(account: User, *, now: datetime = NOW, actor: object = SYSTEM) -> None:
    """Let an account be given a role; each time is told anew."""
    with transaction.atomic():
        publish(
            RolesChanged(subject=account_subject(account.pk), granted=("pmo_member",), withdrawn=()),
            actor=actor,
            now=now,
        )
    hand_out(now=now)


def locked(account: User, *, now: datetime = NOW) -> None:
    """Let sign-in to an account be locked; while unread, the next takes the place of the last."""
    with transaction.atomic():
        publish(SignInLocked(subject=account_subject(account.pk), until=now), actor=SYSTEM, now=now)
    hand_out(now=now)
