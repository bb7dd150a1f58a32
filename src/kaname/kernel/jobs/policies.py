"""How a job function wishes to be run: declared under `@task()`, read by the worker."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Final

from django.tasks import Task

from kaname.kernel.jobs.types import UNNAMED

_ATTRIBUTE: Final = "_kaname_policy"
_LONGEST_BACK_OFF: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How often a job is tried, how long it waits between, and whether its body is one transaction."""

    label: Any = UNNAMED
    attempts: int = 5
    back_off_seconds: float = 10.0
    is_one_transaction: bool = False

    def back_off(self, attempts: int) -> timedelta:
        """Return how long to wait after so many failed attempts: doubles each time, at most an hour.

        Examples
        --------
        >>> [int(Policy().back_off(n).total_seconds()) for n in (1, 2, 3, 20)]
        [10, 20, 40, 3600]
        """
        exponent = min(max(attempts - 1, 0), 30)
        return min(timedelta(seconds=self.back_off_seconds * 2**exponent), _LONGEST_BACK_OFF)


def policy[F: Callable[..., Any]](*, label: Any, attempts: int = 5, back_off_seconds: float = 10.0) -> Callable[[F], F]:
    """Say under `@task()` what people call the job, how often it is tried and how long it waits the first time."""

    def declare(function: F) -> F:
        wish = replace(_wish_of(function), label=label, attempts=attempts, back_off_seconds=back_off_seconds)
        setattr(function, _ATTRIBUTE, wish)
        return function

    return declare


def one_transaction[F: Callable[..., Any]](function: F) -> F:
    """Say under `@task()` that body and "done" commit together: whatever dies when, the effect happens exactly once.

    The database is held while the body runs, so slow work does not belong into it; progress that it reports may be seen
    only after the commit.
    """
    setattr(function, _ATTRIBUTE, replace(_wish_of(function), is_one_transaction=True))
    return function


def policy_of(task: Task[..., Any]) -> Policy:
    """Return how a task wishes to be run."""
    return _wish_of(task.func)


def _wish_of(function: Callable[..., Any]) -> Policy:
    return getattr(function, _ATTRIBUTE, Policy())
