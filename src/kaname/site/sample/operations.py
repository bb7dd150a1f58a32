"""The one verb of the sample company: build it."""

from collections.abc import Callable
from datetime import datetime
from itertools import accumulate

from django.db import transaction

from kaname.engine.text import gettext_noop
from kaname.ground.people.models import Department
from kaname.kernel import clock
from kaname.kernel.accounts.queries import find_instance
from kaname.kernel.journal.deliveries import hand_out
from kaname.kernel.journal.models import Entry
from kaname.site.sample.founding import found
from kaname.site.sample.life import Life, live_week, weight_of
from kaname.site.sample.timetable import Timetable

_FOUNDING_PERMILLE = 30
_ALL_DELIVERIES = 100_000


def build_sample(*, now: datetime, seed: int, on_progress: Callable[[int, str], None]) -> None:
    """Build the sample company through the rooms' operations, with the clock moved along from week to week.

    Every week is one transaction; what has been lived through stays, so that a second call goes on after a crash, or does
    nothing.  Dates count from the start of the installation, so that both calls tell the same story.

    Parameters
    ----------
    now
        The present; used where the installation has no start.
    seed
        Decides everything that chance decides.
    on_progress
        Called with a permille and a sentence to translate.
    """
    instance = find_instance()
    timetable = Timetable(instance.started_at if instance is not None else now)
    on_progress(0, gettext_noop("Founding the company"))
    if not Department.objects.exists():
        with clock.stopped_at(timetable.founded_at), transaction.atomic():
            found(timetable)
            hand_out(now=timetable.founded_at, limit=_ALL_DELIVERIES)
    moments = timetable.moments()
    life = Life(timetable, seed)
    life.begin()
    weights = [weight_of(timetable.week_of(moment)) for moment in moments]
    for moment, before in zip(moments, accumulate(weights, initial=0), strict=False):
        permille = _FOUNDING_PERMILLE + (1000 - _FOUNDING_PERMILLE) * before // sum(weights)
        on_progress(permille, gettext_noop("Living through two years of projects"))
        if Entry.objects.filter(at=moment).exists():
            continue
        with clock.stopped_at(moment), transaction.atomic():
            live_week(life, now=moment)
            hand_out(now=moment, limit=_ALL_DELIVERIES)
