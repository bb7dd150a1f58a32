"""How the API describes itself: headers, errors and bounds are said by the same classes that enforce them."""

import re
from typing import TYPE_CHECKING, Any, Final, cast

from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiFilterExtension
from drf_spectacular.openapi import AutoSchema

from kaname.kernel.rules.idempotency import HEADER
from kaname.kernel.rules.rest.bodies import Problem

if TYPE_CHECKING:
    from kaname.kernel.rules.rest.views import ApiView

_STEPS_BEFORE_THE_THING: Final = len(("api", "v1"))
_ERRORS: Final = {
    "400": _("The request cannot be read, or a parameter does not fit."),
    "401": _("No token, or one that is not valid."),
    "403": _("It may be seen, but this may not be done, or the token's scopes do not include it."),
    "404": _("There is no such thing, or it may not be seen."),
    "405": _("This cannot be done here."),
    "409": _("The same request is still being worked on."),
    "412": _("The record has been changed meanwhile; the body tells its present version."),
    "415": _("The body is not JSON."),
    "422": _("A value is not acceptable, or the key came with another request."),
    "428": _("`If-Match` is missing."),
}


class DoorSchema(AutoSchema):
    """Add to what the library finds out: preconditions, keys, the errors, the permission that opens the door."""

    @property
    def _door(self) -> "ApiView":
        return cast("ApiView", self.view)

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """Return the description of one method."""
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        operation["parameters"] = [*operation.get("parameters", []), *self._headers()]
        problem = self.resolve_serializer(Problem, "response").ref
        for status in self._error_statuses():
            content = {"application/json": {"schema": problem}}
            operation["responses"][status] = {"description": str(_ERRORS[status]), "content": content}
        if self._answers_with_version():
            for status in ("200", "201"):
                if status in operation["responses"]:
                    operation["responses"][status]["headers"] = {"ETag": {"schema": _ETAG_SCHEMA}}
        door = getattr(self.view, "door", None)
        wanted = door.needs(self.method) if door else None
        if wanted is not None:
            operation["x-permission"] = wanted.name
        return operation

    def get_operation_id(self) -> str:
        """Return the address and the method as one word; its parameters belong to it, so that no two are the same."""
        steps = self.path.strip("/").split("/")[_STEPS_BEFORE_THE_THING:]
        words = (re.sub(r"^{(.+)}$", r"by_\1", step).replace("-", "_") for step in steps)
        return "_".join([*words, self.method.lower()] if steps else ["root", self.method.lower()])

    def get_description(self) -> str:  # type: ignore[override]  # as the library's own, which has no types
        """Return what the view says of the method, in the active language.

        Raises
        ------
        KeyError
            If it says nothing: the description would be incomplete.
        """
        return str(self._door.says[self.method])

    def get_request_serializer(self) -> Any:
        """Return the body that the method reads."""
        if self.method not in {"POST", "PATCH"}:
            return None
        return getattr(self.view, "takes", None) or getattr(self.view, "input_class", None)

    def get_response_serializers(self) -> Any:
        """Return the body that the method answers with."""
        answers = getattr(self.view, "answers", {}).get(self.method)
        if answers is not None:
            return answers
        serializer = self._get_serializer()
        if self.method == "DELETE" or serializer is None:
            return {204: None}
        makes = self.method == "POST" and getattr(self.view, "pagination_class", None) is not None
        return {201: serializer} if makes else serializer

    def get_filter_backends(self) -> list[Any]:
        """Return the filters, for reading only."""
        return list(self._door.filter_backends) if self.method == "GET" and hasattr(self.view, "find") else []

    def _is_list_view(self, serializer: Any = None) -> bool:
        return self.method == "GET" and getattr(self.view, "pagination_class", None) is not None

    def _resolve_path_parameters(self, variables: list[str]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = super()._resolve_path_parameters(variables)
        for parameter in found:
            if parameter["schema"].get("type") == "integer":
                parameter["schema"] |= {"minimum": 1, "maximum": 2**63 - 1}
        return found

    def _headers(self) -> list[dict[str, Any]]:
        headers = []
        if self.method == "POST":
            schema = {"type": "string", "pattern": "^[A-Za-z0-9_-]{16,64}$", "minLength": 16, "maxLength": 64}
            headers.append(
                _header(HEADER, str(_("Names this request, so that a repeat is answered and not done again.")), schema)
            )
        if self._reads_version():
            headers.append(_header("If-Match", str(_("The ETag of the record as it was read.")), _ETAG_SCHEMA))
        return headers

    def _reads_version(self) -> bool:
        return self._door.needs_version and self.method in {"PATCH", "DELETE", "POST"}

    def _answers_with_version(self) -> bool:
        return self._door.needs_version and self.method in {"GET", "PATCH", "POST"}

    def _error_statuses(self) -> list[str]:
        statuses = ["400", "401", "403", "404", "405"]
        if self.method == "POST":
            statuses.append("409")
        if self._reads_version():
            statuses += ["412", "428"]
        if self.method in {"POST", "PATCH"}:
            statuses += ["415", "422"]
        return statuses


class StrictFiltersDescription(OpenApiFilterExtension):
    """Let the filters describe themselves, bounds included."""

    target_class = "kaname.kernel.rules.rest.filters.StrictFilters"
    priority = 1

    def get_schema_operation_parameters(
        self, auto_schema: AutoSchema, *args: Any, **kwargs: Any
    ) -> list[dict[str, Any]]:
        """Return the parameters."""
        described: list[dict[str, Any]] = self.target.get_schema_operation_parameters(auto_schema.view)
        return described


_ETAG_SCHEMA: Final = {"type": "string", "pattern": '^"[1-9][0-9]{0,8}"$', "minLength": 3, "maxLength": 11}


def _header(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "header", "required": True, "description": description, "schema": schema}


def close_objects(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """Say of every body that it has no further fields (`SPECTACULAR_SETTINGS`)."""
    for component in result.get("components", {}).get("schemas", {}).values():
        if component.get("type") == "object":
            component.setdefault("additionalProperties", False)
    return result
