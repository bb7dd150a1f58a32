"""The process behind `kaname up`: prepares, starts, watches and stops the others."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Final

from kaname.engine.text import Message, gettext_noop
from kaname.site.processes.children import Child
from kaname.site.processes.home import Home, Lock
from kaname.site.processes.parent import STARTED_BY
from kaname.site.processes.prepare import is_prepared

_LOOK_EVERY_SECONDS: Final = 0.1
_ANSWER_WITHIN_SECONDS: Final = 60.0
_FINISH_WITHIN_SECONDS: Final = 25.0
_HAND_BACK_WITHIN_SECONDS: Final = 5.0


class CannotStart(Exception):
    """Something outside must be put right first; carries what to tell the user."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to start."""

    host: str
    port: int
    web_processes: int
    threads: int
    job_workers: int

    @property
    def address(self) -> str:
        """Where people reach it: the public address if one is set, else the one that is listened on."""
        return os.environ.get("KANAME_BASE_URL", "").rstrip("/") or self.local_address

    @property
    def local_address(self) -> str:
        """Where this machine reaches it."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104 - compared, not bound
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


class Supervisor:
    """Keeps the web server and the workers alive until it is told to stop."""

    def __init__(self, plan: Plan, home: Home, lock: Lock, tell: Callable[[Message], None]) -> None:
        self.plan = plan
        self.home = home
        self.lock = lock
        self.tell = tell
        self._stops_heard = 0
        environment = os.environ | {"KANAME_BASE_URL": plan.address, "KANAME_HOME": str(home.path)}
        environment[STARTED_BY] = str(os.getpid())
        held = (lock.descriptor,)
        self.web = Child("web", _web_command(plan), environment, held)
        worker = [sys.executable, "-m", "kaname.site.cli", "worker", "--child"]
        left = _shared_out(lock.read_lives(), among=plan.job_workers)
        self.workers = [Child("worker", worker, environment, held, life) for life in left]

    def run(self) -> None:
        """Prepare, start, say the address, watch, and return when everything has stopped.

        Raises
        ------
        CannotStart
            If the port is taken, preparing fails, or the web server does not answer.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told_to_stop)
        _require_free_port(self.plan)
        self._prepare()
        try:
            self.web.start()
            self._note_who_runs()
            self._wait_for_answer()
            if not self._stops_heard:
                for worker in self.workers:  # only now: on a small machine they would keep the first page waiting
                    worker.start()
                self._note_who_runs()
                self.tell(Message(gettext_noop("Kaname is ready: %(address)s"), {"address": f"{self.plan.address}/"}))
                self.tell(Message(gettext_noop("Stop it with Ctrl-C.")))
            self._watch()
        finally:
            self._stop()

    @property
    def _children(self) -> list[Child]:
        return [self.web, *self.workers]

    def _note_who_runs(self) -> None:
        pids = [child.pid for child in self._children if child.pid is not None]
        self.lock.write(pids, lives=[life for worker in self.workers for life in worker.life.split(",") if life])

    def _told_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stops_heard += 1

    def _prepare(self) -> None:
        if is_prepared(self.home):
            return
        self.tell(Message(gettext_noop("Preparing the database and the pages …")))
        command = [sys.executable, "-m", "kaname.site.processes.prepare"]
        done = subprocess.run(command, env=self.web.environment, check=False)  # noqa: S603 - our own module
        if done.returncode:
            raise CannotStart(Message(gettext_noop("Preparing failed; the lines above say why. Nothing was started.")))

    def _wait_for_answer(self) -> None:
        give_up_at = time.monotonic() + _ANSWER_WITHIN_SECONDS
        while not self._stops_heard and not _answers(self.plan):
            if self.web.is_gone():
                raise CannotStart(Message(gettext_noop("The web server ended at once; the lines above say why.")))
            if time.monotonic() > give_up_at:
                raise CannotStart(Message(gettext_noop("The web server gives no answer.")))
            time.sleep(_LOOK_EVERY_SECONDS / 2)

    def _watch(self) -> None:
        while not self._stops_heard:
            for child in self._children:
                was = child.pid
                code = child.look_after()
                if child.pid != was:
                    self._note_who_runs()
                if code is not None:
                    template = gettext_noop("Process %(name)s ended (code %(code)s) and is started again.")
                    self.tell(Message(template, {"name": child.name, "code": code}))
            time.sleep(_LOOK_EVERY_SECONDS)

    def _stop(self) -> None:
        heard = self._stops_heard
        for child in self._children:
            child.tell_to_go()
        if self._are_gone_within(_FINISH_WITHIN_SECONDS, unless=lambda: self._stops_heard > heard):
            return
        for child in self._children:
            child.tell_to_go()
        if not self._are_gone_within(_HAND_BACK_WITHIN_SECONDS, unless=lambda: False):
            for child in self._children:
                child.tell_to_go(signal.SIGKILL)
            self._are_gone_within(_HAND_BACK_WITHIN_SECONDS, unless=lambda: False)

    def _are_gone_within(self, seconds: float, *, unless: Callable[[], bool]) -> bool:
        give_up_at = time.monotonic() + seconds
        while time.monotonic() < give_up_at and not unless():
            if all(child.is_gone() for child in self._children):
                return True
            time.sleep(_LOOK_EVERY_SECONDS / 2)
        return all(child.is_gone() for child in self._children)


def _shared_out(lives: list[str], *, among: int) -> list[str]:
    return [",".join(lives[place::among]) for place in range(among)]


def _web_command(plan: Plan) -> list[str]:
    module = [sys.executable, "-m", "kaname.site.processes.web", "--host", plan.host, "--port", str(plan.port)]
    return [*module, "--processes", str(plan.web_processes), "--threads", str(plan.threads)]


def _require_free_port(plan: Plan) -> None:
    family = socket.AF_INET6 if ":" in plan.host else socket.AF_INET
    places: dict[str, str | int] = {"host": plan.host, "port": plan.port}
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((plan.host, plan.port))
            probe.listen(1)
        except PermissionError:
            template = gettext_noop(
                "Port %(port)s needs more rights than this user has. Choose one above 1023 with --port."
            )
            raise CannotStart(Message(template, places)) from None
        except OSError:
            template = gettext_noop(
                "%(host)s port %(port)s is taken by another program or is no address of this machine. "
                "Choose another with --port or --host."
            )
            raise CannotStart(Message(template, places)) from None


def _answers(plan: Plan) -> bool:
    host = plan.local_address.removeprefix("http://").rpartition(":")[0].strip("[]")
    connection = http.client.HTTPConnection(host, plan.port, timeout=_ANSWER_WITHIN_SECONDS)
    public = plan.address.partition("://")[2].partition("/")[0]
    try:
        connection.request("GET", "/", headers={"Host": public})
        connection.getresponse().read()
    except OSError:
        return False
    except http.client.HTTPException:
        return False
    finally:
        connection.close()
    return True
