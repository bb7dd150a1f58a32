"""Every error of the API has the same body."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import IntegrityError
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from kaname.kernel.constraints import explained
from kaname.kernel.records import Stale
from kaname.kernel.rules.types import Refused, Unacceptable


class BodyInvalid(exceptions.ValidationError):
    """A body that could be read but not accepted."""

    status_code = 422


class KeyMissing(exceptions.APIException):
    """A POST without its key."""

    status_code = 400
    default_code = "idempotency_key_missing"


class VersionMissing(exceptions.APIException):
    """A change without `If-Match`."""

    status_code = 428
    default_code = "version_missing"


def error_body(
    *, code: str, detail: str, fields: list[dict[str, str]] | None = None, version: int | None = None
) -> dict[str, Any]:
    """Return the one shape: stable code, sentence for people, fields that are at fault, present version when stale."""
    return {"code": code, "detail": detail, "fields": fields or [], "version": version}


def answer_to_exception(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn refusals, stale writes and bad input into answers; `None` for surprises."""
    if isinstance(error, DjangoValidationError):
        error = BodyInvalid(_details_of(error))
    answer = _answer_to(error)
    if answer is not None:
        set_rollback()
    return answer


def _answer_to(error: Exception) -> Response | None:
    match error:
        case Refused():
            return Response(error_body(code="refused", detail=str(error.reason)), status=403)
        case Stale():
            detail = _("Somebody has changed this meanwhile. Read it again and repeat your change.")
            body = error_body(code="stale", detail=detail, version=error.current.version)
            return Response(body, status=412)
        case Unacceptable():
            return Response(error_body(code="unacceptable", detail=str(error.reason)), status=422)
        case IntegrityError():
            return Response(error_body(code="unacceptable", detail=str(explained(error))), status=422)
        case Http404():
            return Response(error_body(code="missing", detail=_("There is no such thing.")), status=404)
        case PermissionDenied():
            return Response(error_body(code="refused", detail=str(error) or _("This is not permitted.")), status=403)
        case SuspiciousOperation():
            return Response(error_body(code="unreadable", detail=_("This request cannot be read.")), status=400)
        case exceptions.ValidationError():
            detail = _("Some values are not acceptable.")
            return Response(
                error_body(code="invalid", detail=detail, fields=list(_faults(error.detail))), error.status_code
            )
        case exceptions.APIException():
            return Response(
                error_body(code=_code_of(error), detail=str(error.detail)),
                error.status_code,
                headers=_headers_of(error),
            )
    return None


def _code_of(error: exceptions.APIException) -> str:
    codes = error.get_codes()
    return codes if isinstance(codes, str) else error.default_code


def _headers_of(error: exceptions.APIException) -> dict[str, str]:
    asked = getattr(error, "auth_header", None)
    return {"WWW-Authenticate": asked} if asked else {}


def _details_of(error: DjangoValidationError) -> Any:
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}


def _faults(detail: Any, path: str = "") -> Iterator[dict[str, str]]:
    if isinstance(detail, dict):
        for name, inner in detail.items():
            step = "" if name == "non_field_errors" else str(name)
            yield from _faults(inner, ".".join(filter(None, (path, step))))
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            nested = isinstance(inner, dict) and inner
            yield from _faults(inner, f"{path}.{place}" if nested else path)
    else:
        yield {"name": path[:200], "detail": str(detail)[:500]}
