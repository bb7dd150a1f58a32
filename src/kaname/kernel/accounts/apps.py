"""The accounts' place in Django."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts and their roles."""

    name = "kaname.kernel.accounts"
    label = "accounts"
