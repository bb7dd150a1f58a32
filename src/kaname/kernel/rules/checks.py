"""What must be right before Kaname starts: every URL leads to a declared door."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps.config import AppConfig
from django.core.checks import CheckMessage, Error, register
from django.urls import URLPattern, URLResolver, get_resolver

from kaname.kernel.rules.doors import door_of


def walk_urls(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield every URL pattern of the project with its full route."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk_urls(pattern, route)
        else:
            yield route, pattern


@register("kaname")
def check_doors(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Report every view without a declared door (kaname.E001)."""
    return [
        Error(
            f"The view of {route!r} declares no permission.",
            hint="Put @door(reads=..., writes=...) on it, or a `door` attribute on its class.",
            id="kaname.E001",
        )
        for route, pattern in walk_urls()
        if door_of(pattern.callback) is None
    ]
