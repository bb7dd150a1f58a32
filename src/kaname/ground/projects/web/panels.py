"""What projects show elsewhere: the status reports that are expected of the one who looks, on "my day"."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.http import HttpRequest

from kaname.ground.projects.queries import list_reports_due

EVERY: Final = timedelta(days=7)


def reports_due(request: HttpRequest, today: date) -> Mapping[str, Any] | None:
    """Return the projects led by the one who looks whose newest status is older than a week. 1 query."""
    due = list_reports_due(actor=request.user, before=today - EVERY)
    return {"projects": due} if due else None
