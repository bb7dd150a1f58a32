"""Matching: people for a demand, alone, sharing it, or made free by somebody else, with the reasons for each rank."""

from kaname.engine.matching.axis import Axis, capacity_of, monthly, steady_load, weekly
from kaname.engine.matching.match import match
from kaname.engine.matching.types import (
    Assignment,
    Criterion,
    Demand,
    Employment,
    Excluded,
    Handover,
    MatchingError,
    MatchReport,
    Part,
    Person,
    PlaceRule,
    Preferences,
    Proposal,
    ProposalKind,
    Share,
    SkillNeed,
    Weights,
)

__all__ = [
    "Assignment",
    "Axis",
    "Criterion",
    "Demand",
    "Employment",
    "Excluded",
    "Handover",
    "MatchReport",
    "MatchingError",
    "Part",
    "Person",
    "PlaceRule",
    "Preferences",
    "Proposal",
    "ProposalKind",
    "Share",
    "SkillNeed",
    "Weights",
    "capacity_of",
    "match",
    "monthly",
    "steady_load",
    "weekly",
]
