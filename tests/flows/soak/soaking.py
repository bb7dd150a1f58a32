"""The soak: people write, processes are killed at random instants of reading, taking in and reporting, all is counted."""

import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.flows.soak.processes import Upkeep
from tests.flows.soak.snapshot import Snapshot
from tests.flows.soak.visitor import Stopping, Visitor
from tests.flows.soak.writers import Importer, Reporter, Writer
from tests.rooms.plan_file import large_plan, mspdi

JOBS_DONE_WITHIN_SECONDS: Final = 60.0
_PHASE_WITHIN_SECONDS: Final = 10.0
_CHOICES: Final = {
    "reading": (("worker", 6), ("everything", 2), ("supervisor", 1), ("web", 1)),
    "taking in": (("worker", 6), ("everything", 2), ("supervisor", 1), ("web", 1)),
    "reporting": (("web", 6), ("everything", 2), ("supervisor", 1), ("worker", 1)),
}
"""Who is killed at which moment, with weights."""
_WITH_WORKER: Final = frozenset({"worker", "everything"})
_DEATHS_OF_ONE_JOB: Final = 2
"""A job whose worker dies a third time is given up on purpose, so nobody does that to it here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much is written and killed."""

    kills: int
    seconds_at_most: float
    reported_tasks: int = 400
    imported_projects: int = 3
    file_tasks: Sequence[int] = (600, 900, 1300)
    reporters: int = 2


@dataclass(slots=True)
class Outcome:
    """What happened, and what was wrong."""

    kills: Counter[str] = field(default_factory=Counter)
    figures: dict[str, float] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)


def soak(*, home: Path, database_url: str, size: Size, seed: int) -> Outcome:
    """Found a company, write and kill for as long as the size says, and return what was found."""
    outcome = Outcome()
    upkeep = Upkeep(home=home, database_url=database_url)
    words = str(size.reported_tasks), str(size.imported_projects)
    facts = json.loads(upkeep.run_module("tests.flows.soak.seed", *words).splitlines()[-1])
    snapshot = Snapshot(home=home, database_url=database_url)
    stopping = Stopping()
    writers = make_writers(upkeep, facts, size, stopping, seed)
    upkeep.start()
    try:
        outcome.figures["seconds of the first start"] = upkeep.wait_until_it_answers()
        began = time.monotonic()
        for writer in writers:
            writer.start()
        killer = _Killer(upkeep, writers, seed)
        recoveries = [0.0]
        while outcome.kills.total() < size.kills and time.monotonic() - began < size.seconds_at_most:
            outcome.kills[killer.kill(outcome.kills.total())] += 1
            recoveries.append(upkeep.wait_until_it_answers())
            half = snapshot.half_imports()
            outcome.findings += [f"half import after kill {outcome.kills.total()}: {it}" for it in half]
        outcome.figures["seconds until the slowest answer after a kill"] = max(recoveries)
        outcome.figures["seconds of killing"] = time.monotonic() - began
        _finish(upkeep, writers, snapshot, stopping, outcome)
    finally:
        stopping.set()
        upkeep.stop()
    _judge(upkeep, writers, outcome)
    return outcome


def make_writers(upkeep: Upkeep, facts: dict, size: Size, stopping: Stopping, seed: int) -> list[Writer]:
    """Return the people who write, not yet started: the importer first, then the reporters."""
    plans = [large_plan(tasks) for tasks in size.file_tasks]
    files = [(len(plan.tasks), len(plan.links), mspdi(plan)) for plan in plans]

    def common(name: str, number: int) -> dict[str, object]:
        visitor = Visitor(port=upkeep.port, cookies=facts["cookies"])
        return {"name": name, "visitor": visitor, "stopping": stopping, "seed": seed + number}

    made: list[Writer] = [Importer(projects=facts["targets"], files=files, **common("importer", 0))]
    for number in range(1, size.reporters + 1):
        own = facts["tasks"][number - 1 :: size.reporters]
        made.append(Reporter(project=facts["own"], tasks=own, **common(f"reporter {number}", number)))
    return made


