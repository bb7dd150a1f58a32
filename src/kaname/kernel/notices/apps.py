"""The place of notices in Django."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """Notices and channels."""

    name = "kaname.kernel.notices"
    label = "notices"
    verbose_name = _("Notices")

    def ready(self) -> None:
        """Load every room's `notices` module, then hear the events that somebody is told of."""
        from kaname.kernel.notices import rules  # noqa: F401, PLC0415 - permissions register themselves
        from kaname.kernel.notices.reactions import listen  # noqa: PLC0415 - the journal's rows exist from here on

        autodiscover_modules("notices")
        listen()
