"""Rows of the schedule.

Moments (`*_at`) of plans are wall minutes (`engine.units`): a plan has no time zone.  Durations and efforts are minutes,
shares and units permille, money whole yen.  Only `reported_at`, `calculated_at` and the like are instants.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kaname.ground.people.models import Person
from kaname.ground.projects.models import Phase, Project
from kaname.kernel.records import Record
from kaname.pso.schedule.types import (
    ConstraintType,
    DurationKind,
    ImportState,
    LagUnit,
    LinkType,
    ResourceKind,
    TaskKind,
    TaskMode,
)


class Plan(Record):
    """The plan of a project, one each.

    `calendar_uid` names the project calendar among the plan's own calendars where a file brought them; else the plan works
    by the project's and the company's calendars.  `rules` holds the engine's `ScheduleRules` by field name.
    """

    id = models.BigAutoField(primary_key=True)
    project = models.OneToOneField(Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="+")
    start_at = models.BigIntegerField(_("start"))
    finish_at = models.BigIntegerField(_("finish"), null=True, blank=True)
    status_at = models.BigIntegerField(_("status date"), null=True, blank=True)
    calendar_uid = models.BigIntegerField(null=True, blank=True)
    minutes_per_day = models.PositiveIntegerField(_("minutes per day"), default=480)
    minutes_per_week = models.PositiveIntegerField(_("minutes per week"), default=2400)
    days_per_month = models.PositiveSmallIntegerField(_("days per month"), default=20)
    rules = models.JSONField(_("scheduling options"), default=dict, blank=True)
    source_product = models.CharField(_("made with"), max_length=200, blank=True)
    run_number = models.PositiveIntegerField(_("run"), default=0)
    calculated_at = models.DateTimeField(_("calculated"), null=True, blank=True)
    problem = models.JSONField(_("problem"), null=True, blank=True)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [
            models.CheckConstraint(condition=Q(minutes_per_day__range=(1, 1440)), name="schedule_day_length"),
        ]

    def __str__(self) -> str:
        return str(self.project_id)


class PlanCalendar(models.Model):
    """A calendar that came with a file; `definition` holds the engine's `Calendar` as plain values."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.CASCADE, related_name="calendars")
    uid = models.BigIntegerField()
    name = models.CharField(_("name"), max_length=200)
    definition = models.JSONField(_("definition"))

    class Meta:
        verbose_name = _("calendar of a plan")
        verbose_name_plural = _("calendars of plans")
        constraints = [models.UniqueConstraint(fields=["plan", "uid"], name="schedule_plan_calendar_once")]

    def __str__(self) -> str:
        return self.name


