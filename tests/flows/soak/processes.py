"""`kaname up` in a folder of its own: started, its processes found, killed, started again."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[3]
_READY_SECONDS: Final = 120.0
VICTIMS: Final = ("web", "worker", "supervisor", "everything")


class Upkeep:
    """One installation; `kill` never asks."""

    def __init__(self, *, home: Path, database_url: str = "") -> None:
        self.home = home
        self.database_url = database_url
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What every process of the installation gets."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("KANAME_", "DJANGO_"))}
        chosen = {"KANAME_DATABASE_URL": self.database_url} if self.database_url else {}
        return (
            kept
            | chosen
            | {
                "KANAME_HOME": str(self.home),
                "KANAME_LANGUAGE": "en",
                "DJANGO_SETTINGS_MODULE": "kaname.site.settings",
                "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            }
        )

    def run_module(self, module: str, *words: str, stdin: str = "") -> str:
        """Return what a module prints when it runs on the installation's database."""
        done = subprocess.run(
            [sys.executable, "-m", module, *words],
            env=self.environment, cwd=ROOT, input=stdin, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{module} failed: {done.stderr[-3000:]}")
        return done.stdout

    def start(self) -> None:
        """Start it in a process group of its own and go on at once."""
        command = [sys.executable, "-m", "kaname.site.cli", "up", "--port", str(self.port)]
        with (self.home / "up.log").open("ab") as log:
            self._process = subprocess.Popen(
                command, env=self.environment, cwd=self.home, stdout=log, stderr=log, start_new_session=True
            )

    def wait_until_it_answers(self) -> float:
        """Return after how many seconds it answered; fails with its last words."""
        began = time.monotonic()
        while time.monotonic() - began < _READY_SECONDS:
            if self._process is not None and self._process.poll() is not None:
                raise RuntimeError(f"`kaname up` ended: {self.last_words}")
            if self._answers():
                return time.monotonic() - began
            time.sleep(0.05)
        raise RuntimeError(f"`kaname up` does not answer: {self.last_words}")

    @property
    def last_words(self) -> str:
        """What the processes said last."""
        return (self.home / "up.log").read_text(errors="replace")[-2000:]

    def victims(self, kind: str) -> list[int]:
        """Return the numbers of the processes to be killed, those who would start others first."""
        family = self._family()
        top = [self._process.pid] if self._process is not None else []
        if kind == "supervisor":
            return top
        if kind == "everything":
            return [*top, *family]
        word = {"web": "kaname.site.processes.web", "worker": "kaname.site.cli worker"}[kind]
        first = [pid for pid, (_parent, words) in family.items() if word in words]
        return [*first, *(pid for pid, (parent, _words) in family.items() if parent in first)]

    def kill(self, pids: list[int]) -> None:
        """Send SIGKILL to all of them, and start again if the supervisor was among them."""
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        if self._process is not None and self._process.pid in pids:
            self._process.wait()
            self.start()

    def stop(self) -> None:
        """End it as people do, by force only if it does not go."""
        if self._process is None:
            return
        left = self.victims("everything")
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(40)
        except subprocess.TimeoutExpired:
            for pid in left:
                if pid != self._process.pid and pid in self._family():
                    os.kill(pid, signal.SIGKILL)
            self._process.kill()
            self._process.wait()

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/sign-in/")
            return connection.getresponse().status < 500
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _family(self) -> dict[int, tuple[int, str]]:
        """Return parent and command of every process below the supervisor, by number."""
        if self._process is None:
            return {}
        listed = subprocess.run(["ps", "-e", "-o", "pid=,ppid=,args="], capture_output=True, text=True, check=True)
        rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
        everyone = {int(pid): (int(parent), words) for pid, parent, *rest in rows for words in (" ".join(rest),)}
        known = {self._process.pid}
        while new := {pid for pid, (parent, _words) in everyone.items() if parent in known} - known:
            known |= new
        return {pid: everyone[pid] for pid in known - {self._process.pid} if pid in everyone}
