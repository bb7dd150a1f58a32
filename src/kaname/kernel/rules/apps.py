"""The rules' place in Django."""

from django.apps import AppConfig


class RulesConfig(AppConfig):
    """Permissions and doors."""

    name = "kaname.kernel.rules"
    label = "rules"

    def ready(self) -> None:
        """Register the check that refuses to start with an undeclared door."""
        from kaname.kernel.rules import checks  # noqa: F401, PLC0415 - checks register themselves when apps are ready
