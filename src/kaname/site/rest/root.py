"""What the API says about itself."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_resolver
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from kaname.kernel.rules.doors import SIGNED_IN, Door, door
from kaname.kernel.rules.rest.bodies import Strict, Text
from kaname.kernel.rules.rest.views import ApiView
from kaname.site.rest.pages import Chapter, chapters
from kaname.ui.types import Page


class PlaceBody(Strict):
    """An address of the API."""

    name = Text(most=100)
    path = Text(most=200)


class RootBody(Strict):
    """What there is."""

    version = Text(most=10)
    places = PlaceBody.listed(most=1000)


class Root(ApiView):
    """The addresses of the API that need no number."""

    door = Door(reads=SIGNED_IN, writes=None)
    says = {"GET": gettext_lazy("List the addresses that need no number.")}
    serializer_class = RootBody

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the addresses."""
        places = [
            {"name": name.removeprefix("api_"), "path": f"/{route}"}
            for name, route in sorted(_named_routes().items())
            if name.startswith("api_") and "%" not in route and name not in {"api_root", "api_nothing", "api_docs"}
        ]
        return Response({"version": "1", "places": places})


class Description(ApiView):
    """The API's description (OpenAPI 3)."""

    door = Door(reads=SIGNED_IN, writes=None)

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the description."""
        return Response(description())


class Nothing(ApiView):
    """The answer for every address that is not there, whatever is asked of it."""

    door = Door(reads=SIGNED_IN, writes=SIGNED_IN)

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say that there is no such thing."""
        raise Http404

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Say so to those who are known, before anything else is looked at."""
        self.check_permissions(request)
        raise Http404


@door(reads=SIGNED_IN)
def docs(request: HttpRequest) -> HttpResponse:
    """Show the description as a page, in the reader's language, for those who are signed in."""
    found: list[Chapter] = chapters(description())
    page = Page(title=_("API"), note=_("What programs can read and do, by personal token."))
    return render(request, "site/rest/docs.html", {"chapters": found, "page": page})


def description() -> dict[str, Any]:
    """Return the OpenAPI description in the active language."""
    made: dict[str, Any] = SchemaGenerator(api_version="1").get_schema(request=None, public=True)
    return made


def _named_routes() -> dict[str, str]:
    resolver = get_resolver()
    names = [name for name in resolver.reverse_dict if isinstance(name, str)]
    return {name: resolver.reverse_dict.getlist(name)[0][0][0][0] for name in names}
