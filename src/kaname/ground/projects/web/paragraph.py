"""What a project's face says in words and figures from the room's own facts."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from kaname.ground.projects.models import Membership, Project
from kaname.ground.projects.types import ProjectRole, ProjectState
from kaname.kernel.text import name_of, speaks_japanese
from kaname.ui.components.dates import day_words, relative_words
from kaname.ui.types import Figure, Text

_LEADERS: Final = (ProjectRole.SPONSOR, ProjectRole.PM, ProjectRole.PL)


def own_sentences(project: Project, running: Sequence[Membership], *, today: date) -> list[str]:
    """Return what the project is, who leads it and where it stands in its planned time."""
    return [_what(project), *_who(running), _where(project, today)]


def paragraph_of(sentences: Iterable[Text]) -> str:
    """Return sentences as one paragraph; Japanese puts no space between them."""
    return ("" if speaks_japanese() else " ").join(str(sentence) for sentence in sentences)


def own_figures(project: Project, running: Sequence[Membership], *, today: date) -> list[Figure]:
    """Return how much of the planned time has gone, and how many people take part with which load."""
    figures = []
    if project.ends_before is not None and project.state != ProjectState.CLOSED:
        whole = (project.ends_before - project.starts_on).days
        gone = min(max((today - project.starts_on).days, 0), whole)
        figures.append(
            Figure(
                label=_("Planned time gone"),
                value=f"{round(gone * 100 / whole)}",
                unit="%",
                note=_("finish planned %(when)s") % {"when": relative_words(project.finishes_on)},
            )
        )
    people = {row.person_id for row in running}
    load = sum(row.load_permille for row in running)
    figures.append(
        Figure(
            label=_("People taking part"),
            value=str(len(people)),
            unit=npgettext("unit of a figure", "person", "people", len(people)),
            note=_("load of %(load)s in all") % {"load": f"{load / 1000:.1f}"},
        )
    )
    return figures


def _what(project: Project) -> str:
    values = {
        "department": name_of(project.department),
        "class": name_of(project.project_class),
        "customer": project.customer,
        "group": name_of(project.group),
    }
    if project.customer and project.group:
        return _("A “%(class)s” project for %(customer)s under %(department)s, part of “%(group)s”.") % values
    if project.customer:
        return _("A “%(class)s” project for %(customer)s under %(department)s.") % values
    if project.group:
        return _("A “%(class)s” project under %(department)s, part of “%(group)s”.") % values
    return _("A “%(class)s” project under %(department)s.") % values


def _who(running: Sequence[Membership]) -> list[str]:
    leaders = [
        f"{row.get_role_display()} {name_of(row.person)}" for role in _LEADERS for row in running if row.role == role
    ]
    if not any(row.role == ProjectRole.PM for row in running):
        return [_("It has no PM today.")]
    return [_("Led by %(leaders)s.") % {"leaders": _(", ").join(leaders)}]


def _where(project: Project, today: date) -> str:
    values = {"start": day_words(project.starts_on), "finish": day_words(project.finishes_on)}
    if project.state == ProjectState.CLOSED:
        return _("It was closed on %(day)s.") % {"day": day_words(project.closed_on)}
    if project.state == ProjectState.ON_HOLD:
        return _("It is on hold; planned from %(start)s to %(finish)s.") % values
    if project.state == ProjectState.PROPOSED:
        return _("It is proposed; planned from %(start)s to %(finish)s.") % values
    if project.starts_on > today:
        return _("It begins on %(start)s and is to be finished on %(finish)s.") % values
    if project.ends_before is None:
        return _("It is in progress since %(start)s; no finish is planned.") % values
    if project.ends_before <= today:
        return _("It is in progress since %(start)s; the planned finish of %(finish)s has passed.") % values
    return _("It is in progress since %(start)s and is to be finished on %(finish)s.") % values
