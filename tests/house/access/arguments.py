"""What stands in an address for each side; an argument that nobody has named here fails the matrix."""

from collections.abc import Callable, Mapping
from typing import Final

from tests.house.access.world import MISSING, Persona, Side, World

NO_BATCH: Final = "00000000-0000-4000-8000-000000000000"

Value = Callable[[World, Persona, Side], int | str]


def _of_project(name: str) -> Value:
    """Return what a project has under a name; below the own project a child of the foreign one where sides are mixed."""

    def value(world: World, persona: Persona, side: Side) -> int | str:
        things = world.things(Side.FOREIGN if side is Side.MIXED else side)
        if things is None:
            return MISSING
        found = getattr(things, name)
        return found if isinstance(found, int) else found.pk

    return value


def _project(world: World, persona: Persona, side: Side) -> int:
    things = world.things(Side.OWN if side is Side.MIXED else side)
    return MISSING if things is None else things.project.pk


def _person(world: World, persona: Persona, side: Side) -> int | str:
    """Return the persona's own person, or the stranger's."""
    if side is Side.MISSING:
        return MISSING
    return world.other_person.pk if side is Side.FOREIGN else persona.things.get("person", world.other_person.pk)


def _own(name: str) -> Value:
    """Return one of the persona's own things, or the stranger's."""

    def value(world: World, persona: Persona, side: Side) -> int | str:
        holder = {Side.OWN: persona, Side.ARCHIVED: persona, Side.MISSING: None}.get(side, world.stranger)
        missing = NO_BATCH if name == "batch" else MISSING
        return missing if holder is None else holder.things.get(name, missing)

    return value


def _of_company(find: Callable[[World], int]) -> Value:
    """Return something that belongs to no project."""
    return lambda world, persona, side: MISSING if side is Side.MISSING else find(world)


def _fixed(value: str | int) -> Value:
    return lambda world, persona, side: value


ARGUMENTS: Final[Mapping[str, Value]] = {
    "project": _project,
    "task": _of_project("task"),
    "link": _of_project("link"),
    "removal": _of_project("removal"),
    "run": lambda world, persona, side: MISSING if side in {Side.MISSING, Side.MIXED} else world.sides[side].run,
    "membership": _of_project("membership"),
    "assessment": _of_project("assessment"),
    "token_id": _own("token"),
    "view": _own("view"),
    "import_id": _own("import"),
    "batch": _own("batch"),
    "file_id": _own("file"),
    "session_id": _fixed(MISSING),
    "account_id": _of_company(lambda world: world.stranger.account.pk if world.stranger.account else MISSING),
    "invitation_id": _of_company(lambda world: world.invitation_id),
    "calendar": _of_company(lambda world: world.calendar.pk),
    "exception": _of_company(lambda world: world.exception_id),
    "person": _person,
    "leave": _of_company(lambda world: world.other_leave.pk),
    "department": _of_company(lambda world: world.department.pk),
    "group": _of_company(lambda world: world.group_id),
    "project_class": _of_company(lambda world: world.project_class.pk),
    "partner": _of_company(lambda world: world.partner_id),
    "skill": _of_company(lambda world: world.skill_id),
    "period": _of_company(lambda world: world.other_period_id),
    "job_id": _fixed(NO_BATCH),
    "kind": _fixed("xlsx"),
    "notice_id": _own("notice"),
    "year": _fixed(2026),
    "account": _fixed("MQ"),
    "token": _fixed("no-such-token"),
    "file_name": _fixed("plan.xml"),
}

OF_PROJECTS: Final = frozenset({"project", "task", "link", "removal", "run", "membership", "assessment"})
"""Arguments that lead into a project."""
OF_ONESELF: Final = frozenset({"token_id", "view", "import_id", "batch", "notice_id", "file_id", "session_id"})
"""Arguments that name one's own things."""
OF_PEOPLE: Final = frozenset({"person", "leave", "period"})
"""Arguments that lead to a person: oneself on the own side, a stranger of another department on the foreign one."""
