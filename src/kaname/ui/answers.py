"""What a view adds to its answer so that the page says it: a toast with the way back, "saved 10:32", a closed dialog, a file to save."""

import json
from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from kaname.kernel.files.naming import attachment_header, clean_name

_SLASHES: Final = str.maketrans("/\\", "__")
"""A slash in a title is no folder."""


def saying[R: HttpResponseBase](response: R, words: str, *, tone: str = "") -> R:
    """Let the page say a sentence in a toast; `tone` is `error` for what did not work."""
    return _telling(response, "kaname:said", {"words": words, "tone": tone})


def saved[R: HttpResponseBase](response: R) -> R:
    """Let the page show that and when it saved."""
    return _telling(response, "kaname:saved", {})


def closing[R: HttpResponseBase](response: R) -> R:
    """Let the page close its dialog."""
    return _telling(response, "kaname:close", {})


def say_with_undo(request: HttpRequest, words: str, *, undo_url: str) -> None:
    """Let the next page say a sentence with the way back: a button that posts to an address."""
    messages.success(request, words, extra_tags=undo_url)


def going_to(request: HttpRequest, url: str) -> HttpResponse:
    """Return the way to another page, for a form as well as for what a script has sent."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def handing_out(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """Return bytes that we wrote as a file to be saved under a name, in whatever script the name is."""
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = attachment_header(clean_name(name.translate(_SLASHES)))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _telling[R: HttpResponseBase](response: R, event: str, detail: dict[str, Any]) -> R:
    told = json.loads(response.headers.get("HX-Trigger", "{}"))
    response.headers["HX-Trigger"] = json.dumps(told | {event: detail})
    return response
