"""Planned value over time: each budget spread evenly over the working minutes of its baseline."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kaname.engine.earned_value.types import Account, WorkingTime

_SAFE = 1 << 61


@dataclass(frozen=True, slots=True)
class Phasing:
    """Accounts as arrays, ready to be asked for any moment.

    Rows are the accounts in their order; those without a budget or without dates have budget 0.  `clocks` are the
    calendars in use and `clock_of` the row's place among them; `work_before` and `work` are the working minutes of that
    clock before the baseline start (counted from `origin_at`) and between baseline start and finish.
    """

    clocks: tuple[WorkingTime, ...]
    clock_of: NDArray[np.int64]
    origin_at: int
    start_at: NDArray[np.int64]
    finish_at: NDArray[np.int64]
    work_before: NDArray[np.int64]
    work: NDArray[np.int64]
    budget: NDArray[np.int64]
    is_planned: NDArray[np.bool_]

    def planned_values(self, moments: Sequence[int]) -> NDArray[np.int64]:
        """Return the planned value of each account's own budget at each moment, accounts × moments, in whole units.

        Cumulative and rounded half up per account: never falling in time, 0 before the start, the budget from the finish
        on.  Differences of columns are the amounts of the periods and sum to the budget exactly.
        """
        done, span = self._done(np.asarray(moments, dtype=np.int64))
        twice = self._exact(2)
        values = (twice[:, None] * done + span[:, None]) // (2 * span[:, None])
        return values.astype(self.budget.dtype)

    def planned_total(self, moment: int) -> float:
        """Return the planned value of all accounts at a moment, not rounded, for finding moments."""
        done, span = self._done(np.asarray([moment], dtype=np.int64))
        return float(np.sum(self.budget.astype(np.float64) * (done[:, 0] / span)))

    def _done(self, moments: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the working minutes done at each moment and those of the whole, 1 at least.

        A budget on no working minute at all counts as done from its finish on.
        """
        clock_work = np.stack([work_until(clock, moments, self.origin_at) for clock in self.clocks])
        span = np.maximum(self.work, 1)
        done = np.clip(clock_work[self.clock_of] - self.work_before[:, None], 0, span[:, None])
        idle = self.work == 0
        if idle.any():
            done[idle] = moments[None, :] >= self.finish_at[idle][:, None]
        return done, span

    def _exact(self, factor: int) -> NDArray[np.int64]:
        """Return the budgets times a factor in a type that holds budget × minutes: Python integers where 64 bits do not."""
        most = int(self.budget.max(initial=0)) * int(self.work.max(initial=1)) * 2
        budget = self.budget if most < _SAFE else self.budget.astype(object)
        return budget * factor


def phase(accounts: Sequence[Account], *, calendars: Mapping[int, WorkingTime], project: WorkingTime) -> Phasing:
    """Lay accounts out as arrays.

    Parameters
    ----------
    accounts
        In any order.
    calendars
        By uid; an account whose calendar is not among them is spread on the project's.
    project
        The project's calendar.
    """
    clocks: list[WorkingTime] = [project]
    places: dict[int | None, int] = {None: 0}
    for uid in dict.fromkeys(account.calendar_uid for account in accounts):
        if uid is not None and uid in calendars:
            places[uid] = len(clocks)
            clocks.append(calendars[uid])
    clock_of = np.array([places.get(account.calendar_uid, 0) for account in accounts], dtype=np.int64)
    is_planned = np.array([account.is_planned for account in accounts], dtype=np.bool_)
    starts = [account.start_at for account in accounts if account.is_planned and account.start_at is not None]
    origin_at = min(starts, default=0)
    start_at = np.array([(a.start_at or 0) if a.is_planned else origin_at for a in accounts], dtype=np.int64)
    finish_at = np.array([(a.finish_at or 0) if a.is_planned else origin_at for a in accounts], dtype=np.int64)
    finish_at = np.maximum(start_at, finish_at)
    work_before = np.zeros(len(accounts), dtype=np.int64)
    work = np.zeros(len(accounts), dtype=np.int64)
    for place, clock in enumerate(clocks):
        rows = clock_of == place
        work_before[rows] = work_until(clock, start_at[rows], origin_at)
        work[rows] = work_until(clock, finish_at[rows], origin_at) - work_before[rows]
    budgets = [(account.budget or 0) if account.is_planned else 0 for account in accounts]
    return Phasing(
        clocks=tuple(clocks),
        clock_of=clock_of,
        origin_at=origin_at,
        start_at=start_at,
        finish_at=finish_at,
        work_before=work_before,
        work=work,
        budget=np.array(budgets, dtype=np.int64 if sum(budgets) < _SAFE else object),
        is_planned=is_planned,
    )


def work_until(clock: WorkingTime, moments: NDArray[np.int64], origin_at: int) -> NDArray[np.int64]:
    """Return the working minutes from an origin to each moment; each distinct moment is asked for once."""
    distinct, places = np.unique(moments, return_inverse=True)
    work = np.array([clock.between(origin_at, moment) for moment in distinct.tolist()], dtype=np.int64)
    return work[places]
