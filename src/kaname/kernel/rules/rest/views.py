"""The API's views: a list, a record, a verb; each calls one query or one operation of its room.

What a view does is declared by the operation: `creates = Act(operations.take_leave, person_id="person")` reads the body of
`input_class`, calls the operation with it and with the number in the address, and shows what was made.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, Final, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.filters import BaseFilterBackend
from rest_framework.generics import GenericAPIView
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response

from kaname.kernel import clock
from kaname.kernel.records import Record
from kaname.kernel.rules.doors import Door
from kaname.kernel.rules.idempotency import HEADER, Repeat, run_once
from kaname.kernel.rules.rest.bodies import Strict
from kaname.kernel.rules.rest.doors import JsonOnly, actor_of
from kaname.kernel.rules.rest.errors import BodyInvalid, KeyMissing, VersionMissing, error_body
from kaname.kernel.rules.rest.filters import Pages, StrictFilters
from kaname.kernel.rules.types import Actor, Label

_ETAG: Final = re.compile(r'"([1-9][0-9]{0,9})"')


class Act:
    """An operation as a view calls it.

    Parameters
    ----------
    operation
        Takes `actor` and `now`, `expected_version` where the view needs one, and the values of the body.
    address
        By argument of the operation, the argument of the address that is handed to it.
    """

    def __init__(self, operation: Callable[..., Any], /, **address: str) -> None:
        self.operation = operation
        self.address = address

    def __call__(self, view: "ApiView", /, **values: Any) -> Any:
        """Call the operation for a view and return what it returns."""
        named = {argument: view.kwargs[name] for argument, name in self.address.items()}
        if view.needs_version:
            named["expected_version"] = view.expected_version
        return self.operation(actor=view.actor, now=clock.now(), **named, **values)


class ApiView(GenericAPIView):
    """A view of the API: strict about parameters, once per key for POST, without OPTIONS.

    A subclass gives `door` (a view without one does not start), in `says` one translated sentence for each method, in
    `input_class` the body that it reads, and in `parameters` the query parameters that it reads besides pages and filters.
    """

    door: ClassVar[Door]
    says: ClassVar[Mapping[str, Label]]
    input_class: ClassVar[type[Strict] | None] = None
    parameters: ClassVar[frozenset[str]] = frozenset()
    needs_version: ClassVar[bool] = False
    http_method_names = ["get", "head", "post", "patch", "delete"]
    content_negotiation_class = JsonOnly
    pagination_class: type[BasePagination] | None = None
    filter_backends: Sequence[type[BaseFilterBackend]] = ()

    @property
    def actor(self) -> Actor:
        """Who asks."""
        return actor_of(self.request)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Authenticate, ask the door, then refuse parameters that nobody reads."""
        super().initial(request, *args, **kwargs)
        unknown = sorted(set(request.query_params) - self.known_parameters())
        if unknown:
            raise exceptions.ValidationError({name[:100]: [_("There is no such parameter.")] for name in unknown[:20]})

    def known_parameters(self) -> frozenset[str]:
        """Return the query parameters that are read."""
        return self.parameters

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer; a POST is done once per `Idempotency-Key` and account."""
        self.args, self.kwargs = args, kwargs
        self.headers = self.default_response_headers
        asked = self.initialize_request(request, *args, **kwargs)
        self.request = asked
        try:
            self.initial(asked, *args, **kwargs)
            name = (asked.method or "").lower()
            handler = getattr(self, name, None) if name in self.http_method_names else None
            act = handler or self.http_method_not_allowed
            answer = self._once(asked, act) if handler and name == "post" else act(asked, *args, **kwargs)
        except Exception as error:  # noqa: BLE001 - turned into an answer, or raised again by handle_exception
            answer = self.handle_exception(error)
        self.response = self.finalize_response(asked, cast("Response", answer), *args, **kwargs)
        return self.response

    def _once(self, request: Request, act: Callable[..., Response]) -> HttpResponse:
        if HEADER not in request.headers:
            raise KeyMissing(
                _("Send the header Idempotency-Key: 16 to 64 letters, digits, - or _, new for each request.")
            )

        def answer() -> HttpResponse:
            try:
                made = act(request, *self.args, **self.kwargs)
            except Exception as error:  # noqa: BLE001 - as in dispatch
                made = self.handle_exception(error)
            return self.finalize_response(request, made, *self.args, **self.kwargs).render()

        return run_once(request._request, answer, in_transaction=self.door.in_transaction, refuse=_refused)

    def read_body(self, body_class: type[Strict]) -> dict[str, Any]:
        """Return the values of the body.

        Raises
        ------
        BodyInvalid
            If it does not fit; nothing was done yet.
        """
        body = body_class(data=self.request.data, context=self.get_serializer_context())
        try:
            body.is_valid(raise_exception=True)
        except exceptions.ValidationError as error:
            raise BodyInvalid(error.detail) from error
        return dict(body.validated_data)

    def read_input(self) -> dict[str, Any]:
        """Return the values of the view's own body, none where it has none."""
        return self.read_body(self.input_class) if self.input_class else {}

    @cached_property
    def expected_version(self) -> int:
        """The version that `If-Match` names.

        Raises
        ------
        VersionMissing
            Without the header.
        ValidationError
            If it is not one quoted number.
        """
        given = self.request.headers.get("If-Match")
        if given is None:
            raise VersionMissing(_("Send the header If-Match with the ETag of the record that you have read."))
        match = _ETAG.fullmatch(given)
        if match is None or int(match[1]) > 2_147_483_647:
            raise exceptions.ValidationError({"If-Match": [_('Send one version in quotation marks, such as "3".')]})
        return int(match[1])


