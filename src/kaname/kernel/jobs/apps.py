"""The jobs' place in Django."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Queued and timed work."""

    name = "kaname.kernel.jobs"
    label = "jobs"
    verbose_name = _("Background jobs")

    def ready(self) -> None:
        """Load every room's `jobs` module, so that timed jobs and their names are known in every process."""
        autodiscover_modules("jobs")