class _Killer:
    """Chooses moments and victims."""

    def __init__(self, upkeep: Upkeep, writers: list[Writer], seed: int) -> None:
        self._upkeep = upkeep
        self._writers = writers
        self._chance = random.Random(seed)
        self._deaths: Counter[tuple[int, str]] = Counter()

    def kill(self, number: int) -> str:
        """Kill somebody at a moment whose turn it is, and return who and when."""
        moments = list(_CHOICES)
        wanted = moments[number % len(moments)]
        victims, weights = zip(*_CHOICES[wanted], strict=True)
        victim = self._chance.choices(victims, weights)[0]
        if victim in _WITH_WORKER and self._deaths[self._job] >= _DEATHS_OF_ONE_JOB:
            victim = "web"
        pids = self._upkeep.victims(victim)
        moment = self._wait_for(wanted)
        time.sleep(self._chance.random() * self._usual_seconds(moment))
        self._deaths[self._job] += victim in _WITH_WORKER
        self._upkeep.kill(pids)
        return f"{victim} while {moment or 'at rest'}"

    @property
    def _job(self) -> tuple[int, str]:
        importer = self._writers[0]
        return importer.rounds, importer.phase

    def _wait_for(self, wanted: str) -> str:
        """Return the moment that has come: the wanted one, or after a while whatever is going on."""
        give_up_at = time.monotonic() + _PHASE_WITHIN_SECONDS
        while time.monotonic() < give_up_at:
            if any(writer.phase == wanted for writer in self._writers):
                return wanted
            time.sleep(0.003)
        return next((writer.phase for writer in self._writers if writer.phase), "")

    def _usual_seconds(self, moment: str) -> float:
        took = [seconds for writer in self._writers for name, seconds in writer.took if name == moment]
        return sorted(took)[len(took) // 3] if took else 0.5


def _finish(upkeep: Upkeep, writers: list[Writer], snapshot: Snapshot, stopping: Stopping, outcome: Outcome) -> None:
    upkeep.kill(upkeep.victims("everything"))
    outcome.kills["everything at the end"] += 1
    upkeep.wait_until_it_answers()
    began = time.monotonic()
    stopping.set()
    for writer in writers:
        writer.join(180)
        if writer.is_alive():
            outcome.findings.append(f"{writer.name} does not come to an end")
    while open_jobs := snapshot.open_jobs():
        if time.monotonic() - began > JOBS_DONE_WITHIN_SECONDS:
            outcome.findings.append(f"jobs are not done {JOBS_DONE_WITHIN_SECONDS:.0f} s after the start: {open_jobs}")
            break
        time.sleep(0.2)
    outcome.figures["seconds until all jobs were done after the last start"] = time.monotonic() - began


def _judge(upkeep: Upkeep, writers: list[Writer], outcome: Outcome) -> None:
    told = {
        "comments": [comment for writer in writers for comment in writer.written.comments],
        "percents": {task: percent for writer in writers for task, percent in writer.written.percents.items()},
        "uploads": [name for writer in writers for name in writer.written.uploads],
        "taken_in": [name for writer in writers for name in writer.written.taken_in],
    }
    for writer in writers:
        outcome.findings += writer.written.findings
        outcome.findings += writer.visitor.server_errors
        for name, count in writer.visitor.counts.items():
            outcome.figures[name] = outcome.figures.get(name, 0) + count
    outcome.figures["acknowledged reports"] = len(told["comments"])
    outcome.figures["acknowledged imports"] = len(told["taken_in"])
    judged = json.loads(upkeep.run_module("tests.flows.soak.audit", stdin=json.dumps(told)).splitlines()[-1])
    outcome.findings += judged["findings"]
    outcome.figures |= judged["figures"]
