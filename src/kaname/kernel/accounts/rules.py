"""Who may do what to accounts."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from kaname.kernel.accounts.types import CompanyRole, rank
from kaname.kernel.rules.decisions import permission
from kaname.kernel.rules.holders import Everyone, Oneself, company
from kaname.kernel.rules.types import Access, Actor, Condition

ADMINISTRATORS: Final = company(CompanyRole.ADMINISTRATOR)
KEEPERS: Final = company(CompanyRole.ADMINISTRATOR, CompanyRole.PMO_ADMINISTRATOR)


def is_below(actor: Actor, account: Any) -> bool:
    """Whether an actor may act on an account: administrators on all, others only on lower ranks than their own."""
    if actor.is_system or CompanyRole.ADMINISTRATOR in actor.company_roles:
        return True
    held = [grant.role for grant in account.role_grants.all()]
    return rank(held) < rank(actor.company_roles)


def is_somebody_else(actor: Actor, account: Any) -> bool:
    """Whether the account is not the actor's own."""
    return bool(account.pk != actor.actor_id)


def invites_below(actor: Actor, invitation: Any) -> bool:
    """Whether the roles of an invitation are ones that the actor may give."""
    if actor.is_system or CompanyRole.ADMINISTRATOR in actor.company_roles:
        return True
    return rank(invitation.roles) < rank(actor.company_roles)


_BELOW: Final = Condition(is_below, _("This account has a higher or equal role than yours."))
_ELSE: Final = Condition(is_somebody_else, _("You cannot do this to your own account."))
_INVITES_BELOW: Final = Condition(invites_below, _("You can only invite into roles that are lower than yours."))

VIEW_SELF: Final = permission("accounts.view_self", _("See one's own account"), holders=(Oneself(owner="id"),))
CHANGE_SELF: Final = permission(
    "accounts.change_self",
    _("Change one's own account, password and sessions"),
    holders=(Oneself(owner="id"),),
    access=Access.WRITE,
)
VIEW_TOKENS: Final = permission("accounts.view_tokens", _("See one's own tokens"), holders=(Oneself(),))
MANAGE_TOKENS: Final = permission(
    "accounts.manage_tokens",
    _("Make and revoke one's own tokens"),
    holders=(Oneself(),),
    sees=VIEW_TOKENS,
    access=Access.WRITE,
)
VIEW_ACCOUNTS: Final = permission("accounts.view", _("See all accounts and invitations"), holders=(KEEPERS,))
INVITE: Final = permission(
    "accounts.invite",
    _("Invite people, send invitations again, withdraw them"),
    holders=(KEEPERS,),
    sees=VIEW_ACCOUNTS,
    conditions=(_INVITES_BELOW,),
    access=Access.WRITE,
)
CLOSE: Final = permission(
    "accounts.close",
    _("Close and reopen accounts"),
    holders=(KEEPERS,),
    sees=VIEW_ACCOUNTS,
    conditions=(_ELSE, _BELOW),
    access=Access.WRITE,
)
GRANT_ROLES: Final = permission(
    "accounts.grant_roles",
    _("Give and withdraw company roles"),
    holders=(ADMINISTRATORS,),
    sees=VIEW_ACCOUNTS,
    access=Access.WRITE,
)
END_SESSIONS: Final = permission(
    "accounts.end_sessions",
    _("End the sessions of others"),
    holders=(KEEPERS,),
    sees=VIEW_ACCOUNTS,
    conditions=(_BELOW,),
    access=Access.WRITE,
)
VIEW_RULES: Final = permission("accounts.view_rules", _("See who may do what"), holders=(Everyone(),))

VIEW_JOURNAL: Final = permission(
    "journal.view",
    _("See the journal: administrators all of it, everyone else what they did themselves"),
    holders=(ADMINISTRATORS, Oneself(owner="actor_id")),
)
VERIFY_JOURNAL: Final = permission(
    "journal.verify", _("Check the chain of the journal"), holders=(ADMINISTRATORS,), access=Access.WRITE
)
