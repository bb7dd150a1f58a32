"""The room's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScheduleConfig(AppConfig):
    """The room of schedules."""

    name = "kaname.pso.schedule"
    label = "schedule"
    verbose_name = _("Schedule")

    def ready(self) -> None:
        """Take the room's place in the frame of a project and in the rail; answer for the files of imports."""
        from kaname.ground.people.types import PERSON_TODO, DayPanel  # noqa: PLC0415 - rules need the models, ready only now
        from kaname.ground.projects.rules import VIEW  # noqa: PLC0415
        from kaname.ground.projects.types import (  # noqa: PLC0415
            PROJECT_FIGURES,
            PROJECT_SECTIONS,
            PROJECT_TABS,
            ProjectSection,
            ProjectTab,
        )
        from kaname.kernel.files.owners import OWNERS, Owner  # noqa: PLC0415
        from kaname.pso.schedule import reactions  # noqa: F401, PLC0415 - reactions register themselves
        from kaname.pso.schedule.operations.imports import FILE_SUBJECT  # noqa: PLC0415
        from kaname.pso.schedule.rules import IMPORT, owns_import  # noqa: PLC0415
        from kaname.pso.schedule.web import face  # noqa: PLC0415
        from kaname.pso.schedule.web.panels import own_tasks, tasks_to_look_after  # noqa: PLC0415
        from kaname.ui.navigation import Level, register  # noqa: PLC0415

        PROJECT_TABS.fill(
            "schedule", ProjectTab(key="schedule", label=_("Plan"), url_name="schedule:plan", wanted=VIEW), order=30
        )
        PROJECT_FIGURES.fill("schedule", face.figures, order=5)
        trouble = ProjectSection(template="schedule/parts/trouble.html", context=face.trouble, wanted=VIEW)
        PROJECT_SECTIONS.fill("trouble", trouble, order=15)
        PROJECT_SECTIONS.fill(
            "milestones",
            ProjectSection(
                template="schedule/parts/milestones.html", context=face.milestones, wanted=VIEW, is_aside=True
            ),
            order=20,
        )
        OWNERS.fill(FILE_SUBJECT, Owner(can_read=owns_import, can_write=owns_import))
        register(Level.PROJECT, _("Plan files in"), "imports:imports", "file-import", IMPORT.name, 80)
        PERSON_TODO.fill("tasks", DayPanel(template="schedule/parts/day.html", context=own_tasks), order=10)
        led = DayPanel(template="schedule/parts/led.html", context=tasks_to_look_after)
        PERSON_TODO.fill("led tasks", led, order=15)
