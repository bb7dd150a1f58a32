"""Verbs of the projects."""

from kaname.ground.projects.operations.members import (
    MembershipOverlaps,
    assign_member,
    change_membership,
    fetch_membership,
    remove_membership,
)
from kaname.ground.projects.operations.phases import PhaseDraft, PhaseInUse, arrange_phases
from kaname.ground.projects.operations.projects import (
    PROJECT_FIELDS,
    CodeTaken,
    archive_project,
    close_project,
    edit_project,
    register_project,
    reopen_project,
    restore_project,
)
from kaname.ground.projects.operations.statuses import StatusWithoutReason, report_status
from kaname.ground.projects.operations.terms import (
    STANDARD_PHASES,
    ClassCodeTaken,
    GroupRing,
    TermInUse,
    archive_class,
    archive_group,
    create_group,
    define_class,
    edit_class,
    edit_group,
    restore_class,
    restore_group,
)

__all__ = [
    "PROJECT_FIELDS",
    "STANDARD_PHASES",
    "ClassCodeTaken",
    "CodeTaken",
    "GroupRing",
    "MembershipOverlaps",
    "PhaseDraft",
    "PhaseInUse",
    "StatusWithoutReason",
    "TermInUse",
    "archive_class",
    "archive_group",
    "archive_project",
    "arrange_phases",
    "assign_member",
    "change_membership",
    "close_project",
    "create_group",
    "define_class",
    "edit_class",
    "edit_group",
    "edit_project",
    "fetch_membership",
    "register_project",
    "remove_membership",
    "reopen_project",
    "report_status",
    "restore_class",
    "restore_group",
    "restore_project",
]
