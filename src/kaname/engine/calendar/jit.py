"""Turn plain functions on sequences of integers into compiled ones, from the same source.

The kernels are written once, as plain Python.  Small inputs run them as they are, with lists; large ones run copies that
numba has compiled, with arrays.  numba is imported only when a compiled copy is asked for.
"""

import ast
import hashlib
import inspect
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from types import CodeType, FunctionType, ModuleType
from typing import Any, Final, cast

import numpy as np

from kaname.engine.calendar import kernels

CALENDAR_KERNELS: Final = (
    kernels.far_work_at,
    kernels.far_start_moment,
    kernels.far_finish_moment,
    kernels.work_at,
    kernels.start_moment,
    kernels.finish_moment,
)
_UNSIGNED: Final = "_unsigned_"
INLINED: Final = frozenset({"work_at", "start_moment", "finish_moment"})


def compile_together(
    functions: Iterable[Callable[..., Any]],
    *,
    inlined: Collection[str],
    sources: Iterable[ModuleType],
    natives: Mapping[str, Any] | None = None,
) -> dict[str, Callable[..., Any]]:
    """Compile functions that call one another and return them by name.

    Parameters
    ----------
    functions
        Callees before their callers; calls between them go to the compiled copies.
    inlined
        Names of those that are copied into their callers: small ones on the path of every node.
    sources
        The modules whose text decides whether machine code kept from an earlier run is still good.
    natives
        What stands for some functions in compiled code, by name, such as a conversion that the machine has of its own.

    Returns
    -------
    dict
        Name to compiled function.  Machine code is kept in `NUMBA_CACHE_DIR`, else beside the source, else in the
        user's cache folder; where none of them can be written each process compiles anew.
    """
    import numba  # noqa: PLC0415 - half a second, and most processes never need it

    texts = [inspect.getsource(source) for source in (sys.modules[__name__], *sources)]
    digest = hashlib.sha256("".join([*texts, *sorted(inlined)]).encode()).hexdigest()[:12]
    compiled: dict[str, Callable[..., Any]] = {}
    for function in functions:
        name = function.__name__
        source = cast("FunctionType", function)
        copy = FunctionType(
            _unsigned_code(source), {**source.__globals__, **(natives or {}), **compiled, _UNSIGNED: np.uint64}, name
        )
        copy.__qualname__ = f"{name}_{digest}"
        options: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False, "forceinline": name in inlined}
        try:
            compiled[name] = numba.njit(cache=True, **options)(copy)
        except RuntimeError:
            compiled[name] = numba.njit(**options)(copy)
    return compiled


class _Unsigned(ast.NodeTransformer):
    def visit_Subscript(self, node: ast.Subscript) -> ast.Subscript:
        self.generic_visit(node)
        place = ast.Call(ast.Name(_UNSIGNED, ast.Load()), [node.slice], [])
        node.slice = ast.copy_location(place, node.slice)
        return node


def _unsigned_code(function: FunctionType) -> CodeType:
    """Return the code of a function in which every place in an array is unsigned.

    A signed place may count from the end of the array, and telling whether it does takes a quarter of the time of a pass.
    The kernels never count from the end.
    """
    lines, first = inspect.getsourcelines(function)
    module = ast.parse("".join(lines))
    definition = cast("ast.FunctionDef", module.body[0])
    definition.returns = None
    for argument in definition.args.args:
        argument.annotation = None
    ast.increment_lineno(ast.fix_missing_locations(_Unsigned().visit(module)), first - 1)
    made = compile(module, function.__code__.co_filename, "exec")
    return next(part for part in made.co_consts if isinstance(part, CodeType))
