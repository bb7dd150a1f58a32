"""The system itself as an actor."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class SystemActor:
    """Jobs and reactions act as the system; a name says which part of it."""

    actor_label: str = "Kaname"
    actor_id: None = None
    company_roles: frozenset[str] = frozenset()
    is_known: bool = True
    is_system: bool = True
    token_scopes: None = None


SYSTEM: Final = SystemActor()
