"""Rows change through the operations of their own room and nowhere else."""

import ast
from collections.abc import Iterable, Iterator
from typing import Final

from tests.house.source import FLOORS_WITH_ROOMS, Module, modules, parsed

WRITES: Final = frozenset(
    {
        "save",
        "delete",
        "create",
        "bulk_create",
        "bulk_update",
        "update",
        "get_or_create",
        "update_or_create",
        "acreate",
        "asave",
    }
)
MAY_WRITE: Final = frozenset({"operations"})
CHANGING: Final = ("INSERT ", "UPDATE ", "DELETE ", "TRUNCATE ")


def foreign_writes(among: Iterable[Module]) -> list[str]:
    """Return `module:line` of every write to a model of another room, or of the own room outside of its operations.

    Found are chains that begin at an imported model (`Project.objects.filter(…).update(…)`), writes to arguments that are
    annotated with a model, what is written to their fields, and SQL that changes rows.
    """
    return [
        f"{module.name}:{line}" for module in among if _is_in_a_room(module) for line in sorted(set(_lines(module)))
    ]


def _is_in_a_room(module: Module) -> bool:
    return module.floor in FLOORS_WITH_ROOMS


def _lines(module: Module) -> Iterator[int]:
    imported = _models(module)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            if _is_foreign(imported.get(_root(node.func.value), ""), module):
                yield node.lineno
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "execute":
            if any(word in ast.unparse(argument).upper() for argument in node.args for word in CHANGING):
                yield node.lineno
        elif isinstance(node, ast.FunctionDef):
            yield from _writes_to_arguments(node, imported, module)


def _writes_to_arguments(function: ast.FunctionDef, imported: dict[str, str], module: Module) -> Iterator[int]:
    arguments = (*function.args.args, *function.args.kwonlyargs)
    rooms = {
        one.arg: imported[ast.unparse(one.annotation)]
        for one in arguments
        if one.annotation and ast.unparse(one.annotation) in imported
    }
    foreign = {name for name, room in rooms.items() if _is_foreign(room, module)}
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in {"save", "delete"}:
            if isinstance(node.func.value, ast.Name) and node.func.value.id in foreign:
                yield node.lineno
        elif isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(
                isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name) and target.value.id in foreign
                for target in targets
            ):
                yield node.lineno


def _models(module: Module) -> dict[str, str]:
    """Return the room of every model that a module imports, by the name it has there."""
    return {
        alias.asname or alias.name: node.module.rpartition(".models")[0]
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom)
        and node.module
        and ".models" in node.module
        and node.module.startswith("kaname.")
        for alias in node.names
    }


def _is_foreign(room: str, module: Module) -> bool:
    return bool(room) and not (room == module.room and module.furniture in MAY_WRITE)


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def test_rows_change_through_their_own_operations_only() -> None:
    assert foreign_writes(modules()) == []


def test_foreign_writes_are_found() -> None:
    text = """
from kaname.ground.projects.models import Project
from kaname.pso.desk.models import Ticket

def escalate(*, actor, project: Project, ticket: Ticket):
    ticket.state = 1
    ticket.save()
    project.state = 2
    project.save()
    Project.objects.filter(pk=1).update(state=3)
    Ticket.objects.create(project=project)
    cursor.execute("update projects_project set state = 1")
    return Project.objects.filter(pk=1).first()
"""
    assert foreign_writes([parsed("kaname.pso.desk.operations", text)]) == [
        f"kaname.pso.desk.operations:{line}" for line in (8, 9, 10, 12)
    ]
    assert foreign_writes([parsed("kaname.pso.desk.web", text)]) == [
        f"kaname.pso.desk.web:{line}" for line in (6, 7, 8, 9, 10, 11, 12)
    ]
    assert foreign_writes([parsed("kaname.kernel.files.operations", text)]) == []
