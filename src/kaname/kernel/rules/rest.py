"""The doorkeeper of the API, its pages and its error answers."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions
from rest_framework.pagination import PageNumberPagination
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from kaname.kernel.records import Stale
from kaname.kernel.rules.decisions import may
from kaname.kernel.rules.doors import door_of
from kaname.kernel.rules.types import Refused


class DoorPermission(BasePermission):
    """Close the API's doors to those who cannot have their permission: 401 without an account, 404 with one."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        """Decide before the view runs; the thing itself is decided by the operation or query behind."""
        door = door_of(view.__class__) or getattr(view, "door", None)
        wanted = door.needs(request.method or "GET") if door else None
        if wanted is None:
            raise exceptions.MethodNotAllowed(request.method or "")
        if may(request.user, wanted):
            return True
        if request.user.is_known:
            raise Http404
        raise exceptions.NotAuthenticated


class Pages(PageNumberPagination):
    """Pages of 50, at most 200."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200


def answer_to_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn refusals and stale writes into answers: 403 with reason, 412 with the record's present version."""
    if isinstance(error, Refused):
        return Response({"detail": str(error.reason)}, status=403)
    if isinstance(error, Stale):
        detail = {"detail": "stale", "version": error.current.version, "expected_version": error.expected_version}
        return Response(detail, status=412)
    if isinstance(error, PermissionDenied):
        return Response({"detail": str(error)}, status=403)
    return exception_handler(error, context)
