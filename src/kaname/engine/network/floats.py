"""Total floats by another rule than the smaller of start and finish."""

import numpy as np

from kaname.engine.network import arrays
from kaname.engine.network.arrays import Dates
from kaname.engine.network.network import Network
from kaname.engine.network.plan import FloatRule


def count_floats(network: Network, dates: Dates) -> None:
    """Recount the total float of tasks whose start and finish may float differently.

    Work on one calendar floats alike at both ends and a started task has only its finish left, so that tasks with
    several calendars and tasks with given dates remain.  Writes `dates.total_float`.
    """
    is_start = network.plan.rules.float_rule == FloatRule.START
    early, late = (dates.start, dates.late_start) if is_start else (dates.finish, dates.late_finish)
    split = (network.nodes.kind == arrays.SHARED) | (network.nodes.kind == arrays.FIXED)
    for place in np.flatnonzero(split).tolist():
        row = int(network.nodes.rule[place]) * arrays.RULE_WIDTH
        if not network.extras.rules[row + arrays.FLAGS] & arrays.DONE:
            measure = network.book.measure(int(network.nodes.slack_calendar[place]))
            dates.total_float[place] = measure.between(int(early[place]), int(late[place]))
