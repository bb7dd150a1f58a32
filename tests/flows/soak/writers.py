"""People who write: they report progress on their own tasks, and take plan files in, one after the other."""

import random
import re
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

from tests.flows.soak.visitor import Stopping, Visitor

_VERSION: Final = re.compile(r'name="version" value="(\d+)"')
_POLL_SECONDS: Final = 0.1
_REPEAT_SHARE: Final = 0.3


@dataclass(slots=True)
class Written:
    """What was acknowledged: the comments of reports, the last percentage of each task, the files taken in."""

    comments: list[str] = field(default_factory=list)
    percents: dict[int, int] = field(default_factory=dict)
    uploads: list[str] = field(default_factory=list)
    taken_in: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    parked: int = 0


class Writer(threading.Thread):
    """Writes until it is told to stop, and then finishes what it is at."""

    def __init__(self, *, name: str, visitor: Visitor, stopping: Stopping, seed: int) -> None:
        super().__init__(name=name, daemon=True)
        self.visitor = visitor
        self.stopping = stopping
        self.chance = random.Random(seed)
        self.written = Written()
        self.phase = ""
        self.rounds = 0
        self.took: list[tuple[str, float]] = []

    def run(self) -> None:
        """Write."""
        try:
            while not self.stopping.is_set():
                self.write_once()
                self.rounds += 1
        except Exception as error:  # noqa: BLE001 - whatever ends a writer is a finding
            self.written.findings.append(f"{self.name} stopped: {error!r}")
        finally:
            self.phase = ""

    def write_once(self) -> None:
        """Write one thing."""
        raise NotImplementedError

    @contextmanager
    def at(self, phase: str) -> Iterator[None]:
        """Let the killer know what is going on, and remember how long it took."""
        began = time.monotonic()
        self.phase = phase
        yield
        self.phase = ""
        self.took.append((phase, time.monotonic() - began))

    def repeats(self) -> bool:
        """Return whether to send the next thing twice."""
        return self.chance.random() < _REPEAT_SHARE


class Reporter(Writer):
    """Reports progress on tasks that nobody else reports on."""

    def __init__(self, *, project: int, tasks: Sequence[int], **rest: object) -> None:
        super().__init__(**rest)
        self._project = project
        self._tasks = tasks

    def write_once(self) -> None:
        """Report one task."""
        task = self.chance.choice(self._tasks)
        percent = self.written.percents.get(task, 0) + 1
        if percent > 99:
            return
        path = f"/projects/{self._project}/schedule/tasks/{task}/report/"
        version = _VERSION.search(self.visitor.get(path).text)[1]
        comment = f"soak {uuid4().hex}"
        values = {"percent": str(percent), "version": version, "comment": comment, "remaining": ""}
        with self.at("reporting"):
            answer = self.visitor.post(path, values, again=self.repeats())
        if answer.status != 302:
            self.written.findings.append(f"a report was answered {answer.status}: {_words(answer.text)}")
            return
        self.written.comments.append(comment)
        self.written.percents[task] = percent


class Importer(Writer):
    """Takes files into projects; a file's name tells how many tasks and links it has."""

    def __init__(self, *, projects: Sequence[int], files: Sequence[tuple[int, int, bytes]], **rest: object) -> None:
        super().__init__(**rest)
        self._projects = projects
        self._files = files

    def write_once(self) -> None:
        """Lead one file the whole way."""
        tasks, links, data = self.chance.choice(self._files)
        project = self.chance.choice(self._projects)
        name = f"plan-{self.rounds}-{tasks}-{links}-{uuid4().hex[:8]}.xml"
        self.visitor.get("/imports/")
        answer = self.visitor.upload("/imports/", name, data, again=self.repeats())
        found = re.search(r"/imports/batch/[0-9a-f-]{36}/", answer.location)
        if found is None:
            self.written.findings.append(f"an upload was answered {answer.status}: {_words(answer.text)}")
            return
        self.written.uploads.append(name)
        batch = found[0]
        number = re.search(r'id="file-(\d+)"', self.visitor.get(batch).text)[1]
        while not self._lead(batch, number, project):
            self.written.parked += 1
            self.visitor.post(f"/imports/{number}/again/", {})
        self.written.taken_in.append(name)

    def _lead(self, batch: str, number: str, project: int) -> bool:
        """Return whether the file was taken in; not when its job was given up."""
        self._wait(f"{batch}files/{number}/", "reading")
        page = self.visitor.get(batch)
        if f"project-{number}" not in page.text:
            return False
        self.visitor.post(batch, {f"project-{number}": str(project)}, again=self.repeats())
        self.visitor.get(f"{batch}confirm/")
        self.visitor.post(f"{batch}confirm/", {}, again=self.repeats())
        self._wait(f"{batch}result/", "taking in")
        return "import-done" in self.visitor.get(f"{batch}result/").text

    def _wait(self, path: str, phase: str) -> None:
        with self.at(phase):
            while "every 1s" in self.visitor.get(path).text:
                time.sleep(_POLL_SECONDS)


def _words(page: str) -> str:
    body = page.partition("<main")[2] or page
    return " ".join(re.sub(r"<[^>]+>", " ", body).split())[:300]
