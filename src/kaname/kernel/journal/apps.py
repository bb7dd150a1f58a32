"""The journal's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    """Journal of all facts."""

    name = "kaname.kernel.journal"
    label = "journal"
    verbose_name = _("Journal")
