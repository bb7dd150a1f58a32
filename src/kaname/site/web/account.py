"""Signing in and out, passwords, one's own settings and sessions."""

from datetime import datetime, timedelta
from typing import Any, Final

from allauth.account.views import LoginView, LogoutView
from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from kaname.kernel import clock
from kaname.kernel.accounts.adapter import AccountAdapter
from kaname.kernel.accounts.models import User
from kaname.kernel.accounts.operations import (
    change_password,
    change_preferences,
    end_other_sessions,
    end_session,
    request_password_reset,
    reset_password,
)
from kaname.kernel.accounts.queries import find_account, list_sessions
from kaname.kernel.accounts.resets import account_behind_link, may_still_reset
from kaname.kernel.accounts.rules import CHANGE_SELF, VIEW_SELF
from kaname.kernel.records import Stale
from kaname.kernel.rules.doors import PUBLIC, Door, door
from kaname.site.web.account_forms import ChangePasswordForm, PreferencesForm, ResetForm, TwiceTyped
from kaname.site.web.account_tabs import own_page
from kaname.site.web.devices import device_words

_OK: Final = 200
_UNACCEPTABLE: Final = 422
_LINK: Final = "password_link"
_LINK_LASTS: Final = timedelta(minutes=30)


class SignIn(LoginView):
    """Sign in by e-mail address and password."""

    template_name = "site/account/sign_in.html"
    door = Door(reads=PUBLIC, writes=PUBLIC, is_repeatable=True)
    http_method_names = ["get", "head", "post"]

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        """Show the form as it was typed; an unknown address and a wrong password are answered alike."""
        answer: HttpResponse = super().form_invalid(form)
        answer.status_code = _UNACCEPTABLE
        return answer


class SignOut(LogoutView):
    """Ask, then sign out."""

    template_name = "site/account/sign_out.html"
    door = Door(reads=PUBLIC, writes=PUBLIC, is_repeatable=True)
    http_method_names = ["get", "head", "post"]


@sensitive_post_parameters()
@never_cache
@door(reads=PUBLIC, writes=PUBLIC, in_transaction=False)
def ask_for_password(request: HttpRequest) -> HttpResponse:
    """Ask for the link to set a new password; the answer is the same whether or not there is such an account."""
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        address = AccountAdapter(request).get_client_ip(request)
        email = form.cleaned_data["email"]
        request_password_reset(actor=request.user, email=email, address=address, now=clock.now())
        return redirect("account_reset_password_done")
    context = {"form": form, "login_url": reverse("account_login")}
    return render(request, "site/account/password_ask.html", context, status=_status(request))


def _status(request: HttpRequest) -> int:
    """Return how a form is answered that is shown: for the first time, or again with what is wrong with it."""
    return _UNACCEPTABLE if request.method == "POST" else _OK


