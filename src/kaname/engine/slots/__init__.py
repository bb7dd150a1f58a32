"""Meeting slots: the best times and rooms for a meeting or a whole series, with the reasons for each rank."""

from kaname.engine.slots.cadence import Cadence, CadenceKind, HolidayRule
from kaname.engine.slots.find import find_slots
from kaname.engine.slots.series import find_series
from kaname.engine.slots.series_types import Occurrence, OccurrenceState, Series, SeriesOption, SeriesReport
from kaname.engine.slots.types import (
    Blocker,
    Buffer,
    Compromise,
    Concessions,
    Criterion,
    Meeting,
    MeetingError,
    Part,
    Person,
    Preferences,
    Room,
    Slot,
    SlotReport,
    Stretch,
    Weights,
)

__all__ = [
    "Blocker",
    "Buffer",
    "Cadence",
    "CadenceKind",
    "Compromise",
    "Concessions",
    "Criterion",
    "HolidayRule",
    "Meeting",
    "MeetingError",
    "Occurrence",
    "OccurrenceState",
    "Part",
    "Person",
    "Preferences",
    "Room",
    "Series",
    "SeriesOption",
    "SeriesReport",
    "Slot",
    "SlotReport",
    "Stretch",
    "Weights",
    "find_series",
    "find_slots",
]
