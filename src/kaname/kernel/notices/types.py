"""Words of the notices."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import get_language, pgettext_lazy

from kaname.kernel.journal.models import Entry
from kaname.kernel.journal.types import Event
from kaname.kernel.rules.types import Actor, Label

Value = str | int | Mapping[str, str]
"""A value of a notice's words: plain, or by language (`{"ja": "基幹刷新", "en": "Core renewal"}`)."""

Show = Callable[[Any], Label]
"""How a stored value is said to the reader: a code becomes its label, a date is written out."""


class MailRhythm(models.TextChoices):
    """How often somebody is told by mail."""

    DAILY = "daily", pgettext_lazy("rhythm of mails", "Once a day")
    AT_ONCE = "at_once", pgettext_lazy("rhythm of mails", "At once")
    NEVER = "never", pgettext_lazy("rhythm of mails", "Never")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a link and a page know of one notice."""

    object_id: int | None
    project_id: int | None
    params: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Who is told of an event, in which words.

    Parameters
    ----------
    kind
        Stable name: the event's, with a suffix where one event is told to several kinds of people.
    words
        Translatable sentence with `%(name)s` places for the params.
    to
        Ids of the accounts; closed ones, repeated ones and those who may not see the thing are left out by the kernel, and so
        is whoever acted, unless `tells_actor`.
    things
        What the recipient must be allowed to see, as a query (`visible(actor, VIEW, Project.objects.all())`); asked when the
        notice is written, shown, counted and mailed.
    object_id
        Which of them this is about; by default the event's subject.
    params
        Values of the words, stored as plain values.
    shows
        How stored values are said, by name.
    link
        Address of the thing.
    fold
        While a notice with the same key is unread, the next one takes its place; empty for never.
    is_once
        Whether an account hears of a fold key only once, read or not.
    when
        Of which events anybody is told, by their facts; where no telling wants an event, nobody is looked up for it.
    """

    kind: str
    event: type[Event]
    words: Label
    to: Callable[[Entry], Iterable[int]]
    things: Callable[[Actor], QuerySet[Any]]
    object_id: Callable[[Entry], int | None]
    link: Callable[[Told], str]
    params: Callable[[Entry], Mapping[str, Value]]
    shows: Mapping[str, Show] = field(default_factory=dict)
    fold: Callable[[Entry], str]
    is_once: bool = False
    tells_actor: bool = False
    when: Callable[[Mapping[str, Any]], bool]

    def sentence(self, params: Mapping[str, Any]) -> str:
        """Return the words in the active language."""
        values = {name: self._said(name, value) for name, value in params.items()}
        return str(self.words) % values

    def _said(self, name: str, value: Any) -> str:
        if isinstance(value, Mapping):
            value = value.get(get_language() or "") or next((text for text in value.values() if text), "")
        return str(self.shows[name](value) if name in self.shows else value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Nobody is told of an event, for a written reason."""

    event: type[Event]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A notice as pages and mails show it, in the active language; `count` says how many it stands for."""

    id: int
    words: str
    url: str
    project_id: int | None
    at: datetime
    count: int
    is_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one mail says: the lines that fit, and how many more there are."""

    lines: tuple[Line, ...]
    more: int
