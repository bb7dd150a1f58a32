"""The pages of one project's reports among themselves."""

from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.ground.projects.models import Project
from kaname.ui.types import Crumb, Tab


def health_crumb(project: Project) -> Crumb:
    """Return the step from the project to its computed health."""
    return Crumb(_("Computed health"), reverse("reports:health", kwargs={"project": project.pk}))


def report_tabs(project: Project, current: str) -> tuple[Tab, ...]:
    """Return the pages of a project's reports."""
    pages = (
        ("health", _("Computed health")),
        ("history", _("History")),
        ("earned_value", _("Earned value")),
        ("clinic", _("Schedule clinic")),
    )
    return tuple(
        Tab(label, reverse(f"reports:{name}", kwargs={"project": project.pk}), is_current=name == current)
        for name, label in pages
    )
