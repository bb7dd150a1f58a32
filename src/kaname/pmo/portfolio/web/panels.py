"""What the portfolio shows elsewhere: where to look first, on "my day"."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.http import HttpRequest

from kaname.ground.projects.types import Health
from kaname.kernel.text import name_of
from kaname.pmo.portfolio.queries import look_first
from kaname.pmo.portfolio.web.rows import reason_words

_MOST: Final = 5


def where_to_look(request: HttpRequest, today: date) -> Mapping[str, Any] | None:
    """Return the most urgent projects that the one who looks may see. 1 query."""
    found = look_first(actor=request.user, limit=_MOST)
    if not found:
        return None
    return {
        "lines": [
            {
                "project_id": line.project_id,
                "name": f"{line.project.code} {name_of(line.project)}",
                "reported": Health(line.reported),
                "computed": Health(line.computed),
                "reason": reason_words(line.reason),
            }
            for line in found
        ]
    }
