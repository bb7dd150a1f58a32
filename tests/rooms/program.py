"""A program that uses the API with a personal token, as somebody."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client

from kaname.kernel import clock
from kaname.kernel.accounts.models import User
from kaname.kernel.accounts.operations import create_token


@dataclass(frozen=True, slots=True)
class Program:
    """Requests below `/api/v1/`; a version given is sent as `If-Match`."""

    client: Client

    def get(self, path: str, **query: Any) -> HttpResponse:
        """Read."""
        return self.client.get(f"/api/v1/{path}", query)

    def post(self, path: str, body: dict[str, Any] | None = None, *, version: int | None = None) -> HttpResponse:
        """Make or do."""
        return self._send("POST", path, body or {}, version)

    def patch(self, path: str, body: dict[str, Any], *, version: int | None = None) -> HttpResponse:
        """Change."""
        return self._send("PATCH", path, body, version)

    def delete(self, path: str, *, version: int | None = None) -> HttpResponse:
        """Take away."""
        return self._send("DELETE", path, {}, version)

    def _send(self, method: str, path: str, body: dict[str, Any], version: int | None) -> HttpResponse:
        headers = {"Idempotency-Key": secrets.token_urlsafe(24)}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        send = getattr(self.client, method.lower())
        return send(f"/api/v1/{path}", body, content_type="application/json", headers=headers)


def program(account: User, *scopes: str) -> Program:
    """Return a program with a token of an account, by default for reading and writing."""
    now = clock.now()
    _token, secret = create_token(
        actor=account,
        name="program",
        scopes=list(scopes) or ["read", "write"],
        expires_at=now + timedelta(days=1),
        now=now,
    )
    return Program(Client(headers={"Authorization": f"Bearer {secret}", "Accept-Language": "en"}))
