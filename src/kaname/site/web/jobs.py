"""Background jobs: what runs, waits and was given up, who works, what the clock starts."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from kaname.kernel import clock
from kaname.kernel.jobs import operations
from kaname.kernel.jobs.queries import (
    count_jobs,
    describe_jobs,
    fetch_job,
    list_jobs,
    timed_job_list,
    worker_list,
)
from kaname.kernel.jobs.rules import ADMINISTER, VIEW
from kaname.kernel.jobs.types import Job, JobShelf, JobState
from kaname.kernel.rules.decisions import may
from kaname.kernel.rules.doors import door
from kaname.kernel.rules.types import Refused
from kaname.ui.types import Crumb, Page, Tab

_ROWS = 50
_TONES = {
    JobState.PARKED: "red",
    JobState.RETRYING: "amber",
    JobState.RUNNING: "indigo",
    JobState.DONE: "green",
}


@door(reads=VIEW)
def jobs(request: HttpRequest) -> HttpResponse:
    """List the jobs of one shelf, the workers and the timed jobs; asked by the page itself, only what changes."""
    now = clock.now()
    counts = count_jobs(actor=request.user)
    shelf = _shelf(request.GET.get("show", ""), counts)
    rows = Paginator(list_jobs(actor=request.user, shelf=shelf), _ROWS).get_page(request.GET.get("page", "1"))
    tabs = tuple(
        Tab(known.label, f"{reverse('jobs')}?show={known.value}", is_current=known is shelf, count=counts[known])
        for known in JobShelf
    )
    context = {
        "rows": rows,
        "lines": [_line(job, now=now) for job in describe_jobs(rows, now=now)],
        "shelf": shelf,
        "workers": worker_list(actor=request.user, now=now),
        "timers": timed_job_list(actor=request.user),
        "may_administer": may(request.user, ADMINISTER),
        "poll_url": f"{reverse('jobs')}?show={shelf.value}&page={rows.number}",
        "tabs": tabs,
        "page": Page(title=_("Background jobs"), note=_("What Kaname does by itself: imports, calculations, mails.")),
    }
    template = "site/jobs/list.html" if request.headers.get("HX-Request") else "site/jobs/jobs.html"
    return render(request, template, context)


@door(reads=VIEW)
def job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Show one job with all that is known of it."""
    now = clock.now()
    record = fetch_job(actor=request.user, job_id=job_id, now=now)
    context = {
        "record": record,
        "line": _line(record.job, now=now),
        "may_administer": may(request.user, ADMINISTER),
        "page": Page(
            title=record.job.label, note=record.job.name, crumbs=(Crumb(_("Background jobs"), reverse("jobs")),)
        ),
    }
    return render(request, "site/jobs/job.html", context)


@door(writes=ADMINISTER)
def retry(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Queue a parked job again."""
    return _act(request, operations.retry_parked, job_id, _("The job waits to be run again."))


@door(writes=ADMINISTER)
def drop(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Give a parked job up."""
    return _act(request, operations.drop_parked, job_id, _("The job is dropped."))


@door(writes=ADMINISTER)
def stop(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Ask a job to stop."""
    return _act(request, operations.cancel, job_id, _("The job was asked to stop."))


def _act(request: HttpRequest, operation: Any, job_id: UUID, done: str) -> HttpResponse:
    try:
        operation(actor=request.user, job_id=job_id, now=clock.now())
    except Refused as refused:
        messages.error(request, str(refused.reason))
    else:
        messages.success(request, done)
    return redirect("job", job_id=job_id)


def _shelf(wish: str, counts: dict[JobShelf, int]) -> JobShelf:
    if wish in JobShelf.values:
        return JobShelf(wish)
    order = (JobShelf.PARKED, JobShelf.RUNNING, JobShelf.WAITING)
    return next((shelf for shelf in order if counts[shelf]), JobShelf.OVER)


def _line(job: Job, *, now: datetime) -> dict[str, Any]:
    percent = job.progress.percent if job.progress else None
    return {
        "job": job,
        "tone": _TONES.get(job.state, ""),
        "permille": None if percent is None else percent * 10,
        "span": _span(now - job.enqueued_at if job.started_at is None else (job.finished_at or now) - job.started_at),
        "is_stoppable": not job.is_over and not job.is_cancel_requested,
        "is_parked": job.state is JobState.PARKED,
    }


def _span(time: timedelta) -> str:
    """Return a span of time in the largest two units that it fills, a second at least."""
    seconds = max(int(time.total_seconds()), 1)
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86_400
    if days:
        return _("%(days)d d %(hours)d h") % {"days": days, "hours": hours % 24}
    if hours:
        return _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes % 60}
    if minutes:
        return _("%(minutes)d min %(seconds)d s") % {"minutes": minutes, "seconds": seconds % 60}
    return _("%(seconds)d s") % {"seconds": seconds}
