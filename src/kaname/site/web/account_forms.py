"""Forms about one's own account: signing in, passwords, settings, tokens."""

from datetime import timedelta
from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

from kaname.kernel import clock
from kaname.kernel.accounts.models import User
from kaname.kernel.accounts.queries import token_scopes
from kaname.kernel.accounts.types import LANGUAGES, TOKEN_LASTS_AT_MOST, Theme
from kaname.kernel.rules.scopes import scope_label


def password_box(*, autocomplete: str) -> forms.PasswordInput:
    """Return the input of a password; what was typed is never sent back."""
    return forms.PasswordInput(attrs={"autocomplete": autocomplete})


class SignInForm(LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.EmailField(
            label=_("E-mail"),
            max_length=254,
            widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
        )
        self.fields["password"] = forms.CharField(
            label=_("Password"),
            max_length=128,
            strip=False,
            widget=password_box(autocomplete="current-password"),
        )
        self.fields["remember"] = forms.BooleanField(label=_("Stay signed in on this device"), required=False)
        self.order_fields(["login", "password", "remember"])


class ResetForm(forms.Form):
    """Where to send the link for a new password."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": True}),
    )


class TwiceTyped(forms.Form):
    """A new password, typed twice."""

    password1 = forms.CharField(
        label=_("New password"),
        min_length=10,
        max_length=128,
        strip=False,
        widget=password_box(autocomplete="new-password"),
        help_text=_("At least 10 characters. A sentence of your own is easiest to remember."),
    )
    password2 = forms.CharField(
        label=_("New password, again"),
        max_length=128,
        strip=False,
        widget=password_box(autocomplete="new-password"),
    )

    def clean(self) -> dict[str, Any]:
        """Compare both."""
        values = super().clean() or {}
        first, second = values.get("password1"), values.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords are not the same."))
        return values


class ChangePasswordForm(TwiceTyped):
    """The present password and a new one."""

    oldpassword = forms.CharField(
        label=_("Present password"),
        max_length=128,
        strip=False,
        widget=password_box(autocomplete="current-password"),
    )
    field_order = ["oldpassword", "password1", "password2"]


class NewAccountForm(forms.Form):
    """Who one is and which password one chooses."""

    name = forms.CharField(label=_("Name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Password"),
        min_length=10,
        max_length=128,
        strip=False,
        widget=password_box(autocomplete="new-password"),
        help_text=_("At least 10 characters. A sentence of your own is easiest to remember."),
    )

    def clean(self) -> dict[str, Any]:
        """Judge the password before anything is done."""
        values = super().clean() or {}
        if values.get("password"):
            asked = User(email=values.get("email", ""), name=values.get("name", ""))
            try:
                password_validation.validate_password(values["password"], asked)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return values


class AcceptForm(NewAccountForm):
    """What somebody who was invited fills in."""

    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    field_order = ["name", "language", "password"]


class FirstAdministratorForm(NewAccountForm):
    """What the first administrator fills in."""

    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    field_order = ["name", "email", "password"]


class PreferencesForm(forms.Form):
    """Name, language, time zone and theme of the own account."""

    name = forms.CharField(label=_("Name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"))
    theme = forms.ChoiceField(label=_("Theme"), choices=Theme.choices)
    version = forms.IntegerField(min_value=1, max_value=2_147_483_647, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = [(zone, zone) for zone in sorted(available_timezones()) if "/" in zone]


class TokenForm(forms.Form):
    """A new personal token."""

    name = forms.CharField(label=_("What for"), max_length=100)
    scopes = forms.MultipleChoiceField(label=_("What it may do"), widget=forms.CheckboxSelectMultiple)
    expires_on = forms.DateField(label=_("Valid until"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scopes"].choices = [(scope, scope_label(scope)) for scope in token_scopes()]
        today = clock.today()
        self.fields["expires_on"].initial = today + timedelta(days=90)
        self.fields["expires_on"].widget.attrs |= {
            "min": (today + timedelta(days=1)).isoformat(),
            "max": (today + TOKEN_LASTS_AT_MOST - timedelta(days=1)).isoformat(),
        }
