"""The sentences that say why there is no number, and what to mind about one."""

from typing import Final

from kaname.engine.growth.search import Edge
from kaname.engine.text import gettext_noop

FEW_FOUND: Final = gettext_noop("Only %(found)s defects are found; an estimate needs at least %(least)s.")
FEW_INTERVALS: Final = gettext_noop("The series has only %(count)s intervals; an estimate needs at least %(least)s.")
NO_MAXIMUM: Final = gettext_noop("The likelihood of no model has a finite maximum.")
NO_UPPER_BOUND: Final = gettext_noop(
    "The series does not bound the total: it can be more than %(times)s times what is found so far."
)
INFLECTION_AHEAD: Final = gettext_noop(
    "The best curve has its inflection still ahead: the number of defects found per interval is still rising."
)
CLOSE: Final = gettext_noop(
    "Too close to call: %(count)s models differ by less than %(limit)s in AICc. The intervals take all of them into account."
)
EARLY_SHARE: Final = gettext_noop(
    "By this estimate less than half of all defects is found; so early a number still moves much."
)
WIDE: Final = gettext_noop(
    "The upper bound is more than %(times)s times what is found so far: the series says little about the total yet."
)
SCATTERED: Final = gettext_noop(
    "The counts scatter %(times)s times as much as the model expects; the intervals are widened accordingly."
)
POOR_FIT: Final = gettext_noop(
    "No model fits well (chi-square, p < %(limit)s). Look at the curve before you use the number."
)

MODEL_REASONS: Final = {
    Edge.ENDLESS: gettext_noop(
        "No finite maximum: the number found per interval does not fall enough to bound the total."
    ),
    Edge.NO_INFLECTION: gettext_noop("The series has no inflection after the start of the test; this curve needs one."),
    Edge.SUDDEN: gettext_noop("No finite maximum: all defects are found almost at once."),
}
