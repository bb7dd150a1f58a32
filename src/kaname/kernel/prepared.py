"""Questions whose SQL is worked out once and then asked with other numbers.

Django works the SQL of a query set out anew each time; for a question over several tables that takes longer than the answer
of the database.  A question that pages ask all the time is written as a function of a module and asked through `asked`.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from copy import copy
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils.translation import get_language

_MOST: Final = 512
_FIRST_HOLE: Final = 2_147_300_000
_KEPT: Final[OrderedDict[Hashable, "_Worked | None"]] = OrderedDict()
_LOCK: Final = Lock()


def asked(build: Callable[..., QuerySet[Any, Any]], *shape: Hashable, **numbers: int) -> list[Any]:
    """Return what `build(*shape, **numbers)` finds, working its SQL out once for each shape and language. 1 query.

    Parameters
    ----------
    build
        A function of a module.  It may depend on nothing but its arguments and the active language: not on the clock, not on
        the reader.
    shape
        What the SQL is made of.  Of a `Q` the ids, alone or in lists, count as numbers; it may hold a query set, but is then
        worked out anew.
    numbers
        What is compared with columns of 32 bits or more.  A limit, which is part of the SQL, belongs to the shape.

    Raises
    ------
    RuntimeError
        If a number does not stand among the parameters of the SQL, so that it could not be replaced.

    Notes
    -----
    A list of n ids is filled up to the next power of two, so that readers of different projects share the same SQL.  At most
    512 questions are kept.
    """
    fills = list(numbers.values())
    try:
        forms = tuple(_form(part, fills) if isinstance(part, Q) else part for part in shape)
    except _NoFormError:
        return list(build(*shape, **numbers))
    key = (build, get_language(), forms, tuple(numbers))
    with _LOCK:
        is_kept = key in _KEPT
        worked = _KEPT.get(key)
        if is_kept:
            _KEPT.move_to_end(key)
    if not is_kept:
        worked = _work_out(build, forms, tuple(numbers), len(fills))
        _keep(key, worked)
    return list(build(*shape, **numbers)) if worked is None else worked.ask(fills)


class _NoFormError(Exception):
    """A condition holds a query set or something else that is not a plain value."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A condition with holes in place of its ids."""

    connector: str
    is_negated: bool
    parts: tuple[Any, ...]

    def condition(self) -> Q:
        parts = [part.condition() if isinstance(part, _Form) else part for part in self.parts]
        return Q.create(parts, connector=self.connector, negated=self.is_negated)


@dataclass(frozen=True, slots=True)
class _Worked:
    """A query set whose SQL is known; `holes` are the places of its parameters and which number goes there.

    PostgreSQL is told by the type of a parameter how wide the number is; the number that goes there gets the same type.
    """

    queryset: QuerySet[Any, Any]
    compiler: Any
    sql: str
    parameters: tuple[Any, ...]
    holes: tuple[tuple[int, int], ...]

    def ask(self, fills: list[int]) -> list[Any]:
        parameters = list(self.parameters)
        for place, number in self.holes:
            parameters[place] = type(parameters[place])(fills[number])
        compiler = copy(self.compiler)
        compiler.connection = connections[self.compiler.using]
        compiler.as_sql = lambda *_args, **_options: (self.sql, tuple(parameters))
        found = list(self.queryset._iterable_class(_Again(self.queryset, compiler)))
        if lookups := self.queryset._prefetch_related_lookups:
            prefetch_related_objects(found, *lookups)
        return found


class _Again:
    """A query set, or its query, that hands out the compiler which knows the SQL."""

    def __init__(self, like: Any, compiler: Any) -> None:
        self._like = like
        self._compiler = compiler

    @property
    def query(self) -> "_Again":
        return _Again(self._like.query, self._compiler)

    def get_compiler(self, *_args: Any, **_options: Any) -> Any:
        return self._compiler

    def __getattr__(self, name: str) -> Any:
        return getattr(self._like, name)


def _form(condition: Q, fills: list[int]) -> _Form:
    """Return a condition with holes, its ids added to the fills."""
    parts = tuple(
        _form(part, fills) if isinstance(part, Q) else (part[0], _holed(part[1], fills)) for part in condition.children
    )
    return _Form(condition.connector, condition.negated, parts)


def _holed(value: Any, fills: list[int]) -> Hashable:
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return next(_holes([value], fills))
    if isinstance(value, (list, tuple, set, frozenset)) and all(type(one) is int for one in value):
        ids = list(value)
        wanted = 1 << (len(ids) - 1).bit_length() if ids else 0
        return tuple(_holes([*ids, *ids[-1:] * (wanted - len(ids))], fills))
    raise _NoFormError


def _holes(values: list[int], fills: list[int]) -> Iterator[int]:
    for value in values:
        fills.append(value)
        yield _FIRST_HOLE + len(fills) - 1


def _work_out(
    build: Callable[..., QuerySet[Any, Any]], forms: tuple[Any, ...], names: tuple[str, ...], count: int
) -> _Worked | None:
    """Return the SQL of a question with its holes; `None` where such a question never finds anything as it is worked out."""
    shape = [form.condition() if isinstance(form, _Form) else form for form in forms]
    queryset = build(*shape, **{name: _FIRST_HOLE + place for place, name in enumerate(names)})
    compiler = queryset.query.get_compiler(using=queryset.db)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    holes = tuple(
        (place, value - _FIRST_HOLE)
        for place, value in enumerate(parameters)
        if isinstance(value, int) and 0 <= value - _FIRST_HOLE < count
    )
    if {number for _place, number in holes} != set(range(count)) or any(
        str(_FIRST_HOLE + number) in sql for number in range(count)
    ):
        raise RuntimeError(f"{build.__qualname__}: not every number is a parameter of its SQL: {sql}")
    return _Worked(queryset, compiler, sql, tuple(parameters), holes)


def _keep(key: Hashable, worked: _Worked | None) -> None:
    with _LOCK:
        _KEPT[key] = worked
        while len(_KEPT) > _MOST:
            _KEPT.popitem(last=False)
