"""A browser without a screen that does not give up: what it sends, it sends until it is answered, always with one key."""

import http.client
import re
import secrets
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_TOKEN: Final = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_TIMEOUT_SECONDS: Final = 60.0
_PAUSE_SECONDS: Final = 0.1


class GaveUp(Exception):
    """No answer for so long that the installation counts as lost."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said."""

    status: int
    location: str
    text: str


class Visitor:
    """Signed in; counts what went wrong on the way."""

    def __init__(self, *, port: int, cookies: Mapping[str, str], patience: float = 150.0) -> None:
        self._port = port
        self._cookies = dict(cookies)
        self._token = ""
        self._patience = patience
        self.counts: Counter[str] = Counter()
        self.server_errors: list[str] = []

    def get(self, path: str) -> Answer:
        """Return a page."""
        return self._insist("GET", path, b"", {})

    def post(self, path: str, values: Mapping[str, str], *, again: bool = False) -> Answer:
        """Send a form until it is answered; with `again`, once more afterwards, and check that the answer is the same."""
        keys = {"csrfmiddlewaretoken": self._token, "idempotency_key": secrets.token_urlsafe(24)}
        body = urllib.parse.urlencode(keys | dict(values)).encode()
        return self._send(path, body, "application/x-www-form-urlencoded", again=again)

    def upload(self, path: str, name: str, data: bytes, *, again: bool = False) -> Answer:
        """Send a file until it is answered."""
        mark = secrets.token_hex(16)
        keys = {"csrfmiddlewaretoken": self._token, "idempotency_key": secrets.token_urlsafe(24)}
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
            for field, value in keys.items()
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode()
        body = b"".join([*parts, head, data, f"\r\n--{mark}--\r\n".encode()])
        return self._send(path, body, f"multipart/form-data; boundary={mark}", again=again)

    def _send(self, path: str, body: bytes, kind: str, *, again: bool) -> Answer:
        first = self._insist("POST", path, body, {"Content-Type": kind})
        self.counts["acknowledged"] += 1
        if again:
            second = self._insist("POST", path, body, {"Content-Type": kind})
            self.counts["repeated after the answer"] += 1
            if (second.status, second.location) != (first.status, first.location):
                self.server_errors.append(
                    f"the answer to a repeated key differs: {path} {first.status} {first.location}, "
                    f"then {second.status} {second.location}"
                )
        return first

    def _insist(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        give_up_at = time.monotonic() + self._patience
        while True:
            try:
                answer = self._once(method, path, body, headers)
            except (OSError, http.client.HTTPException):
                self.counts[f"unanswered {method}"] += 1
            else:
                if answer.status < 500:
                    return answer
                self.server_errors.append(f"{answer.status} for {method} {path}: {answer.text[-300:]}")
            if time.monotonic() > give_up_at:
                raise GaveUp(f"{method} {path}")
            time.sleep(_PAUSE_SECONDS)

    def _once(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_TIMEOUT_SECONDS)
        try:
            sent = {
                "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
                "Referer": f"http://127.0.0.1:{self._port}/",
                **headers,
            }
            connection.request(method, path, body=body or None, headers=sent)
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
            for header in response.headers.get_all("Set-Cookie") or ():
                name, _, rest = header.partition("=")
                self._cookies[name] = rest.partition(";")[0]
            found = _TOKEN.search(text)
            self._token = found[1] if found else self._token
            return Answer(response.status, response.headers.get("Location", ""), text)
        finally:
            connection.close()


class Stopping(threading.Event):
    """Set when the writers shall finish what they are at."""
