"""Small tables for tests, and what is looked up in their plans."""

from kaname.engine.network.plan import Plan, Task
from kaname.engine.units import wall_moment
from kaname.formats.types import LossEntry, LossReport, Outcome
from kaname.formats.wbs.interpreter import TableRead, interpret
from kaname.formats.wbs.options import DEFAULT_OPTIONS, ReadOptions
from kaname.formats.wbs.survey import survey_grid
from kaname.formats.wbs.types import Cell, Grid


def grid_of(*rows: tuple[Cell, ...], name: str = "WBS", **looks: object) -> Grid:
    return Grid(name=name, rows=rows, **looks)


def read(grid: Grid, options: ReadOptions = DEFAULT_OPTIONS) -> TableRead:
    return interpret(grid, survey_grid(grid), file="計画.xlsx", options=options)


def task(plan: Plan, name: str) -> Task:
    return next(each for each in plan.tasks if each.name == name)


def outline(plan: Plan) -> list[tuple[int, str]]:
    levels: dict[int, int] = {}
    for each in plan.tasks:
        levels[each.uid] = 0 if each.parent_uid is None else levels[each.parent_uid] + 1
    return [(levels[each.uid], each.name) for each in plan.tasks]


def span(each: Task) -> tuple[str, str]:
    assert each.stored is not None
    assert each.stored.start_at is not None
    assert each.stored.finish_at is not None
    return f"{wall_moment(each.stored.start_at):%Y-%m-%d %H:%M}", f"{wall_moment(each.stored.finish_at):%Y-%m-%d %H:%M}"


def entries(loss: LossReport, outcome: Outcome) -> list[tuple[str, str, int, str]]:
    return [
        (entry.subject, entry.place, entry.count, str(entry.message or ""))
        for entry in loss.entries
        if entry.outcome is outcome
    ]


def entry(loss: LossReport, subject: str, outcome: Outcome) -> LossEntry:
    return next(each for each in loss.entries if each.subject == subject and each.outcome is outcome)
