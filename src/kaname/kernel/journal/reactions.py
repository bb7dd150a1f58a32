"""Who hears which events.

A room registers its reactions in `reactions.py`; each hears own or lower rooms' events, calls one operation of its own
room, and may be called again for the same entry, so it is idempotent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from kaname.kernel.journal.models import Entry
from kaname.kernel.journal.types import Event


def always(_event: Event) -> bool:
    """Hear every event."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """A function `(entry, now)` that hears events by name.

    `fold_key` makes equal pending calls one: of all pending deliveries of this reaction with the same non-empty key only
    the newest entry is heard.  `hears` leaves out, at the time of publishing, events of these names that need no reaction.
    """

    name: str
    event_names: frozenset[str]
    run: Callable[[Entry, datetime], None]
    fold_key: Callable[[Event], str]
    hears: Callable[[Event], bool] = always


_REACTIONS: dict[str, Reaction] = {}


def reacts_to(
    *events: type[Event],
    fold_key: Callable[[Event], str] = lambda _event: "",
    hears: Callable[[Event], bool] = always,
) -> Callable[[Callable[[Entry, datetime], None]], Callable[[Entry, datetime], None]]:
    """Register a function as a reaction under its `module.name`.

    Raises
    ------
    ValueError
        If two functions claim one name.
    """

    def register(function: Callable[[Entry, datetime], None]) -> Callable[[Entry, datetime], None]:
        room = function.__module__.removeprefix("kaname.").removesuffix(".reactions")
        name = f"{room}.{function.__name__}"
        if name in _REACTIONS:
            raise ValueError(f"reaction {name!r} is registered twice")
        names = frozenset(event.name for event in events)
        _REACTIONS[name] = Reaction(name=name, event_names=names, run=function, fold_key=fold_key, hears=hears)
        return function

    return register


def reactions() -> dict[str, Reaction]:
    """Return all reactions by name."""
    return dict(sorted(_REACTIONS.items()))


def reactions_to(event_name: str) -> list[Reaction]:
    """Return the reactions that hear an event, by name."""
    return [reaction for reaction in reactions().values() if event_name in reaction.event_names]
