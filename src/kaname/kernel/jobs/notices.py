"""Who is told of what happens to background jobs."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kaname.kernel.accounts.models import RoleGrant
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.jobs.events import JobCancelRequested, JobDropped, JobParked, JobRetried
from kaname.kernel.jobs.models import Run
from kaname.kernel.jobs.queries import label_of_path
from kaname.kernel.jobs.rules import VIEW
from kaname.kernel.journal.models import Entry
from kaname.kernel.notices.declarations import silent, tell
from kaname.kernel.notices.types import Told, Value
from kaname.kernel.rules.decisions import visible
from kaname.kernel.rules.types import Actor


def seen_runs(actor: Actor) -> QuerySet[Run]:
    """Return the runs of jobs that the actor may see."""
    return visible(actor, VIEW, Run.objects.all())


def _administrators(_entry: Entry) -> list[int]:
    return list(RoleGrant.objects.filter(role=CompanyRole.ADMINISTRATOR).values_list("account_id", flat=True))


def _facts(entry: Entry) -> dict[str, Value]:
    return {"task": entry.payload["task"], "job": entry.payload["job"]}


def _page(told: Told) -> str:
    return reverse("job", args=[told.params["job"]])


def _per_task(entry: Entry) -> str:
    return str(entry.payload["task"])


tell(
    JobParked,
    to=_administrators,
    words=_("A background job has failed for the last time and waits for you: %(task)s"),
    params=_facts,
    shows={"task": label_of_path},
    things=seen_runs,
    link=_page,
    fold=_per_task,
)
silent(
    JobRetried,
    JobDropped,
    JobCancelRequested,
    reason="Done by an administrator on the page of jobs, where the others see it.",
)
