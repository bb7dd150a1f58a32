"""What the API shows and reads of plans: moments are local times, durations and efforts minutes, shares permille."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from kaname.ground.people.models import Person
from kaname.ground.people.rules import VIEW as VIEW_PERSON
from kaname.kernel.rules.rest.bodies import (
    Code,
    Day,
    Facts,
    Flag,
    Id,
    Instant,
    Listing,
    Number,
    Reference,
    Strict,
    Text,
    Version,
    Wall,
)
from kaname.pso.schedule.types import ConstraintType, DurationKind, ImportState, LagUnit, LinkType, TaskKind, TaskMode

LONGEST = 60_000_000
"""Minutes of the longest duration or effort: more than a century."""
_MADE_KINDS = [(kind.value, kind.label) for kind in (TaskKind.WORK, TaskKind.MILESTONE, TaskKind.SUMMARY)]


class PlanBody(Strict):
    """The plan of a project."""

    id = Id()
    version = Version()
    project = Id(source="project_id")
    start_at = Wall()
    finish_at = Wall(allow_null=True)
    status_at = Wall(allow_null=True)
    minutes_per_day = Number(most=1440)
    minutes_per_week = Number(most=10_080)
    days_per_month = Number(most=31)
    source_product = Text(most=200, allow_blank=True)
    run_number = Number(most=2_147_483_647)
    calculated_at = Instant(allow_null=True)


class PlanInput(Strict):
    """An empty plan to be begun; without a day it begins with the project."""

    starts_on = Day(allow_null=True, default=None)


class PlanChange(Strict):
    """What may be changed of a plan; what is left out stays."""

    start_at = Wall(required=False)
    status_at = Wall(allow_null=True, required=False)


class TaskBody(Strict):
    """A task with its computed dates."""

    id = Id()
    version = Version()
    parent = Id(source="parent_id", allow_null=True)
    phase = Id(source="phase_id", allow_null=True)
    position = Number(most=2_147_483_647)
    level = Number(most=32_767)
    wbs_code = Text(most=100, allow_blank=True)
    name = Text(most=400)
    kind = Code(choices=TaskKind.choices)
    mode = Code(choices=TaskMode.choices)
    is_active = Flag()
    duration_minutes = Number(allow_null=True)
    duration_kind = Code(choices=DurationKind.choices)
    constraint = Code(choices=ConstraintType.choices)
    constraint_at = Wall(allow_null=True)
    deadline_at = Wall(allow_null=True)
    effort_minutes = Number(allow_null=True)
    percent_permille = Number(most=1000)
    is_blocked = Flag()
    actual_start_at = Wall(allow_null=True)
    actual_finish_at = Wall(allow_null=True)
    remaining_duration_minutes = Number(allow_null=True)
    start_at = Wall(allow_null=True)
    finish_at = Wall(allow_null=True)
    late_start_at = Wall(allow_null=True)
    late_finish_at = Wall(allow_null=True)
    total_float_minutes = Number(least=-(2**63), allow_null=True)
    free_float_minutes = Number(least=-(2**63), allow_null=True)
    is_critical = Flag()
    driver_kind = Text(most=24, allow_blank=True)
    driver_task = Id(source="driver_task_id", allow_null=True)


class TaskInput(Strict):
    """A task to be added below `parent`, behind `after` or as the last."""

    name = Text(most=400)
    parent = Id(allow_null=True, default=None)
    after = Id(allow_null=True, default=None)
    kind = Code(choices=_MADE_KINDS, default=TaskKind.WORK)
    mode = Code(choices=TaskMode.choices, default=TaskMode.AUTO)
    duration_minutes = Number(most=LONGEST, required=False)
    constraint = Code(choices=ConstraintType.choices, default=ConstraintType.ASAP)
    constraint_at = Wall(allow_null=True, default=None)
    deadline_at = Wall(allow_null=True, default=None)
    effort_minutes = Number(most=LONGEST, allow_null=True, default=None)
    notes = Text(most=20_000, allow_blank=True, default="")


class TaskChange(Strict):
    """What may be changed of a task; what is left out stays."""

    name = Text(most=400, required=False)
    kind = Code(choices=_MADE_KINDS, required=False)
    mode = Code(choices=TaskMode.choices, required=False)
    is_active = Flag(required=False)
    duration_minutes = Number(most=LONGEST, required=False)
    constraint = Code(choices=ConstraintType.choices, required=False)
    constraint_at = Wall(allow_null=True, required=False)
    deadline_at = Wall(allow_null=True, required=False)
    manual_start_at = Wall(allow_null=True, required=False)
    manual_finish_at = Wall(allow_null=True, required=False)
    effort_minutes = Number(most=LONGEST, allow_null=True, required=False)
    priority = Number(most=1000, required=False)
    notes = Text(most=20_000, allow_blank=True, required=False)


class Placing(Strict):
    """Where a task shall stand: below `parent`, behind `after`; without `after` as the first."""

    parent = Id(allow_null=True, default=None)
    after = Id(allow_null=True, default=None)


class Units(Strict):
    """A person and the share of their time."""

    person = Reference(VIEW_PERSON, Person.objects.all)
    units_permille = Number(least=1, most=1000, default=1000)


class Staffing(Strict):
    """Who works on a task; whoever is not named leaves it."""

    people = serializers.ListField(child=Units(), max_length=50)


class AssignmentBody(Strict):
    """Who works on a task."""

    id = Id()
    person = Id(source="resource.person_id", allow_null=True)
    name = Text(most=200, source="resource.name")
    units_permille = Number(most=2_147_483_647)


class ReportBody(Strict):
    """What somebody said of a task's progress."""

    id = Id()
    task = Id(source="task_id")
    author = Id(source="author_id", allow_null=True)
    reported_at = Instant()
    percent_permille = Number(most=1000)
    remaining_minutes = Number(allow_null=True)
    actual_start_at = Wall(allow_null=True)
    actual_finish_at = Wall(allow_null=True)
    is_blocked = Flag()
    comment = Text(most=1000, allow_blank=True)


