"""Beginning a session for an account that has proven itself otherwise than by password."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse

from kaname.kernel.accounts.models import User


def sign_in(request: HttpRequest, account: User, *, method: str) -> HttpResponse:
    """Begin a fresh session, listed and journalled like any other, and lead to the first page."""
    request.session.flush()
    record_authentication(request, account, method=method)
    return perform_login(request, Login(user=account, email=account.email))
