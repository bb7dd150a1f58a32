"""The place of notices in Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Notices and channels."""

    name = "kaname.kernel.notices"
    label = "notices"
