"""The doorkeeper of the API."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.permissions import BasePermission
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from kaname.kernel.rules.decisions import may, may_without_token
from kaname.kernel.rules.doors import door_of
from kaname.kernel.rules.types import Actor, Refused

if TYPE_CHECKING:
    from rest_framework.views import APIView


def actor_of(request: Request) -> Actor:
    """Return who asks: an account, an account behind a token, or a visitor; the framework knows users only."""
    return cast("Actor", request.user)


class DoorPermission(BasePermission):
    """Close the API's doors: 401 without an account, 403 where only the token's scopes are too narrow, else 404."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Decide before the view runs; the thing itself is decided by the operation or query behind."""
        door = door_of(view.__class__) or getattr(view, "door", None)
        wanted = door.needs(request.method or "GET") if door else None
        actor = actor_of(request)
        if wanted is None:
            if not actor.is_known:
                raise exceptions.NotAuthenticated
            raise exceptions.MethodNotAllowed(request.method or "")
        if may(actor, wanted):
            return True
        if not actor.is_known:
            raise exceptions.NotAuthenticated
        if may_without_token(actor, wanted):
            raise Refused(_("The scopes of this token do not include this."))
        raise Http404


class JsonOnly(BaseContentNegotiation):
    """Answer in JSON whatever is asked for, and read what the content type says."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BaseParser | None:
        """Return the parser of the content type, `None` for a type that is not read."""
        media_type = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == media_type), None)

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        """Return the first renderer."""
        first = next(iter(renderers))
        return first, first.media_type
