"""The words of the rules."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils.functional import Promise

from kaname.kernel.journal.types import Actor as JournalActor

Label = str | Promise


class Access(StrEnum):
    """What a permission does; tokens are limited by it."""

    READ = "read"
    WRITE = "write"


class Actor(JournalActor, Protocol):
    """Who asks: an account, an account behind a token, or the system."""

    @property
    def company_roles(self) -> frozenset[str]:
        """The roles held in the whole company; empty for anonymous visitors and inactive accounts."""

    @property
    def is_known(self) -> bool:
        """Whether this is a signed-in, active account or the system."""

    @property
    def is_system(self) -> bool:
        """Whether this is the system itself, which may do everything."""

    @property
    def token_scopes(self) -> frozenset[str] | None:
        """What a token limits the account to (`read`, `write`, or a room's name with `:read`/`:write`); `None` without a token."""


@dataclass(frozen=True, slots=True)
class Denied:
    """A refusal with its reason, falsy; the reason is translated when it is shown."""

    reason: Label

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True, slots=True)
class Allowed:
    """A consent, truthy."""

    def __bool__(self) -> bool:
        return True


Decision = Allowed | Denied


class Refused(PermissionDenied):
    """The thing may be seen, but this may not be done to it."""

    def __init__(self, reason: Label) -> None:
        self.reason = reason
        super().__init__(reason)


class Unacceptable(ValueError):
    """What was asked for can be read but not be done; nothing was changed.

    Rooms derive their own refusals from it and give `reason`, a sentence that says what is wrong and what to do.
    """

    reason: Label = ""

    def __init__(self, reason: Label = "") -> None:
        if reason:
            self.reason = reason
        super().__init__(str(self.reason))


class Missing(Http404):
    """There is no such thing, or it may not be seen: the same answer for both."""


class Holder(Protocol):
    """A kind of people that has a permission."""

    @property
    def label(self) -> Label:
        """How the permission page names them."""

    def holds(self, actor: Actor, thing: Any, path: str) -> bool:
        """Whether the actor is one of them with regard to a thing; `path` leads from the thing to its project."""

    def scope(self, actor: Actor, path: str) -> Q | None:
        """Which things: a filter, `Q()` for all, `None` for none."""

    def may(self, actor: Actor) -> bool:
        """Whether the actor could be one of them for some thing; must not be wrong in saying no."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A state that a thing must be in, with the reason given when it is not."""

    test: Callable[[Actor, Any], bool]
    reason: Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """One thing that can be allowed.

    Parameters
    ----------
    name
        `room.verb`, stable.
    label
        What it lets one do, as a translated phrase.
    holders
        Who has it; one is enough.
    path
        ORM path from the thing to its project (`""` where the thing is the project, `"project"`, `"task__project"`).
    sees
        The permission that lets one know that the thing exists; `None` when this one does itself.
    conditions
        What must hold of the thing besides.
    access
        Whether it reads or writes.
    is_public
        Whether visitors without an account have it.
    """

    name: str
    label: Label
    holders: tuple[Holder, ...] = ()
    path: str = ""
    sees: "Permission | None" = None
    conditions: tuple[Condition, ...] = ()
    access: Access = Access.READ
    is_public: bool = False

    @property
    def room(self) -> str:
        """The room that named it."""
        return self.name.partition(".")[0]
