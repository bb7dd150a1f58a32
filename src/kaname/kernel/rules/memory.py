"""What holders may remember while one request that only reads is answered.

A page asks many times whether its reader has a role.  Within a request that changes nothing the answer is the same, so it is
asked once.  Outside of such a request nothing is remembered: a role that is taken away is gone at the next question.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_MEMORY: ContextVar[dict[Hashable, Any] | None] = ContextVar("kaname_rules_memory", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Remember answers until the block ends; blocks inside one another are one."""
    if _MEMORY.get() is not None:
        yield
        return
    token = _MEMORY.set({})
    try:
        yield
    finally:
        _MEMORY.reset(token)


def is_remembering() -> bool:
    """Return whether a request that only reads is being answered."""
    return _MEMORY.get() is not None


def remembered[T](key: Hashable, ask: Callable[[], T]) -> T:
    """Return what `ask` answers, from memory where a request that only reads has asked under this key before.

    Examples
    --------
    >>> answers = iter([1, 2, 3])
    >>> remembered("roles", lambda: next(answers)), remembered("roles", lambda: next(answers))
    (1, 2)
    >>> with remembering():
    ...     remembered("roles", lambda: next(answers)), remembered("roles", lambda: next(answers, 4))
    (3, 3)
    """
    memory = _MEMORY.get()
    if memory is None:
        return ask()
    if key not in memory:
        memory[key] = ask()
    return memory[key]
