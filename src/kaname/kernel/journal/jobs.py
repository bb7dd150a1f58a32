"""The queued entry to handing out."""

from django.tasks import task

from kaname.kernel import clock
from kaname.kernel.journal.deliveries import hand_out


@task()
def deliver() -> int:
    """Hand out what is due; queued after every commit that published something, and swept by the watchdog."""
    return hand_out(now=clock.now())
