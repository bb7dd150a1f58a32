"""Simulated executions of public scheduling problems: what a project would report at each tenth of its life.

A problem becomes a plan: every activity a task of as many working days, every link finish to start, resources left out, the baseline as
early as possible, the budget in proportion to duration.  An execution draws for every task

    actual = planned · B · e,   B log-normal with mean 1 and cv 0.25, once a project; e with mean 1 and cv 0.4, once a task

and starts each task when its predecessors are finished.  A report tells finished tasks, since when the others run and what
share of a running one is done: exactly, or with noise on the log-odds.
"""

import math
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from kaname.engine.forecast import ClosedTasks, Report, Snapshot, TaskState, Track
from kaname.engine.network.plan import Baseline, Link, Plan, Progress, Task
from kaname.engine.network.timebook import Timebook
from kaname.formats.psplib import read_psplib

DAY = 480
START_AT = 4 * 1440 + 480
TASK_CV, PROJECT_CV = 0.4, 0.25
TENTHS = tuple(tenth / 10 for tenth in range(1, 10))
_CURVE_POINTS = 801


def log_deviation(cv: float) -> float:
    """Return the standard deviation of the logarithm of a log-normal number of mean 1."""
    return math.sqrt(math.log1p(cv * cv))


@dataclass(frozen=True)
class Project:
    """A problem as a plan: durations in days, predecessors by place, in topological order."""

    name: str
    days: np.ndarray
    before: tuple[tuple[int, ...], ...]

    def dates(self, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return starts and finishes, as early as possible."""
        start, finish = np.zeros(len(days)), np.zeros(len(days))
        for place, before in enumerate(self.before):
            start[place] = max((finish[one] for one in before), default=0.0)
            finish[place] = start[place] + days[place]
        return start, finish

    @cached_property
    def baseline(self) -> tuple[np.ndarray, np.ndarray]:
        """The dates as planned."""
        return self.dates(self.days)

    @cached_property
    def duration(self) -> float:
        """The planned duration."""
        return float(self.baseline[1].max())

    def planned_at(self, times: np.ndarray) -> np.ndarray:
        """Return the planned value at some times."""
        start, finish = self.baseline
        length = np.where(self.days > 0, finish - start, 1.0)
        return (self.days * np.clip((times[:, None] - start) / length, 0, 1)).sum(axis=1)

    @cached_property
    def curve(self) -> tuple[np.ndarray, np.ndarray]:
        """Times and planned values."""
        times = np.linspace(0, self.duration, _CURVE_POINTS)
        return times, self.planned_at(times)

    @cached_property
    def plan(self) -> Plan:
        """The plan without progress."""
        tasks = tuple(
            Task(
                uid=place,
                name=str(place),
                duration_minutes=int(days) * DAY,
                baselines=(Baseline(number=0, duration_minutes=int(days) * DAY),),
            )
            for place, days in enumerate(self.days.tolist())
        )
        links = tuple(
            Link(predecessor_uid=one, successor_uid=place) for place, before in enumerate(self.before) for one in before
        )
        return Plan(start_at=START_AT, tasks=tasks, links=links)


@dataclass(frozen=True)
class Execution:
    """What became of a project."""

    project: Project
    days: np.ndarray
    start: np.ndarray
    finish: np.ndarray

    @property
    def duration(self) -> float:
        """What it took."""
        return float(self.finish.max())

    @property
    def cost(self) -> float:
        """What it cost: a day of work costs what it was planned at."""
        return float(self.days.sum())

    def shares(self, time: float) -> np.ndarray:
        """Return the share of every task that is done at a time."""
        length = np.where(self.days > 0, self.days, 1.0)
        done = np.clip((time - self.start) / length, 0, 1)
        return np.where(self.days > 0, done, (self.finish <= time).astype(float))

    def reported(self, time: float, noise: float, dice: np.random.Generator) -> np.ndarray:
        """Return the shares as reported, in thousandths, between 0.001 and 0.999 of running tasks."""
        shares = self.shares(time)
        runs = (shares > 0) & (shares < 1)
        odds = np.log(shares[runs] / (1 - shares[runs])) + noise * dice.standard_normal(int(runs.sum()))
        told = shares.copy()
        told[runs] = np.clip(np.round(1 / (1 + np.exp(-odds)), 3), 0.001, 0.999)
        return told

    def snapshot(self, time: float, shares: np.ndarray) -> Snapshot:
        """Return what earned value sees."""
        project = self.project
        times, values = project.curve
        earned = float((project.days * shares).sum())
        return Snapshot(
            time=time,
            earned_schedule=float(np.interp(earned, values, times)),
            planned=float(project.planned_at(np.array([time]))[0]),
            earned=earned,
            spent=float((self.days * self.shares(time)).sum()),
        )

    def track(self, times: Sequence[float], shares: Sequence[np.ndarray]) -> Track:
        """Return the snapshots at some times."""
        found = tuple(self.snapshot(time, share) for time, share in zip(times, shares, strict=True))
        return Track(planned_duration=self.project.duration, budget=float(self.project.days.sum()), snapshots=found)

    def states(self, time: float, shares: np.ndarray) -> list[TaskState]:
        """Return where the tasks stand."""
        return [
            TaskState(planned=planned, spent=spent, share=share if 0 < share < 1 else None, is_finished=is_done)
            for planned, spent, share, is_done in zip(
                self.project.days.tolist(),
                (self.days * self.shares(time)).tolist(),
                shares.tolist(),
                (self.finish <= time).tolist(),
                strict=True,
            )
            if planned > 0
        ]

    def plan_at(self, time: float, shares: np.ndarray, book: Timebook) -> tuple[Plan, int]:
        """Return the plan with its progress at a time, and the status date as a wall minute."""
        clock = book.measure(book.project)

        def moment(days: float) -> int:
            return clock.add(START_AT, round(days * DAY))

        tasks = []
        for task, start, finish, share in zip(
            self.project.plan.tasks, self.start.tolist(), self.finish.tolist(), shares.tolist(), strict=True
        ):
            progress = task.progress
            if finish <= time:
                progress = Progress(
                    percent_permille=1000, actual_start_at=moment(start), actual_finish_at=moment(finish)
                )
            elif start < time and share > 0:
                progress = Progress(percent_permille=round(1000 * share), actual_start_at=moment(start))
            tasks.append(replace(task, progress=progress))
        return replace(self.project.plan, tasks=tuple(tasks)), clock.next_working(moment(time))

    def closed(self, noise: float, dice: np.random.Generator) -> ClosedTasks:
        """Return what a closed project tells: ratios, and reports at each tenth of its life."""
        is_work = self.project.days > 0
        reports = []
        for tenth in TENTHS:
            time = tenth * self.duration
            told, shares = self.reported(time, noise, dice), self.shares(time)
            runs = is_work & (shares > 0) & (shares < 1)
            reports += map(Report, told[runs].tolist(), (shares[runs] / told[runs]).tolist())
        ratios = self.days[is_work] / self.project.days[is_work]
        return ClosedTasks(ratios=tuple(ratios.tolist()), reports=tuple(reports))


def projects(folder: Path, name: str, sample: int = 20) -> list[Project]:
    """Return a sample of a set, spread evenly over it in natural order."""
    return list(_read(folder, name, sample))


def execute(project: Project, dice: np.random.Generator) -> Execution:
    """Carry a project out once."""
    task, whole = log_deviation(TASK_CV), log_deviation(PROJECT_CV)
    bias = dice.normal(-whole * whole / 2, whole)
    noise = dice.normal(-task * task / 2, task, len(project.days))
    days = project.days * np.exp(bias + noise)
    return Execution(project, days, *project.dates(days))


def _read(folder: Path, name: str, sample: int) -> Iterator[Project]:
    with zipfile.ZipFile(folder / f"{name}.zip") as archive:
        names = sorted(archive.namelist(), key=lambda each: [int(digits) for digits in re.findall(r"\d+", each)])
        for each in (names[place * len(names) // sample] for place in range(sample)):
            problem = read_psplib(archive.read(each), file=each)
            places = {activity.uid: place for place, activity in enumerate(problem.activities)}
            before: list[list[int]] = [[] for _ in problem.activities]
            for link in problem.links:
                before[places[link.after_uid]].append(places[link.before_uid])
            yield _sorted(each, [activity.duration for activity in problem.activities], before)


def _sorted(name: str, days: list[int], before: list[list[int]]) -> Project:
    order: list[int] = []
    seen: set[int] = set()

    def visit(place: int) -> None:
        if place not in seen:
            seen.add(place)
            for one in before[place]:
                visit(one)
            order.append(place)

    for place in range(len(days)):
        visit(place)
    new = {old: place for place, old in enumerate(order)}
    return Project(
        name,
        np.array([days[old] for old in order], float),
        tuple(tuple(new[one] for one in before[old]) for old in order),
    )
