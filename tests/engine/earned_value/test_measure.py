"""A small project by hand, and the invariants of the tree on any project."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaname.engine.calendar import Calendar, Shift, compile_calendar
from kaname.engine.earned_value import (
    Account,
    EarnedRule,
    NegativeValueError,
    TreeLoopError,
    measure_accounts,
    planned_curve,
)
from kaname.engine.units import day_number

DAY = (Shift(540, 720), Shift(780, 1080))
WEEK = compile_calendar([Calendar(1, "five days", (DAY,) * 5 + ((), ()))], 1)
SEVEN = compile_calendar([Calendar(2, "seven days", (DAY,) * 7)], 2)
CALENDARS = {1: WEEK, 2: SEVEN}


def at(day: int, hour: int = 18, month: int = 6) -> int:
    return day_number(date(2026, month, day)) * 1440 + hour * 60  # 2026-06-01 is a Monday


def measure(accounts, status_at):
    return measure_accounts(accounts, status_at=status_at, calendars=CALENDARS, project=WEEK)


PROJECT = [
    Account(uid=1, name="Project"),
    Account(uid=2, name="Design", parent_uid=1, budget=1000, start_at=at(1, 9), finish_at=at(5), actual=1200,
            actual_start_at=at(1, 9), actual_finish_at=at(8), done_permille=1000),
    Account(uid=3, name="Build", parent_uid=1),
    Account(uid=4, name="Front", parent_uid=3, budget=2000, start_at=at(8, 9), finish_at=at(19), actual=900,
            actual_start_at=at(9, 9), done_permille=300),
    Account(uid=5, name="Back", parent_uid=3, budget=600, start_at=at(8, 9), finish_at=at(12), actual=0),
]  # fmt: skip


def test_project_by_hand_has_the_values_of_each_branch():
    """Status Wednesday 10 June, evening: Design is due, Front 3 of 10 days, Back 3 of 5 days."""
    report = measure(PROJECT, at(10))
    values = {uid: (v.planned, v.earned, v.actual, v.budget) for uid, v in report.by_uid.items()}
    assert values == {
        1: (1000 + 600 + 360, 1000 + 600, 2100, 3600),
        2: (1000, 1000, 1200, 1000),
        3: (960, 600, 900, 2600),
        4: (600, 600, 900, 2000),
        5: (360, 0, 0, 600),
    }
    assert report.total == report.by_uid[1]
    assert (report.indices.spi.rounded(), report.indices.cpi.rounded()) == (0.816, 0.762)


def test_project_by_hand_has_earned_schedule_on_the_working_calendar():
    """After Design 320 are planned a day until 12 June: 600 more are earned when 1.875 days were planned to pass.

    So ES = 6.875 days of AT = 8, PD = 15: SPI(t) = 0.859, and IEAC(t) = 17.45 days from 1 June 09:00.
    """
    forecast = measure(PROJECT, at(10)).forecast
    assert forecast.earned_at == at(9, 17)
    assert forecast.indices.earned_schedule.value == Fraction(6875, 1000) * 480
    assert forecast.indices.sv_t.value == -540
    assert forecast.indices.spi_t.rounded() == 0.859
    assert forecast.indices.ieac_t.rounded(1) == 8378.2
    assert forecast.forecast_finish_at == WEEK.add(at(1, 9), 8379)
    assert forecast.forecast_finish_at_plan == WEEK.add(at(19), 540)
    # At ES the plan wanted 1000 of Design, 375 of Front, 225 of Back; there were 1000, 375 (of 600) and 0.
    assert forecast.p_factor.value == Fraction(1375, 1600)


def test_finished_project_no_longer_ages():
    """Planned 10 days, finished after 15; asked a month later, AT is still 15 days."""
    account = Account(uid=1, budget=100, start_at=at(1, 9), finish_at=at(12), actual=120, actual_start_at=at(1, 9),
                      actual_finish_at=at(19), done_permille=1000)  # fmt: skip
    report = measure([account], at(17, month=7))
    assert report.indices.spi.value == 1
    assert report.forecast.measured_at == at(19)
    assert report.forecast.indices.spi_t.value == Fraction(10, 15)
    assert report.forecast.forecast_finish_at == at(19)


def test_late_unfinished_project_has_spi_t_below_one_after_its_planned_finish():
    account = Account(uid=1, budget=100, start_at=at(1, 9), finish_at=at(12), actual=120, actual_start_at=at(1, 9),
                      done_permille=990)  # fmt: skip
    report = measure([account], at(26))
    assert report.indices.spi.rounded() == 0.99
    assert report.forecast.indices.spi_t.value == Fraction(99, 200)


@pytest.mark.parametrize("status_at", [at(3, 12), at(9, 9), at(13, 12), at(14, 3), at(16, 13), at(26)])
def test_project_exactly_on_plan_has_no_schedule_variance(status_at):
    """Also on week-ends, at noon, in the pause between two tasks, and after the end."""
    accounts = [
        Account(uid=1, budget=100_000, start_at=at(1, 9), finish_at=at(5), rule=EarnedRule.LEVEL_OF_EFFORT),
        Account(uid=2, budget=100_000, start_at=at(15, 9), finish_at=at(26), rule=EarnedRule.LEVEL_OF_EFFORT),
    ]
    report = measure(accounts, status_at)
    assert report.forecast.indices.sv_t.value == 0
    assert report.forecast.indices.spi_t.value == 1
    assert report.forecast.p_factor.value == 1


def test_work_outside_the_baseline_costs_but_earns_nothing():
    accounts = [*PROJECT, Account(uid=6, parent_uid=3, actual=500, actual_start_at=at(9), done_permille=500)]
    report = measure(accounts, at(10))
    assert (report.total.earned, report.total.actual, report.total.budget) == (1600, 2600, 3600)
    assert report.by_uid[3].unplanned == 1


def test_unknown_actual_of_a_started_task_makes_the_sum_unknown_up_to_the_root():
    accounts = [replace(account, actual=None) if account.uid == 4 else account for account in PROJECT]
    report = measure(accounts, at(10))
    assert [report.by_uid[uid].actual for uid in (1, 2, 3, 4, 5)] == [None, 1200, None, None, 0]
    assert str(report.indices.cpi.reason) == "Started tasks whose actuals are unknown: 1."


def test_project_without_a_baseline_has_reasons_only():
    report = measure([Account(uid=1, done_permille=500, actual_start_at=at(1), actual=10)], at(10))
    assert (report.total.planned, report.total.earned, report.total.budget, report.total.unplanned) == (0, 0, 0, 1)
    assert report.forecast.indices.spi_t.value is None
    assert str(report.forecast.indices.spi_t.reason) == "There is no budget in the baseline."


def test_empty_project_is_all_zero():
    report = measure([], at(10))
    assert (report.total.planned, report.total.earned, report.total.actual, report.total.budget) == (0, 0, 0, 0)


def test_negative_budget_is_refused_by_name():
    with pytest.raises(NegativeValueError, match="The budget of “Refund” is negative"):
        measure([Account(uid=1, name="Refund", budget=-1, start_at=0, finish_at=9)], 5)


def test_loop_of_parents_is_refused_by_name():
    with pytest.raises(TreeLoopError, match="“B” lies under itself"):
        measure([Account(uid=1, name="B", parent_uid=2), Account(uid=2, name="A", parent_uid=1)], 5)


def test_planned_curve_of_one_task_is_linear_in_working_time_and_rounds_half_up():
    account = Account(uid=1, budget=7, start_at=at(4, 9), finish_at=at(9), calendar_uid=1)
    moments = [at(4, 9), at(4), at(5), at(6), at(8), at(9), at(10)]
    curve = planned_curve([account], moments=moments, calendars=CALENDARS, project=SEVEN)
    assert curve.tolist() == [[0, 2, 4, 4, 5, 7, 7]]  # 7/4 a day: 1.75, 3.5, (Saturday) 3.5, 5.25, 7


def test_planned_curve_of_a_budget_without_working_time_falls_due_at_its_finish():
    account = Account(uid=1, budget=7, start_at=at(6, 9), finish_at=at(7, 12), calendar_uid=1)
    curve = planned_curve([account], moments=[at(6, 9), at(7, 11), at(7, 12)], calendars=CALENDARS, project=WEEK)
    assert curve.tolist() == [[0, 0, 7]]


def test_planned_curve_of_budgets_beyond_64_bits_is_exact():
    budget = 10**30 + 1
    account = Account(uid=1, budget=budget, start_at=at(1, 9), finish_at=at(3))
    curve = planned_curve([account], moments=[at(1), at(3)], calendars=CALENDARS, project=WEEK)
    assert curve.tolist() == [[(2 * budget + 3) // 6, budget]]


@st.composite
def trees(draw):
    size = draw(st.integers(1, 25))
    accounts = []
    for uid in range(size):
        start_at = at(1, 0) + draw(st.integers(0, 60 * 1440))
        accounts.append(
            Account(
                uid=uid,
                parent_uid=draw(st.sampled_from([None, *range(uid)])) if uid else None,
                budget=draw(st.one_of(st.none(), st.integers(0, 10**9))),
                start_at=start_at,
                finish_at=start_at + draw(st.integers(0, 40 * 1440)),
                calendar_uid=draw(st.sampled_from([None, 1, 2])),
                actual=draw(st.integers(0, 10**9)),
                done_permille=draw(st.integers(0, 1000)),
                rule=draw(st.sampled_from([EarnedRule.PERCENT, EarnedRule.FIFTY_FIFTY, EarnedRule.LEVEL_OF_EFFORT])),
            )
        )
    return draw(st.permutations(accounts))


@given(trees(), st.integers(at(1, 0), at(28)))
def test_parent_is_own_part_plus_children_to_the_last_unit(accounts, status_at):
    report = measure(accounts, status_at)
    for account in accounts:
        own = measure([replace(account, parent_uid=None)], status_at).total
        below = [report.by_uid[child.uid] for child in accounts if child.parent_uid == account.uid]
        whole = report.by_uid[account.uid]
        assert whole.planned == own.planned + sum(value.planned for value in below)
        assert whole.earned == own.earned + sum(value.earned for value in below)
        assert whole.actual == own.actual + sum(value.actual for value in below)
        assert whole.budget == own.budget + sum(value.budget for value in below)


@given(trees())
def test_planned_curve_never_falls_ends_at_the_budget_and_agrees_with_the_naive_oracle(accounts):
    moments = [at(1, 0) + 1440 * 4 * step for step in range(27)]
    curve = planned_curve(accounts, moments=moments, calendars=CALENDARS, project=WEEK)
    report = measure(accounts, moments[-1])
    assert (curve[:, 1:] >= curve[:, :-1]).all()
    assert curve[:, -1].tolist() == [report.by_uid[account.uid].budget for account in accounts]
    for row, account in enumerate(accounts):
        if not any(other.parent_uid == account.uid for other in accounts):
            assert curve[row].tolist() == [naive_planned(account, moment) for moment in moments]


def naive_planned(account: Account, moment: int) -> int:
    calendar = SEVEN if account.calendar_uid == 2 else WEEK
    span = calendar.between(account.start_at, account.finish_at)
    if account.budget is None:
        return 0
    if span == 0:
        return account.budget if moment >= account.finish_at else 0
    done = Fraction(calendar.between(account.start_at, min(max(moment, account.start_at), account.finish_at)), span)
    return int(account.budget * done + Fraction(1, 2))
