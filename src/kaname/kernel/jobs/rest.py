"""Background jobs in the API: what runs, waits and was given up, who works, what the clock starts."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult
from rest_framework import serializers

from kaname.kernel import clock
from kaname.kernel.jobs import operations
from kaname.kernel.jobs.queries import describe_jobs, fetch_job, list_jobs, timed_job_list, worker_list
from kaname.kernel.jobs.rules import ADMINISTER, VIEW
from kaname.kernel.jobs.types import JobRecord, JobShelf, JobState, LivingWorker, Progress, TimedJob
from kaname.kernel.rules.doors import Door
from kaname.kernel.rules.rest.bodies import Code, Flag, Instant, Number, Strict, Text
from kaname.kernel.rules.rest.filters import StrictFilterSet
from kaname.kernel.rules.rest.views import Act, ListView, QuestionView, RecordView, VerbView

_LONGEST = 100_000


class ProgressBody(Strict):
    """How far a job is; null where it is not known."""

    done = Number()
    total = Number(allow_null=True)
    percent = Number(most=100, allow_null=True)
    message = Text(most=1000, allow_blank=True)
    left_seconds = Number(allow_null=True)

    def to_representation(self, instance: Progress) -> Any:
        """Show the time left in seconds."""
        facts = {name: getattr(instance, name) for name in ("done", "total", "percent", "message")}
        left = None if instance.left is None else int(instance.left.total_seconds())
        return super().to_representation(facts | {"left_seconds": left})


class JobBody(Strict):
    """A job; `error` is the last line of what went wrong last."""

    id = serializers.UUIDField()
    name = Text(most=200)
    label = Text(most=200)
    state = Code(choices=JobState.choices)
    attempts = Number()
    worker = Text(most=64, allow_blank=True)
    enqueued_at = Instant()
    started_at = Instant(allow_null=True)
    finished_at = Instant(allow_null=True)
    next_attempt_at = Instant(allow_null=True)
    progress = ProgressBody(allow_null=True)
    error = Text(most=_LONGEST, allow_blank=True)
    is_cancel_requested = Flag()


class JobWithDetails(JobBody):
    """A job with all that is known of it."""

    arguments = Text(most=_LONGEST, allow_blank=True)
    error_text = Text(most=_LONGEST, allow_blank=True)

    def to_representation(self, instance: JobRecord) -> Any:
        """Show the job and what its record adds."""
        facts = {name: getattr(instance.job, name) for name in JobBody._declared_fields}
        more = {"arguments": instance.arguments, "error_text": instance.error_text}
        return super().to_representation(facts | more)


class JobFilters(StrictFilterSet):
    """Which jobs."""

    shelf = django_filters.ChoiceFilter(
        label=_("Where the jobs stand; those that run if nothing is said."), choices=JobShelf.choices
    )


class Jobs(QuestionView):
    """The jobs of one shelf."""

    door = Door(reads=VIEW, writes=None)
    says = {"GET": _("List the jobs that run, wait, are parked or are over.")}
    serializer_class = JobBody
    filterset_class = JobFilters

    def find(self) -> QuerySet[DBTaskResult]:
        """Return the rows of the jobs."""
        return list_jobs(actor=self.actor, shelf=JobShelf(self.asked["shelf"] or JobShelf.RUNNING))

    def paginate_queryset(self, queryset: Any) -> list[Any]:
        """Describe the jobs of one page."""
        return describe_jobs(super().paginate_queryset(queryset) or (), now=clock.now())


class OneJob(RecordView):
    """One job."""

    door = Door(reads=VIEW, writes=None)
    says = {"GET": _("Return a job with its progress, its arguments and the whole text of its last error.")}
    serializer_class = JobWithDetails
    needs_version = False

    def find(self) -> JobRecord:
        """Return the job."""
        return fetch_job(actor=self.actor, job_id=self.kwargs["job_id"], now=clock.now())


class _VerbOfJob(VerbView):
    """Something that is done to a job, which is shown as it is afterwards."""

    door = Door(reads=None, writes=ADMINISTER)
    serializer_class = JobWithDetails

    def perform(self, **values: Any) -> JobRecord:
        """Do it."""
        super().perform(**values)
        return fetch_job(actor=self.actor, job_id=self.kwargs["job_id"], now=clock.now())


class RetryJob(_VerbOfJob):
    """Queue a parked job again."""

    says = {"POST": _("Queue a parked job again with all its attempts.")}
    does = Act(operations.retry_parked, job_id="job_id")


class DropJob(_VerbOfJob):
    """Give a parked job up."""

    says = {"POST": _("Give a parked job up.")}
    does = Act(operations.drop_parked, job_id="job_id")


class StopJob(_VerbOfJob):
    """Ask a job to stop."""

    says = {"POST": _("Ask a job to stop: a waiting one never starts, a running one ends at its next step.")}
    does = Act(operations.cancel, job_id="job_id")


class WorkerBody(Strict):
    """A worker and its last sign of life."""

    name = Text(most=64)
    host = Text(most=200)
    pid = Number()
    started_at = Instant()
    seen_at = Instant()
    is_alive = Flag()
    job_label = Text(most=200, allow_blank=True)


class Workers(ListView):
    """Who works."""

    door = Door(reads=VIEW, writes=None)
    says = {"GET": _("List the workers that were seen within the last hour.")}
    serializer_class = WorkerBody

    def find(self) -> list[LivingWorker]:
        """Return the workers."""
        return worker_list(actor=self.actor, now=clock.now())


class TimedJobBody(Strict):
    """A timed job and its next run."""

    name = Text(most=200)
    label = Text(most=200)
    rhythm = Text(most=200)
    next_at = Instant()
    last_at = Instant(allow_null=True)


class TimedJobs(ListView):
    """What the clock starts."""

    door = Door(reads=VIEW, writes=None)
    says = {"GET": _("List the timed jobs by their next run.")}
    serializer_class = TimedJobBody

    def find(self) -> list[TimedJob]:
        """Return the timed jobs."""
        return timed_job_list(actor=self.actor)


urlpatterns = [
    path("jobs/", Jobs.as_view(), name="api_jobs"),
    path("jobs/workers/", Workers.as_view(), name="api_jobs_workers"),
    path("jobs/timed/", TimedJobs.as_view(), name="api_jobs_timed"),
    path("jobs/<uuid:job_id>/", OneJob.as_view(), name="api_job"),
    path("jobs/<uuid:job_id>/retry/", RetryJob.as_view(), name="api_job_retry"),
    path("jobs/<uuid:job_id>/drop/", DropJob.as_view(), name="api_job_drop"),
    path("jobs/<uuid:job_id>/stop/", StopJob.as_view(), name="api_job_stop"),
]
