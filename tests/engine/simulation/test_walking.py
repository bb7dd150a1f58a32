"""Without any risk every run of every golden plan must come out as the network does, plain and compiled."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kaname.engine.network import arrays, compile_plan, schedule_network
from kaname.engine.network.plan import ConstraintType, ScheduleFrom
from kaname.engine.simulation import Question
from kaname.engine.simulation.arrays import BLOCK, SKIPPED
from kaname.engine.simulation.jit import PLAIN, compiled_kernels
from kaname.engine.simulation.model import build_model
from kaname.engine.simulation.simulate import Simulator
from kaname.engine.simulation.walking import moment_of
from tests.engine.network.golden_plans import read_golden

FOLDER = Path(__file__).parents[1] / "network" / "golden"
FILES = sorted(FOLDER.glob("*.txt"))


def forward_plan(file):
    """Return a golden plan that goes forward, with all tasks as soon as possible: what a simulation walks."""
    plan = read_golden(file).plan
    rules = replace(plan.rules, schedule_from=ScheduleFrom.START)
    tasks = tuple(
        replace(task, constraint=ConstraintType.ASAP) if task.constraint == ConstraintType.ALAP else task
        for task in plan.tasks
    )
    start_at = plan.start_at if plan.start_at is not None else plan.finish_at
    return replace(plan, rules=rules, tasks=tasks, start_at=start_at)


def walked(network, kernels, runs):
    """Return start and finish of each node by run."""
    question = Question(runs=runs, threads=1)
    simulator = Simulator(build_model(network, question), question, kernels)
    simulator.run(None)
    [own] = simulator.buffers
    shape = (len(network.nodes.kind), BLOCK)
    dates = np.array(own.rows.dates).reshape(-1, BLOCK)
    starts, finishes = dates[:-1:2], dates[1:-1:2]
    spaces = np.array(simulator.passes.space)
    instants = list(simulator.passes.instant)
    tables = network.tables.lists
    return [
        (moment_of(*tables, int(spaces[node]), int(starts[node, run]), 1 - instants[node]),
         moment_of(*tables, int(spaces[node]), int(finishes[node, run]), 0))
        for node in range(shape[0]) for run in range(2)
    ]  # fmt: skip


@pytest.mark.parametrize("kernels", [PLAIN, None], ids=["plain", "compiled"])
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_plan_without_risk_is_walked_as_the_network_calculates_it(file, kernels):
    network = compile_plan(forward_plan(file))
    early = schedule_network(network).early
    found = walked(network, kernels or compiled_kernels(), 2)
    expected = [
        (int(early.start[node]), int(early.finish[node])) for node in range(len(network.nodes.kind)) for _ in range(2)
    ]
    modes = build_model(network, Question()).passes.mode
    compared = [
        (network.plan.tasks[network.task[place // 2]].name, got, wanted)
        for place, (got, wanted) in enumerate(zip(found, expected, strict=True))
        if modes[place // 2] != SKIPPED and network.nodes.kind[place // 2] != arrays.IDLE and got != wanted
    ]
    assert compared == []
