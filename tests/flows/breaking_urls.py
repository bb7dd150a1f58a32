"""All URLs of Kaname, and one that breaks."""

from typing import Never

from django.http import HttpRequest
from django.urls import path

from kaname.kernel.rules.doors import PUBLIC, door
from kaname.site import urls


@door(reads=PUBLIC)
def breaks(request: HttpRequest) -> Never:
    raise ZeroDivisionError(request.path)


urlpatterns = [*urls.urlpatterns, path("breaks/", breaks)]
