"""The doorkeeper: nobody passes a view whose door they cannot open, and nothing unsafe is done twice."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from kaname.kernel.rules.decisions import may
from kaname.kernel.rules.doors import SAFE_METHODS, Door, door_of
from kaname.kernel.rules.idempotency import run_once
from kaname.kernel.rules.memory import remembering
from kaname.kernel.rules.types import Missing, Permission

View = Callable[..., HttpResponse]

_PAGE_METHODS: Final = frozenset({"GET", "HEAD", "POST"})
"""What browsers send; other methods are for the API."""


class DoorMiddleware:
    """Close every door to those who cannot have its permission; run unsafe pages once per idempotency key.

    Whether the permission reaches the very thing is decided by the operation or query behind the door.  Doors of the API
    are kept by `kernel.rules.rest`, which answers in JSON.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; all is decided once the view is known."""
        if request.method not in SAFE_METHODS:
            return self.get_response(request)
        with remembering():
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let pass, or answer in place of the view."""
        door = door_of(view)
        if door is None:
            raise ImproperlyConfigured(f"{request.path} leads to a view without a declared permission")
        if is_api(view):
            return None
        method = request.method or "GET"
        wanted = door.needs(method)
        if wanted is None or method not in _PAGE_METHODS:
            return HttpResponseNotAllowed(_opened_methods(door))
        refusal = _turn_away(request, wanted)
        if refusal is not None or method in SAFE_METHODS or door.is_repeatable:
            return refusal
        return run_once(request, lambda: view(request, *args, **kwargs), in_transaction=door.in_transaction)


def is_api(view: View) -> bool:
    """Return whether a view is one of the API, which keeps its own doors."""
    return hasattr(getattr(view, "cls", None), "authentication_classes")


def _opened_methods(door: Door) -> list[str]:
    return [*(["GET", "HEAD"] if door.reads else []), *(["POST"] if door.writes else [])]


def _turn_away(request: HttpRequest, wanted: Permission) -> HttpResponse | None:
    if may(request.user, wanted):
        return None
    if request.user.is_known:
        raise Missing
    login = reverse(settings.LOGIN_URL)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": login})
    return redirect(f"{login}?{urlencode({'next': request.get_full_path()})}")
