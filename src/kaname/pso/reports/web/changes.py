"""What changed since the last report, on a project's face."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kaname.engine.units import day_of
from kaname.ground.projects.models import Project
from kaname.ground.projects.types import Health
from kaname.pso.reports.models import Assessment
from kaname.pso.reports.queries import since_report
from kaname.pso.reports.types import Indicator, IndicatorCode, Offence
from kaname.pso.reports.web.explaining import indicators_of
from kaname.pso.reports.web.words import task_url
from kaname.ui.components.dates import UNKNOWN, day_words
from kaname.ui.types import Change


def changes_since_report(request: HttpRequest, project: Project) -> Mapping[str, Any] | None:
    """Return what moved since the project was last reported on, `None` where nothing can be compared. No query of its own."""
    since = since_report(actor=request.user, project_id=project.pk)
    if since is None or since.then is None:
        return None
    before, after = _by_code(since.then), _by_code(since.newest)
    overdue = _newly(before.get(IndicatorCode.OVERDUE), after.get(IndicatorCode.OVERDUE))
    return {
        "reported_on": since.reported_on,
        "changes": (
            *_moves(since.then, since.newest),
            *_colours(since.then, since.newest, before, after),
        ),
        "overdue": [{"name": item.name, "url": task_url(project.pk, item.task_id)} for item in overdue],
    }


def _moves(then: Assessment, newest: Assessment) -> Iterator[Change]:
    finishes = (
        (_("Computed finish"), then.finish_at, newest.finish_at),
        (_("Forecast finish"), then.forecast_finish_at, newest.forecast_finish_at),
    )
    for label, before, after in finishes:
        old, new = _day(before), _day(after)
        if old != new:
            yield Change(label=label, before=old, after=new)
    if then.overdue_tasks != newest.overdue_tasks:
        yield Change(label=_("Overdue tasks"), before=str(then.overdue_tasks), after=str(newest.overdue_tasks))


def _colours(
    then: Assessment,
    newest: Assessment,
    before: Mapping[IndicatorCode, Indicator],
    after: Mapping[IndicatorCode, Indicator],
) -> Iterator[Change]:
    if then.health != newest.health:
        yield Change(label=_("Computed health"), before=Health(then.health).label, after=Health(newest.health).label)
    for code, indicator in after.items():
        known = before.get(code)
        if known is not None and known.health is not indicator.health:
            yield Change(label=code.label, before=known.health.label, after=indicator.health.label)


def _newly(before: Indicator | None, after: Indicator | None) -> tuple[Offence, ...]:
    known = {item.task_id for item in before.offences} if before else set()
    return tuple(item for item in after.offences if item.task_id not in known) if after else ()


def _by_code(assessment: Assessment) -> Mapping[IndicatorCode, Indicator]:
    return {indicator.code: indicator for indicator in indicators_of(assessment)}


def _day(minute: int | None) -> str:
    return UNKNOWN if minute is None else day_words(day_of(minute))
