"""The journal's place in Django."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Journal of all facts."""

    name = "kaname.kernel.journal"
    label = "journal"
