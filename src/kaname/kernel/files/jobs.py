"""The timed entry to sweeping."""

from datetime import time

from django.tasks import task
from django.utils.translation import gettext_lazy as _

from kaname.kernel import clock
from kaname.kernel.files.sweeping import sweep
from kaname.kernel.jobs.policies import policy
from kaname.kernel.jobs.timers import Daily, timed


@timed(Daily(at=time(3, 10)))
@task()
@policy(label=_("Sweep up files that no record has"))
def sweep_files() -> dict[str, int]:
    """Sweep once a night; return how many contents went and how many files have lost theirs."""
    swept = sweep(now=clock.now())
    return {"removed": swept.removed, "missing": len(swept.missing_ids)}
