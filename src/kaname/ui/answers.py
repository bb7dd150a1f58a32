"""What a view adds to its answer so that the page says it: a toast with the way back, "saved 10:32", a closed dialog."""

import json
from typing import Any

from django.http import HttpResponseBase


def saying[R: HttpResponseBase](response: R, words: str, *, tone: str = "") -> R:
    """Let the page say a sentence in a toast; `tone` is `error` for what did not work."""
    return _telling(response, "kaname:said", {"words": words, "tone": tone})


def saved[R: HttpResponseBase](response: R) -> R:
    """Let the page show that and when it saved."""
    return _telling(response, "kaname:saved", {})


def closing[R: HttpResponseBase](response: R) -> R:
    """Let the page close its dialog."""
    return _telling(response, "kaname:close", {})


def _telling[R: HttpResponseBase](response: R, event: str, detail: dict[str, Any]) -> R:
    told = json.loads(response.headers.get("HX-Trigger", "{}"))
    response.headers["HX-Trigger"] = json.dumps(told | {event: detail})
    return response
