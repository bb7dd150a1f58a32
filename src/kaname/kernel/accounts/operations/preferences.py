"""What people set for themselves."""

from datetime import datetime
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kaname.kernel.accounts.addresses import normal_name
from kaname.kernel.accounts.events import PreferencesChanged, account_subject
from kaname.kernel.accounts.models import User
from kaname.kernel.accounts.rules import CHANGE_SELF
from kaname.kernel.accounts.types import LANGUAGES, Theme
from kaname.kernel.journal.operations import publish
from kaname.kernel.records import change
from kaname.kernel.rules.decisions import fetch
from kaname.kernel.rules.types import Actor


def change_preferences(
    *,
    actor: Actor,
    expected_version: int,
    name: str,
    language: str,
    time_zone: str,
    theme: str,
    now: datetime,
) -> User:
    """Change the own account's name, language, time zone and theme.

    Permission `accounts.change_self`.  Publishes `PreferencesChanged` with the names of what changed; nothing when all is
    as before.

    Raises
    ------
    ValidationError
        If a value is not one of those offered.
    Stale
        If the account has been changed meanwhile.
    """
    wanted = {"name": normal_name(name), "language": language, "time_zone": time_zone, "theme": theme}
    _check_offered(language=language, time_zone=time_zone, theme=theme)
    with transaction.atomic():
        account = fetch(actor, CHANGE_SELF, User.objects.all(), pk=actor.actor_id)
        changed = {field: value for field, value in wanted.items() if getattr(account, field) != value}
        change(account, expected_version=expected_version, **changed)
        if changed:
            event = PreferencesChanged(subject=account_subject(account.pk), fields=tuple(sorted(changed)))
            publish(event, actor=actor, now=now)
    return account


def choose_language(*, actor: Actor, language: str, now: datetime) -> User:
    """Change the language of the own account, whatever else of it is being changed meanwhile.

    Permission `accounts.change_self`.  Publishes `PreferencesChanged`; nothing when the account speaks it already.  Locks
    the account.

    Raises
    ------
    ValidationError
        If the language is not offered.
    """
    _check_language(language)
    with transaction.atomic():
        account = fetch(actor, CHANGE_SELF, User.objects.select_for_update(), pk=actor.actor_id)
        if account.language != language:
            change(account, expected_version=account.version, language=language)
            event = PreferencesChanged(subject=account_subject(account.pk), fields=("language",))
            publish(event, actor=actor, now=now)
    return account


def _check_offered(*, language: str, time_zone: str, theme: str) -> None:
    _check_language(language)
    if time_zone not in available_timezones():
        raise ValidationError({"time_zone": _("There is no such time zone.")}, code="invalid")
    if theme not in Theme.values:
        raise ValidationError({"theme": _("This theme is not offered.")}, code="invalid")


def _check_language(language: str) -> None:
    if language not in dict(LANGUAGES):
        raise ValidationError({"language": _("This language is not offered.")}, code="invalid")
