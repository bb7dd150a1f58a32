"""Pages and filters: what is not known is refused, not ignored."""

from collections.abc import Iterable
from typing import Any, Final, cast

import django_filters
from django import forms
from django.core.exceptions import ImproperlyConfigured
from django.core.paginator import Page
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework import exceptions
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response

_MOST_PAGES: Final = 1_000_000


class Pages(PageNumberPagination):
    """Pages of 50, at most 200; a page that does not exist is 404, a page that is no number 400."""

    page: Page[Any]
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def get_page_size(self, request: Request) -> int:
        """Return the size asked for."""
        return _whole_number(request, "page_size", default=self.page_size, most=self.max_page_size)

    def get_page_number(self, request: Request, paginator: Any) -> int:
        """Return the page asked for."""
        return _whole_number(request, "page", default=1, most=_MOST_PAGES)

    def get_paginated_response(self, data: list[Any]) -> Response:
        """Return the page with its place among all."""
        paginator = self.page.paginator
        return Response(
            {
                "count": paginator.count,
                "page": self.page.number,
                "pages": paginator.num_pages,
                "page_size": paginator.per_page,
                "results": data,
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Describe a page."""
        number = {"type": "integer", "minimum": 0, "maximum": 2**63 - 1}
        return {
            "type": "object",
            "required": ["count", "page", "pages", "page_size", "results"],
            "additionalProperties": False,
            "properties": {
                "count": number,
                "page": number,
                "pages": number,
                "page_size": {"type": "integer", "minimum": 1, "maximum": self.max_page_size},
                "results": schema | {"maxItems": self.max_page_size},
            },
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe the parameters."""
        return [
            _parameter("page", _("Which page, from 1."), maximum=_MOST_PAGES),
            _parameter("page_size", _("How many on a page."), maximum=self.max_page_size),
        ]


def _parameter(name: str, description: Any, *, maximum: int) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": 1, "maximum": maximum}
    return {"name": name, "required": False, "in": "query", "description": str(description), "schema": schema}


def _whole_number(request: Request, name: str, *, default: int, most: int) -> int:
    given = request.query_params.get(name)
    if given is None:
        return default
    if not (given.isascii() and given.isdigit() and len(given) <= 10 and 1 <= int(given) <= most):
        raise exceptions.ValidationError({name: [_("Send a whole number from 1 to %(most)d.") % {"most": most}]})
    return int(given)


class StrictFilterSet(django_filters.FilterSet):
    """Filters whose every text and number is bounded."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        loose = [name for name, chosen in cls.base_filters.items() if not _is_bounded(chosen.field)]
        if loose:
            raise ImproperlyConfigured(f"{cls.__qualname__} leaves {', '.join(loose)} without bounds")


class IdFilter(django_filters.Filter):
    """The number of a thing."""

    field_class = forms.IntegerField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=2**63 - 1, **kwargs)


def _is_bounded(field: forms.Field) -> bool:
    if isinstance(field, forms.IntegerField):
        return field.min_value is not None and field.max_value is not None
    if isinstance(field, forms.ChoiceField | forms.DateField | forms.DateTimeField | forms.NullBooleanField):
        return True
    return isinstance(field, forms.CharField) and field.max_length is not None


class StrictFilters(DjangoFilterBackend):
    """Filter by the view's filter set; what it does not know is an error."""

    filterset_base = StrictFilterSet

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        """Return the filtered things.

        Raises
        ------
        ValidationError
            If a value does not fit its filter.
        """
        chosen: QuerySet[Any] = super().filter_queryset(request, queryset, view)
        return chosen

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Describe the filters."""
        filterset = getattr(view, "filterset_class", None)
        chosen = filterset.base_filters.items() if filterset else ()
        return [
            {
                "name": name,
                "required": one.field.required,
                "in": "query",
                "description": str(one.label or ""),
                "schema": _schema_of(one.field),
            }
            for name, one in chosen
        ]


def _schema_of(field: forms.Field) -> dict[str, Any]:
    if isinstance(field, forms.ChoiceField):
        codes = [code for code, _label in cast("Iterable[tuple[object, object]]", field.choices)]
        return {"type": "string", "enum": [str(code) for code in codes if code not in {"", None}]}
    if isinstance(field, forms.IntegerField):
        return {"type": "integer", "minimum": field.min_value, "maximum": field.max_value}
    if isinstance(field, forms.DateTimeField):
        return {"type": "string", "format": "date-time"}
    if isinstance(field, forms.DateField):
        return {"type": "string", "format": "date"}
    if isinstance(field, forms.CharField):
        return {"type": "string", "maxLength": field.max_length}
    raise ImproperlyConfigured(f"{type(field).__name__} has no bounds that could be described")
