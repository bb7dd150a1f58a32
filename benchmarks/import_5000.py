"""How long a plan of 5,000 tasks takes from the upload to its page, with a real web process and a real worker.

Run `python -m benchmarks.import_5000 [TASKS]`.  Makes a Microsoft Project XML file, starts an installation in a temporary
folder, uploads the file, polls as the page does, takes the plan in and opens its page.  Prints for every step the seconds
that passed and those that all processes of the installation worked, then both sums beside the bar of 5 s for 5,000 tasks.
What passes on a busy machine says more about its neighbours, so the bar is held against the lesser of the two; the exit
code is 1 when it is missed.
"""

import http.cookiejar
import os
import re
import secrets
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

from tests.rooms.installation import Installation, running_installation
from tests.rooms.plan_file import large_plan, mspdi

BAR_SECONDS = 5.0
_POLL_SECONDS = 0.1
_KEY = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def main() -> int:
    """Print the seconds of every step."""
    tasks = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    data = mspdi(large_plan(tasks))
    print(f"{tasks:,} tasks, {len(data) / 1024**2:.1f} MB of Microsoft Project XML")
    with tempfile.TemporaryDirectory() as folder, running_installation(Path(folder)) as installation:
        visitor = _Visitor(installation)
        visitor.get("/imports/")
        measure(visitor, installation, mspdi(large_plan(3)), "3 tasks right after the start, while the worker loads")
        figures = [measure(visitor, installation, data, label) for label in ("over 3 tasks", "again, over the first")]
    best = min(figures, key=min)
    verdict = "held" if min(best) <= BAR_SECONDS else "MISSED"
    print(f"\nbest: {best[0]:.2f} s passed, {best[1]:.2f} s worked; bar {BAR_SECONDS:.1f} s: {verdict}")
    return 0 if min(best) <= BAR_SECONDS else 1


def measure(visitor: "_Visitor", installation: Installation, data: bytes, label: str) -> tuple[float, float]:
    """Lead a file the whole way; return the seconds from sending it to the page of the plan, passed and worked."""
    began = time.perf_counter(), worked_seconds(installation.pid)
    steps = []

    def lap(name: str) -> None:
        steps.append((name, time.perf_counter(), worked_seconds(installation.pid)))

    page = visitor.upload(data)
    lap("upload")
    batch = re.search(r"/imports/batch/[0-9a-f-]{36}/", page.url)[0]
    number = re.search(r'id="file-(\d+)"', page.text)[1]
    row, polls = visitor.wait(f"{batch}files/{number}/", while_it_has="every 1s")
    lap(f"read and preview ({polls} answers with progress)")
    if f"project-{number}" not in row.text:
        raise RuntimeError(f"the file was not read: {row.text[:2000]}")
    visitor.post(batch, {f"project-{number}": str(installation.own)})
    visitor.post(f"{batch}confirm/", {})
    lap("choose and confirm")
    _, polls = visitor.wait(f"{batch}result/", while_it_has="every 1s")
    lap(f"take in ({polls} answers with progress)")
    plan = visitor.get(f"/projects/{installation.own}/schedule/")
    lap(f"page of the plan ({len(plan.text) / 1024:.0f} kB)")
    print(f"\n{label}")
    last = began
    for name, *at in steps:
        print(f"  {at[0] - last[0]:6.2f} s passed {at[1] - last[1]:6.2f} s worked  {name}")
        last = tuple(at)
    passed, worked = last[0] - began[0], last[1] - began[1]
    print(f"  {passed:6.2f} s passed {worked:6.2f} s worked  in all")
    return passed, worked


def worked_seconds(pid: int) -> float:
    """Return the CPU seconds of a process, of all that it started and of those that have ended since."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = [
            child for told in Path(f"/proc/{pid}/task").glob("*/children") for child in told.read_text().split()
        ]
    except FileNotFoundError:
        return 0.0
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK") + sum(
        worked_seconds(int(child)) for child in children
    )


class _Page:
    def __init__(self, url: str, text: str) -> None:
        self.url = url
        self.text = text


class _Visitor:
    """A browser without a screen, signed in as the PM."""

    def __init__(self, installation: Installation) -> None:
        self._root = installation.url
        self._jar = http.cookiejar.CookieJar()
        self._jar.set_cookie(_cookie(installation))
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self._jar))
        self._token = ""

    def get(self, path: str) -> _Page:
        return self._open(urllib.request.Request(self._root + path))

    def post(self, path: str, values: dict[str, str]) -> _Page:
        body = urllib.parse.urlencode(self._keys() | values).encode()
        return self._open(urllib.request.Request(self._root + path, data=body))

    def upload(self, data: bytes) -> _Page:
        mark = secrets.token_hex(16)
        parts = [
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in self._keys().items()
        ]
        head = f'--{mark}\r\nContent-Disposition: form-data; name="files"; filename="plan.xml"\r\n\r\n'.encode()
        body = b"".join([*parts, head, data, f"\r\n--{mark}--\r\n".encode()])
        request = urllib.request.Request(self._root + "/imports/", data=body)
        request.add_header("Content-Type", f"multipart/form-data; boundary={mark}")
        return self._open(request)

    def wait(self, path: str, *, while_it_has: str) -> tuple[_Page, int]:
        polls = 0
        while True:
            page = self.get(path)
            if while_it_has not in page.text:
                return page, polls
            polls += 1
            time.sleep(_POLL_SECONDS)

    def _keys(self) -> dict[str, str]:
        return {"csrfmiddlewaretoken": self._token, "idempotency_key": secrets.token_urlsafe(24)}

    def _open(self, request: urllib.request.Request) -> _Page:
        request.add_header("Referer", self._root + "/")
        with self._opener.open(request, timeout=120) as answer:
            text = answer.read().decode()
            found = _KEY.search(text)
            self._token = found[1] if found else self._token
            return _Page(answer.url, text)


def _cookie(installation: Installation) -> http.cookiejar.Cookie:
    host = urllib.parse.urlsplit(installation.url).hostname
    return http.cookiejar.Cookie(
        version=0, name=installation.cookie, value=installation.session, port=None, port_specified=False,
        domain=host, domain_specified=False, domain_initial_dot=False, path="/", path_specified=True,
        secure=False, expires=None, discard=True, comment=None, comment_url=None, rest={},
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
