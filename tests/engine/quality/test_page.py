from kaname.engine.network import schedule
from kaname.engine.network.plan import Plan, Task
from kaname.engine.quality import assess, write_page
from tests.engine.quality.golden_plans import CALENDAR, day_at, read_golden


def page(plan: Plan, **options: object) -> list[str]:
    return write_page(assess(plan, schedule(plan)), file="plan.xml", **options).splitlines()


def test_page_begins_with_what_was_counted():
    assert page(read_golden("faulty").plan)[:4] == [
        "Schedule clinic (DCMA 14 points): plan.xml",
        "Status date: 2026-06-12",
        "Tasks: 12 (finished 2, unfinished 10)",
        "Passed 2, failed 12, not applicable 0",
    ]


def test_page_names_offenders_reasons_and_notes_below_their_point():
    lines = page(read_golden("pinned").plan)
    place = lines.index("12  Critical path test                    Failed            0/288000 = 0.0% (at least 99.0%)")
    assert lines[place + 1 : place + 5] == [
        "      - [2] Build: Its constraint date holds it, so the delay stops here.",
        "      Delaying “Design” by 600 days moved the finish by 0 days.",
        "13  Critical path length index (CPLI)     Not applicable",
        "      The plan has neither a baseline finish nor a deadline to measure against.",
    ]


def test_page_tells_how_many_more_a_point_names():
    tasks = tuple(Task(uid=uid, name=f"T{uid}", duration_minutes=480) for uid in range(1, 8))
    plan = Plan(start_at=day_at("06-01", 9), tasks=tasks, calendar_uid=1, calendars=(CALENDAR,))
    lines = page(plan, most_offenders=2)
    place = lines.index(" 1  Missing logic                         Failed            7/7 = 100.0% (at most 5.0%)")
    assert lines[place + 1 : place + 4] == [
        "      - [1] T1: It has neither predecessor nor successor.",
        "      - [2] T2: It has neither predecessor nor successor.",
        "      … and 5 more",
    ]


def test_page_is_translated_by_the_function_given():
    lines = page(Plan(start_at=0), translate=lambda message: f"<{message}>")
    assert lines[0] == "<Schedule clinic (DCMA 14 points): plan.xml>"
    assert lines[-1].startswith("<Source: <DCMA-EA PAM 200.1")
