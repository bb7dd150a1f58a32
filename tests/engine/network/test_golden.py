"""Every golden plan, plain and compiled."""

from pathlib import Path

import pytest

from kaname.engine.network import compile_plan, passes
from kaname.engine.network.jit import PLAIN, Kernels, compiled_kernels
from kaname.engine.network.passes import Run
from kaname.engine.network.plan import ScheduleFrom
from tests.engine.network.golden_plans import differences, read_golden

FILES = sorted(Path(__file__).parent.joinpath("golden").glob("*.txt"))


def calculated(plan, kernels: Kernels):
    run = Run(compile_plan(plan), kernels)
    return run.from_finish() if plan.rules.schedule_from == ScheduleFrom.FINISH else run.from_start()


def test_golden_plans_are_there():
    assert [file.stem for file in FILES] == [
        "constraints",
        "from_finish",
        "given",
        "links",
        "office_year",
        "people",
        "primavera",
        "progress",
        "summaries",
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_golden_plan_in_plain_python_gets_its_dates(file):
    golden = read_golden(file)
    assert list(differences(golden, calculated(golden.plan, PLAIN))) == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_golden_plan_compiled_gets_its_dates(file):
    golden = read_golden(file)
    assert list(differences(golden, calculated(golden.plan, compiled_kernels()))) == []


class Forward(list):
    """A list that may not be counted from its end: compiled code would read what lies before it."""

    def __getitem__(self, place):
        assert isinstance(place, slice) or place >= 0
        return super().__getitem__(place)

    def __setitem__(self, place, value):
        assert isinstance(place, slice) or place >= 0
        super().__setitem__(place, value)

    def copy(self):
        return Forward(self)


def watched(values):
    if isinstance(values, tuple):
        return type(values)(*(Forward(part) for part in values))
    return Forward(values)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_golden_plan_never_counts_places_from_the_end(file, monkeypatch):
    fit = passes.fitting
    monkeypatch.setattr(passes, "fitting", lambda kernels, values: watched(fit(kernels, values)))
    monkeypatch.setattr(passes, "fitting_tables", lambda kernels, tables: tuple(map(Forward, tables.lists)))
    golden = read_golden(file)
    assert list(differences(golden, calculated(golden.plan, PLAIN))) == []
