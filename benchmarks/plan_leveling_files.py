"""Level every real plan of a folder, check each, and tell how long it took.

    python benchmarks/plan_leveling_files.py DATA_DIR [--schedules N] [--brief]

Reads every MSPDI file below DATA_DIR/mspdi and DATA_DIR/mspdi-from-mpp and every XER file below DATA_DIR/xer.  Each levelled
plan passes the independent check (its dates are those of the network, nobody is taken twice unless it is told) or the run fails.
Prints a line per file: tasks, assignments, the stretches in which more is taken than there is before and after, moved tasks, days of
the plan before and after, CPU milliseconds.
"""

import sys
import time
from pathlib import Path

from kaname.engine.leveling.plans import PlanLeveling, level_plan, warm_up
from kaname.engine.network import PlanError
from kaname.engine.network import warm_up as warm_up_network
from kaname.engine.network.plan import Plan
from kaname.engine.units import MINUTES_PER_DAY
from kaname.formats.types import FileRefused
from kaname.site.cli.plan_files import read_plan

FOLDERS = ("mspdi", "mspdi-from-mpp", "xer")


def levelled(plan: Plan, schedules: int | None) -> tuple[PlanLeveling, float]:
    """Return the levelled plan and the CPU milliseconds."""
    begun = time.process_time()
    found = level_plan(plan, schedules=schedules)
    return found, (time.process_time() - begun) * 1000


def days(start: int | None, finish: int | None) -> float:
    """Return the length of a plan in days of the clock."""
    return 0.0 if start is None or finish is None else (finish - start) / MINUTES_PER_DAY


def main() -> None:
    """Level all files and print what came of it."""
    words = sys.argv[1:]
    schedules = int(words[words.index("--schedules") + 1]) if "--schedules" in words else None
    root = Path(words[0])
    warm_up_network()
    warm_up()
    count = refused = short = left = 0
    total = 0.0
    for path in sorted(path for folder in FOLDERS for path in (root / folder).rglob("*") if path.is_file()):
        try:
            plan = read_plan(path).plan
            found, cost = levelled(plan, schedules)
        except (FileRefused, PlanError) as error:
            refused += 1
            print(f"{path.name[:44]:44} refused: {str(error)[:70]}")
            continue
        count += 1
        total += cost
        short += len(found.overallocations_before)
        left += len(found.overallocations)
        if "--brief" not in words:
            before = days(found.before.start_at, found.before.finish_at)
            after = days(found.schedule.start_at, found.schedule.finish_at)
            print(
                f"{path.name[:44]:44} {len(plan.tasks):5} {len(plan.assignments):5} "
                f"{len(found.overallocations_before):5} → {len(found.overallocations):4} {len(found.changes):5} "
                f"{before:8.1f} → {after:8.1f} {100 * found.gap:7.1f} % {cost:8.1f} ms"
            )
    print(
        f"{count} plans levelled and checked, {refused} refused; {short} overallocated stretches, {left} left; {total:.0f} ms"
    )


if __name__ == "__main__":
    main()
