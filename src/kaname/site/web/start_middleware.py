"""Before the first start every page leads to `/start/`."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from kaname.kernel.accounts.queries import is_started

_OPEN: Final = ("/start/", "/language/", "/static/", "/api/")


class StartMiddleware:
    """Lead visitors to the start pages while there is neither an account nor a sample company.

    Somebody who is signed in has been through it: no query.  For visitors: 1 query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Lead there, or pass on."""
        if request.path.startswith(_OPEN) or request.user.is_known or is_started():
            return self.get_response(request)
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": reverse("start")})
        return redirect("start")
