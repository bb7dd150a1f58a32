"""The API's description, arranged for reading."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One parameter or field of a body."""

    name: str
    kind: str
    is_required: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One method of one address."""

    method: str
    path: str
    summary: str
    permission: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    answer: tuple[Field, ...]
    statuses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The calls of one resource."""

    name: str
    calls: tuple[Call, ...]


def chapters(description: dict[str, Any]) -> list[Chapter]:
    """Return the calls of an OpenAPI description by resource, both in order of address."""
    calls = sorted(_calls(description), key=lambda call: (_resource(call), call.path, call.method))
    return [Chapter(name, tuple(group)) for name, group in groupby(calls, key=_resource)]


def _resource(call: Call) -> str:
    steps = call.path.removeprefix("/api/v1/").strip("/").split("/")
    return steps[0] or "/"


def _calls(description: dict[str, Any]) -> Iterator[Call]:
    components = description.get("components", {}).get("schemas", {})
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            good = next((status for status in sorted(operation["responses"]) if status.startswith("2")), "")
            yield Call(
                method=method.upper(),
                path=path,
                summary=operation.get("description", ""),
                permission=operation.get("x-permission", ""),
                parameters=tuple(_parameter(given) for given in operation.get("parameters", [])),
                body=_fields(operation.get("requestBody", {}), components),
                answer=_fields(operation["responses"].get(good, {}), components),
                statuses=tuple(
                    (status, answer.get("description", "")) for status, answer in sorted(operation["responses"].items())
                ),
            )


def _parameter(given: dict[str, Any]) -> Field:
    return Field(
        name=given["name"],
        kind=_kind(given.get("schema", {})),
        is_required=given.get("required", False),
        note=given.get("description", ""),
    )


def _fields(carrier: dict[str, Any], components: dict[str, Any]) -> tuple[Field, ...]:
    schema = carrier.get("content", {}).get("application/json", {}).get("schema", {})
    schema = _followed(schema, components)
    results = schema.get("properties", {}).get("results")
    if results:
        schema = _followed(results.get("items", {}), components)
    required = set(schema.get("required", []))
    return tuple(
        Field(name=name, kind=_kind(inner), is_required=name in required, note=inner.get("description", ""))
        for name, inner in schema.get("properties", {}).items()
    )


def _followed(schema: dict[str, Any], components: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref", "")
    return components.get(reference.rpartition("/")[2], {}) if reference else schema


def _kind(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return " | ".join(str(code) for code in schema["enum"])
    if schema.get("type") == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    kind = schema.get("format") or schema.get("type", "")
    bounds = [schema[key] for key in ("minimum", "maximum") if key in schema]
    if "maxLength" in schema:
        return f"{kind} ≤ {schema['maxLength']}"
    return f"{kind} {bounds[0]}–{bounds[-1]}" if bounds else str(kind)
