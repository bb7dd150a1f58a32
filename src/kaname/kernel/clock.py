"""The one place where the present moment enters.

Operations take `now` as an argument; doors and jobs read it here, so that tests and simulations can set it.
"""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Return the present instant, aware, in UTC."""
    return timezone.now()


def today() -> date:
    """Return the present date in the active time zone (that of the reader, in a request)."""
    return timezone.localdate()