@door(reads=PUBLIC)
def password_asked(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way if there is such an account."""
    return render(request, "site/account/password_asked.html", {"login_url": reverse("account_login")})


@never_cache
@door(reads=PUBLIC)
def follow_password_link(request: HttpRequest, account: str, token: str) -> HttpResponse:
    """Take the token out of the address: remember in the session whose password may be set, and go on without it."""
    found = account_behind_link(account_id=int(account), token=token) if account.isdigit() else None
    if found is None:
        request.session.pop(_LINK, None)
    else:
        until = clock.now() + _LINK_LASTS
        request.session[_LINK] = {
            "account": found.pk,
            "state": found.get_session_auth_hash(),
            "until": until.isoformat(),
        }
    return redirect("account_reset_password_from_key")


@sensitive_post_parameters()
@never_cache
@door(reads=PUBLIC, writes=PUBLIC, in_transaction=False)
def set_password(request: HttpRequest) -> HttpResponse:
    """Set the new password of a followed link."""
    link = _followed_link(request)
    form = TwiceTyped(request.POST or None)
    context = {
        "form": form,
        "token_fail": link is None,
        "action_url": request.path,
        "login_url": reverse("account_login"),
    }
    if link is not None and request.method == "POST" and form.is_valid() and _set(request, form, link):
        request.session.pop(_LINK, None)
        return redirect("account_reset_password_from_key_done")
    return render(request, "site/account/password_new.html", context, status=404 if link is None else _status(request))


def _followed_link(request: HttpRequest) -> dict[str, Any] | None:
    link = request.session.get(_LINK)
    account = User.objects.filter(pk=link["account"]).first() if link else None
    if account is None:
        return None
    until = datetime.fromisoformat(link["until"])
    return link if may_still_reset(account, state=link["state"], until=until, now=clock.now()) else None


def _set(request: HttpRequest, form: TwiceTyped, link: dict[str, Any]) -> bool:
    try:
        reset_password(
            actor=request.user,
            account_id=link["account"],
            state=link["state"],
            new_password=form.cleaned_data["password1"],
            address=AccountAdapter(request).get_client_ip(request),
            now=clock.now(),
        )
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


@door(reads=PUBLIC)
def password_set(request: HttpRequest) -> HttpResponse:
    """Say that the password is set."""
    return render(request, "site/account/password_done.html", {"login_url": reverse("account_login")})


@sensitive_post_parameters()
@never_cache
@door(reads=CHANGE_SELF, writes=CHANGE_SELF, in_transaction=False)
def change_own_password(request: HttpRequest) -> HttpResponse:
    """Change the own password; the other sessions end."""
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = change_password(
                actor=request.user,
                present_password=form.cleaned_data["oldpassword"],
                new_password=form.cleaned_data["password1"],
                session_key=request.session.session_key or "",
                now=clock.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            update_session_auth_hash(request, account)
            messages.success(request, _("Your password is changed. Your other sessions have ended."))
            return redirect("account")
    page = own_page(request, current="account_change_password")
    return render(request, "site/account/password.html", {"form": form, "page": page}, status=_status(request))


@door(reads=VIEW_SELF, writes=CHANGE_SELF)
def preferences(request: HttpRequest) -> HttpResponse:
    """Show and change the own name, language, time zone and theme."""
    account = find_account(actor=request.user)
    fields = ("name", "language", "time_zone", "theme", "version")
    form = PreferencesForm(request.POST or None, initial={name: getattr(account, name) for name in fields})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = _save_preferences(request, form)
        if status == 302:
            messages.success(request, _("Your settings are saved."))
            return redirect("account")
    page = own_page(request, current="account")
    return render(
        request, "site/account/preferences.html", {"form": form, "account": account, "page": page}, status=status
    )


def _save_preferences(request: HttpRequest, form: PreferencesForm) -> int:
    values = dict(form.cleaned_data)
    try:
        change_preferences(actor=request.user, expected_version=values.pop("version"), now=clock.now(), **values)
    except ValidationError as error:
        form.add_error(None, error)
        return 422
    except Stale as stale:
        refuse_stale(form, stale)
        return 409
    return 302


def refuse_stale(form: forms.Form, stale: Stale) -> None:
    """Say that somebody was quicker, and let the form be sent again over the present version."""
    form.add_error(None, _("Somebody has changed this meanwhile. Compare and save again to keep your version."))
    form.data = form.data.copy()
    form.data["version"] = str(stale.current.version)


@door(reads=VIEW_SELF)
def sessions(request: HttpRequest) -> HttpResponse:
    """List where one is signed in."""
    context = {
        "sessions": [(device_words(session.user_agent), session) for session in list_sessions(actor=request.user)],
        "present_key": request.session.session_key,
        "page": own_page(request, current="account_sessions"),
    }
    return render(request, "site/account/sessions.html", context)


@door(writes=CHANGE_SELF)
def end_one_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one of the own sessions."""
    key = end_session(actor=request.user, session_id=session_id, now=clock.now())
    if key == request.session.session_key:
        return redirect("account_login")
    messages.success(request, _("The session has ended."))
    return redirect("account_sessions")


@door(writes=CHANGE_SELF)
def end_the_others(request: HttpRequest) -> HttpResponse:
    """End all own sessions but this one."""
    end_other_sessions(actor=request.user, session_key=request.session.session_key or "", now=clock.now())
    messages.success(request, _("Your other sessions have ended."))
    return redirect("account_sessions")
