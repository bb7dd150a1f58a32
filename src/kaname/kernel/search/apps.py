"""The place of search in Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    """Search index."""

    name = "kaname.kernel.search"
    label = "search"
    verbose_name = _("Search")
