"""Levelling of people: who does what and when, so that skills suffice and the whole is finished soon."""

from kaname.engine.leveling.skills.causes import SkillCause, SkillCauseKind
from kaname.engine.leveling.skills.checker import check_people
from kaname.engine.leveling.skills.level import level_skills
from kaname.engine.leveling.skills.problem import (
    Absence,
    Assignment,
    Person,
    SkillActivity,
    SkillNeed,
    SkillProblem,
)
from kaname.engine.leveling.skills.result import SkillLeveling, SkillProgress

__all__ = [
    "Absence",
    "Assignment",
    "Person",
    "SkillActivity",
    "SkillCause",
    "SkillCauseKind",
    "SkillLeveling",
    "SkillNeed",
    "SkillProblem",
    "SkillProgress",
    "check_people",
    "level_skills",
]
