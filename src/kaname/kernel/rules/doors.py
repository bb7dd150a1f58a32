"""Doors: every view declares the permission that opens it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from django.utils.translation import gettext_lazy as _

from kaname.kernel.rules.decisions import permission
from kaname.kernel.rules.holders import Everyone
from kaname.kernel.rules.types import Permission

V = TypeVar("V", bound=Callable[..., Any])

SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

PUBLIC: Final = permission("kernel.public", _("Use what needs no account"), is_public=True)
SIGNED_IN: Final = permission("kernel.signed_in", _("Use one's own account"), holders=(Everyone(),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What a view needs: one permission for safe methods, one for the others (`None` = not opened at all).

    `in_transaction` says whether an unsafe request runs in one transaction together with its idempotency key; only doors
    that do slow work before they write (password hashing, files) leave it out and key their own operation.
    `is_repeatable` says that doing it twice does no harm and its answer cannot be kept, because it sets cookies: signing in
    and out.  Such a door asks for no key.
    """

    reads: Permission | None
    writes: Permission | None
    in_transaction: bool = True
    is_repeatable: bool = False

    def needs(self, method: str) -> Permission | None:
        """Return the permission that a method needs, `None` when the door is closed to it."""
        return self.reads if method in SAFE_METHODS else self.writes


def door(
    *,
    reads: Permission | None = None,
    writes: Permission | None = None,
    in_transaction: bool = True,
    is_repeatable: bool = False,
) -> Callable[[V], V]:
    """Declare the door of a function view, or of what `as_view()` returned."""
    if reads is None and writes is None:
        raise ValueError("a door opens for reading, for writing, or for both")
    declared = Door(reads=reads, writes=writes, in_transaction=in_transaction, is_repeatable=is_repeatable)

    def declare(view: V) -> V:
        view.door = declared  # type: ignore[attr-defined]
        return view

    return declare


def door_of(view: Callable[..., Any]) -> Door | None:
    """Return the declared door of a resolved view: its own, or its class's `door` attribute."""
    for carrier in (view, getattr(view, "view_class", None), getattr(view, "cls", None)):
        found = getattr(carrier, "door", None)
        if isinstance(found, Door):
            return found
    return None
