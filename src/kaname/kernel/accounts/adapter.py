"""What the login library asks of us."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up unasked: accounts come from the first start and from invitations."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return that sign-up is closed."""
        return False
