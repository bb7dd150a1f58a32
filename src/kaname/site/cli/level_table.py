"""A levelled schedule as a table in the terminal."""

from typing import Final

from kaname.engine.leveling import Activity, Cause, CauseKind, Leveling, Status
from kaname.engine.text import Message, gettext_noop
from kaname.site.cli.sentences import render
from kaname.site.cli.text_columns import print_columns

_HEADINGS: Final = (
    gettext_noop("No."),
    gettext_noop("Start"),
    gettext_noop("Finish"),
    gettext_noop("Held by"),
    gettext_noop("Waits"),
)
_CAUSES: Final = {
    CauseKind.NOTHING: gettext_noop("nothing"),
    CauseKind.FIXED: gettext_noop("fixed"),
    CauseKind.DATE: gettext_noop("date"),
    CauseKind.PREDECESSOR: gettext_noop("predecessor %(uid)s"),
    CauseKind.RESOURCE: gettext_noop("%(resource)s, used by %(uid)s"),
}
_SHORT: Final = gettext_noop("too little of %(resource)s")
_OPTIMAL: Final = gettext_noop("%(makespan)s units of time; no schedule is shorter. %(schedules)s schedules were made.")
_FEASIBLE: Final = gettext_noop(
    "%(makespan)s units of time; at least %(bound)s are needed, so at most %(gap)s %% can be saved. "
    "%(schedules)s schedules were made."
)


def print_table(found: Leveling, *, language: str) -> None:
    """Print one line per activity, in order of start, and how good the schedule is."""
    problem = found.problem
    lines = sorted(zip(found.starts, problem.activities, found.causes, strict=True), key=lambda line: line[0])
    rows = [[render(Message(heading), language=language) for heading in _HEADINGS]]
    rows += [_row(found, start, activity, cause, language) for start, activity, cause in lines]
    print_columns(rows, texts=len(_HEADINGS))
    print()
    print(render(_judgement(found), language=language))


def _row(found: Leveling, start: int, activity: Activity, cause: Cause, language: str) -> list[str]:
    return [
        str(activity.uid),
        str(start),
        str(start + activity.duration),
        render(_held(found, cause), language=language),
        str(cause.waits) if cause.waits else "",
    ]


def _held(found: Leveling, cause: Cause) -> Message:
    places: dict[str, str | int] = {}
    if cause.uid is not None:
        places["uid"] = cause.uid
    if cause.resource is not None:
        places["resource"] = found.problem.resources[cause.resource].name
    if cause.kind is CauseKind.RESOURCE and cause.uid is None:
        return Message(_SHORT, places)
    return Message(_CAUSES[cause.kind], places)


def _judgement(found: Leveling) -> Message:
    if found.status is Status.OPTIMAL:
        return Message(_OPTIMAL, {"makespan": found.makespan, "schedules": found.schedules})
    saved = 100 * (found.makespan - found.lower_bound) / found.makespan
    return Message(
        _FEASIBLE,
        {
            "makespan": found.makespan,
            "bound": found.lower_bound,
            "gap": f"{saved:.1f}",
            "schedules": found.schedules,
        },
    )
