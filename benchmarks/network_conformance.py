"""Compare computed dates with those that Microsoft Project and Primavera stored in their files.

    python benchmarks/network_conformance.py DATA_DIR [--brief]

Reads every MSPDI file below DATA_DIR/mspdi and DATA_DIR/mspdi-from-mpp and every XER file below DATA_DIR/xer.  Counted are
active, automatic tasks that are neither started nor levelled and for which the file stores the value.  Prints every
difference, a line per file and a total per product.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kaname.engine.network import PlanError, Schedule, ScheduledTask, schedule
from kaname.engine.network.plan import Plan, StoredDates, Task, TaskMode
from kaname.engine.units import wall_moment
from kaname.formats.types import FileRefused, ReadResult

FIELDS = {
    "start": "start_at",
    "finish": "finish_at",
    "early start": "early_start_at",
    "early finish": "early_finish_at",
    "late start": "late_start_at",
    "late finish": "late_finish_at",
    "total float": "total_float_minutes",
    "free float": "free_float_minutes",
}


@dataclass(slots=True)
class Tally:
    """How many values of each kind agree, of how many."""

    agreed: Counter[str] = field(default_factory=Counter)
    counted: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        """Add the counts of another tally."""
        self.agreed += other.agreed
        self.counted += other.counted

    def __str__(self) -> str:
        parts = []
        for name in FIELDS:
            if self.counted[name]:
                share = 100 * self.agreed[name] / self.counted[name]
                parts.append(f"{name} {self.agreed[name]}/{self.counted[name]} {share:.2f} %")
        return ", ".join(parts) or "nothing stored to compare"


def unstarted(plan: Plan) -> Iterator[Task]:
    """Yield the tasks that count."""
    levelled = {item.task_uid for item in plan.assignments if item.leveling_delay_minutes}
    begun = {task.uid for task in plan.tasks if has_progress(task)}
    parents = {task.uid: task.parent_uid for task in plan.tasks}
    for uid in list(begun):
        while (uid := parents[uid]) is not None:
            begun.add(uid)
    for task in plan.tasks:
        is_levelled = task.leveling_delay_minutes != 0 or task.uid in levelled
        if task.mode == TaskMode.AUTO and task.is_active and not is_levelled and task.uid not in begun:
            yield task


def has_progress(task: Task) -> bool:
    """Return whether a task has started."""
    return task.progress.actual_start_at is not None or task.progress.percent_permille > 0


def compare(plan: Plan, result: Schedule, show: Callable[[str], None]) -> Tally:
    """Compare one plan and show every difference."""
    tally = Tally()
    for task in unstarted(plan):
        stored = task.stored or StoredDates()
        computed = result.task(task.uid)
        for name, attribute in FIELDS.items():
            expected = getattr(stored, attribute)
            if expected is None:
                continue
            tally.counted[name] += 1
            if expected == getattr(computed, attribute):
                tally.agreed[name] += 1
            else:
                show(f"    task {task.uid} {task.kind} “{task.name[:40]}” {name}: "
                     f"stored {said(name, expected)}, computed {said(name, getattr(computed, attribute))}"
                     f" [{reason(result, computed)}]")  # fmt: skip
    return tally


def reason(result: Schedule, computed: ScheduledTask) -> str:
    """Return what drove a task, in a few words."""
    cause = result.driven_by(computed.uid)
    return f"{cause.kind} {cause.task_uid if cause.task_uid is not None else ''}".strip()


def said(name: str, value: int | None) -> str:
    """Return a moment or an amount of minutes for reading."""
    if value is None or "float" in name:
        return str(value)
    return wall_moment(value).isoformat(" ", "minutes")


def is_calculated(plan: Plan) -> bool:
    """Return whether the program that wrote the file had calculated the plan: it then stores early dates.

    Files of converters and by hand hold a start and a finish of every task, which nothing in the plan explains.
    """
    return any(task.stored is not None and task.stored.early_start_at is not None for task in plan.tasks)


def run(files: list[Path], read: Callable[..., ReadResult], *, is_brief: bool) -> tuple[Tally, Tally]:
    """Compare all files of one kind and print their lines; return the totals of calculated files and of others."""
    total, others = Tally(), Tally()
    for path in files:
        lines: list[str] = []
        begun = time.process_time()
        try:
            plan = read(path.read_bytes(), file=path.name).plan
            tally = compare(plan, schedule(plan), lines.append)
        except (FileRefused, PlanError) as error:
            print(f"{path.parent.name}/{path.name}: {error}")
            continue
        (total if is_calculated(plan) else others).add(tally)
        kind = "" if is_calculated(plan) else ", no early dates stored"
        print(
            f"{path.parent.name}/{path.name}{kind}: {len(plan.tasks)} tasks, {time.process_time() - begun:.2f} s: {tally}"
        )
        if not is_brief:
            print("\n".join(lines), end="\n" if lines else "")
    return total, others


def main() -> int:
    """Read the data folder and print."""
    from kaname.formats.mspdi import read_mspdi

    root = Path(sys.argv[1])
    is_brief = "--brief" in sys.argv
    mspdi = sorted([*(root / "mspdi").rglob("*.xml"), *(root / "mspdi-from-mpp").rglob("*.xml")])
    total, others = run(mspdi, read_mspdi, is_brief=is_brief)
    lines = [f"Microsoft Project, all calculated files: {total}", f"MSPDI of other programs: {others}"]
    xer = sorted((root / "xer").rglob("*.xer"))
    if xer:
        from kaname.formats.xer import read_xer

        total, others = run(xer, read_xer, is_brief=is_brief)
        lines += [f"Primavera, all calculated files: {total}", f"XER of other programs: {others}"]
    print("\n".join(lines))
    return 0


if __name__ == "__main__":
    sys.exit(main())
