"""What an event is."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from typing import Any, ClassVar, Protocol


class Actor(Protocol):
    """Who acts: an account or the system itself."""

    @property
    def actor_id(self) -> int | None:
        """The account, or `None` for the system."""

    @property
    def actor_label(self) -> str:
        """The name to remember."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about, by kind (`schedule.task`) and id."""

    type: str
    id: int


_EVENTS: dict[str, "type[Event]"] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact in the past tense; subclass it per fact, with ids and small values only.

    Class attributes: `name` (`room.fact`, stable, lower case) and `label` (a translatable sentence for the activity
    list).
    """

    name: ClassVar[str] = ""
    label: ClassVar[Any] = ""
    subject: Subject
    project_id: int | None = None

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super(Event, cls).__init_subclass__(**kwargs)
        known = _EVENTS.get(cls.name)
        if known is not None and known.__qualname__ != cls.__qualname__:
            raise ValueError(f"event name {cls.name!r} is taken by {known.__qualname__}")
        _EVENTS[cls.name] = cls

    def facts(self) -> dict[str, Any]:
        """Return the payload: every field but subject and project, as plain JSON values.

        Raises
        ------
        TypeError
            If a field holds anything but small plain values.
        """
        names = (field.name for field in fields(self))
        return {name: _plain(getattr(self, name)) for name in names if name not in {"subject", "project_id"}}


def event_types() -> dict[str, type[Event]]:
    """Return all known events by name."""
    return dict(sorted(_EVENTS.items()))


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if value is None or isinstance(value, (str, int)):
        return value
    raise TypeError(f"an event carries ids and small values only, not {type(value).__name__}")