class Task(Record):
    """One line of a plan.

    `position` orders the outline, 1 first, without gaps.  The block of computed columns is written by the recalculation
    alone; `driver_*` says what decided the start.
    """

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.CASCADE, related_name="tasks")
    parent = models.ForeignKey(
        "self", verbose_name=_("work package"), null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    phase = models.ForeignKey(
        Phase, verbose_name=_("phase"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveIntegerField(_("position"))
    level = models.PositiveSmallIntegerField(_("outline level"), default=0)
    wbs_code = models.CharField(_("WBS code"), max_length=100, blank=True)
    name = models.CharField(_("name"), max_length=400)
    kind = models.CharField(_("kind"), max_length=16, choices=TaskKind, default=TaskKind.WORK)
    mode = models.CharField(_("scheduling"), max_length=6, choices=TaskMode, default=TaskMode.AUTO)
    is_active = models.BooleanField(_("active"), default=True)
    is_external = models.BooleanField(_("task of another plan"), default=False)
    duration_minutes = models.BigIntegerField(_("duration"), null=True, blank=True)
    duration_kind = models.CharField(
        _("duration counts"), max_length=7, choices=DurationKind, default=DurationKind.WORKING
    )
    is_estimated = models.BooleanField(_("estimated"), default=False)
    calendar_uid = models.BigIntegerField(null=True, blank=True)
    ignores_resource_calendars = models.BooleanField(_("ignores the calendars of its people"), default=False)
    constraint = models.CharField(_("constraint"), max_length=16, choices=ConstraintType, default=ConstraintType.ASAP)
    constraint_at = models.BigIntegerField(_("constraint date"), null=True, blank=True)
    deadline_at = models.BigIntegerField(_("deadline"), null=True, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), default=500)
    leveling_delay_minutes = models.BigIntegerField(_("levelling delay"), default=0)
    effort_minutes = models.BigIntegerField(_("effort"), null=True, blank=True)
    cost = models.BigIntegerField(_("cost"), null=True, blank=True)
    manual_start_at = models.BigIntegerField(_("start set by hand"), null=True, blank=True)
    manual_finish_at = models.BigIntegerField(_("finish set by hand"), null=True, blank=True)
    notes = models.TextField(_("notes"), max_length=20000, blank=True)
    source_key = models.CharField(max_length=200, blank=True)
    more = models.JSONField(_("further facts of the file"), default=dict, blank=True)

    percent_permille = models.PositiveSmallIntegerField(_("progress"), default=0)
    physical_permille = models.PositiveSmallIntegerField(_("physical progress"), null=True, blank=True)
    actual_start_at = models.BigIntegerField(_("actual start"), null=True, blank=True)
    actual_finish_at = models.BigIntegerField(_("actual finish"), null=True, blank=True)
    actual_duration_minutes = models.BigIntegerField(_("actual duration"), null=True, blank=True)
    remaining_duration_minutes = models.BigIntegerField(_("remaining duration"), null=True, blank=True)
    actual_effort_minutes = models.BigIntegerField(_("actual effort"), null=True, blank=True)
    remaining_effort_minutes = models.BigIntegerField(_("remaining effort"), null=True, blank=True)
    actual_cost = models.BigIntegerField(_("actual cost"), null=True, blank=True)
    stop_at = models.BigIntegerField(null=True, blank=True)
    resume_at = models.BigIntegerField(null=True, blank=True)
    is_blocked = models.BooleanField(_("blocked"), default=False)
    reported_at = models.DateTimeField(_("last report"), null=True, blank=True)

    start_at = models.BigIntegerField(_("start"), null=True, blank=True)
    finish_at = models.BigIntegerField(_("finish"), null=True, blank=True)
    early_start_at = models.BigIntegerField(_("early start"), null=True, blank=True)
    early_finish_at = models.BigIntegerField(_("early finish"), null=True, blank=True)
    late_start_at = models.BigIntegerField(_("late start"), null=True, blank=True)
    late_finish_at = models.BigIntegerField(_("late finish"), null=True, blank=True)
    total_float_minutes = models.BigIntegerField(_("total float"), null=True, blank=True)
    free_float_minutes = models.BigIntegerField(_("free float"), null=True, blank=True)
    is_critical = models.BooleanField(_("critical"), default=False)
    driver_kind = models.CharField(_("decided by"), max_length=24, blank=True)
    driver_task_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = [
            models.Index(fields=["plan", "position"], name="schedule_task_outline"),
            models.Index(fields=["plan", "finish_at"], name="schedule_task_finish"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=TaskKind.values), name="schedule_task_kind_known"),
            models.CheckConstraint(condition=Q(constraint__in=ConstraintType.values), name="schedule_constraint_known"),
            models.CheckConstraint(condition=Q(percent_permille__lte=1000), name="schedule_percent_bound"),
            models.CheckConstraint(
                condition=Q(duration_minutes=None) | Q(duration_minutes__gte=0), name="schedule_duration_bound"
            ),
            models.CheckConstraint(condition=Q(parent=None) | ~Q(parent=F("id")), name="schedule_parent_is_another"),
        ]

    def __str__(self) -> str:
        return self.name


class Link(Record):
    """A dependency between two tasks of one plan; `lag` is minutes, or permille for percent units."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.CASCADE, related_name="links")
    predecessor = models.ForeignKey(
        Task, verbose_name=_("predecessor"), on_delete=models.CASCADE, related_name="successor_links"
    )
    successor = models.ForeignKey(
        Task, verbose_name=_("successor"), on_delete=models.CASCADE, related_name="predecessor_links"
    )
    type = models.CharField(_("type"), max_length=2, choices=LinkType, default=LinkType.FS)
    lag = models.BigIntegerField(_("lag"), default=0)
    lag_unit = models.CharField(_("lag counts"), max_length=15, choices=LagUnit, default=LagUnit.WORKING)
    external_reference = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("dependency")
        verbose_name_plural = _("dependencies")
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor", "type"], name="schedule_link_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="schedule_link_not_to_itself"),
            models.CheckConstraint(condition=Q(type__in=LinkType.values), name="schedule_link_type_known"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor_id} {self.type} {self.successor_id}"


class Resource(Record):
    """Who or what a plan assigns; a person of the company where known, else a name from the file."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.CASCADE, related_name="resources")
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=8, choices=ResourceKind, default=ResourceKind.WORK)
    max_units_permille = models.PositiveIntegerField(_("units at most"), default=1000)
    calendar_uid = models.BigIntegerField(null=True, blank=True)
    rate_per_hour = models.BigIntegerField(_("rate per hour"), null=True, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    source_key = models.CharField(max_length=200, blank=True)
    more = models.JSONField(_("further facts of the file"), default=dict, blank=True)

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "person"], condition=Q(person__isnull=False), name="schedule_person_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Assignment(Record):
    """Who works on what."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(Task, verbose_name=_("task"), on_delete=models.CASCADE, related_name="assignments")
    resource = models.ForeignKey(
        Resource,
        verbose_name=_("resource"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="assignments",
    )
    units_permille = models.PositiveIntegerField(_("units"), default=1000)
    effort_minutes = models.BigIntegerField(_("effort"), null=True, blank=True)
    more = models.JSONField(_("further facts of the file"), default=dict, blank=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [models.UniqueConstraint(fields=["task", "resource"], name="schedule_assignment_once")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.resource_id}"


class ProgressReport(models.Model):
    """What somebody said of a task's progress; a correction is a new row."""

    id = models.BigAutoField(primary_key=True)
    task = models.ForeignKey(Task, verbose_name=_("task"), on_delete=models.CASCADE, related_name="progress_reports")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reported by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    reported_at = models.DateTimeField(_("reported"))
    percent_permille = models.PositiveSmallIntegerField(_("progress"))
    remaining_minutes = models.BigIntegerField(_("remaining duration"), null=True, blank=True)
    actual_start_at = models.BigIntegerField(_("actual start"), null=True, blank=True)
    actual_finish_at = models.BigIntegerField(_("actual finish"), null=True, blank=True)
    is_blocked = models.BooleanField(_("blocked"), default=False)
    comment = models.CharField(_("comment"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        indexes = [models.Index(fields=["task", "-id"], name="schedule_report_latest")]
        constraints = [models.CheckConstraint(condition=Q(percent_permille__lte=1000), name="schedule_report_bound")]

    def __str__(self) -> str:
        return f"{self.task_id} {self.percent_permille}"


class Baseline(Record):
    """A plan as once agreed; number 0 is the one in force."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.CASCADE, related_name="baselines")
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=100, blank=True)
    taken_at = models.DateTimeField(_("taken"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("taken by"), null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("baseline")
        verbose_name_plural = _("baselines")
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="schedule_baseline_once")]

    def __str__(self) -> str:
        return self.name or str(self.number)


class BaselineTask(models.Model):
    """A task as a baseline agreed it."""

    id = models.BigAutoField(primary_key=True)
    baseline = models.ForeignKey(Baseline, verbose_name=_("baseline"), on_delete=models.CASCADE, related_name="tasks")
    task = models.ForeignKey(Task, verbose_name=_("task"), on_delete=models.CASCADE, related_name="baseline_tasks")
    start_at = models.BigIntegerField(_("start"), null=True, blank=True)
    finish_at = models.BigIntegerField(_("finish"), null=True, blank=True)
    duration_minutes = models.BigIntegerField(_("duration"), null=True, blank=True)
    effort_minutes = models.BigIntegerField(_("effort"), null=True, blank=True)
    cost = models.BigIntegerField(_("cost"), null=True, blank=True)

    class Meta:
        verbose_name = _("task of a baseline")
        verbose_name_plural = _("tasks of baselines")
        constraints = [models.UniqueConstraint(fields=["baseline", "task"], name="schedule_baseline_task_once")]

    def __str__(self) -> str:
        return f"{self.baseline_id} {self.task_id}"


class Run(models.Model):
    """One recalculation of a plan and what it did; `trigger_task_id` and `trigger` say what set it off."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField(_("number"))
    at = models.DateTimeField(_("time"))
    cause_entry_id = models.BigIntegerField(_("cause"), null=True)
    trigger = models.CharField(_("set off by"), max_length=24)
    trigger_task_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(_("by"), max_length=200, blank=True)
    finish_before_at = models.BigIntegerField(_("finish before"), null=True)
    finish_after_at = models.BigIntegerField(_("finish after"), null=True)
    moved = models.PositiveIntegerField(_("moved tasks"), default=0)

    class Meta:
        verbose_name = _("recalculation")
        verbose_name_plural = _("recalculations")
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="schedule_run_once")]

    def __str__(self) -> str:
        return f"{self.plan_id} #{self.number}"


