"""The job that builds the sample company."""

from collections.abc import Callable
from datetime import datetime
from typing import Final, Protocol

from django.tasks import task
from django.utils.translation import gettext_lazy as _

from kaname.kernel import clock
from kaname.kernel.accounts.operations import fail_sample, finish_sample, report_sample_progress
from kaname.kernel.jobs.policies import policy
from kaname.kernel.rules.system import SYSTEM
from kaname.kernel.slots import Slot

SEED: Final = 1

OnProgress = Callable[[int, str], None]
"""Called with a permille and a sentence about what is being made."""


class SampleBuilder(Protocol):
    """What fills the slot: `kaname.site.sample.operations.build_sample`."""

    def __call__(self, *, now: datetime, seed: int, on_progress: OnProgress) -> None:
        """Build the sample company through the rooms' operations; called again after a crash, it goes on or does nothing."""


SAMPLE: Final[Slot[SampleBuilder]] = Slot("start.sample")
"""Holds at most one builder, under the key `company`; without one the start page does not offer the sample company."""


@task()
@policy(label=_("Build the sample company"))
def build_sample_company() -> None:
    """Build the sample company and open it; what fails is logged and shown, and can be tried again from the page."""

    def show(permille: int, step: str) -> None:
        report_sample_progress(actor=SYSTEM, permille=permille, step=step)

    build_company(on_progress=show)


def build_company(*, on_progress: OnProgress) -> None:
    """Build what fills the slot and open it, or say that it failed."""
    try:
        SAMPLE["company"](now=clock.now(), seed=SEED, on_progress=on_progress)
    except Exception:
        fail_sample(actor=SYSTEM)
        raise
    finish_sample(actor=SYSTEM)
