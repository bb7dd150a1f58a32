"""The sign of life of a running job, and the way out for its progress."""

import logging
import threading
from typing import Any, Final

from django.db import DatabaseError, connection

from kaname.engine.text import Message
from kaname.kernel.jobs.leases import Lease, keep
from kaname.kernel.jobs.models import Run

_BEATS_PER_LEASE: Final = 4
_LEAST_GAP_SECONDS: Final = 0.3
_LONGEST_MESSAGE: Final = 300

logger = logging.getLogger(__name__)


class Pulse:
    """Notes of progress are written as they come; for jobs run in the caller's own transaction."""

    def __init__(self, lease: Lease) -> None:
        self.lease = lease
        self.attempt = lease.attempt
        self.is_lost = False
        self.is_cancel_requested = False
        self._noted: dict[str, Any] = {}

    def note(self, *, done: int, total: int | None, message: Message | None) -> None:
        """Take down how far the job is and pass it on."""
        noted: dict[str, Any] = {"done": done, "total": total}
        if message is not None:
            noted |= {"message": message.template[:_LONGEST_MESSAGE], "message_params": dict(message.params)}
        self._noted = self._noted | noted
        self._pass_on()

    def beat(self) -> None:
        """Prolong the lease, write what is noted, hear whether somebody wants the job to stop. 2 queries."""
        noted, self._noted = self._noted, {}
        if not keep(self.lease, **noted):
            self.is_lost = True
        wish = Run.objects.filter(pk=self.lease.run_id).values_list("cancel_requested_at", flat=True).first()
        self.is_cancel_requested = wish is not None

    def _pass_on(self) -> None:
        self.beat()


class ThreadedPulse(Pulse):
    """Beats in its own thread and connection, so that a job may compute for long without losing its lease."""

    def __init__(self, lease: Lease) -> None:
        super().__init__(lease)
        self._wake = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"pulse-{lease.run_id}", daemon=True)

    def __enter__(self) -> "ThreadedPulse":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._wake.set()
        self._thread.join()

    def _pass_on(self) -> None:
        self._wake.set()

    def _run(self) -> None:
        gap = self.lease.seconds / _BEATS_PER_LEASE
        try:
            while not self.is_lost:
                self._wake.wait(gap)
                self._wake.clear()
                if self._over.is_set():
                    return
                try:
                    self.beat()
                except DatabaseError:
                    logger.exception("job %s could not give its sign of life", self.lease.result.pk)
                    connection.close()
                self._over.wait(min(_LEAST_GAP_SECONDS, gap / 2))
        finally:
            connection.close()
