"""Accounts in the API: oneself, one's tokens, all accounts, invitations, the journal."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from kaname.kernel import clock
from kaname.kernel.accounts import operations
from kaname.kernel.accounts.models import AccessToken, Invitation, User
from kaname.kernel.accounts.queries import (
    find_account,
    list_accounts,
    list_entries,
    list_invitations,
    list_tokens,
    search_accounts,
)
from kaname.kernel.accounts.rules import (
    CHANGE_SELF,
    CLOSE,
    GRANT_ROLES,
    INVITE,
    MANAGE_TOKENS,
    VIEW_ACCOUNTS,
    VIEW_JOURNAL,
    VIEW_SELF,
    VIEW_TOKENS,
)
from kaname.kernel.accounts.types import LANGUAGES, AccountState, CompanyRole, Theme
from kaname.kernel.journal.models import Entry
from kaname.kernel.rules.doors import Door
from kaname.kernel.rules.rest.bodies import Code, Facts, Id, Instant, Listing, Strict, Text, Version
from kaname.kernel.rules.rest.filters import IdFilter, StrictFilterSet
from kaname.kernel.rules.rest.views import Act, ListView, RecordView, VerbView
from kaname.kernel.rules.types import Missing


class MeBody(Strict):
    """One's own account."""

    id = Id(read_only=True)
    version = Version()
    email = Text(most=254, read_only=True)
    name = Text(most=100)
    language = Code(choices=LANGUAGES)
    time_zone = Text(most=64)
    theme = Code(choices=Theme.choices)
    roles = Listing(child=Code(choices=CompanyRole.choices), most=7, source="role_codes", read_only=True)


class MeChange(Strict):
    """What one may change of the own account; what is left out stays."""

    name = Text(most=100, required=False)
    language = Code(choices=LANGUAGES, required=False)
    time_zone = Text(most=64, required=False)
    theme = Code(choices=Theme.choices, required=False)


class Me(RecordView):
    """The account behind the token."""

    door = Door(reads=VIEW_SELF, writes=CHANGE_SELF)
    says = {
        "GET": _("Return the account behind the token."),
        "PATCH": _("Change one's own name, language, time zone or theme."),
    }
    serializer_class = MeBody
    input_class = MeChange
    changes = Act(operations.change_preferences)
    keeps = ("name", "language", "time_zone", "theme")

    def find(self) -> User:
        """Return the own account."""
        return find_account(actor=self.actor)


class TokenBody(Strict):
    """A token, without its secret."""

    id = Id()
    name = Text(most=100)
    prefix = Text(most=8)
    scopes = Listing(child=Text(most=60), most=200)
    created_at = Instant()
    expires_at = Instant()
    last_used_at = Instant(allow_null=True)
    revoked_at = Instant(allow_null=True)


class Tokens(ListView):
    """One's own tokens, newest first."""

    door = Door(reads=VIEW_TOKENS, writes=None)
    says = {"GET": _("List one's own tokens, newest first.")}
    serializer_class = TokenBody

    def find(self) -> QuerySet[AccessToken]:
        """Return the own tokens."""
        return list_tokens(actor=self.actor)


class Token(RecordView):
    """One of one's own tokens."""

    door = Door(reads=VIEW_TOKENS, writes=MANAGE_TOKENS)
    says = {
        "GET": _("Return one of one's own tokens."),
        "DELETE": _("Revoke one of one's own tokens; a second time does nothing."),
    }
    serializer_class = TokenBody
    removes = Act(operations.revoke_token, token_id="token_id")  # noqa: S106 - the name of an argument
    needs_version = False

    def find(self) -> AccessToken:
        """Return one of the own tokens."""
        found = list_tokens(actor=self.actor).filter(pk=self.kwargs["token_id"]).first()
        if found is None:
            raise Missing
        return found


class AccountBody(Strict):
    """An account as those see it who look after accounts."""

    id = Id()
    version = Version()
    email = Text(most=254)
    name = Text(most=100)
    state = Code(choices=AccountState.choices)
    roles = Listing(child=Code(choices=CompanyRole.choices), most=7, source="role_codes")
    joined_at = Instant()
    closed_at = Instant(allow_null=True)
    last_login = Instant(allow_null=True)


class RolesChange(Strict):
    """The company roles that an account shall hold."""

    roles = Listing(child=Code(choices=CompanyRole.choices), most=7)


