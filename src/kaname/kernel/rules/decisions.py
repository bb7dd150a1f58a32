"""Deciding: one thing, a list of things, a fetch that does both."""

from collections.abc import Callable, Collection, Hashable
from typing import Any, Final

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kaname.kernel.prepared import asked
from kaname.kernel.rules.memory import remembering
from kaname.kernel.rules.types import (
    Access,
    Actor,
    Allowed,
    Condition,
    Decision,
    Denied,
    Holder,
    Label,
    Missing,
    Permission,
    Refused,
)

_PERMISSIONS: Final[dict[str, Permission]] = {}
NOTHING: Final = Q(pk__in=())


def permission(
    name: str,
    label: Label,
    *,
    holders: tuple[Holder, ...] = (),
    path: str = "",
    sees: Permission | None = None,
    conditions: tuple[Condition, ...] = (),
    access: Access = Access.READ,
    is_public: bool = False,
) -> Permission:
    """Name a permission, once.

    Raises
    ------
    ValueError
        If the name is taken or has no room.
    """
    if "." not in name:
        raise ValueError(f"a permission is named room.verb, not {name!r}")
    if name in _PERMISSIONS:
        raise ValueError(f"permission {name!r} is named twice")
    made = Permission(
        name=name,
        label=label,
        holders=holders,
        path=path,
        sees=sees,
        conditions=conditions,
        access=access,
        is_public=is_public,
    )
    _PERMISSIONS[name] = made
    return made


def permissions() -> dict[str, Permission]:
    """Return all permissions by name."""
    return dict(sorted(_PERMISSIONS.items()))


def named(name: str) -> Permission:
    """Return a permission by name.

    Raises
    ------
    LookupError
        If no room has named it.
    """
    try:
        return _PERMISSIONS[name]
    except KeyError:
        raise LookupError(f"no room has named the permission {name!r}") from None


def decide(actor: Actor, wanted: Permission, thing: Any = None) -> Decision:
    """Return whether an actor may do something (to a thing), with the reason if not."""
    if wanted.is_public or actor.is_system:
        return _conditions(actor, wanted, thing)
    if not actor.is_known:
        return Denied(_("Please sign in first."))
    if not _token_reaches(actor, wanted):
        return Denied(_("The scopes of this token do not include this."))
    if not any(holder.holds(actor, thing, wanted.path) for holder in wanted.holders):
        return Denied(_("Your roles do not include this."))
    return _conditions(actor, wanted, thing)


def require(actor: Actor, wanted: Permission, thing: Any = None) -> None:
    """Raise `Refused` with the reason unless the actor may."""
    decision = decide(actor, wanted, thing)
    if isinstance(decision, Denied):
        raise Refused(decision.reason)


def may(actor: Actor, wanted: Permission) -> bool:
    """Return whether the actor could have a permission for some thing; used to hide doors and to close them early."""
    if wanted.is_public or actor.is_system:
        return True
    return actor.is_known and _token_reaches(actor, wanted) and any(holder.may(actor) for holder in wanted.holders)


def may_without_token(actor: Actor, wanted: Permission) -> bool:
    """Return whether only the scopes of the actor's token keep it from a permission."""
    return actor.is_known and actor.token_scopes is not None and any(holder.may(actor) for holder in wanted.holders)


def scope(actor: Actor, wanted: Permission) -> Q:
    """Return the condition of the things for which an actor has a permission: an empty one for all, `NOTHING` for none."""
    if wanted.is_public or actor.is_system:
        return Q()
    if not actor.is_known or not _token_reaches(actor, wanted):
        return NOTHING
    combined: Q | None = None
    for holder in wanted.holders:
        own = holder.scope(actor, wanted.path)
        if own is None:
            continue
        if not own:
            return own
        combined = own if combined is None else combined | own
    return NOTHING if combined is None else combined


def visible[M: Model](actor: Actor, wanted: Permission, things: QuerySet[M]) -> QuerySet[M]:
    """Return the things for which an actor has a permission, as one filtered query (conditions left aside)."""
    reach = scope(actor, wanted)
    if reach is NOTHING:
        return things.none()
    return things.filter(reach) if reach else things


def fetch[M: Model](actor: Actor, wanted: Permission, things: QuerySet[M], /, **lookup: Any) -> M:
    """Return one thing that the actor may see and to which it may do what it wants.

    Raises
    ------
    Missing
        If there is none or it may not be seen.
    Refused
        If it may be seen but not this.
    """
    return _required(actor, wanted, visible(actor, wanted.sees or wanted, things).filter(**lookup).first())


def fetch_asked[M: Model](
    actor: Actor, wanted: Permission, build: Callable[..., QuerySet[M]], /, *shape: Hashable, **numbers: int
) -> M:
    """Return one thing as `fetch` does, of a question `build(reach, *shape, **numbers)` whose SQL is kept.

    Raises
    ------
    Missing
        If there is none or it may not be seen.
    Refused
        If it may be seen but not this.
    """
    found: list[M] = asked(build, scope(actor, wanted.sees or wanted), *shape, **numbers)
    return _required(actor, wanted, found[0] if found else None)


def _required[M: Model](actor: Actor, wanted: Permission, seen: M | None) -> M:
    """Return what was found among the things seen, once the actor may do with it what it wants."""
    if seen is None:
        raise Missing
    require(actor, wanted, seen)
    return seen


def fetch_all[M: Model](
    actor: Actor, wanted: Permission, things: QuerySet[M], /, *, ids: Collection[int]
) -> dict[int, M]:
    """Return things by id, as `fetch` for each of them, all or none.

    Raises
    ------
    Missing
        If any is not there or may not be seen.
    Refused
        If any may be seen but not this.

    Notes
    -----
    1 query for the things; what the holders ask about the actor is asked once for all of them.
    """
    with remembering():
        seen = {thing.pk: thing for thing in visible(actor, wanted.sees or wanted, things).filter(pk__in=ids)}
        if not seen.keys() >= set(ids):
            raise Missing
        for thing in seen.values():
            require(actor, wanted, thing)
    return seen


def _conditions(actor: Actor, wanted: Permission, thing: Any) -> Decision:
    if thing is not None:
        for condition in wanted.conditions:
            if not condition.test(actor, thing):
                return Denied(condition.reason)
    return Allowed()


def _token_reaches(actor: Actor, wanted: Permission) -> bool:
    scopes = actor.token_scopes
    if scopes is None:
        return True
    return wanted.access.value in scopes or f"{wanted.room}:{wanted.access.value}" in scopes
