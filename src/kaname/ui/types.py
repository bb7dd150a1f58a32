"""What pages hand to the components: frozen values, words already translated or lazily so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

Text = str | Promise


class Health(StrEnum):
    """The four marks."""

    WELL = "well"
    ATTENTION = "attention"
    DANGER = "danger"
    UNKNOWN = "unknown"

    @property
    def label(self) -> Text:
        """The word that stands beside the mark."""
        return HEALTH_LABELS[self]


HEALTH_LABELS: Final[Mapping[Health, Text]] = {
    Health.WELL: _("Well"),
    Health.ATTENTION: _("Attention"),
    Health.DANGER: _("Danger"),
    Health.UNKNOWN: _("Unknown"),
}


@dataclass(frozen=True, slots=True)
class WhyInput:
    """One thing that a computed value was made from."""

    label: Text
    value: "Text | SafeString"
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a computed thing is what it is.

    Parameters
    ----------
    says
        The sentence that explains it.
    inputs
        What it was made from, with links to where that can be changed.
    rule
        Name of the rule that made it.
    version
        Version of that rule.
    as_of
        The instant whose facts it knows.
    changed_by, changed_at
        Who or what changed it last, and when.
    """

    says: Text
    inputs: tuple[WhyInput, ...] = ()
    rule: Text = ""
    version: str = ""
    as_of: datetime | None = None
    changed_by: Text = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of "where am I"; with `switch_url` it opens the list of its neighbours."""

    label: Text
    url: str = ""
    switch_url: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab or a saved view."""

    label: Text
    url: str
    is_current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a wizard."""

    key: str
    label: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the frame shows around a page.

    Parameters
    ----------
    title
        Heading of the page and name of the browser's tab.
    note
        One quiet line below the heading.
    crumbs
        The way here, from the top; the page itself is added as the last one.
    tabs
        Tabs below the heading.
    """

    title: Text
    note: Text = ""
    crumbs: tuple[Crumb, ...] = ()
    tabs: tuple[Tab, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One of the few figures of a page: a value, what it means, and why."""

    label: Text
    value: Text
    unit: Text = ""
    note: Text = ""
    is_bad: bool = False
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and its value."""

    label: Text
    value: "Text | SafeString"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One field before and after."""

    label: Text
    before: Text = ""
    after: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened."""

    at: datetime
    who: Text
    says: Text
    changes: tuple[Change, ...] = ()
    icon: str = "point"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address without it."""

    label: Text
    value: Text
    remove_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a job is.

    Parameters
    ----------
    share_permille
        0 to 1000, or `None` while it is unknown.
    seconds_left
        Estimate, or `None`.
    poll_url
        Address that renders the same component again; empty when the job is over.
    cancel_url
        Address that cancels it by POST; empty when it cannot be.
    """

    label: Text
    share_permille: int | None = None
    seconds_left: int | None = None
    note: Text = ""
    poll_url: str = ""
    cancel_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """A forecast finish against a baseline, for the whisker."""

    started_on: date | None = None
    baseline_on: date | None = None
    p50_on: date | None = None
    p80_on: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One answer of the command palette."""

    label: Text
    url: str
    icon: str = "arrow-right"
    note: Text = ""


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """Answers of one kind."""

    label: Text
    found: tuple[Found, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the small calendar."""

    on: date
    is_outside: bool = False
    is_off: bool = False
    is_today: bool = False
    url: str = ""
    note: Text = ""
