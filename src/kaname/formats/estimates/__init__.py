"""Tables of what is uncertain about a plan: three-point estimates of tasks, and risk events."""

from kaname.formats.estimates.events import read_events
from kaname.formats.estimates.tasks import read_estimates

__all__ = ["read_estimates", "read_events"]
