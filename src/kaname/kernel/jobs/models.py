"""What the queue's own rows do not know: leases, attempts, progress, timers, workers.

A job itself is a row of the task engine (`DBTaskResult`); `Run` stands beside it from the first claim on.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult


class Run(models.Model):
    """The work on one job: who holds it, until when, for which time, how far.

    `token` only ever grows.  Whoever works on the job holds the number that it had when it was claimed; once somebody
    else has counted it up, the old holder cannot commit any more.
    """

    id = models.BigAutoField(primary_key=True)
    result = models.OneToOneField(DBTaskResult, on_delete=models.CASCADE, related_name="run")
    token = models.PositiveBigIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    worker = models.CharField(_("worker"), max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(_("error"), blank=True)
    message = models.CharField(max_length=300, blank=True)
    message_params = models.JSONField(default=dict)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    cancel_requested_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("run of a job")
        verbose_name_plural = _("runs of jobs")
        indexes = [
            models.Index(fields=["lease_until"], name="jobs_run_lease", condition=models.Q(lease_until__isnull=False)),
            models.Index(fields=["parked_at"], name="jobs_run_parked", condition=models.Q(parked_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.result_id} #{self.token}"


class Worker(models.Model):
    """A worker process and its last sign of life."""

    name = models.CharField(_("worker"), max_length=64, primary_key=True)
    host = models.CharField(_("machine"), max_length=200)
    pid = models.PositiveIntegerField(_("process"))
    started_at = models.DateTimeField(_("started"))
    seen_at = models.DateTimeField(_("last seen"))

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self) -> str:
        return self.name


class Timer(models.Model):
    """When a timed job runs next; the row itself is the lock that makes one of several workers fire it."""

    name = models.CharField(_("job"), max_length=200, primary_key=True)
    rhythm = models.CharField(max_length=100)
    next_at = models.DateTimeField(_("next run"), db_index=True)
    last_at = models.DateTimeField(_("last run"), null=True)

    class Meta:
        verbose_name = _("timed job")
        verbose_name_plural = _("timed jobs")

    def __str__(self) -> str:
        return self.name
