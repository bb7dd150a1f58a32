"""The dates of a plan as a table in the terminal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from kaname.engine.network import CauseKind
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import MINUTES_PER_HOUR, wall_moment
from kaname.site.cli.sentences import render
from kaname.site.cli.text_columns import print_columns, shortened

if TYPE_CHECKING:
    from kaname.site.cli.schedule import Comparison

_HEADINGS: Final = (
    gettext_noop("No."),
    gettext_noop("Task"),
    gettext_noop("Start"),
    gettext_noop("Finish"),
    gettext_noop("Float"),
    gettext_noop("Critical"),
    gettext_noop("Driven by"),
)
_NAME_WIDTH: Final = 40
CAUSES: Final = {
    CauseKind.PREDECESSOR: gettext_noop("predecessor"),
    CauseKind.PARENT: gettext_noop("summary above"),
    CauseKind.CHILDREN: gettext_noop("its tasks"),
    CauseKind.CONSTRAINT: gettext_noop("constraint"),
    CauseKind.CEILING: gettext_noop("latest date"),
    CauseKind.PROJECT_START: gettext_noop("project start"),
    CauseKind.STATUS_DATE: gettext_noop("status date"),
    CauseKind.ACTUAL: gettext_noop("actual"),
    CauseKind.MANUAL: gettext_noop("set by hand"),
    CauseKind.EXTERNAL: gettext_noop("other plan"),
    CauseKind.LEVELING: gettext_noop("levelling"),
    CauseKind.AS_LATE_AS_POSSIBLE: gettext_noop("as late as possible"),
    CauseKind.HAMMOCK: gettext_noop("stretches between its links"),
    CauseKind.NOTHING: gettext_noop("no dates"),
}
_HOURS: Final = gettext_noop("%(hours)s h")
_SUMMARY: Final = gettext_noop(
    "%(tasks)s tasks, %(critical)s critical. Start and finish as stored: %(equal)s of %(stored)s. "
    "* = the file stores another date."
)


def print_table(comparisons: Sequence["Comparison"], *, language: str) -> None:
    """Print one line per task and how many dates agree with the file."""
    rows = [[render(Message(heading), language=language) for heading in _HEADINGS]]
    rows.extend(_row(each, language) for each in comparisons)
    print_columns(rows, texts=len(_HEADINGS))
    print()
    print(render(Message(_SUMMARY, _counts(comparisons)), language=language))


def _row(comparison: "Comparison", language: str) -> list[str]:
    stored, computed = comparison.stored, comparison.computed
    cause = render(Message(CAUSES[comparison.cause.kind]), language=language)
    other = comparison.cause.task_uid
    return [
        str(comparison.task.uid),
        shortened(comparison.task.name, _NAME_WIDTH),
        _moment(computed.start_at) + _mark(stored.start_at, computed.start_at),
        _moment(computed.finish_at) + _mark(stored.finish_at, computed.finish_at),
        _hours(computed.total_float_minutes, language),
        "●" if computed.is_critical else "",
        f"{cause} {other}" if other is not None else cause,
    ]


def _counts(comparisons: Sequence["Comparison"]) -> dict[str, str | int]:
    stored = [each for each in comparisons if each.stored.start_at is not None and each.stored.finish_at is not None]
    equal = [
        each
        for each in stored
        if (each.stored.start_at, each.stored.finish_at) == (each.computed.start_at, each.computed.finish_at)
    ]
    critical = sum(each.computed.is_critical for each in comparisons)
    return {"tasks": len(comparisons), "critical": critical, "equal": len(equal), "stored": len(stored)}


def _moment(minute: int | None) -> str:
    return "-" if minute is None else f"{wall_moment(minute):%Y-%m-%d %H:%M}"


def _mark(stored: int | None, computed: int | None) -> str:
    return "*" if stored is not None and stored != computed else ""


def _hours(minutes: int | None, language: str) -> str:
    if minutes is None:
        return "-"
    return render(Message(_HOURS, {"hours": f"{minutes / MINUTES_PER_HOUR:g}"}), language=language)
