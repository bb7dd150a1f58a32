"""Every request acts as somebody, in a language and a zone; sessions that nobody uses end."""

from collections.abc import Callable
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from kaname.kernel import clock
from kaname.kernel.accounts.adapter import SEEN
from kaname.kernel.accounts.models import User
from kaname.kernel.accounts.visitor import Visitor

_NOTED_EVERY: Final = timedelta(minutes=10)
_IDLE_WITH_BROWSER: Final = timedelta(hours=12)
_IDLE_REMEMBERED: Final = timedelta(days=7)


class PreferencesMiddleware:
    """Make the actor of a request (`request.user`) and switch to its language and time zone.

    Order of languages: the account's, the cookie's, the browser's, the default.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Switch, answer, switch back."""
        signed_in = get_user(request)
        request.user = signed_in if isinstance(signed_in, User) else Visitor()
        language = self._language(request)
        zone = getattr(request.user, "time_zone", "") or settings.TIME_ZONE
        with translation.override(language), timezone.override(ZoneInfo(zone)):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    @staticmethod
    def _language(request: HttpRequest) -> str:
        known = dict(settings.LANGUAGES)
        for wish in (request.user.language, request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")):
            if wish in known:
                return wish
        return translation.get_language_from_request(request)


class IdleSessionMiddleware:
    """End sessions that were not used for long, and note now and then that one was used.

    12 hours unused without "stay signed in", 7 days with it; whatever happens, a session ends after `SESSION_COOKIE_AGE`.
    No query besides the session's own; 2 once in 10 minutes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the session's age first."""
        seen = request.session.get(SEEN)
        if seen is not None:
            self._judge(request, unused=timedelta(seconds=clock.now().timestamp() - seen))
        return self.get_response(request)

    @staticmethod
    def _judge(request: HttpRequest, *, unused: timedelta) -> None:
        with_browser = request.session.get_expire_at_browser_close()
        if unused > (_IDLE_WITH_BROWSER if with_browser else _IDLE_REMEMBERED):
            logout(request)
            request.user = Visitor()
        elif unused > _NOTED_EVERY:
            now = clock.now()
            request.session[SEEN] = int(now.timestamp())
            UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=now)
