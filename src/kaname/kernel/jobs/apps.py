"""The jobs' place in Django."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Queued and timed work."""

    name = "kaname.kernel.jobs"
    label = "jobs"