class Move(models.Model):
    """A task whose dates a run moved, and why: its new driver, and the task at which the chain of drivers begins."""

    id = models.BigAutoField(primary_key=True)
    run = models.ForeignKey(Run, verbose_name=_("recalculation"), on_delete=models.CASCADE, related_name="moves")
    task = models.ForeignKey(Task, verbose_name=_("task"), on_delete=models.CASCADE, related_name="moves")
    start_before_at = models.BigIntegerField(null=True)
    start_after_at = models.BigIntegerField(null=True)
    finish_before_at = models.BigIntegerField(null=True)
    finish_after_at = models.BigIntegerField(null=True)
    driver_kind = models.CharField(max_length=24, blank=True)
    driver_task_id = models.BigIntegerField(null=True)
    root_kind = models.CharField(max_length=24, blank=True)
    root_task_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("move of a task")
        verbose_name_plural = _("moves of tasks")
        indexes = [models.Index(fields=["task", "-id"], name="schedule_move_latest")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.task_id}"


class Removal(models.Model):
    """Tasks that were removed, with all that hung on them, for the way back."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(Plan, verbose_name=_("plan"), on_delete=models.CASCADE, related_name="removals")
    author_label = models.CharField(_("by"), max_length=200)
    removed_at = models.DateTimeField(_("removed"))
    task_name = models.CharField(_("task"), max_length=400)
    tasks = models.PositiveIntegerField(_("tasks"))
    content = models.JSONField(_("content"))
    restored_at = models.DateTimeField(_("restored"), null=True, blank=True)

    class Meta:
        verbose_name = _("removal")
        verbose_name_plural = _("removals")
        indexes = [models.Index(fields=["plan", "-id"], name="schedule_removal_latest")]

    def __str__(self) -> str:
        return self.task_name


class PlanImport(Record):
    """A file on its way into a plan: what it is, what would become of it, and the way back.

    Files that were uploaded together share a `batch`.  `survey` says what the sheets of a workbook or a text seem to hold,
    `mapping` is a person's correction of it.  `loss` is the loss report entry by entry, `refusal` and the
    templates in `loss` are messages to translate.  `before` is the plan that was replaced, `{}` where there was none.
    """

    id = models.BigAutoField(primary_key=True)
    batch = models.UUIDField(_("uploaded together"), db_index=True)
    project = models.ForeignKey(
        Project, verbose_name=_("project"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, related_name="+"
    )
    file_id = models.BigIntegerField(_("file"), null=True)
    file_name = models.CharField(_("file name"), max_length=255)
    state = models.CharField(_("state"), max_length=9, choices=ImportState, default=ImportState.UPLOADED)
    kind = models.CharField(_("kind of file"), max_length=8, blank=True)
    job_id = models.CharField(max_length=40, blank=True)
    mapping = models.JSONField(_("choice of columns"), null=True, blank=True)
    survey = models.JSONField(_("tables of the file"), default=list, blank=True)
    summary = models.JSONField(_("summary"), default=dict, blank=True)
    loss = models.JSONField(_("loss report"), default=list, blank=True)
    refusal = models.JSONField(_("refusal"), null=True, blank=True)
    before = models.JSONField(_("plan before"), null=True, blank=True)
    run_number = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(_("uploaded"))
    applied_at = models.DateTimeField(_("taken in"), null=True, blank=True)

    class Meta:
        verbose_name = _("import of a plan")
        verbose_name_plural = _("imports of plans")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ImportState.values), name="schedule_import_state_known")
        ]

    def __str__(self) -> str:
        return self.file_name


class PlanReading(models.Model):
    """What a file was read to hold, kept between preview and taking in, so that it is read once; then it goes.

    `content` is the engine's plan as the codec of the jail writes it, compressed; `keys` are the keys of its tasks.
    """

    plan_import = models.OneToOneField(
        PlanImport, verbose_name=_("import"), primary_key=True, on_delete=models.CASCADE, related_name="reading"
    )
    content = models.BinaryField(_("content"))
    keys = models.JSONField(_("keys of the tasks"), default=list)

    class Meta:
        verbose_name = _("read plan")
        verbose_name_plural = _("read plans")

    def __str__(self) -> str:
        return str(self.plan_import_id)
