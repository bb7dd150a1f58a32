"""Sentences of a transfer."""

from kaname.engine.matching.transfer.types import Project, Side
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import wall_moment


def not_there(project: Project, uid: int) -> Message:
    """Say that somebody is not in the project that they are to leave."""
    template = gettext_noop("Nobody with number %(uid)s works for %(project)s.")
    return Message(template, {"uid": uid, "project": project.name})


def no_dates(project: Project) -> Message:
    """Say that a plan is empty."""
    return Message(gettext_noop("%(project)s has no tasks with dates."), {"project": project.name})


def nobody_left(project: Project, person: str, task: str) -> Message:
    """Say what nobody would be left for."""
    template = gettext_noop("%(person)s cannot leave %(project)s: nobody would be left for “%(task)s”.")
    return Message(template, {"person": person, "project": project.name, "task": task})


def nothing_to_help(project: Project, person: str) -> Message:
    """Say that there is nothing to do."""
    template = gettext_noop("In %(project)s there is nothing that %(person)s could help with from then on.")
    return Message(template, {"person": person, "project": project.name})


def same_project(project: Project) -> Message:
    """Say that both projects are the same."""
    return Message(gettext_noop("%(project)s cannot give people to itself."), {"project": project.name})


def effect(person: str, giving: Project, left: Side, taking: Project, joined: Side) -> Message:
    """Say when both projects would finish."""
    template = gettext_noop(
        "%(person)s from %(giving)s to %(taking)s: %(taking)s finishes on %(new)s instead of %(old)s, %(giving)s on "
        "%(late)s instead of %(due)s."
    )
    return Message(
        template,
        {
            "person": person,
            "giving": giving.name,
            "taking": taking.name,
            "new": _day(joined.after.finish_at),
            "old": _day(joined.before.finish_at),
            "late": _day(left.after.finish_at),
            "due": _day(left.before.finish_at),
        },
    )


def _day(minute: int) -> str:
    return wall_moment(minute).date().isoformat()
