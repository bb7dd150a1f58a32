"""Counting what can be guessed, so that parallel tries cannot slip past the limit.

Each try is claimed *before* the password is looked at, by one `UPDATE … WHERE tries < limit` outside of any transaction:
the database lets at most `limit` of them through, however many run at once.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F

from kaname.kernel.accounts.models import Attempt


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most so many tries of one kind with one value in a window that begins with the first."""

    kind: str
    value: str
    tries: int
    window: timedelta

    @property
    def key(self) -> str:
        """How it is kept: a hash, so that no list of addresses arises."""
        return hashlib.sha256(f"{self.kind}\n{self.value}".encode()).hexdigest()


_QUARTER: Final = timedelta(minutes=15)
_HOUR: Final = timedelta(hours=1)


def sign_in_limits(*, email: str, address: str) -> tuple[Limit, ...]:
    """Return what limits sign-in: account and network address together, the account from anywhere, the address alone."""
    return (
        Limit(kind="sign_in", value=f"{email}\n{address}", tries=10, window=_QUARTER),
        Limit(kind="sign_in_account", value=email, tries=100, window=_HOUR),
        Limit(kind="sign_in_address", value=address, tries=200, window=_QUARTER),
    )


def reset_limits(*, email: str, address: str) -> tuple[Limit, ...]:
    """Return what limits asking for a password link."""
    return (
        Limit(kind="reset", value=email, tries=5, window=_HOUR),
        Limit(kind="reset_address", value=address, tries=30, window=_HOUR),
    )


def lock_notice(limit: Limit) -> Limit:
    """Return the limit that lets one of all refused tries tell of the lock."""
    return Limit(kind=f"{limit.kind}_notice", value=limit.value, tries=1, window=limit.window)


def is_used_up(limit: Limit, *, now: datetime) -> bool:
    """Return whether no further try would be let through. 1 query."""
    return Attempt.objects.filter(key=limit.key, window_ends_at__gt=now, tries__gte=limit.tries).exists()


def claim(limits: Sequence[Limit], *, now: datetime) -> Limit | None:
    """Count one try against each limit; return the first that is used up, `None` when the try may be made.

    Call it outside of a transaction.  1 query per limit, 3 for a limit's first try.
    """
    for limit in limits:
        if not _claim_one(limit, now=now):
            return limit
    return None


def give_back(limits: Sequence[Limit]) -> None:
    """Take back what one rightful try has claimed. 1 query per limit.

    The counts of earlier wrong tries stay: signing in to an own account in between does not help to guess another's.
    """
    for limit in limits:
        Attempt.objects.filter(key=limit.key, tries__gt=0).update(tries=F("tries") - 1)


def forget(limits: Sequence[Limit]) -> None:
    """Start counting anew, after the owner has proven to hold the mailbox. 1 query."""
    Attempt.objects.filter(key__in=[limit.key for limit in limits]).delete()


def forget_past_windows(*, now: datetime) -> int:
    """Delete counts whose window has ended and return how many. 1 query."""
    return Attempt.objects.filter(window_ends_at__lte=now).delete()[0]


def _claim_one(limit: Limit, *, now: datetime) -> bool:
    row = Attempt.objects.filter(key=limit.key)
    for _round in range(3):
        if row.filter(window_ends_at__gt=now, tries__lt=limit.tries).update(tries=F("tries") + 1):
            return True
        if is_used_up(limit, now=now):
            return False
        if not row.filter(window_ends_at__lte=now).update(tries=0, window_ends_at=now + limit.window):
            fresh = Attempt(key=limit.key, tries=0, window_ends_at=now + limit.window)
            Attempt.objects.bulk_create([fresh], ignore_conflicts=True)
    return False
