"""What the login library asks of us.

For single sign-on later: install `allauth.socialaccount` and its provider app, give `SOCIALACCOUNT_PROVIDERS` and
`SOCIALACCOUNT_ADAPTER`, list the provider's two URLs with a door each, and link accounts on issuer + subject only
(`SOCIALACCOUNT_EMAIL_AUTHENTICATION = False`).
"""

import logging
from typing import Any, Final

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.translation import gettext_lazy as _

from kaname.kernel import clock
from kaname.kernel.accounts.addresses import normal_address
from kaname.kernel.accounts.attempts import claim, give_back, is_used_up, lock_notice, sign_in_limits
from kaname.kernel.accounts.models import User
from kaname.kernel.accounts.operations.sessions import record_lock, record_sign_in, record_sign_out
from kaname.kernel.accounts.redirects import is_own_path

SEEN: Final = "seen_at"
"""Session key: when the session was last seen, as a POSIX time."""

logger = logging.getLogger("kaname.security")


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up unasked, guessing is limited by the database, and signing in and out are facts of the journal."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is not correct."),
        "too_many_login_attempts": _("Too many wrong passwords. Wait 15 minutes, or ask for a new password by mail."),
        "invalid_password_reset": _("This link has expired or was used already."),
        "incorrect_password": _("The password is not correct."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return that sign-up is closed: accounts come from the first start and from invitations."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """Answer with pages only."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Return whether a redirect stays here; other hosts are never safe, whatever is configured."""
        return is_own_path(url)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Return the open account with this address and password; a try is counted before the password is looked at.

        Raises
        ------
        ValidationError
            When the tries are used up: the same answer whether or not there is such an account.
        """
        email = _kept(credentials.get("email", ""))
        now = clock.now()
        limits = sign_in_limits(email=email, address=self.get_client_ip(request))
        full = claim(limits, now=now)
        if full is not None:
            raise self.validation_error("too_many_login_attempts")
        account = authenticate(request, **(credentials | {"email": email}))
        if isinstance(account, User) and account.is_active:
            give_back(limits)
            return account
        logger.warning("sign-in failed", extra={"address": self.get_client_ip(request)})
        if is_used_up(limits[0], now=now) and claim([lock_notice(limits[0])], now=now) is None:
            record_lock(actor=request.user, email=email, until=now + limits[0].window, now=now)
        return None

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin a fresh session and record it."""
        methods = [record["method"] for record in get_authentication_records(request, user)]
        super().login(request, user)
        now = clock.now()
        request.session[SEEN] = int(now.timestamp())
        record_sign_in(actor=user, method=methods[-1] if methods else "password", now=now)

    def logout(self, request: HttpRequest) -> None:
        """End the session and record it."""
        record_sign_out(actor=request.user, now=clock.now())
        super().logout(request)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Send a closed account back to the sign-in page, without a word about it."""
        return HttpResponseRedirect(resolve_url(settings.LOGIN_URL))

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the pages say themselves what happened."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Refuse: mails with links are sent by `kernel.accounts.mails` only, from the configured address.

        Raises
        ------
        RuntimeError
            Always.
        """
        raise RuntimeError(f"the login library wants to send {template_prefix}; kernel.accounts.mails does that")


def _kept(email: str) -> str:
    try:
        return normal_address(email)
    except ValidationError:
        return email.strip().lower()[:254]
