"""Closing and reopening accounts."""

from datetime import datetime

from django.db import transaction

from kaname.kernel.accounts.events import AccountClosed, AccountReopened, account_subject
from kaname.kernel.accounts.models import AccessToken, User
from kaname.kernel.accounts.operations.roles import keep_an_administrator, lock_administrators
from kaname.kernel.accounts.rules import CLOSE
from kaname.kernel.accounts.sessions import end_all_sessions
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.journal.operations import publish
from kaname.kernel.records import change
from kaname.kernel.rules.decisions import fetch
from kaname.kernel.rules.types import Actor


def close_account(*, actor: Actor, account_id: int, expected_version: int, now: datetime) -> User:
    """Close an account: its sessions and tokens end at once; closing a closed one does nothing.

    Permission `accounts.close` (not on oneself, and by delegation only on lower roles).  Publishes `AccountClosed`.  Locks
    the grants of all administrators.

    Raises
    ------
    Missing, Refused
        Without the permission, or for the last open administrator.
    Stale
        If the account has been changed meanwhile.
    """
    with transaction.atomic():
        account = fetch(actor, CLOSE, User.objects.prefetch_related("role_grants"), pk=account_id)
        lock_administrators()
        if not account.is_active:
            return account
        if CompanyRole.ADMINISTRATOR in {grant.role for grant in account.role_grants.all()}:
            keep_an_administrator(without=account)
        change(account, expected_version=expected_version, is_active=False, closed_at=now)
        end_all_sessions(account)
        AccessToken.objects.filter(account=account, revoked_at=None).update(revoked_at=now)
        publish(AccountClosed(subject=account_subject(account.pk)), actor=actor, now=now)
    return account


def reopen_account(*, actor: Actor, account_id: int, expected_version: int, now: datetime) -> User:
    """Let a closed account sign in again with its former roles; ended sessions and tokens stay ended.

    Permission `accounts.close`.  Publishes `AccountReopened`.

    Raises
    ------
    Missing, Refused
        Without the permission.
    Stale
        If the account has been changed meanwhile.
    """
    with transaction.atomic():
        account = fetch(actor, CLOSE, User.objects.prefetch_related("role_grants"), pk=account_id)
        if account.is_active:
            return account
        change(account, expected_version=expected_version, is_active=True, closed_at=None)
        account.__dict__.pop("company_roles", None)
        publish(AccountReopened(subject=account_subject(account.pk)), actor=actor, now=now)
    return account
