"""Somebody without an account."""

from django.contrib.auth.models import AnonymousUser


class Visitor(AnonymousUser):
    """A visitor as an actor: known to nobody, holder of nothing."""

    actor_id = None
    actor_label = ""
    company_roles: frozenset[str] = frozenset()
    is_known = False
    is_system = False
    token_scopes: frozenset[str] | None = None
    language = ""
    time_zone = ""
    theme = "system"
