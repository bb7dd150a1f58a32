"""Sending forms as a browser does."""

import secrets
from typing import Any

from django.http import HttpResponse
from django.test import Client


def send(client: Client, path: str, **values: Any) -> HttpResponse:
    """Post a form with a fresh idempotency key."""
    return client.post(path, {"idempotency_key": secrets.token_urlsafe(24), **values})
