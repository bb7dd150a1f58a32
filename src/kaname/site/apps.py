"""The site's place in Django."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Navigation, home page, roots of the doors."""

    name = "kaname.site"
    label = "site"
