"""Tokens of password links: signed, stored nowhere, void after use, after an hour, and after any change to the account."""

from datetime import datetime

from django.contrib.auth.tokens import PasswordResetTokenGenerator

from kaname.kernel.accounts.models import User


class ResetTokens(PasswordResetTokenGenerator):
    """Bind the link to password, last sign-in, address and openness of the account.

    The base class signs them with a time stamp and checks the age (`PASSWORD_RESET_TIMEOUT`).
    """

    key_salt = "kaname.kernel.accounts.resets"

    def _make_hash_value(self, user: User, timestamp: int) -> str:  # type: ignore[override]
        return f"{super()._make_hash_value(user, timestamp)}|{user.is_active}"


reset_tokens = ResetTokens()


def account_behind_link(*, account_id: int, token: str) -> User | None:
    """Return the open account whose password a link may set, `None` when the link is void. 1 query."""
    account = User.objects.filter(pk=account_id, is_active=True).first()
    return account if account is not None and reset_tokens.check_token(account, token) else None


def may_still_reset(account: User, *, state: str, until: datetime, now: datetime) -> bool:
    """Whether the account's password is still the one that a followed link was for, and the time is not over."""
    return account.is_active and now < until and account.get_session_auth_hash() == state
