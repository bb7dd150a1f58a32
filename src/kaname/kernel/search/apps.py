"""The place of search in Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """Search index."""

    name = "kaname.kernel.search"
    label = "search"
