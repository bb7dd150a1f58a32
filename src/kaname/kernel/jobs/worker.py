"""The worker: takes one job after the other, fires timers, takes jobs away from the dead.

Guarantees, with any number of workers on one database, each of which may be killed or put to sleep at any instant:

- A job is started at least once, and again within a lease (20 s) after its worker died; at once where whoever has seen it
  die, or finds it dead on the next start, starts the next one.
- A transaction of a job commits only while the job is ours (`fencing`), so two workers never both write for one job.
- With `@one_transaction` the effect and "done" are one commit: exactly once.  Without it each transaction of the body may
  have happened before a restart, so the body must be able to go on where it stopped.
"""

import gc
import logging
import os
import platform
import signal
import time
import traceback
from collections.abc import Iterable
from datetime import timedelta
from types import FrameType
from typing import Any, Final
from uuid import uuid4

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.tasks import TaskContext
from django.tasks.signals import task_finished, task_started

from kaname.kernel import clock
from kaname.kernel.jobs import leases
from kaname.kernel.jobs.bell import bell
from kaname.kernel.jobs.fencing import fenced
from kaname.kernel.jobs.leases import LEASE_SECONDS, Lease
from kaname.kernel.jobs.models import Worker as WorkerRow
from kaname.kernel.jobs.policies import Policy, policy_of
from kaname.kernel.jobs.pulse import Pulse, ThreadedPulse
from kaname.kernel.jobs.queue import forget_wishes
from kaname.kernel.jobs.running import running
from kaname.kernel.jobs.timers import fire_due, wind_up
from kaname.kernel.jobs.types import Cancelled, Fenced, NoRetry

ALIVE_SECONDS: Final = 30.0
"""A worker that was seen within this time counts as alive."""
_SEEN_EVERY_SECONDS: Final = 10.0
_LOOK_AT_LEAST_EVERY_SECONDS: Final = 1.0
_COLLECT_AFTER: Final = 500_000
"""Values made before rings are looked for among them: a plan taken in makes as many that stay, and looking at them every
few thousand costs a third of the job."""
_FORGET_WORKERS_AFTER: Final = timedelta(hours=1)

logger = logging.getLogger(__name__)


