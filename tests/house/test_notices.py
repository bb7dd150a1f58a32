"""Every event has a notice or a written silence."""

import re
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from kaname.kernel.journal import types
from kaname.kernel.journal.types import Event
from kaname.kernel.notices.declarations import silences, tellings, undeclared

PLACE = re.compile(r"%\((\w+)\)s")


def test_every_event_has_a_notice_or_a_written_silence() -> None:
    assert undeclared() == [], "declare them in the room's notices.py: tell(…) or silent(…, reason=…)"


def test_every_silence_says_why() -> None:
    assert [name for name, silence in silences().items() if len(silence.reason.split()) < 4] == []


@pytest.mark.parametrize("kind", tellings())
def test_every_value_that_is_shown_has_its_place(kind: str) -> None:
    telling = tellings()[kind]
    assert set(telling.shows) <= set(PLACE.findall(str(telling.words)))


def test_event_without_either_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(types, "_EVENTS", dict(types._EVENTS))

    @dataclass(frozen=True, kw_only=True)
    class DoorPainted(Event):
        name: ClassVar[str] = "house.door_painted"
        label: ClassVar[Any] = "Door painted"

    assert DoorPainted.name in undeclared(__name__.partition(".")[0])
