"""What rooms declare in their `notices.py`: for each event a telling, or a written silence."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.db.models import QuerySet

from kaname.kernel.journal.models import Entry
from kaname.kernel.journal.types import Event, event_types
from kaname.kernel.notices.types import Show, Silence, Telling, Told, Value
from kaname.kernel.rules.types import Actor, Label

_TELLINGS: Final[dict[str, Telling]] = {}
_SILENCES: Final[dict[str, Silence]] = {}


def subject_id(entry: Entry) -> int | None:
    """Return what an entry is about."""
    return entry.subject_id


def no_values(_entry: Entry) -> Mapping[str, Value]:
    """Return no values: the words have no places."""
    return {}


def never_folded(_entry: Entry) -> str:
    """Return no key."""
    return ""


def always(_facts: Mapping[str, Any]) -> bool:
    """Tell of every event."""
    return True


def tell(
    event: type[Event],
    *,
    to: Callable[[Entry], Iterable[int]],
    words: Label,
    things: Callable[[Actor], QuerySet[Any]],
    link: Callable[[Told], str],
    object_id: Callable[[Entry], int | None] = subject_id,
    params: Callable[[Entry], Mapping[str, Value]] = no_values,
    shows: Mapping[str, Show] | None = None,
    fold: Callable[[Entry], str] = never_folded,
    is_once: bool = False,
    tells_actor: bool = False,
    audience: str = "",
    when: Callable[[Mapping[str, Any]], bool] = always,
) -> Telling:
    """Say who is told of an event (see `Telling`); `audience` names the second and further tellings of one event.

    Raises
    ------
    ValueError
        If the event is silent, or told to this audience already.
    """
    kind = f"{event.name}.{audience}" if audience else event.name
    if event.name in _SILENCES:
        raise ValueError(f"event {event.name!r} is silent and cannot be told")
    if kind in _TELLINGS:
        raise ValueError(f"notice {kind!r} is declared twice")
    telling = Telling(
        kind=kind,
        event=event,
        words=words,
        to=to,
        things=things,
        object_id=object_id,
        link=link,
        params=params,
        shows=shows or {},
        fold=fold,
        is_once=is_once,
        tells_actor=tells_actor,
        when=when,
    )
    _TELLINGS[kind] = telling
    return telling


def is_told(event: Event) -> bool:
    """Whether any telling is about this event."""
    return any(telling.event.name == event.name and telling.when(event.facts()) for telling in _TELLINGS.values())


def silent(*events: type[Event], reason: str) -> None:
    """Say that nobody is told of some events, and why.

    Raises
    ------
    ValueError
        If no reason is given, or an event is told or silent already.
    """
    if not reason.strip():
        raise ValueError("a silence needs its reason")
    for event in events:
        if event.name in _SILENCES or any(telling.event is event for telling in _TELLINGS.values()):
            raise ValueError(f"event {event.name!r} has its notice already")
        _SILENCES[event.name] = Silence(event=event, reason=reason)


def tellings() -> dict[str, Telling]:
    """Return all tellings by kind."""
    return dict(sorted(_TELLINGS.items()))


def silences() -> dict[str, Silence]:
    """Return all silences by the event's name."""
    return dict(sorted(_SILENCES.items()))


def undeclared(package: str = "kaname.") -> list[str]:
    """Return the names of a package's events that have neither a notice nor a written silence."""
    told = {telling.event.name for telling in _TELLINGS.values()}
    return [
        name
        for name, event in event_types().items()
        if name and event.__module__.startswith(package) and name not in told and name not in _SILENCES
    ]
