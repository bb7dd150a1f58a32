"""Language switch, error answers."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from kaname.kernel import clock
from kaname.kernel.accounts.operations import choose_language
from kaname.kernel.accounts.rules import CHANGE_SELF
from kaname.kernel.rules.decisions import may
from kaname.kernel.rules.doors import PUBLIC, door


@door(writes=PUBLIC, is_repeatable=True)
def switch_language(request: HttpRequest) -> HttpResponse:
    """Remember another language, on the account of whoever is signed in, and go back to where the reader was."""
    wish = request.POST.get("language", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = redirect(back)
    if wish in dict(settings.LANGUAGES):
        if may(request.user, CHANGE_SELF):
            choose_language(actor=request.user, language=wish, now=clock.now())
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wish,
            max_age=31_536_000,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


@door(reads=PUBLIC, writes=PUBLIC)
def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from our own page."""
    return HttpResponseForbidden(render(request, "403_csrf.html", {"reason": reason}).content)
