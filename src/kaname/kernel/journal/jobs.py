"""The queued entry to handing out."""

from django.tasks import task
from django.utils.translation import gettext_lazy as _

from kaname.kernel import clock
from kaname.kernel.jobs.policies import policy
from kaname.kernel.jobs.running import report_progress
from kaname.kernel.jobs.timers import Every, timed
from kaname.kernel.journal.deliveries import hand_out, is_any_due


def _is_any_due() -> bool:
    return is_any_due(now=clock.now())


@timed(Every(seconds=15), when=_is_any_due)
@task()
@policy(label=_("Hand journal entries to those who react"))
def deliver() -> int:
    """Hand out what is due and return how many; queued with every change that something reacts to, swept by the clock."""
    done = 0
    while handed_out := hand_out(now=clock.now()):
        done += handed_out
        report_progress(done=done)
    return done
