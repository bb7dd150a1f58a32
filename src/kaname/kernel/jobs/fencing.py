"""Nothing that a job writes is committed unless the job still is ours.

While a job runs, every commit of its connection first prolongs the job's lease in the same transaction, by its token.  If
the row is not ours any more (the worker was asleep, somebody else has taken over), the transaction is rolled back and
`Fenced` is raised.  Writes outside of a transaction could not be fenced and are refused.  Job functions get all this
without a line of their own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection

from kaname.kernel.jobs.leases import Lease, keep
from kaname.kernel.jobs.types import Fenced

_WRITES: Final = frozenset({"INSERT", "UPDATE", "DELETE", "REPLACE", "MERGE", "TRUNCATE"})


@contextmanager
def fenced(lease: Lease) -> Iterator[None]:
    """Fence the commits of this thread's connection while the block runs."""
    commit = connection.commit

    def commit_if_ours() -> None:
        if not keep(lease):
            raise Fenced(f"job {lease.result.pk} is not held under token {lease.token} any more")
        commit()

    connection.commit = commit_if_ours  # type: ignore[method-assign]
    try:
        with connection.execute_wrapper(_refuse_unfenced):
            yield
    finally:
        del connection.commit


def _refuse_unfenced(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if context["connection"].get_autocommit() and sql.lstrip()[:8].partition(" ")[0].upper() in _WRITES:
        raise RuntimeError("a job writes inside of transaction.atomic() only, so that a lost lease can undo it")
    return execute(sql, params, many, context)
