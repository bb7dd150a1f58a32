"""What happens to accounts; e-mail addresses and secrets stay out of the journal."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kaname.kernel.journal.types import Event, Subject

Label = str | Promise


def account_subject(account_id: int) -> Subject:
    """Return an account as what an event is about."""
    return Subject("accounts.account", account_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemStarted(Event):
    """The installation was started, empty or with the sample company."""

    name: ClassVar[str] = "accounts.system_started"
    label: ClassVar[Label] = _("Kaname was started")
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountOpened(Event):
    """Somebody has an account now."""

    name: ClassVar[str] = "accounts.account_opened"
    label: ClassVar[Label] = _("An account was opened")
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountClosed(Event):
    """An account was closed; its sessions and tokens ended."""

    name: ClassVar[str] = "accounts.account_closed"
    label: ClassVar[Label] = _("An account was closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountReopened(Event):
    """A closed account may sign in again."""

    name: ClassVar[str] = "accounts.account_reopened"
    label: ClassVar[Label] = _("An account was reopened")


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesChanged(Event):
    """The company roles of an account changed."""

    name: ClassVar[str] = "accounts.roles_changed"
    label: ClassVar[Label] = _("Company roles were changed")
    granted: tuple[str, ...]
    withdrawn: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreferencesChanged(Event):
    """Somebody changed the name, language, time zone or theme of the own account."""

    name: ClassVar[str] = "accounts.preferences_changed"
    label: ClassVar[Label] = _("Account settings were changed")
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Invited(Event):
    """Somebody was invited; the subject is the invitation."""

    name: ClassVar[str] = "accounts.invited"
    label: ClassVar[Label] = _("Somebody was invited")
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationResent(Event):
    """An invitation was sent again; the former link no longer works."""

    name: ClassVar[str] = "accounts.invitation_resent"
    label: ClassVar[Label] = _("An invitation was sent again")


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationWithdrawn(Event):
    """An invitation was taken back."""

    name: ClassVar[str] = "accounts.invitation_withdrawn"
    label: ClassVar[Label] = _("An invitation was withdrawn")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Event):
    """Somebody signed in."""

    name: ClassVar[str] = "accounts.signed_in"
    label: ClassVar[Label] = _("Signed in")
    method: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOut(Event):
    """Somebody signed out."""

    name: ClassVar[str] = "accounts.signed_out"
    label: ClassVar[Label] = _("Signed out")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInLocked(Event):
    """Too many wrong passwords: sign-in to an account is locked for a while."""

    name: ClassVar[str] = "accounts.sign_in_locked"
    label: ClassVar[Label] = _("Sign-in was locked after too many wrong passwords")
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged(Event):
    """Somebody changed the own password; the other sessions ended."""

    name: ClassVar[str] = "accounts.password_changed"
    label: ClassVar[Label] = _("The password was changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordResetSent(Event):
    """A link to set a new password was sent."""

    name: ClassVar[str] = "accounts.password_reset_sent"
    label: ClassVar[Label] = _("A link to set a new password was sent")


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordReset(Event):
    """A new password was set by a mailed link; all sessions and tokens ended."""

    name: ClassVar[str] = "accounts.password_reset"
    label: ClassVar[Label] = _("A new password was set by mail")


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionsEnded(Event):
    """Sessions of an account were ended from the list."""

    name: ClassVar[str] = "accounts.sessions_ended"
    label: ClassVar[Label] = _("Sessions were ended")
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCreated(Event):
    """Somebody made a personal token."""

    name: ClassVar[str] = "accounts.token_created"
    label: ClassVar[Label] = _("A personal token was made")
    token_id: int
    prefix: str
    scopes: tuple[str, ...]
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRevoked(Event):
    """A personal token was revoked."""

    name: ClassVar[str] = "accounts.token_revoked"
    label: ClassVar[Label] = _("A personal token was revoked")
    token_id: int
    prefix: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSwitched(Event):
    """In the sample company, the visitor went on as another sample person."""

    name: ClassVar[str] = "accounts.person_switched"
    label: ClassVar[Label] = _("Went on as another person of the sample company")
