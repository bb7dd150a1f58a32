"""My day: what is due, late or waiting for the one who looks."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kaname.ground.people.types import PERSON_TODO
from kaname.kernel import clock
from kaname.kernel.notices.queries import line_of, unread_notices
from kaname.kernel.notices.types import Line
from kaname.kernel.rules.doors import SIGNED_IN, door
from kaname.ui.components.dates import long
from kaname.ui.types import Page

_MOST_NOTICES = 5


@dataclass(frozen=True, slots=True)
class Told:
    """The newest unread notices."""

    lines: tuple[Line, ...]


@door(reads=SIGNED_IN)
def day(request: HttpRequest) -> HttpResponse:
    """Show what waits for the one who looks, the most urgent first."""
    today = clock.today()
    parts = [
        SafeString(render_to_string(panel.template, dict(values), request))
        for panel in PERSON_TODO
        if (values := panel.context(request, today)) is not None
    ]
    notices = unread_notices(actor=request.user)[:_MOST_NOTICES]
    context = {
        "parts": parts,
        "told": Told(tuple(line_of(notice) for notice in notices)),
        "page": Page(title=_("My day"), note=long(today)),
    }
    return render(request, "site/day/day.html", context)
