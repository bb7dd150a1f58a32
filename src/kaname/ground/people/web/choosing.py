"""Which people a request asks for: the filters of the register, read from its query string."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kaname.ground.people.models import Department, Partner, Skill
from kaname.ground.people.types import Employment, KanaRow, PersonFilter, Presence, SkillLevel
from kaname.ui.types import Chip, Tab

LONGEST_WORDS: Final = 100
_LARGEST_ID: Final = 2**63 - 1


def chosen_filter(query: QueryDict) -> PersonFilter:
    """Return the filter that a query string spells; what it spells wrongly narrows nothing."""
    row = query.get("row", "")
    presence = query.get("presence", "")
    employment = query.get("employment", "")
    return PersonFilter(
        words=query.get("q", "")[:LONGEST_WORDS],
        department_id=_number(query.get("department", "")),
        employment=employment if employment in Employment.values else "",
        partner_id=_number(query.get("partner", "")),
        skill_id=_number(query.get("skill", "")),
        least_level=_number(query.get("level", ""), most=5) or 1,
        presence=Presence(presence) if presence in Presence.values else Presence.PRESENT,
        row=KanaRow(row) if row in KanaRow else None,
    )


def department_choices(departments: Iterable[Department]) -> list[tuple[int, str]]:
    """Return the departments of a tree laid flat as choices, set in by their depth."""
    return [(row.pk, "\u3000" * row.depth + row.name) for row in departments]


def row_tabs(request: HttpRequest, counts: Sequence[tuple[KanaRow, int]], chosen: KanaRow | None) -> tuple[Tab, ...]:
    """Return the rows of the fifty sounds as tabs, each with how many people it has."""
    everybody = Tab(pgettext("people", "All"), _without(request, "row"), chosen is None, sum(n for _row, n in counts))
    return (
        everybody,
        *(Tab(_row_label(row), _with(request, "row", row.value), row is chosen, count) for row, count in counts),
    )


def chips(
    request: HttpRequest,
    wanted: PersonFilter,
    *,
    departments: Iterable[Department],
    partners: Iterable[Partner],
    skills: Iterable[Skill],
) -> tuple[Chip, ...]:
    """Return the filters that are on, in words."""
    named = {
        "department": (_("Department"), _name_of(departments, wanted.department_id)),
        "employment": (_("Employment"), Employment(wanted.employment).label if wanted.employment else ""),
        "partner": (_("Partner company"), _name_of(partners, wanted.partner_id)),
        "skill": (_("Skill"), _skill_words(_name_of(skills, wanted.skill_id), wanted.least_level)),
        "presence": (_("State"), "" if wanted.presence is Presence.PRESENT else wanted.presence.label),
    }
    return tuple(Chip(label, value, _without(request, key)) for key, (label, value) in named.items() if value)


def _row_label(row: KanaRow) -> str:
    return pgettext("people", "A–Z") if row is KanaRow.OTHER else row.value


def _skill_words(name: str, level: int) -> str:
    return f"{name} ≥ {level}" if name and level > SkillLevel.KNOWS else name


def _name_of(things: Iterable[Department | Partner | Skill], pk: int | None) -> str:
    return next((thing.name for thing in things if thing.pk == pk), "")


def _number(text: str, *, most: int = _LARGEST_ID) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text) <= most else None


def _with(request: HttpRequest, key: str, value: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    query[key] = value
    return f"?{query.urlencode()}"


def _without(request: HttpRequest, key: str) -> str:
    query = request.GET.copy()
    for gone in ("page", key):
        query.pop(gone, None)
    return f"?{query.urlencode()}"
