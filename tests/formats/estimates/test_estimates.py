"""Tables of estimates and risk events, sound and faulty."""

import io
from pathlib import Path

import pytest
import xlsxwriter

from kaname.engine.network.plan import Plan, Progress, Task
from kaname.engine.simulation import (
    Discrete,
    Impact,
    Occurrence,
    Pert,
    Question,
    RiskEvent,
    TaskRisk,
    Triangular,
    Uniform,
    simulate,
)
from kaname.formats.delimited.read import read_delimited
from kaname.formats.estimates import read_estimates, read_events
from kaname.formats.types import FileRefused

PLAN = Plan(
    start_at=0,
    tasks=(
        Task(uid=1, name="Dig", duration_minutes=480),
        Task(uid=2, name="基礎工事", duration_minutes=960),
        Task(uid=3, name="Dry", duration_minutes=480),
        Task(uid=4, name="Twin", duration_minutes=480),
        Task(uid=5, name="Twin", duration_minutes=480),
        Task(uid=6, name="Done", duration_minutes=480, progress=Progress(actual_start_at=0, actual_finish_at=480)),
    ),
)


def estimates(text, **more):
    return read_estimates(text.encode(), file="est.csv", plan=PLAN, **more)


def events(text):
    return read_events(text.encode(), file="risk.csv", plan=PLAN)


def test_estimates_are_read_by_name_and_number_with_kinds_and_groups():
    found = estimates(
        "task,optimistic,most likely,pessimistic,distribution,group,correlation\n"
        "Dig,4,8,20,,soil,0.36\n"
        "2,10,16,40,triangular,-soil,0.25\n"
        "5,8,8,12,uniform,weather,\n",
        first_factor=1,
    )
    assert found == (
        TaskRisk(task_uid=1, spread=Pert(240, 480, 1200), loadings=(0.0, 0.6)),
        TaskRisk(task_uid=2, spread=Triangular(600, 960, 2400), loadings=(0.0, -0.5)),
        TaskRisk(task_uid=5, spread=Uniform(480, 720), loadings=(0.0, 0.0, 0.5**0.5)),
    )


def test_opposite_signs_of_a_group_make_durations_run_against_each_other():
    table = "task,optimistic,most likely,pessimistic,group,correlation\n1,5,10,15,g,0.8\n3,5,10,15,{}g,0.8\n"
    spread = []
    for sign in ("", "-"):
        risks = estimates(table.format(sign))
        done = [
            simulate(Plan(start_at=0, tasks=(task,)), Question(risks=(risk,), runs=2000)).finish_at
            for task, risk in ((PLAN.tasks[0], risks[0]), (PLAN.tasks[2], risks[1]))
        ]
        spread.append((done[0] + done[1]).std())
    assert spread[1] < 0.8 * spread[0]


def test_japanese_headings_and_workbooks_are_read():
    expected = (TaskRisk(task_uid=2, spread=Pert(600, 960, 2400)),)
    assert estimates("タスク,楽観値,最頻値,悲観値\n基礎工事,10,16,40\n") == expected
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate((("見積り",), ("タスク名", "楽観", "最頻", "悲観"), (2, 10, 16, 40))):
            sheet.write_row(at, 0, row)
    assert read_estimates(stream.getvalue(), file="est.xlsx", plan=PLAN) == expected


def test_events_are_read_with_their_responses():
    found = events(
        "risk,probability,tasks,delay,cost,probability after,response cost\n"
        "Rain,30%,Dig;3,4/8/16,1000,0.1,500\n"
        "Strike,0.05,,,2000/3000/9000,,\n"
    )
    rain = (Impact(task_uid=1, spread=Triangular(240, 480, 960)), Impact(task_uid=3, spread=Triangular(240, 480, 960)))
    paid = Discrete((1000.0,), (1.0,))
    assert found == (
        RiskEvent(
            uid=1,
            name="Rain",
            before=Occurrence(probability=0.3, impacts=rain, cost=paid),
            after=Occurrence(probability=0.1, impacts=rain, cost=paid),
            response_cost=500,
        ),
        RiskEvent(uid=2, name="Strike", before=Occurrence(probability=0.05, cost=Triangular(2000, 3000, 9000))),
    )


@pytest.mark.parametrize(
    ("ending", "names"),
    [
        (".csv", ("Ledger supplier late", "Test centre closed")),
        (".ja.csv", ("会計側の仕様提示の遅れ", "テスト環境の停止")),
    ],
)
def test_samples_of_the_documentation_are_read(ending, names):
    samples = Path(__file__).parents[3] / "docs" / "examples"
    plan = read_delimited((samples / f"order-system{ending}").read_bytes(), file="order-system").plan
    told = read_estimates((samples / f"estimates{ending}").read_bytes(), file="estimates", plan=plan)
    assert [risk.loadings for risk in told] == [(0.5**0.5,), (0.5**0.5,), (-(0.2**0.5),)]
    risks = read_events((samples / f"risks{ending}").read_bytes(), file="risks", plan=plan)
    assert [(event.name, len(event.before.impacts)) for event in risks] == [(names[0], 1), (names[1], 2)]


HEAD = "task,optimistic,most likely,pessimistic,distribution,group,correlation\n"


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("task,optimistic,pessimistic\nDig,1,2\n", "", "no column “most likely”"),
        (HEAD + "Dig,4,8,20\nPour,1,2,3\n", "line 3", "no task “Pour”"),
        (HEAD + "Done,4,8,20\n", "line 2", "no task “Done”"),
        (HEAD + "Twin,4,8,20\n", "line 2", "Several tasks are named “Twin”"),
        (HEAD + "Dig,4,x,20\n", "line 2", "“x” is no number of hours"),
        (HEAD + "Dig,9,8,20\n", "line 2", "must not fall"),
        (HEAD + "Dig,4,8,20,gauss\n", "line 2", "“gauss” is no distribution"),
        (HEAD + "Dig,4,8,20,,g,1.5\n", "line 2", "“1.5” is no correlation"),
        (HEAD + "Dig,4,8,20\n\n1,4,8,20\n", "line 4", "estimate already, in line 2"),
    ],
)
def test_faulty_estimates_are_refused_with_the_line_and_the_reason(text, place, said):
    with pytest.raises(FileRefused, match=said) as refused:
        estimates(text)
    assert (refused.value.file, refused.value.place) == ("est.csv", place)
    assert refused.value.advice is not None


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Rain,130%,Dig,4,", "“130%” is no probability"),
        ("Rain,maybe,Dig,4,", "“maybe” is no probability"),
        ("Rain,0.3,Pour,4,", "no task “Pour”"),
        ("Rain,0.3,Dig,4/8,", "“4/8” is no size"),
        ("Rain,0.3,Dig,16/8/4,", "must not fall"),
    ],
)
def test_faulty_events_are_refused_with_the_line_and_the_reason(line, said):
    with pytest.raises(FileRefused, match=said) as refused:
        events("risk,probability,tasks,delay,cost\n" + line + "\n")
    assert refused.value.place == "line 2"
