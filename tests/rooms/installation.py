"""A whole installation with its own folder, web process, worker and the small company; for journeys and benchmarks."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_READY_SECONDS = 300.0

_SEED = """
import json, sys
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
settings.ALLOWED_HOSTS = ["*"]
call_command("migrate", verbosity=0)
from tests.rooms.company import found_company
company = found_company()
name = settings.SESSION_COOKIE_NAME
def session(account, language):
    account.language = language
    account.save()
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies[name].value
out = {
    "own": company.own.pk,
    "cookie": name,
    "session": session(company.pm, sys.argv[1]),
    "other": company.other.pk,
    "other_session": session(company.outsider, "ja" if sys.argv[1] == "en" else "en"),
}
sys.stdout.write("SEEDED " + json.dumps(out))
"""


@dataclass(frozen=True, slots=True)
class Installation:
    """Where it listens, its first process, the session of the PM of project `own`, and of that of `other`, who reads the other language."""

    url: str
    pid: int
    own: int
    cookie: str
    session: str
    other: int
    other_session: str


@contextmanager
def running_installation(folder: Path, *, language: str = "en", job_workers: int = 1) -> Iterator[Installation]:
    """Start it on a free port in a folder of its own and stop it afterwards."""
    environment = {**os.environ, "KANAME_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "kaname.site.settings"}
    environment["PYTHONPATH"] = os.pathsep.join([str(_ROOT / "src"), str(_ROOT)])
    seeded = _seed(environment, language)
    port = _free_port()
    command = [sys.executable, "-m", "kaname.site.cli", "up", "--port", str(port), "--job-workers", str(job_workers)]
    with (folder / "up.log").open("wb") as log:
        process = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=log)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, process, folder / "up.log")
        yield Installation(url=url, pid=process.pid, **seeded)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _seed(environment: Mapping[str, str], language: str) -> dict:
    command = [sys.executable, "-c", _SEED, language]
    done = subprocess.run(command, env=environment, cwd=_ROOT, capture_output=True, text=True, check=False)
    if "SEEDED " not in done.stdout:
        raise RuntimeError(f"the company was not founded: {done.stderr[-2000:]}")
    return json.loads(done.stdout.partition("SEEDED ")[2])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(url: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server did not start: {log.read_text()[-2000:]}")
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"the server did not answer: {log.read_text()[-2000:]}")