class ListView(ApiView):
    """A list: `find()` gives what the actor may see; filtered and paged here.

    A subclass that also creates says by which operation in `creates`, or defines `post`.
    """

    creates: ClassVar[Act | None] = None
    pagination_class = Pages
    filter_backends = (StrictFilters,)
    filterset_class: ClassVar[Any] = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.creates is not None:
            cls.post = _create  # type: ignore[attr-defined]

    def find(self) -> Any:
        """Return the visible things in order, from a query of the room."""
        raise NotImplementedError(f"{type(self).__qualname__} must say what it lists")

    def get_queryset(self) -> Any:
        """Return what is listed."""
        return self.find()

    def known_parameters(self) -> frozenset[str]:
        """Return pages and filters, for reading only."""
        if self.request.method not in {"GET", "HEAD"}:
            return self.parameters
        filters = self.filterset_class.base_filters if self.filterset_class else {}
        return self.parameters | {"page", "page_size"} | frozenset(filters)

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return one page of the list."""
        page = self.paginate_queryset(self.filter_queryset(self.find()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def created(self, made: Any) -> Response:
        """Return what was made as the answer to a POST, with its ETag if it counts versions."""
        return Response(self.get_serializer(made).data, status=201, headers=_etag_of(made))


class QuestionView(ListView):
    """A list that the room's query filters: `filterset_class` describes what may be asked, `asked` says what was."""

    @cached_property
    def asked(self) -> dict[str, Any]:
        """What was asked, by name; texts and choices that were left out are empty.

        Raises
        ------
        ValidationError
            If a value does not fit.
        """
        fields = {name: one.field for name, one in self.filterset_class.base_filters.items()}
        form = type("Asked", (forms.Form,), fields)(self.request.query_params)
        if not form.is_valid():
            raise exceptions.ValidationError(form.errors)
        return dict(form.cleaned_data)

    def filter_queryset(self, queryset: Any) -> Any:
        """Keep what the query has chosen."""
        return queryset


class RecordView(ApiView):
    """One record with its version as ETag; changes need `If-Match`.

    A subclass defines `find()` and, where it may be changed, says by which operation in `changes` and `removes`, or defines
    `patch` or `delete`, which hand `self.expected_version` to the operation.  `keeps` names what that operation wants whole:
    what the body leaves out of it is handed over as the record has it.
    """

    changes: ClassVar[Act | None] = None
    keeps: ClassVar[tuple[str, ...]] = ()
    removes: ClassVar[Act | None] = None
    needs_version = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.changes is not None:
            cls.patch = _change  # type: ignore[attr-defined]
        if cls.removes is not None:
            cls.delete = _remove  # type: ignore[attr-defined]

    def find(self) -> Any:
        """Return the record, or raise `Missing`; from a query of the room."""
        raise NotImplementedError(f"{type(self).__qualname__} must say what it shows")

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the record."""
        return self.shown(self.find())

    def read_input(self) -> dict[str, Any]:
        """Return the values of the body, and of what is kept those that the record has."""
        values = super().read_input()
        present = self.find() if self.keeps else None
        return {name: getattr(present, name) for name in self.keeps} | values

    def shown(self, record: Any, *, status: int = 200) -> Response:
        """Return a record as an answer, with its ETag if it counts versions."""
        return Response(self.get_serializer(record).data, status=status, headers=_etag_of(record))


class VerbView(ApiView):
    """One verb: a POST that calls one operation.

    A subclass sets `input_class` (or leaves it out when there is nothing to say) and says by which operation in `does`, or
    defines `perform`.
    """

    does: ClassVar[Act | None] = None

    def perform(self, **values: Any) -> Any:
        """Call the operation and return what is shown, `None` for an empty answer."""
        if self.does is None:
            raise NotImplementedError(f"{type(self).__qualname__} must say what it does")
        return self.does(self, **values)

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Do it."""
        done = self.perform(**self.read_input())
        if done is None:
            return Response(status=204)
        return Response(self.get_serializer(done).data, headers=_etag_of(done))


def _create(view: Any, request: Request, /, *args: Any, **kwargs: Any) -> Response:
    """Make what the body describes."""
    made: Response = view.created(view.creates(view, **view.read_input()))
    return made


def _change(view: Any, request: Request, /, *args: Any, **kwargs: Any) -> Response:
    """Change what the body names."""
    changed: Response = view.shown(view.changes(view, **view.read_input()))
    return changed


def _remove(view: Any, request: Request, /, *args: Any, **kwargs: Any) -> Response:
    """Take it away."""
    view.removes(view)
    return Response(status=204)


def _etag_of(thing: Any) -> dict[str, str]:
    return {"ETag": f'"{thing.version}"'} if isinstance(thing, Record) else {}


def _refused(repeat: Repeat) -> HttpResponse:
    return HttpResponse(
        json.dumps(error_body(code=repeat.code, detail=str(repeat.reason))),
        status=repeat.status,
        content_type="application/json",
    )
