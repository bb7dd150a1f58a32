"""What Microsoft Project XML cannot hold of a plan that came from elsewhere."""

from collections.abc import Iterator
from typing import Final

from kaname.engine.network.plan import ConstraintType, Dialect, Plan, ProgressRule, Task, TaskKind
from kaname.engine.text import Message, gettext_noop
from kaname.formats.types import LossEntry, LossReport, Outcome

_SECOND_CONSTRAINT: Final = gettext_noop("Microsoft Project knows one constraint per task; the second was not written.")
_MANDATORY: Final = gettext_noop("A mandatory date became “must start on” or “must finish on”.")
_HAMMOCK: Final = gettext_noop("The task no longer stretches between its links; it keeps its duration.")
_EXPECTED_FINISH: Final = gettext_noop("Microsoft Project knows no expected finish; it was not written.")
_SUSPENDED: Final = gettext_noop("Microsoft Project knows no suspension; it was not written.")
_MUST_FINISH: Final = gettext_noop("Microsoft Project knows no date that the whole plan must meet; it was not written.")
_RULES: Final = gettext_noop("Microsoft Project calculates by its own rules; dates may differ when it does.")
_MANDATORY_TYPES: Final = frozenset({ConstraintType.MANDATORY_START, ConstraintType.MANDATORY_FINISH})


def unwritten(plan: Plan) -> LossReport:
    """Return what `write_mspdi` changes or leaves out of a plan; nothing of one that was read from Microsoft Project XML."""
    return LossReport(entries=(*_of_plan(plan), *(entry for task in plan.tasks for entry in _of_task(task))))


def _of_plan(plan: Plan) -> Iterator[LossEntry]:
    if plan.must_finish_at is not None:
        yield _entry(Outcome.LOST, "Plan/must_finish_at", plan.name, _MUST_FINISH)
    if plan.rules.dialect is not Dialect.MICROSOFT or plan.rules.progress_rule is not ProgressRule.RETAINED_LOGIC:
        yield _entry(Outcome.CHANGED, "Plan/rules", plan.name, _RULES)


def _of_task(task: Task) -> Iterator[LossEntry]:
    if task.second_constraint is not None:
        yield _entry(Outcome.LOST, "Task/second_constraint", task.name, _SECOND_CONSTRAINT)
    if task.constraint in _MANDATORY_TYPES:
        yield _entry(Outcome.CHANGED, "Task/constraint", task.name, _MANDATORY)
    if task.kind is TaskKind.HAMMOCK:
        yield _entry(Outcome.CHANGED, "Task/kind", task.name, _HAMMOCK)
    if task.expected_finish_at is not None:
        yield _entry(Outcome.LOST, "Task/expected_finish_at", task.name, _EXPECTED_FINISH)
    if task.suspended_at is not None or task.resumed_at is not None:
        yield _entry(Outcome.LOST, "Task/suspended_at", task.name, _SUSPENDED)


def _entry(outcome: Outcome, subject: str, label: str, template: str) -> LossEntry:
    return LossEntry(outcome=outcome, subject=subject, label=label, message=Message(template))
