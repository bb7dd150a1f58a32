"""Server-side sessions of an account: the library keeps the list, Django keeps the sessions."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from kaname.kernel.accounts.models import User


def end_all_sessions(account: User, *, but: str = "") -> int:
    """End all sessions of an account but the one with a key; return how many; needs a transaction. 3 queries."""
    listed = UserSession.objects.filter(user=account).exclude(session_key=but)
    keys = list(listed.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    listed.delete()
    return len(keys)
