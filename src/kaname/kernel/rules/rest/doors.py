"""The doorkeeper of the API."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

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
from kaname.kernel.rules.types import Refused

if TYPE_CHECKING:
    from rest_framework.views import APIView


class DoorPermission(BasePermission):
    """Close the API's doors: 401 without an account, 403 where only the token's scopes are too narrow, else 404."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Decide before the view runs; the thing itself is decided by the operation or query behind."""
        door = door_of(view.__class__) or getattr(view, "door", None)
        wanted = door.needs(request.method or "GET") if door else None
        if wanted is None:
            if not request.user.is_known:
                raise exceptions.NotAuthenticated
            raise exceptions.MethodNotAllowed(request.method or "")
        if may(request.user, wanted):
            return True
        if not request.user.is_known:
            raise exceptions.NotAuthenticated
        if may_without_token(request.user, wanted):
            raise Refused(_("The scopes of this token do not include this."))
        raise Http404


class JsonOnly(BaseContentNegotiation):
    """Answer in JSON whatever is asked for, and read what the content type says."""

    def select_parser(self, request: Request, parsers: Sequence[BaseParser]) -> BaseParser | None:
        """Return the parser of the content type, `None` for a type that is not read."""
        media_type = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == media_type), None)

    def select_renderer(
        self, request: Request, renderers: Sequence[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[Any, str]:
        """Return the first renderer."""
        return renderers[0], renderers[0].media_type
