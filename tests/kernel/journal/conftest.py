"""Events and reactions of the journal's tests; the reactions write down what they hear."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from kaname.kernel.journal import reactions as registry
from kaname.kernel.journal.models import Entry
from kaname.kernel.journal.types import Event, Subject

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted(Event):
    """Something was counted."""

    name = "journaltest.counted"
    label = "counted"
    count: int


@dataclass
class Ear:
    """Hears entries; fails for the counts it is told to."""

    heard: list[int] = field(default_factory=list)
    failing: set[int] = field(default_factory=set)

    def hear(self, entry: Entry, now: datetime) -> None:
        count = entry.payload["count"]
        if count in self.failing:
            raise ValueError(f"no {count}")
        self.heard.append(count)


def counted(count: int, *, project_id: int | None = None) -> Counted:
    return Counted(subject=Subject("test.thing", 7), project_id=project_id, count=count)


@pytest.fixture
def ear(monkeypatch: pytest.MonkeyPatch) -> Ear:
    made = Ear()
    _only(monkeypatch, made, fold_key=lambda _event: "")
    return made


@pytest.fixture
def folding_ear(monkeypatch: pytest.MonkeyPatch) -> Ear:
    made = Ear()
    _only(monkeypatch, made, fold_key=lambda event: str(event.project_id))
    return made


def _only(monkeypatch: pytest.MonkeyPatch, ear: Ear, *, fold_key: Any) -> None:
    reaction = registry.Reaction(
        name="test.hear", event_names=frozenset({"journaltest.counted"}), run=ear.hear, fold_key=fold_key
    )
    monkeypatch.setattr(registry, "_REACTIONS", {reaction.name: reaction})
