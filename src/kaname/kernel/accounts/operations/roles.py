"""Company roles: given and withdrawn by administrators; one administrator always remains."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kaname.kernel.accounts.events import RolesChanged, account_subject
from kaname.kernel.accounts.models import RoleGrant, User
from kaname.kernel.accounts.rules import GRANT_ROLES
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.journal.operations import publish
from kaname.kernel.records import change
from kaname.kernel.rules.decisions import fetch
from kaname.kernel.rules.types import Actor, Refused


def change_roles(*, actor: Actor, account_id: int, expected_version: int, roles: Iterable[str], now: datetime) -> User:
    """Make an account hold exactly these company roles; no event when it already does.

    Permission `accounts.grant_roles`.  Publishes `RolesChanged`.  Locks the grants of all administrators, so that two
    administrators who demote each other at the same time cannot leave the company without one.

    Raises
    ------
    Missing, Refused
        Without the permission, or if the last open administrator account would lose the role.
    ValidationError
        If a role is unknown.
    Stale
        If the account has been changed meanwhile.
    """
    wanted = known_roles(roles)
    with transaction.atomic():
        account = fetch(actor, GRANT_ROLES, User.objects.all(), pk=account_id)
        lock_administrators()
        held = set(account.role_grants.values_list("role", flat=True))
        granted, withdrawn = sorted(wanted - held), sorted(held - wanted)
        if CompanyRole.ADMINISTRATOR in withdrawn:
            keep_an_administrator(without=account)
        change(account, expected_version=expected_version)
        if not granted and not withdrawn:
            return account
        account.role_grants.filter(role__in=withdrawn).delete()
        RoleGrant.objects.bulk_create([RoleGrant(account=account, role=role) for role in granted])
        account.__dict__.pop("company_roles", None)
        event = RolesChanged(subject=account_subject(account.pk), granted=tuple(granted), withdrawn=tuple(withdrawn))
        publish(event, actor=actor, now=now)
    return account


def known_roles(roles: Iterable[str]) -> set[str]:
    """Return the codes of roles.

    Raises
    ------
    ValidationError
        If one is unknown.
    """
    wanted = {str(role) for role in roles}
    if unknown := sorted(wanted - set(CompanyRole.values)):
        raise ValidationError({"roles": _("There is no role “%(role)s”.") % {"role": unknown[0][:40]}}, code="invalid")
    return wanted


def lock_administrators() -> list[int]:
    """Lock the administrators' grants until the transaction ends and return their numbers. 1 query."""
    grants = RoleGrant.objects.select_for_update().filter(role=CompanyRole.ADMINISTRATOR).order_by("id")
    return list(grants.values_list("id", flat=True))


def keep_an_administrator(*, without: User) -> None:
    """Raise `Refused` unless another open account is an administrator; call under `lock_administrators`. 1 query."""
    others = User.objects.filter(is_active=True, role_grants__role=CompanyRole.ADMINISTRATOR).exclude(pk=without.pk)
    if not others.exists():
        raise Refused(_("This is the last administrator. Make somebody else an administrator first."))
