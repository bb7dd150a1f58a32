"""Who is told of what happens to accounts."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kaname.kernel.accounts import events
from kaname.kernel.accounts.models import Invitation, User
from kaname.kernel.accounts.rules import VIEW_ACCOUNTS, VIEW_SELF
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.journal.models import Entry
from kaname.kernel.notices.declarations import silent, tell
from kaname.kernel.notices.types import Told, Value
from kaname.kernel.rules.decisions import visible
from kaname.kernel.rules.types import Actor, Label


def own_account(actor: Actor) -> QuerySet[User]:
    """Return the actor's own account."""
    return visible(actor, VIEW_SELF, User.objects.all())


def seen_accounts(actor: Actor) -> QuerySet[User]:
    """Return the accounts that the actor may see in the administration."""
    return visible(actor, VIEW_ACCOUNTS, User.objects.all())


def oneself(entry: Entry) -> list[int]:
    """Return the account that an entry is about."""
    return [entry.subject_id] if entry.subject_id is not None else []


def _inviter(entry: Entry) -> list[int]:
    addresses = User.objects.filter(pk=entry.subject_id).values("email")
    accepted = Invitation.objects.filter(email__in=addresses).exclude(accepted_at=None)
    return list(accepted.values_list("invited_by_id", flat=True))


def _name(entry: Entry) -> dict[str, Value]:
    return {"name": entry.actor_label}


def _roles(entry: Entry) -> dict[str, Value]:
    return {"granted": ",".join(entry.payload["granted"]), "withdrawn": ",".join(entry.payload["withdrawn"])}


def _role_names(codes: str) -> Label:
    known = [str(CompanyRole(code).label) for code in codes.split(",") if code in CompanyRole.values]
    return ", ".join(known) or "–"


def _own_page(_told: Told) -> str:
    return reverse("account")


def _sessions_page(_told: Told) -> str:
    return reverse("account_sessions")


def _account_page(told: Told) -> str:
    return reverse("account_of", args=[told.object_id])


def _fold_on_account(entry: Entry) -> str:
    return str(entry.subject_id)


def _declare(**facts: Any) -> None:
    tell(things=own_account, to=oneself, **facts)


tell(
    events.AccountOpened,
    to=_inviter,
    words=_("%(name)s has accepted your invitation."),
    params=_name,
    things=seen_accounts,
    link=_account_page,
)
_declare(
    event=events.RolesChanged,
    words=_("Your company roles were changed. Given: %(granted)s. Withdrawn: %(withdrawn)s."),
    params=_roles,
    shows={"granted": _role_names, "withdrawn": _role_names},
    link=_own_page,
)
_declare(
    event=events.AccountReopened,
    words=_("Your account was opened again."),
    link=_own_page,
)
_declare(
    event=events.SignInLocked,
    words=_("Sign-in to your account was locked for a while after too many wrong passwords."),
    link=_sessions_page,
    fold=_fold_on_account,
)
_declare(
    event=events.SessionsEnded,
    words=_("An administrator has ended your sessions."),
    link=_sessions_page,
    fold=_fold_on_account,
)
silent(
    events.SystemStarted,
    reason="Happens once, before there is anybody to tell.",
)
silent(
    events.AccountClosed,
    reason="The owner cannot sign in any more; administrators see it in the list of accounts.",
)
silent(
    events.PreferencesChanged,
    events.SignedIn,
    events.SignedOut,
    events.TokenCreated,
    events.TokenRevoked,
    reason="Done by the owner alone, who sees it on the own pages.",
)
silent(
    events.Invited,
    events.InvitationResent,
    events.InvitationWithdrawn,
    reason="The invited person has no account yet and gets a mail of its own; the office sees the list of invitations.",
)
silent(
    events.PasswordChanged,
    events.PasswordReset,
    events.PasswordResetSent,
    reason="The owner gets a mail of its own at once, whatever is chosen for notices.",
)
silent(
    events.PersonSwitched,
    reason="Only in the sample company, where the visitor is the one who switches.",
)
