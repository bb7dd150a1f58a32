"""Every request acts as somebody, in a language and a zone."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from kaname.kernel.accounts.models import User
from kaname.kernel.accounts.visitor import Visitor


class PreferencesMiddleware:
    """Make the actor of a request (`request.user`) and switch to its language and time zone.

    Order of languages: the account's, the cookie's, the browser's, the default.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Switch, answer, switch back."""
        signed_in = request.user
        request.user = SimpleLazyObject(
            lambda: signed_in if isinstance(signed_in, User) or signed_in.is_authenticated else Visitor()
        )
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
