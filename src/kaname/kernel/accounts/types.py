"""Words of the accounts."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CompanyRole(models.TextChoices):
    """Roles held in the whole company."""

    ADMINISTRATOR = "administrator", _("Administrator")
    PMO_MANAGER = "pmo_manager", _("PMO manager")
    PMO_MEMBER = "pmo_member", _("PMO member")
    PMO_ADMINISTRATOR = "pmo_administrator", _("PMO administrator")
    DEPARTMENT_MANAGER = "department_manager", _("Department manager")
    MEMBER = "member", _("Member")
    EXTERNAL = "external", _("External")


_RANKS: Final = {
    CompanyRole.ADMINISTRATOR: 4,
    CompanyRole.PMO_MANAGER: 3,
    CompanyRole.PMO_ADMINISTRATOR: 2,
    CompanyRole.PMO_MEMBER: 2,
    CompanyRole.DEPARTMENT_MANAGER: 2,
    CompanyRole.MEMBER: 1,
    CompanyRole.EXTERNAL: 0,
}


def rank(roles: Iterable[str]) -> int:
    """Return the height of the highest of some roles, 0 (external, none) to 4 (administrator).

    Whoever looks after accounts by delegation acts only on those below.

    Examples
    --------
    >>> rank(["member", "pmo_manager"]), rank([])
    (3, 0)
    """
    return max((_RANKS[CompanyRole(role)] for role in roles), default=0)


class Theme(models.TextChoices):
    """How bright the pages are."""

    SYSTEM = "system", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Origin(models.TextChoices):
    """Where an account comes from."""

    START = "start", _("First start")
    INVITATION = "invitation", _("Invitation")
    SAMPLE = "sample", _("Sample company")


class InstanceMode(models.TextChoices):
    """What an installation was started as; never changed afterwards."""

    REAL = "real", _("Real company")
    SAMPLE = "sample", _("Sample company")


class SampleState(models.TextChoices):
    """How far the sample company is."""

    NONE = "none", pgettext_lazy("sample company", "None")
    BUILDING = "building", _("Being built")
    READY = "ready", pgettext_lazy("sample company", "Ready")
    FAILED = "failed", pgettext_lazy("sample company", "Failed")


class AccountState(models.TextChoices):
    """Whether somebody can sign in; for lists and filters."""

    OPEN = "open", pgettext_lazy("account state", "Open")
    CLOSED = "closed", pgettext_lazy("account state", "Closed")


INVITATION_LASTS: Final = timedelta(days=7)
"""How long an invitation can be accepted after it was sent."""

TOKEN_LASTS_AT_MOST: Final = timedelta(days=365)
"""The longest life of a personal token."""

LANGUAGES: Final = [("ja", _("Japanese")), ("en", _("English"))]
