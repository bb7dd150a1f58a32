"""The design system's place in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """Design system."""

    name = "kaname.ui"
    label = "ui"
    verbose_name = _("design system")
