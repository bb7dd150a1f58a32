"""What the schedule says on a project's face: the finish forecast, what is late or blocked, the next milestones."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext as _

from kaname.ground.projects.models import Project
from kaname.kernel import clock
from kaname.kernel.rules.types import Actor
from kaname.pso.schedule.queries import plan_ahead, tasks_in_trouble
from kaname.pso.schedule.queries.mine import finish_day, start_day
from kaname.pso.schedule.web import words
from kaname.ui.components.dates import day, day_words
from kaname.ui.types import Figure, Why, WhyInput

_MOST_IN_TROUBLE: Final = 6


def figures(actor: Actor, project: Project) -> Sequence[Figure]:
    """Return the computed finish of a project's plan beside its baseline. 1 query."""
    plan = plan_ahead(actor=actor, project_id=project.pk)
    if plan is None or plan.finish_at is None:
        return ()
    finish = finish_day(plan.finish_at)
    agreed = finish_day(plan.agreed_finish_at)
    later = (finish - agreed).days if finish and agreed else 0
    return (
        Figure(
            label=_("Computed finish"),
            value=day(finish),
            note=_("%(days)s than the baseline") % {"days": words.days_later(later)} if later else "",
            is_bad=later > 0,
            why=Why(
                says=_("The last finish of all tasks, worked out from dependencies, calendars and the reports so far."),
                inputs=(
                    WhyInput(_("Baseline"), day_words(agreed)),
                    WhyInput(_("Status date"), day_words(start_day(plan.status_at))),
                ),
                rule=_("Critical path method"),
                version=words.RULE_VERSION,
                as_of=plan.calculated_at,
            ),
        ),
    )


def trouble(request: HttpRequest, project: Project) -> Mapping[str, Any] | None:
    """Return the worst of the late and blocked tasks of a project, `None` where all goes as agreed. 1 query."""
    found = tasks_in_trouble(actor=request.user, project_id=project.pk, today=clock.today(), limit=_MOST_IN_TROUBLE)
    return {"led": found, "more": found.count - len(found.worst), "project_id": project.pk} if found.worst else None


def milestones(request: HttpRequest, project: Project) -> Mapping[str, Any] | None:
    """Return the next milestones of a project, `None` where it has none ahead. No query of its own."""
    plan = plan_ahead(actor=request.user, project_id=project.pk)
    if plan is None or not plan.milestones:
        return None
    today = clock.today()
    listed = [
        {"task": task, "on": (on := finish_day(task.finish_at)), "is_late": on is not None and on < today}
        for task in plan.milestones
    ]
    return {"milestones": listed, "project_id": project.pk}
