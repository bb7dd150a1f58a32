"""Operations are keyword-only and know who acts."""

import ast
from collections.abc import Iterable, Iterator
from typing import Final

from tests.house.source import Module, modules, parsed

EXCEPT: Final = {
    "kaname.kernel.journal.operations.publish": "takes the event first, as it is the verb of all rooms",
    "kaname.kernel.journal.operations.publish_all": "takes the events first, as `publish` does",
    "kaname.kernel.jobs.operations.ask_to_stop": "acts for a room that has checked its own permission and tells it",
    "kaname.pso.reports.operations.assessing.rules_in_force": "writes the shipped limits once, in nobody's name",
    "kaname.pso.schedule.operations.recalculation.recalculate": "is a step within operations that hold the lock on its plan",
}
WRITES: Final = frozenset(
    {"save", "delete", "create", "bulk_create", "bulk_update", "update", "get_or_create", "update_or_create"}
)


def verbs(among: Iterable[Module]) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield what rooms offer to do: public functions of `operations` that open a transaction, publish or write.

    A package offers what its `__init__` exports.
    """
    among = tuple(among)
    exported = {module.room: _exports(module) for module in among if module.name == f"{module.room}.operations"}
    for module in among:
        if module.furniture != "operations":
            continue
        functions = {node.name: node for node in module.tree.body if isinstance(node, ast.FunctionDef)}
        inner = {name: node for name, node in functions.items() if name.startswith("_")}
        for node in functions.values():
            if not node.name.startswith("_") and _acts(node, inner):
                if module.name != f"{module.room}.operations" and node.name not in exported.get(module.room, set()):
                    continue
                yield f"{module.name}.{node.name}", node


def _exports(module: Module) -> set[str]:
    return {
        alias.asname or alias.name
        for node in module.tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def _acts(node: ast.FunctionDef, inner: dict[str, ast.FunctionDef]) -> bool:
    """Tell whether a function changes something: by itself, or by a private function beside it."""
    if any("atomic" in ast.unparse(decorator) for decorator in node.decorator_list):
        return True
    called = [call.func for call in ast.walk(node) if isinstance(call, ast.Call)]
    names = {function.id for function in called if isinstance(function, ast.Name)}
    return (
        "publish" in names
        or any(isinstance(function, ast.Attribute) and function.attr in WRITES | {"atomic"} for function in called)
        or any(_acts(inner[name], {}) for name in names & inner.keys())
    )


def faulty(among: Iterable[Module]) -> list[str]:
    """Return the operations that take something by position, or no actor."""
    return [
        name
        for name, node in verbs(among)
        if node.args.args
        or node.args.posonlyargs
        or node.args.vararg
        or "actor" not in {argument.arg for argument in node.args.kwonlyargs}
    ]


def test_operations_are_keyword_only_and_take_the_actor() -> None:
    assert sorted(set(faulty(modules())) - EXCEPT.keys()) == []


def test_exceptions_are_still_needed() -> None:
    assert EXCEPT.keys() - set(faulty(modules())) == set()


def test_faulty_operations_are_found() -> None:
    text = """
def rename(*, actor, name): publish(1)
def remove(thing): thing.delete()
def nobody(*, name): Thing.objects.create(name=name)
@transaction.atomic
def by_place(actor): return 1
def look(thing): return thing.name
def through(thing): _inner(thing)
def _inner(thing): thing.save()
"""
    assert [name.rpartition(".")[2] for name in faulty([parsed("kaname.pso.desk.operations", text)])] == [
        "remove",
        "nobody",
        "by_place",
        "through",
    ]
