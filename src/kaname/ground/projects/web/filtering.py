"""From the query string of a register to what is looked for, and back to words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from kaname.ground.people.models import Department, Person
from kaname.ground.projects.models import Project, ProjectClass, ProjectGroup
from kaname.ground.projects.types import Branch, Health, ProjectFilter, ProjectState, Shelf
from kaname.kernel.text import name_of
from kaname.ui.types import Chip, Text

_LONGEST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a reader of the register can choose from."""

    classes: tuple[ProjectClass, ...] = ()
    departments: tuple[Branch[Department], ...] = ()
    groups: tuple[Branch[ProjectGroup], ...] = ()
    pms: tuple[Person, ...] = ()


def filter_of(query: Mapping[str, Any], choices: Choices) -> ProjectFilter:
    """Return what a query string asks for; what it cannot mean is left out."""
    project_class = _chosen(query, "class", choices.classes)
    department = _chosen(query, "department", [branch.thing for branch in choices.departments])
    group = _chosen(query, "group", [branch.thing for branch in choices.groups])
    pm = _chosen(query, "pm", choices.pms)
    return ProjectFilter(
        words=query.get("q", "")[:_LONGEST],
        shelf=_member(Shelf, query.get("shelf", "")) or Shelf.OPEN,
        state=_member(ProjectState, query.get("state", "")),
        health=_member(Health, query.get("health", "")),
        class_id=project_class.pk if project_class else None,
        department_path=department.path if department else "",
        group_path=group.path if group else "",
        pm_id=pm.pk if pm else None,
    )


def chips_of(query: QueryDict, wanted: ProjectFilter, choices: Choices) -> tuple[Chip, ...]:
    """Return the filters that are on, each with the address without it."""
    on: list[tuple[str, Text, Text]] = []
    if wanted.words:
        on.append(("q", _("Words"), wanted.words))
    if wanted.state:
        on.append(("state", _("State"), wanted.state.label))
    if wanted.health:
        on.append(("health", _("Reported status"), wanted.health.label))
    if wanted.class_id:
        on.append(("class", _("Class"), name_of(_chosen(query, "class", choices.classes))))
    if wanted.department_path:
        nodes = [branch.thing for branch in choices.departments]
        on.append(("department", _("Department"), name_of(_chosen(query, "department", nodes))))
    if wanted.group_path:
        nodes = [branch.thing for branch in choices.groups]
        on.append(("group", _("Portfolio or programme"), name_of(_chosen(query, "group", nodes))))
    if wanted.pm_id:
        on.append(("pm", _("PM"), name_of(_chosen(query, "pm", choices.pms))))
    return tuple(Chip(label, value, _without(query, key)) for key, label, value in on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the tree: a group, or else a project below it."""

    depth: int
    group: ProjectGroup | None = None
    project: Project | None = None


def tree_lines(projects: Iterable[Project], groups: Iterable[Branch[ProjectGroup]]) -> list[Line]:
    """Return projects in the order of their groups, each group announced by a line of its own, with those above it."""
    depths = {branch.thing.pk: branch.depth for branch in groups}
    by_id = {branch.thing.pk: branch.thing for branch in groups}
    lines: list[Line] = []
    announced: set[int] = set()
    for project in projects:
        way = [int(part) for part in project.group.path.split("/") if part] if project.group else []
        for pk in way:
            if pk in by_id and pk not in announced:
                announced.add(pk)
                lines.append(Line(depth=depths[pk], group=by_id[pk]))
        if not way and 0 not in announced:
            announced.add(0)
            lines.append(Line(depth=0))
        lines.append(Line(depth=depths.get(project.group_id, -1) + 1, project=project))
    return lines


def _chosen(query: Mapping[str, Any], key: str, things: Any) -> Any:
    wanted = query.get(key, "")
    return next((thing for thing in things if str(thing.pk) == wanted), None)


def _member(choices: Any, value: str) -> Any:
    return choices(value) if value in choices.values else None


def _without(query: QueryDict, key: str) -> str:
    rest = query.copy()
    rest.pop(key, None)
    rest.pop("page", None)
    return f"?{rest.urlencode()}"
