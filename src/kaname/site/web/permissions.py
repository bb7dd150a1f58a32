"""Who may do what: generated from the registered permissions, in the reader's language."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kaname.ground.projects.types import ProjectRole
from kaname.kernel.accounts.rules import VIEW_RULES
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.rules.decisions import permissions as all_permissions
from kaname.kernel.rules.doors import door
from kaname.kernel.rules.holders import CompanyRoles, Everyone
from kaname.kernel.rules.scopes import room_label
from kaname.kernel.rules.types import Access, Permission
from kaname.ui.types import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One permission: whether each role has it, and who else does."""

    name: str
    label: str
    is_writing: bool
    has_role: tuple[bool, ...]
    others: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """The permissions of one room."""

    label: str
    rows: tuple[Row, ...]


@door(reads=VIEW_RULES)
def permissions(request: HttpRequest) -> HttpResponse:
    """Show the table of roles and permissions."""
    context = {
        "rooms": rooms(),
        "company_roles": [str(role.label) for role in CompanyRole],
        "project_roles": [str(role.label) for role in ProjectRole],
        "first_project_role": len(CompanyRole),
        "width": len(CompanyRole) + len(ProjectRole) + 3,
        "page": Page(
            title=_("Permissions"),
            note=_("Made from the rules that are in force; every page, the API and all exports obey them."),
        ),
    }
    return render(request, "site/permissions/permissions.html", context)


def rooms() -> list[Room]:
    """Return the table by room; columns are the company roles, then the project roles."""
    by_room: dict[str, list[Row]] = {}
    for wanted in all_permissions().values():
        by_room.setdefault(wanted.room, []).append(row_of(wanted))
    return [Room(room_label(name), tuple(rows)) for name, rows in sorted(by_room.items())]


def row_of(wanted: Permission) -> Row:
    """Return one line of the table."""
    company: set[str] = set()
    project: set[str] = set()
    others: list[str] = [_("visitors without an account")] if wanted.is_public else []
    for holder in wanted.holders:
        if isinstance(holder, CompanyRoles):
            company |= holder.roles
        elif isinstance(holder, Everyone) or not hasattr(holder, "roles"):
            others.append(str(holder.label))
        else:
            project |= set(holder.roles)
    columns = [*(role in company for role in CompanyRole), *(role in project for role in ProjectRole)]
    return Row(
        name=wanted.name,
        label=str(wanted.label),
        is_writing=wanted.access == Access.WRITE,
        has_role=tuple(columns),
        others=tuple(others),
        conditions=tuple(str(condition.reason) for condition in wanted.conditions),
    )
