"""Rows of the projects."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kaname.ground.calendars.models import WorkCalendar
from kaname.ground.people.models import Department, Person
from kaname.ground.projects.types import GroupKind, Health, ProjectRole, ProjectState
from kaname.kernel.records import Record


class ProjectGroup(Record):
    """A portfolio or a programme; `path` is `/1/4/`, kept by the operations."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(_("kind"), max_length=9, choices=GroupKind)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100, blank=True)
    parent = models.ForeignKey(
        "self", verbose_name=_("belongs to"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=200, blank=True, db_index=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    class Meta:
        verbose_name = _("portfolio or programme")
        verbose_name_plural = _("portfolios and programmes")

    def __str__(self) -> str:
        return self.name


class ProjectClass(Record):
    """A kind of project; decides its phases."""

    id = models.BigAutoField(primary_key=True)
    code = models.SlugField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    class Meta:
        verbose_name = _("project class")
        verbose_name_plural = _("project classes")

    def __str__(self) -> str:
        return self.name


class PhaseTemplate(Record):
    """A phase that new projects of a class begin with."""

    id = models.BigAutoField(primary_key=True)
    project_class = models.ForeignKey(
        ProjectClass, verbose_name=_("project class"), on_delete=models.CASCADE, related_name="phase_templates"
    )
    position = models.PositiveIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("standard phase")
        verbose_name_plural = _("standard phases")
        constraints = [
            models.UniqueConstraint(fields=["project_class", "position"], name="projects_template_position_once")
        ]

    def __str__(self) -> str:
        return self.name


class Project(Record):
    """A project; archived, never deleted."""

    id = models.BigAutoField(primary_key=True)
    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120, blank=True)
    purpose = models.TextField(_("purpose"), max_length=4000, blank=True)
    customer = models.CharField(_("customer"), max_length=100, blank=True)
    group = models.ForeignKey(
        ProjectGroup,
        verbose_name=_("portfolio or programme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="projects",
    )
    project_class = models.ForeignKey(
        ProjectClass, verbose_name=_("project class"), on_delete=models.PROTECT, related_name="+"
    )
    department = models.ForeignKey(
        Department, verbose_name=_("responsible department"), on_delete=models.PROTECT, related_name="+"
    )
    calendar = models.ForeignKey(
        WorkCalendar, verbose_name=_("calendar"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(_("state"), max_length=8, choices=ProjectState, default=ProjectState.PROPOSED)
    starts_on = models.DateField(_("planned start"))
    ends_before = models.DateField(_("to be finished before"), null=True, blank=True)
    budget = models.PositiveBigIntegerField(_("budget"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ProjectState.values), name="projects_state_known"),
            models.CheckConstraint(
                condition=Q(ends_before=None) | Q(ends_before__gt=F("starts_on")), name="projects_period"
            ),
            models.CheckConstraint(
                condition=~Q(state=ProjectState.CLOSED) | Q(closed_on__isnull=False), name="projects_closed_has_date"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def finishes_on(self) -> date | None:
        """The last planned day, as people say it."""
        return self.ends_before - timedelta(days=1) if self.ends_before else None


class Phase(Record):
    """A phase of a project."""

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(Project, verbose_name=_("project"), on_delete=models.CASCADE, related_name="phases")
    position = models.PositiveIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        constraints = [models.UniqueConstraint(fields=["project", "position"], name="projects_phase_position_once")]

    def __str__(self) -> str:
        return self.name


class Membership(Record):
    """Person x project x role x period x load: the one fact of allocation.  `[starts_on, ends_before)`, open when `None`.

    Two memberships of one person in one role of one project never overlap; the database refuses it.
    """

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="memberships"
    )
    person = models.ForeignKey(Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=11, choices=ProjectRole)
    starts_on = models.DateField(_("from"))
    ends_before = models.DateField(_("until before"), null=True, blank=True)
    load_permille = models.PositiveSmallIntegerField(_("load"), default=0)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=ProjectRole.values), name="projects_role_known"),
            models.CheckConstraint(condition=Q(load_permille__lte=1000), name="projects_load_bound"),
            models.CheckConstraint(
                condition=Q(ends_before=None) | Q(ends_before__gt=F("starts_on")), name="projects_membership_period"
            ),
        ]
        indexes = [models.Index(fields=["person", "role", "project"], name="projects_membership_person")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.project_id}"

    @property
    def ends_on(self) -> date | None:
        """The last day, as people say it."""
        return self.ends_before - timedelta(days=1) if self.ends_before else None


class ReportedStatus(models.Model):
    """What a person said of a project on a day; a correction is a new row."""

    id = models.BigAutoField(primary_key=True)
    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="reported_statuses"
    )
    on = models.DateField(_("date"))
    health = models.CharField(_("status"), max_length=9, choices=Health)
    reason = models.CharField(_("reason"), max_length=1000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reported by"), on_delete=models.PROTECT, related_name="+"
    )
    reported_at = models.DateTimeField(_("reported"))

    class Meta:
        verbose_name = _("reported status")
        verbose_name_plural = _("reported statuses")
        indexes = [models.Index(fields=["project", "-on", "-id"], name="projects_status_latest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(health__in=[Health.WELL, Health.ATTENTION, Health.DANGER]), name="projects_status_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.on} {self.health}"
