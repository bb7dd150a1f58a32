from dataclasses import replace

from kaname.engine.network.plan import ConstraintType, Dialect, Plan, ScheduleRules, Task, TaskKind
from kaname.formats.mspdi import unwritten
from tests.formats.mspdi.plans import FULL, read


def told(plan: Plan) -> list[tuple[str, str, str]]:
    return [(entry.outcome.value, entry.subject, entry.label) for entry in unwritten(plan).entries]


def test_plan_read_from_microsoft_project_is_written_whole():
    assert told(read(FULL).plan) == []


def test_what_only_primavera_knows_is_told_task_by_task():
    tasks = (
        Task(uid=1, name="監理", kind=TaskKind.HAMMOCK),
        Task(uid=2, name="期限", constraint=ConstraintType.MANDATORY_FINISH, constraint_at=0),
        Task(uid=3, name="二重", second_constraint=ConstraintType.FNLT, second_constraint_at=0),
        Task(uid=4, name="中断", suspended_at=0, expected_finish_at=60),
    )
    plan = Plan(name="刷新", tasks=tasks, must_finish_at=0, rules=ScheduleRules(dialect=Dialect.PRIMAVERA))
    assert told(plan) == [
        ("lost", "Plan/must_finish_at", "刷新"),
        ("changed", "Plan/rules", "刷新"),
        ("changed", "Task/kind", "監理"),
        ("changed", "Task/constraint", "期限"),
        ("lost", "Task/second_constraint", "二重"),
        ("lost", "Task/expected_finish_at", "中断"),
        ("lost", "Task/suspended_at", "中断"),
    ]


def test_other_rule_for_progress_alone_is_told():
    plan = read(FULL).plan
    changed = replace(plan, rules=replace(plan.rules, dialect=Dialect.PRIMAVERA))
    assert told(changed) == [("changed", "Plan/rules", "基幹システム移行")]
