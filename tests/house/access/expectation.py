"""What each person must get, worked out from the declared holders and the persona alone, without asking the rules to decide."""

from enum import StrEnum

from kaname.ground.people.rules import DepartmentManagers
from kaname.ground.projects.rules import ProjectRoles
from kaname.kernel.rules.holders import CompanyRoles, Everyone, Oneself
from kaname.kernel.rules.types import Holder, Permission
from kaname.pso.schedule.rules import Assignees
from tests.house.access.world import Persona, Side


class Expected(StrEnum):
    """The four answers."""

    SIGN_IN = "asked to sign in"
    MISSING = "no such thing"
    REFUSED = "seen but refused"
    ALLOWED = "let through"


class UnknownHolder(LookupError):
    """A kind of holder that the matrix cannot judge: teach it here."""


class Names(StrEnum):
    """What an address names: nothing that belongs to anybody, a project, a person, one's own things."""

    NOTHING = "nothing"
    PROJECT = "a project"
    PERSON = "a person"
    OWN = "one's own things"


def expected(persona: Persona, wanted: Permission, side: Side, names: Names, *, changes: bool) -> Expected:
    """Return what a persona must get from a door; `changes` says whether the method would change something."""
    if wanted.is_public:
        return Expected.ALLOWED
    if persona.is_visitor:
        return Expected.SIGN_IN
    if not could(persona, wanted):
        return Expected.MISSING
    if names is Names.NOTHING:
        return Expected.ALLOWED
    near = Side.OWN if side is Side.MIXED else side
    if side is Side.MISSING or not holds(persona, wanted.sees or wanted, near, names):
        return Expected.MISSING
    if not holds(persona, wanted, near, names):
        return Expected.REFUSED
    if side is Side.MIXED:
        return Expected.MISSING
    if side is Side.ARCHIVED and names is Names.PROJECT and changes and wanted.conditions:
        return Expected.REFUSED
    return Expected.ALLOWED


def could(persona: Persona, wanted: Permission) -> bool:
    """Whether a persona has a permission for some thing."""
    return any(
        holds_as(holder, persona, Side.OWN, Names.PROJECT) or isinstance(holder, Oneself) for holder in wanted.holders
    )


def holds(persona: Persona, wanted: Permission, side: Side, names: Names) -> bool:
    """Whether a persona has a permission for the thing of a side."""
    return any(holds_as(holder, persona, side, names) for holder in wanted.holders)


def holds_as(holder: Holder, persona: Persona, side: Side, names: Names) -> bool:
    """Whether a persona is one of a kind of holders."""
    is_near = side in {Side.OWN, Side.ARCHIVED}
    match holder:
        case CompanyRoles():
            return bool(holder.roles & persona.company_roles)
        case Everyone():
            return True
        case ProjectRoles():
            return is_near and persona.project_role in holder.roles
        case DepartmentManagers():
            return is_near and persona.manages
        case Assignees():
            return is_near and persona.is_assigned
        case Oneself():
            return is_near and names is not Names.PROJECT
    raise UnknownHolder(type(holder).__name__)
