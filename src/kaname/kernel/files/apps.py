"""The place of files in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    """Stored files."""

    name = "kaname.kernel.files"
    label = "files"
    verbose_name = _("Files")
