"""Filters and order of the portfolio as they stand in an address, and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from kaname.ground.projects.types import Health
from kaname.kernel.text import name_of
from kaname.pmo.portfolio.types import Choice, Choices, Filters, Grouping, Only, Order, Shown
from kaname.ui.types import Chip

KEYS = ("q", "shown", "computed", "reported", "only", "department", "group", "class", "pm", "by", "sort")
"""What of an address belongs to a view; all else is left out of what is saved."""

_MOST = 9_223_372_036_854_775_807


@dataclass(frozen=True, slots=True)
class Select:
    """A choice among the filters."""

    name: str
    label: str
    nothing: str
    options: tuple[tuple[str, str], ...]
    value: str


def read_filters(query: Mapping[str, str]) -> Filters:
    """Return the filters of an address; what makes no sense is left out."""
    sort = query.get("sort", "")
    order = sort.removeprefix("-")
    return Filters(
        words=query.get("q", "").strip()[:100],
        shown=Shown(_one_of(query.get("shown", ""), Shown.values) or Shown.RUNNING),
        computed=_one_of(query.get("computed", ""), Health.values),
        reported=_one_of(query.get("reported", ""), Health.values),
        only=_one_of(query.get("only", ""), Only.values),
        department=_number(query.get("department", "")),
        group=_number(query.get("group", "")),
        project_class=_number(query.get("class", "")),
        pm=query.get("pm", "")[:100],
        grouping=_one_of(query.get("by", ""), Grouping.values),
        order=Order(_one_of(order, Order.values) or Order.LOOK),
        is_descending=sort.startswith("-"),
    )


def view_query(query: Mapping[str, str]) -> str:
    """Return what of an address is kept as a view, in a stable order.

    Examples
    --------
    >>> view_query({"page": "2", "sort": "-delay", "computed": "danger", "q": ""})
    'computed=danger&sort=-delay'
    """
    return urlencode([(key, query[key][:100]) for key in KEYS if query.get(key)])


def selects(filters: Filters, choices: Choices) -> tuple[Select, ...]:
    """Return the selects of the page; those with nothing to choose are left out."""
    healths = tuple((code, str(label)) for code, label in Health.choices)
    offered = (
        Select("shown", _("State"), "", tuple((code, str(label)) for code, label in Shown.choices), filters.shown),
        Select("computed", _("Computed health"), _("Computed: all"), healths, filters.computed),
        Select("reported", _("Reported status"), _("Reported: all"), healths, filters.reported),
        Select("only", _("Narrow down"), _("Everything"), _labels(Only), filters.only),
        Select(
            "department", _("Department"), _("All departments"), _named(choices.departments), _id(filters.department)
        ),
        Select("group", _("Portfolio or programme"), _("All groups"), _named(choices.groups), _id(filters.group)),
        Select("class", _("Project class"), _("All classes"), _named(choices.classes), _id(filters.project_class)),
        Select("pm", _("PM"), _("All PMs"), tuple((name, name) for name in choices.pms), filters.pm),
        Select("by", _("Grouping"), _("Not grouped"), _labels(Grouping), filters.grouping),
    )
    return tuple(select for select in offered if len(select.options) > 1 or select.value)


def chips(query: QueryDict, shown: tuple[Select, ...]) -> tuple[Chip, ...]:
    """Return the filters that are on, in words, each with the address without it."""
    found = []
    for select in shown:
        if select.name == "by" or not query.get(select.name):
            continue
        label = dict(select.options).get(select.value)
        if label is not None:
            found.append(Chip(select.label, label, _without(query, select.name)))
    return tuple(found)


def _without(query: QueryDict, key: str) -> str:
    rest = query.copy()
    rest.pop(key, None)
    return f"?{rest.urlencode()}"


def _labels(codes: type[Only] | type[Grouping]) -> tuple[tuple[str, str], ...]:
    return tuple((code, str(label)) for code, label in codes.choices)


def _named(choices: tuple[Choice, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((str(choice.id), name_of(choice)) for choice in choices)


def _id(value: int | None) -> str:
    return "" if value is None else str(value)


def _one_of(value: str, values: list[str]) -> str:
    return value if value in values else ""


def _number(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and int(value) <= _MOST else None
