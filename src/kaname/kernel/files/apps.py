"""The place of files in Django."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Stored files."""

    name = "kaname.kernel.files"
    label = "files"