class AccountFilters(StrictFilterSet):
    """Which accounts."""

    q = django_filters.CharFilter(label=_("Words of the name or address."), max_length=100, method="keep")
    state = django_filters.ChoiceFilter(label=_("Open or closed."), choices=AccountState.choices, method="keep")
    role = django_filters.ChoiceFilter(label=_("Company role."), choices=CompanyRole.choices, method="keep")

    def keep(self, accounts: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Apply one filter."""
        wanted = {"words": "", "state": "", "role": ""} | {"words" if name == "q" else name: value}
        return search_accounts(accounts, **wanted)


class Accounts(ListView):
    """All accounts by name."""

    door = Door(reads=VIEW_ACCOUNTS, writes=None)
    says = {"GET": _("List all accounts by name.")}
    serializer_class = AccountBody
    filterset_class = AccountFilters

    def find(self) -> QuerySet[User]:
        """Return the accounts."""
        return list_accounts(actor=self.actor)


class Account(RecordView):
    """One account."""

    door = Door(reads=VIEW_ACCOUNTS, writes=GRANT_ROLES)
    says = {"GET": _("Return one account."), "PATCH": _("Change the company roles of an account.")}
    serializer_class = AccountBody
    input_class = RolesChange

    def find(self) -> User:
        """Return the account."""
        found = list_accounts(actor=self.actor).filter(pk=self.kwargs["account_id"]).first()
        if found is None:
            raise Missing
        return found

    def patch(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change the company roles."""
        values = self.read_body(RolesChange)
        operations.change_roles(
            actor=self.actor,
            account_id=self.kwargs["account_id"],
            expected_version=self.expected_version,
            roles=values["roles"],
            now=clock.now(),
        )
        return self.shown(self.find())


class CloseAccount(VerbView):
    """Close an account; its sessions and tokens end at once."""

    door = Door(reads=None, writes=CLOSE)
    says = {"POST": _("Close an account; its sessions and tokens end at once.")}
    serializer_class = AccountBody
    does = Act(operations.close_account, account_id="account_id")
    needs_version = True


class ReopenAccount(VerbView):
    """Reopen a closed account."""

    door = Door(reads=None, writes=CLOSE)
    says = {"POST": _("Reopen a closed account.")}
    serializer_class = AccountBody
    does = Act(operations.reopen_account, account_id="account_id")
    needs_version = True


class InvitationBody(Strict):
    """An invitation that waits."""

    id = Id()
    version = Version()
    email = Text(most=254)
    name = Text(most=100, allow_blank=True)
    language = Code(choices=LANGUAGES)
    roles = Listing(child=Code(choices=CompanyRole.choices), most=7)
    invited_at = Instant()
    expires_at = Instant()


class InvitationInput(Strict):
    """Whom to invite."""

    email = Text(most=254)
    name = Text(most=100, allow_blank=True, default="")
    language = Code(choices=LANGUAGES, default="ja")
    roles = Listing(child=Code(choices=CompanyRole.choices), most=7, default=list)


class Invitations(ListView):
    """Invitations that wait, newest first."""

    door = Door(reads=VIEW_ACCOUNTS, writes=INVITE)
    says = {"GET": _("List the invitations that wait, newest first."), "POST": _("Invite somebody by mail.")}
    serializer_class = InvitationBody
    input_class = InvitationInput
    creates = Act(operations.invite)

    def find(self) -> QuerySet[Invitation]:
        """Return the invitations."""
        return list_invitations(actor=self.actor)


class _VerbOfInvitation(VerbView):
    """Something that is done to an invitation that waits."""

    door = Door(reads=None, writes=INVITE)
    serializer_class = InvitationBody
    needs_version = True


class ResendInvitation(_VerbOfInvitation):
    """Send an invitation again."""

    says = {"POST": _("Send an invitation again; the former link becomes void.")}
    does = Act(operations.resend_invitation, invitation_id="invitation_id")


class WithdrawInvitation(_VerbOfInvitation):
    """Withdraw an invitation."""

    says = {"POST": _("Withdraw an invitation; its link becomes void.")}
    does = Act(operations.withdraw_invitation, invitation_id="invitation_id")


class EntryBody(Strict):
    """One fact of the journal."""

    id = Id()
    at = Instant()
    actor_id = Id(allow_null=True)
    actor_label = Text(most=200, allow_blank=True)
    name = Text(most=80)
    project_id = Id(allow_null=True)
    subject_type = Text(most=40, allow_blank=True)
    subject_id = Id(allow_null=True)
    payload = Facts(help_text=_("Small values, by name."))
    cause_id = Id(allow_null=True)
    hash = Text(most=64)


class EntryFilters(StrictFilterSet):
    """Which entries."""

    name = django_filters.CharFilter(label=_("Name of the event."), max_length=80)
    actor = IdFilter(label=_("Number of the account that acted."), field_name="actor_id")
    project = IdFilter(label=_("Number of the project."), field_name="project_id")
    since = django_filters.IsoDateTimeFilter(label=_("At or after."), field_name="at", lookup_expr="gte")
    before = django_filters.IsoDateTimeFilter(label=_("Before."), field_name="at", lookup_expr="lt")


class Entries(ListView):
    """The journal, newest first: all of it for administrators, one's own doings for everyone else."""

    door = Door(reads=VIEW_JOURNAL, writes=None)
    says = {
        "GET": _("List the journal, newest first: all of it for administrators, one's own doings for everyone else.")
    }
    serializer_class = EntryBody
    filterset_class = EntryFilters

    def find(self) -> QuerySet[Entry]:
        """Return the entries."""
        return list_entries(actor=self.actor)


urlpatterns = [
    path("me/", Me.as_view(), name="api_me"),
    path("tokens/", Tokens.as_view(), name="api_tokens"),
    path("tokens/<int:token_id>/", Token.as_view(), name="api_token"),
    path("accounts/", Accounts.as_view(), name="api_accounts"),
    path("accounts/<int:account_id>/", Account.as_view(), name="api_account"),
    path("accounts/<int:account_id>/close/", CloseAccount.as_view(), name="api_account_close"),
    path("accounts/<int:account_id>/reopen/", ReopenAccount.as_view(), name="api_account_reopen"),
    path("invitations/", Invitations.as_view(), name="api_invitations"),
    path("invitations/<int:invitation_id>/resend/", ResendInvitation.as_view(), name="api_invitation_resend"),
    path("invitations/<int:invitation_id>/withdraw/", WithdrawInvitation.as_view(), name="api_invitation_withdraw"),
    path("journal/", Entries.as_view(), name="api_journal"),
]