class Worker:
    """One worker process; `run()` returns when it was told to go and the job at hand is done.

    Parameters
    ----------
    mark
        What no other worker has; one is made up where none is given.
    follows
        The marks of workers whose processes are gone for certain; their jobs are taken over at once, not after their lease.
    """

    def __init__(self, *, lease_seconds: float = LEASE_SECONDS, mark: str = "", follows: Iterable[str] = ()) -> None:
        self.name = f"{platform.node()[:24]}-{os.getpid()}-{mark or uuid4().hex[:8]}"
        self.lease_seconds = lease_seconds
        self._follows = list(follows)
        self._is_stopping = False
        self._has_job = False
        self._seen_at = 0.0
        self._kept_at = 0.0
        self._bell = bell()

    def obey_signals(self) -> None:
        """Go after the job at hand on the first SIGTERM or SIGINT; hand it back and go at once on the second."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told_to_go)

    def stop(self) -> None:
        """Go after the job at hand."""
        self._is_stopping = True

    def run(self) -> None:
        """Work until told to go; a database that is away for a while is waited for."""
        collect_seldom()
        patience = 1.0
        while not self._is_stopping:
            try:
                self._work()
                patience = 1.0
            except DatabaseError:
                logger.exception("the database does not answer; trying again in %.0f s", patience)
                connection.close()
                time.sleep(patience)
                patience = min(patience * 2, 10.0)
        self._leave()

    def run_one(self) -> bool:
        """Run the next due job, if there is one, and return whether there was."""
        lease = leases.claim(worker=self.name, seconds=self.lease_seconds)
        if lease is None:
            return False
        self._has_job = True
        try:
            with ThreadedPulse(lease) as pulse, fenced(lease):
                perform(lease, pulse)
        finally:
            self._has_job = False
        return True

    def _told_to_go(self, number: int, _frame: FrameType | None) -> None:
        if self._is_stopping and self._has_job:
            raise SystemExit(128 + number)
        self._is_stopping = True

    def _work(self) -> None:
        wind_up(now=clock.now())
        while self._follows:
            leases.take_away_of(self._follows[-1])
            self._follows.pop()
        while not self._is_stopping:
            close_old_connections()
            self._keep_house()
            self._bell.listen()
            if not self.run_one():
                self._wait()

    def _wait(self) -> None:
        look_at = time.monotonic() + _LOOK_AT_LEAST_EVERY_SECONDS
        while not self._is_stopping and time.monotonic() < look_at:
            time.sleep(self._bell.seconds_between)
            if self._bell.rings():
                return

    def _keep_house(self) -> None:
        now = time.monotonic()
        if now - self._kept_at < _LOOK_AT_LEAST_EVERY_SECONDS:
            return
        self._kept_at = now
        if now - self._seen_at >= _SEEN_EVERY_SECONDS:
            self._seen_at = now
            self._say_alive()
        leases.take_away_expired()
        fire_due(now=clock.now())

    def _say_alive(self) -> None:
        now = clock.now()
        values = {"host": platform.node()[:200], "pid": os.getpid(), "seen_at": now}
        WorkerRow.objects.update_or_create(
            name=self.name, defaults=values, create_defaults=values | {"started_at": now}
        )
        WorkerRow.objects.filter(seen_at__lt=now - _FORGET_WORKERS_AFTER).delete()

    def _leave(self) -> None:
        try:
            WorkerRow.objects.filter(name=self.name).delete()
        except DatabaseError:
            logger.warning("worker %s left without saying so: the database does not answer", self.name)
        connection.close()


def collect_seldom() -> None:
    """Let the garbage collector of this process look for rings seldom; for processes that do much work at a time."""
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER)


def perform(lease: Lease, pulse: Pulse) -> None:
    """Run the body of a claimed job and write down how it ended."""
    wish = Policy()
    try:
        task = lease.result.task
        wish = policy_of(task)
        task_started.send(sender=type(task.get_backend()), task_result=lease.result.task_result)
        with running(pulse):
            _run_body(lease, wish)
    except Fenced:
        logger.warning("job %s was given to another worker meanwhile", lease.result.pk)
        return
    except Cancelled:
        leases.stop_cancelled(lease)
    except NoRetry as refusal:
        leases.fail(lease, error=str(refusal.message), wish=wish, is_hopeless=True)
    except Exception as error:
        logger.exception("attempt %s of job %s (%s) failed", lease.attempt, lease.result.pk, lease.result.task_path)
        _write_failure(lease, error, wish)
    except BaseException:
        leases.hand_back(lease)
        raise
    _tell_finished(lease)


def drain(*, limit: int = 100) -> int:
    """Run all jobs that are due, in this thread and connection, and return how many; for tests and commands."""
    done = 0
    while done < limit and (lease := leases.claim(worker="drain")) is not None:
        forget_wishes()
        perform(lease, Pulse(lease))
        done += 1
    return done


def _run_body(lease: Lease, wish: Policy) -> None:
    if not wish.is_one_transaction:
        _finish(lease, _call(lease))
        return
    with transaction.atomic():
        _finish(lease, _call(lease))


def _call(lease: Lease) -> Any:
    result = lease.result.task_result
    if result.task.takes_context:
        return result.task.call(TaskContext(task_result=result), *result.args, **result.kwargs)
    return result.task.call(*result.args, **result.kwargs)


def _finish(lease: Lease, value: Any) -> None:
    if not leases.finish(lease, value):
        raise Fenced(f"job {lease.result.pk} was given to another worker before it was done")


def _write_failure(lease: Lease, error: Exception, wish: Policy) -> None:
    try:
        leases.fail(lease, error="".join(traceback.format_exception(error)), wish=wish)
    except Fenced:
        logger.warning("job %s was given to another worker meanwhile", lease.result.pk)


def _tell_finished(lease: Lease) -> None:
    lease.result.refresh_from_db()
    try:
        finished = lease.result.task_result
    except (ImportError, AttributeError):
        return
    if finished.is_finished:
        task_finished.send(sender=type(finished.task.get_backend()), task_result=finished)
