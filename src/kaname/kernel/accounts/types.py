"""Words of the accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CompanyRole(models.TextChoices):
    """Roles held in the whole company."""

    ADMINISTRATOR = "administrator", _("Administrator")
    PMO_MANAGER = "pmo_manager", _("PMO manager")
    PMO_MEMBER = "pmo_member", _("PMO member")
    PMO_ADMINISTRATOR = "pmo_administrator", _("PMO administrator")
    DEPARTMENT_MANAGER = "department_manager", _("Department manager")
    MEMBER = "member", _("Member")
    EXTERNAL = "external", _("External")


class Theme(models.TextChoices):
    """How bright the pages are."""

    SYSTEM = "system", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")
