"""Selection: which projects are done with the money and the people that there are."""

from kaname.engine.matching.selection.checking import BrokenChoice, check_choice
from kaname.engine.matching.selection.select import select
from kaname.engine.matching.selection.types import (
    Candidate,
    Choice,
    Limits,
    Selection,
    Shortlist,
    Used,
    Verdict,
    Worth,
)

__all__ = [
    "BrokenChoice",
    "Candidate",
    "Choice",
    "Limits",
    "Selection",
    "Shortlist",
    "Used",
    "Verdict",
    "Worth",
    "check_choice",
    "select",
]
