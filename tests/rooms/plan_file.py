"""A plan as a file, of any size; for journeys and benchmarks."""

from kaname.engine.calendar.types import Calendar, Shift
from kaname.engine.network import schedule
from kaname.engine.network.plan import Assignment, Link, Plan, Resource, StoredDates, Task, TaskKind
from kaname.engine.units import MINUTES_PER_DAY
from kaname.formats.mspdi import write_mspdi

_DAY = 480
_PER_PACKAGE = 20
_PEOPLE = 40


def large_plan(tasks: int, *, name: str = "5000") -> Plan:
    """Return a plan with packages of 20 linked tasks and 40 people."""
    week = tuple((Shift(540, 720), Shift(780, 1080)) if day < 5 else () for day in range(7))
    start = 20_550 * MINUTES_PER_DAY + 540
    rows, links, work = [], [], []
    package = 0
    for number in range(1, tasks + 1):
        if number % _PER_PACKAGE == 1:
            package = number
            rows.append(Task(uid=number, name=f"工程 {number}", kind=TaskKind.SUMMARY))
            continue
        rows.append(
            Task(uid=number, parent_uid=package, name=f"作業 {number}", duration_minutes=_DAY * (1 + number % 5))
        )
        if number - package > 1:
            links.append(Link(predecessor_uid=number - 1, successor_uid=number))
        elif package > _PER_PACKAGE * 10:
            links.append(Link(predecessor_uid=package - _PER_PACKAGE * 10 + 1, successor_uid=number))
        work.append(Assignment(task_uid=number, resource_uid=1 + number % _PEOPLE, units_permille=500))
    return Plan(
        name=name, start_at=start, calendar_uid=1, calendars=(Calendar(uid=1, name="標準", week=week),),
        tasks=tuple(rows), links=tuple(links), assignments=tuple(work),
        resources=tuple(Resource(uid=number, name=f"要員 {number}") for number in range(1, _PEOPLE + 1)),
    )  # fmt: skip


def mspdi(plan: Plan) -> bytes:
    """Return a plan as Microsoft Project XML with the dates that its calculation gives."""
    computed = {item.uid: item for item in schedule(plan)}
    dates = {uid: StoredDates(start_at=item.start_at, finish_at=item.finish_at) for uid, item in computed.items()}
    return write_mspdi(plan, dates=dates)