class ReportInput(Strict):
    """Progress of a task; what is not said is worked out as on the page."""

    percent_permille = Number(most=1000)
    remaining_minutes = Number(most=LONGEST, allow_null=True, default=None)
    actual_start_at = Wall(allow_null=True, default=None)
    actual_finish_at = Wall(allow_null=True, default=None)
    is_blocked = Flag(default=False)
    comment = Text(most=1000, allow_blank=True, default="")


class LinkBody(Strict):
    """A dependency; the lag is minutes, or permille for percent units."""

    id = Id()
    version = Version()
    predecessor = Id(source="predecessor_id")
    successor = Id(source="successor_id")
    type = Code(choices=LinkType.choices)
    lag = Number(least=-(2**63))
    lag_unit = Code(choices=LagUnit.choices)


class LinkInput(Strict):
    """A dependency to be made between two tasks of the plan."""

    predecessor = Id()
    successor = Id()
    type = Code(choices=LinkType.choices, default=LinkType.FS)
    lag = Number(least=-LONGEST, most=LONGEST, default=0)
    lag_unit = Code(choices=LagUnit.choices, default=LagUnit.WORKING)


class LinkChange(Strict):
    """Type and lag as they shall be."""

    type = Code(choices=LinkType.choices)
    lag = Number(least=-LONGEST, most=LONGEST)
    lag_unit = Code(choices=LagUnit.choices)


class BaselineBody(Strict):
    """A plan as once agreed; number 0 is the one in force."""

    id = Id()
    version = Version()
    number = Number(most=32_767)
    name = Text(most=100, allow_blank=True)
    taken_at = Instant()
    author = Id(source="author_id", allow_null=True)


class BaselineInput(Strict):
    """The name of a baseline."""

    name = Text(most=100, allow_blank=True, default="")


class RunBody(Strict):
    """A recalculation and what set it off."""

    id = Id()
    number = Number(most=2_147_483_647)
    at = Instant()
    trigger = Text(most=24)
    trigger_task = Id(source="trigger_task_id", allow_null=True)
    actor_label = Text(most=200, allow_blank=True)
    finish_before_at = Wall(allow_null=True)
    finish_after_at = Wall(allow_null=True)
    moved = Number(most=2_147_483_647)


class MoveBody(Strict):
    """A task that a recalculation moved, its new driver and the task at which the chain of drivers begins."""

    id = Id()
    task = Id(source="task_id")
    start_before_at = Wall(allow_null=True)
    start_after_at = Wall(allow_null=True)
    finish_before_at = Wall(allow_null=True)
    finish_after_at = Wall(allow_null=True)
    driver_kind = Text(most=24, allow_blank=True)
    driver_task = Id(source="driver_task_id", allow_null=True)
    root_kind = Text(most=24, allow_blank=True)
    root_task = Id(source="root_task_id", allow_null=True)


class RemovalInput(Strict):
    """Tasks to be removed with all below them."""

    tasks = Listing(child=Id(), most=500, min_length=1)


class RemovalBody(Strict):
    """Removed tasks, kept for the way back."""

    id = Id()
    author_label = Text(most=200)
    removed_at = Instant()
    task_name = Text(most=400)
    tasks = Number(most=2_147_483_647)
    restored_at = Instant(allow_null=True)


class ImportBody(Strict):
    """A file on its way into a plan."""

    id = Id()
    version = Version()
    batch = serializers.UUIDField()
    project = Id(source="project_id", allow_null=True)
    file_name = Text(most=255)
    state = Code(choices=ImportState.choices)
    kind = Text(most=8, allow_blank=True)
    summary = Facts(help_text=_("What the file was found to hold."))
    created_at = Instant()
    applied_at = Instant(allow_null=True)


class LossBody(Strict):
    """One entry of the loss report."""

    outcome = Text(most=20)
    subject = Text(most=60)
    place = Text(most=300, allow_blank=True, allow_null=True)
    label = Text(most=400, allow_blank=True, allow_null=True)
    count = Number(most=2_147_483_647)
    reason = Text(most=2000, allow_blank=True)


class TakingIn(Strict):
    """The project whose plan the file shall become."""

    project = Id()
