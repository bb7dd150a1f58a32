"""The room's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScheduleConfig(AppConfig):
    """The room of schedules."""

    name = "kaname.pso.schedule"
    label = "schedule"
    verbose_name = _("Schedule")

    def ready(self) -> None:
        """Take the room's place in the frame of a project."""
        from kaname.ground.projects.rules import VIEW  # noqa: PLC0415 - rules need the models, which are ready only now
        from kaname.ground.projects.types import PROJECT_TABS, ProjectTab  # noqa: PLC0415

        PROJECT_TABS.fill(
            "schedule", ProjectTab(key="schedule", label=_("Plan"), url_name="schedule:plan", wanted=VIEW), order=30
        )
