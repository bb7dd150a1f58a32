"""Words of the projects."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kaname.kernel.rules.types import Actor, Label, Permission
from kaname.kernel.slots import Slot

if TYPE_CHECKING:
    from kaname.ground.projects.models import Project
    from kaname.ui.types import Figure


class GroupKind(models.TextChoices):
    """What a group of projects is."""

    PORTFOLIO = "portfolio", _("Portfolio")
    PROGRAM = "program", _("Programme")


class ProjectState(models.TextChoices):
    """Where a project stands in its life."""

    PROPOSED = "proposed", _("Proposed")
    ACTIVE = "active", _("In progress")
    ON_HOLD = "on_hold", _("On hold")
    CLOSED = "closed", pgettext_lazy("project state", "Closed")


class ProjectRole(models.TextChoices):
    """Roles held in one project."""

    SPONSOR = "sponsor", _("Sponsor")
    PM = "pm", _("PM")
    PL = "pl", _("PL")
    MEMBER = "member", _("Member")
    PSO = "pso", _("PSO")
    STAKEHOLDER = "stakeholder", _("Stakeholder")
    AUDITOR = "auditor", _("Auditor")


class Health(models.TextChoices):
    """How a project is, reported or computed."""

    WELL = "well", _("Well")
    ATTENTION = "attention", _("Attention")
    DANGER = "danger", _("Danger")
    UNKNOWN = "unknown", _("Unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectTab:
    """A tab of the project's pages; `url_name` takes the argument `project`, `wanted` is asked of the project."""

    key: str
    label: Label
    url_name: str
    wanted: Permission


PROJECT_TABS: Final[Slot[ProjectTab]] = Slot("project.tabs")
"""Filled by the rooms above from their `AppConfig.ready`: the overview 10, people 20, schedule 30, health 40."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComputedHealth:
    """How a project is as computed; `says` is one sentence, `why_url` renders `ui/parts/why_card.html`."""

    health: Health
    says: Label = ""
    why_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectSection:
    """A part of a project's face that an upper room draws.

    Parameters
    ----------
    template
        Name of the template; it frames itself with `{% section %}`.
    context
        Its values for a project, `None` where it has nothing to show; few and constant queries.
    wanted
        Permission asked of the project.
    is_aside
        Whether it stands in the narrow column beside people and phases.
    """

    template: str
    context: "Callable[[HttpRequest, Project], Mapping[str, Any] | None]"
    wanted: Permission
    is_aside: bool = False


PROJECT_FIGURES: "Final[Slot[Callable[[Actor, Project], Sequence[Figure]]]]" = Slot("project.figures")
"""The few figures at the head of a project's face; each filler decides by itself what the actor may see."""

PROJECT_SENTENCES: "Final[Slot[Callable[[Actor, Project], Sequence[Label]]]]" = Slot("project.sentences")
"""What upper rooms add to the paragraph of a project's face: whole sentences."""

PROJECT_HEALTH: "Final[Slot[Callable[[Actor, Project], ComputedHealth | None]]]" = Slot("project.health")
"""The computed health beside the reported status; one filler."""

PROJECT_HEALTHS: "Final[Slot[Callable[[Actor, Collection[int]], Mapping[int, ComputedHealth]]]]" = Slot(
    "project.healths"
)
"""The computed healths of some projects at once, for lists; one filler, few and constant queries."""

PROJECT_SECTIONS: Final[Slot[ProjectSection]] = Slot("project.sections")
"""Parts of a project's face: next milestones, what changed since the last report, risks."""


class Shelf(models.TextChoices):
    """Which projects a register shows."""

    OPEN = "open", _("Not archived")
    ARCHIVED = "archived", _("Archived")
    ALL = "all", _("All")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFilter:
    """Which projects are looked for; what is empty or `None` excludes nothing.

    Department and group mean the whole tree below them; `pm` is the person who is PM today.
    """

    words: str = ""
    shelf: Shelf = Shelf.OPEN
    state: ProjectState | None = None
    health: Health | None = None
    class_id: int | None = None
    department_path: str = ""
    group_path: str = ""
    pm_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadHint:
    """More than one whole person is asked of somebody: the sum of loads on the day."""

    person_id: int
    load_permille: int
    on: date


@dataclass(frozen=True, slots=True)
class Branch[T]:
    """A node of a tree in the order of the tree; `depth` counts from 0."""

    thing: T
    depth: int

    @property
    def steps(self) -> range:
        """One step for each level above, for templates to indent by."""
        return range(self.depth)
