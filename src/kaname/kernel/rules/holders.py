"""The holders that the kernel itself knows."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kaname.kernel.rules.types import Actor, Label


@dataclass(frozen=True, slots=True)
class CompanyRoles:
    """Whoever has one of these roles in the whole company."""

    roles: frozenset[str]
    label: Label = ""

    def holds(self, actor: Actor, thing: Any, path: str) -> bool:
        """Decide by the actor's roles alone."""
        return self.may(actor)

    def scope(self, actor: Actor, path: str) -> Q | None:
        """Return all things or none."""
        return Q() if self.may(actor) else None

    def may(self, actor: Actor) -> bool:
        """Decide by the actor's roles alone."""
        return not self.roles.isdisjoint(actor.company_roles)


def company(*roles: str) -> CompanyRoles:
    """Return the holders of company roles."""
    return CompanyRoles(frozenset(roles))


@dataclass(frozen=True, slots=True)
class Everyone:
    """Whoever is signed in."""

    label: Label = _("everyone with an account")

    def holds(self, actor: Actor, thing: Any, path: str) -> bool:
        """Decide by whether the actor is known."""
        return actor.is_known

    def scope(self, actor: Actor, path: str) -> Q | None:
        """Return all things or none."""
        return Q() if actor.is_known else None

    def may(self, actor: Actor) -> bool:
        """Decide by whether the actor is known."""
        return actor.is_known


@dataclass(frozen=True, slots=True)
class Oneself:
    """The account that a thing belongs to; `owner` is the ORM path from the thing to its account's id."""

    owner: str = "account_id"
    label: Label = _("oneself")

    def holds(self, actor: Actor, thing: Any, path: str) -> bool:
        """Compare the thing's owner with the actor; without a thing, everyone has own things."""
        if thing is None:
            return actor.is_known
        owner = thing
        for step in self.owner.split("__"):
            owner = getattr(owner, step)
        return actor.actor_id is not None and owner == actor.actor_id

    def scope(self, actor: Actor, path: str) -> Q | None:
        """Return own things."""
        return Q(**{self.owner: actor.actor_id}) if actor.is_known else None

    def may(self, actor: Actor) -> bool:
        """Everyone has own things."""
        return actor.is_known
