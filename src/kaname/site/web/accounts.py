"""Administration of accounts: who has one, who is invited, which company roles."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaname.kernel import clock
from kaname.kernel.accounts import operations
from kaname.kernel.accounts.models import User
from kaname.kernel.accounts.queries import list_accounts, list_invitations, search_accounts
from kaname.kernel.accounts.rules import CLOSE, END_SESSIONS, GRANT_ROLES, INVITE, VIEW_ACCOUNTS
from kaname.kernel.accounts.types import LANGUAGES, AccountState, CompanyRole
from kaname.kernel.records import Stale
from kaname.kernel.rules.decisions import decide
from kaname.kernel.rules.doors import door
from kaname.kernel.rules.types import Missing
from kaname.site.web.account import refuse_stale
from kaname.ui.types import Crumb, Page

_ROWS = 50


class InviteForm(forms.Form):
    """Whom to invite, into which roles."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("The invited person can change it."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language of the mail"), choices=LANGUAGES)
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Company roles"),
        choices=CompanyRole.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class RolesForm(forms.Form):
    """Which company roles an account holds."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Company roles"),
        choices=CompanyRole.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(min_value=1, max_value=2_147_483_647, widget=forms.HiddenInput)


class VersionForm(forms.Form):
    """The version that a button was drawn for."""

    version = forms.IntegerField(min_value=1, max_value=2_147_483_647, widget=forms.HiddenInput)


@door(reads=VIEW_ACCOUNTS)
def accounts(request: HttpRequest) -> HttpResponse:
    """List accounts with filters, and the invitations that wait."""
    chosen = {
        "q": request.GET.get("q", "")[:100],
        "state": _one_of(request.GET.get("state", ""), AccountState.values),
        "role": _one_of(request.GET.get("role", ""), CompanyRole.values),
    }
    found = search_accounts(
        list_accounts(actor=request.user), words=chosen["q"], state=chosen["state"], role=chosen["role"]
    )
    now = clock.now()
    invitations = [
        {"invitation": invitation, "roles": _role_labels(invitation.roles), "is_expired": invitation.expires_at <= now}
        for invitation in list_invitations(actor=request.user)[:200]
    ]
    context = {
        "rows": _page_of(found, request.GET.get("page", "1")),
        "chosen": chosen,
        "states": AccountState.choices,
        "roles": CompanyRole.choices,
        "invitations": invitations,
        "may_invite": bool(decide(request.user, INVITE)),
        "page": Page(title=_("Accounts"), note=_("Who can sign in, and in which roles.")),
    }
    return render(request, "site/accounts/accounts.html", context)


def _one_of(value: str, values: list[str]) -> str:
    return value if value in values else ""


def _page_of(found: QuerySet[User], number: str) -> Any:
    return Paginator(found, _ROWS).get_page(number)


def _role_labels(roles: list[str]) -> list[str]:
    return [str(CompanyRole(role).label) for role in CompanyRole.values if role in roles]


@door(reads=INVITE, writes=INVITE)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody by mail."""
    form = InviteForm(request.POST or None, initial={"language": "ja", "roles": [CompanyRole.MEMBER]})
    if request.method == "POST" and form.is_valid():
        try:
            invitation = operations.invite(actor=request.user, now=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The invitation goes to %(email)s.") % {"email": invitation.email})
            return redirect("accounts")
    page = Page(title=_("Invite"), crumbs=(Crumb(_("Accounts"), reverse("accounts")),))
    status = 422 if request.method == "POST" else 200
    return render(request, "site/accounts/invite.html", {"form": form, "page": page}, status=status)


@door(writes=INVITE)
def resend(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Send an invitation again."""
    version = _version(request)
    try:
        invitation = operations.resend_invitation(
            actor=request.user, invitation_id=invitation_id, expected_version=version, now=clock.now()
        )
        messages.success(request, _("The invitation goes to %(email)s again.") % {"email": invitation.email})
    except Stale:
        _say_stale(request)
    return redirect("accounts")


@door(writes=INVITE)
def withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """Withdraw an invitation."""
    version = _version(request)
    try:
        invitation = operations.withdraw_invitation(
            actor=request.user, invitation_id=invitation_id, expected_version=version, now=clock.now()
        )
        messages.success(request, _("The invitation of %(email)s is withdrawn.") % {"email": invitation.email})
    except Stale:
        _say_stale(request)
    return redirect("accounts")


@door(reads=VIEW_ACCOUNTS, writes=GRANT_ROLES)
def account(request: HttpRequest, account_id: int) -> HttpResponse:
    """Show one account; administrators change its roles here."""
    shown = _find(request, account_id)
    held = [grant.role for grant in shown.role_grants.all()]
    form = RolesForm(request.POST or None, initial={"roles": held, "version": shown.version})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = _change_roles(request, form, account_id)
        if status == 302:
            return redirect("account_of", account_id=account_id)
        shown = _find(request, account_id)
    context = {
        "account": shown,
        "role_labels": _role_labels([grant.role for grant in shown.role_grants.all()]),
        "form": form,
        "may_grant": bool(decide(request.user, GRANT_ROLES, shown)),
        "may_close": bool(decide(request.user, CLOSE, shown)),
        "may_end_sessions": bool(decide(request.user, END_SESSIONS, shown)),
        "page": Page(title=shown.name, note=shown.email, crumbs=(Crumb(_("Accounts"), reverse("accounts")),)),
    }
    return render(request, "site/accounts/account.html", context, status=status)


def _change_roles(request: HttpRequest, form: RolesForm, account_id: int) -> int:
    try:
        operations.change_roles(
            actor=request.user,
            account_id=account_id,
            expected_version=form.cleaned_data["version"],
            roles=form.cleaned_data["roles"],
            now=clock.now(),
        )
    except Stale as stale:
        refuse_stale(form, stale)
        return 409
    messages.success(request, _("The roles are changed."))
    return 302


@door(writes=CLOSE)
def close(request: HttpRequest, account_id: int) -> HttpResponse:
    """Close an account."""
    version = _version(request)
    try:
        operations.close_account(actor=request.user, account_id=account_id, expected_version=version, now=clock.now())
        messages.success(request, _("The account is closed. Its sessions and tokens have ended."))
    except Stale:
        _say_stale(request)
    return redirect("account_of", account_id=account_id)


@door(writes=CLOSE)
def reopen(request: HttpRequest, account_id: int) -> HttpResponse:
    """Reopen a closed account."""
    version = _version(request)
    try:
        operations.reopen_account(actor=request.user, account_id=account_id, expected_version=version, now=clock.now())
        messages.success(request, _("The account is open again."))
    except Stale:
        _say_stale(request)
    return redirect("account_of", account_id=account_id)


@door(writes=END_SESSIONS)
def end_sessions(request: HttpRequest, account_id: int) -> HttpResponse:
    """End all sessions of an account."""
    operations.end_sessions_of(actor=request.user, account_id=account_id, now=clock.now())
    messages.success(request, _("All sessions of this account have ended."))
    return redirect("account_of", account_id=account_id)


def _find(request: HttpRequest, account_id: int) -> User:
    found = list_accounts(actor=request.user).filter(pk=account_id).first()
    if found is None:
        raise Missing
    return found


def _version(request: HttpRequest) -> int:
    form = VersionForm(request.POST)
    return int(form.cleaned_data["version"]) if form.is_valid() else 0


def _say_stale(request: HttpRequest) -> None:
    messages.error(request, _("Somebody has changed this meanwhile. Look at it and try again."))
