"""The register as a file."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from kaname.formats.table import Column, ColumnKind, TableFile, TableKind, Value, write_table
from kaname.ground.people.exchange.columns import COLUMNS
from kaname.ground.people.models import Department, Person
from kaname.ground.people.types import PERSON_FACTS
from kaname.kernel.rules.types import Actor
from kaname.kernel.text import speaks_japanese

KINDS = tuple(kind.value for kind in TableKind)


def write_people(people: Iterable[Person], *, actor: Actor, kind: str, departments: Sequence[Department]) -> TableFile:
    """Write people as a table in the reader's language: the columns of the import, skills, and what rooms above know.

    Parameters
    ----------
    people
        With department, partner and skills at hand.
    kind
        One of `KINDS`.
    departments
        All of them, for the names above each department.
    """
    rows = list(people)
    ids = [row.pk for row in rows]
    facts = list(PERSON_FACTS)
    known = [fact.export(actor, ids) for fact in facts]
    columns = [
        *(Column(str(column.label), ColumnKind.DATE if column.is_day else ColumnKind.TEXT) for column in COLUMNS),
        Column(_("Skills")),
        *(Column(str(fact.label), ColumnKind.NUMBER if fact.is_figure else ColumnKind.TEXT) for fact in facts),
    ]
    names = {row.pk: row.name for row in departments}
    return write_table(
        kind=TableKind(kind),
        columns=columns,
        rows=[[*_cells(row, names), *(values.get(row.pk) for values in known)] for row in rows],
        title=_("People"),
        language="ja" if speaks_japanese() else "en",
    )


def department_words(department: Department, names: dict[int, str]) -> str:
    """Return a department with those above it: `開発本部 / 第一開発課`."""
    return " / ".join(names.get(int(pk), "") for pk in department.path.strip("/").split("/"))


def _cells(person: Person, names: dict[int, str]) -> list[Value]:
    skills = "; ".join(f"{held.skill.name}:{held.level}" for held in person.skills.all())
    return [
        person.employee_number,
        person.name,
        person.reading,
        person.name_latin,
        person.email,
        department_words(person.department, names),
        str(person.get_employment_display()),
        person.partner.name if person.partner else "",
        person.place,
        person.joined_on,
        person.last_day,
        skills,
    ]
