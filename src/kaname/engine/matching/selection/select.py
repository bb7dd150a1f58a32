"""Choose among projects, and say what each choice costs and what more people or money would be worth."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from kaname.engine.matching.checking import refuse
from kaname.engine.matching.selection import reasons
from kaname.engine.matching.selection.checking import check, check_choice
from kaname.engine.matching.selection.model import Change, Solved, TimeLeft, in_order, skills_of, solve, value_of
from kaname.engine.matching.selection.types import Candidate, Choice, Selection, Shortlist, Used, Verdict, Worth
from kaname.engine.text import gettext_noop
from kaname.engine.units import PERMILLE

type OnProgress = Callable[[int, int], None]

_FOREVER: Final = 1e9


def select(
    shortlist: Shortlist,
    *,
    alternatives: int = 3,
    extra_budget: int = 10_000_000,
    time_left: TimeLeft | None = None,
    on_progress: OnProgress | None = None,
) -> Selection:
    """Return the projects of the highest value that dependencies, money and people allow, and why.

    Every figure is found by choosing again exactly, with one thing changed; none is a price of a relaxation.  These are
    candidates + skills + alternatives + 2 questions in whole numbers: NP-hard, milliseconds to seconds each in practice.

    Parameters
    ----------
    alternatives
        How many of the next best choices are told.
    extra_budget
        The money that is asked for what it would be worth.
    time_left
        Seconds that are left; 0 ends it, so that this is also the way to cancel.  What is not proved then is left out.
    on_progress
        Told after each question how many of how many are answered.

    Raises
    ------
    MatchingError
        If the numbers contradict themselves, if no choice is possible, or if none was found in time.
    BrokenChoice
        If the independent checker refuses the choice: a fault of the program.

    Examples
    --------
    >>> from kaname.engine.matching.selection import Limits
    >>> shop = Candidate(uid=1, name="Shop", value=90, cost=(50,))
    >>> crm = Candidate(uid=2, name="CRM", value=70, cost=(40,))
    >>> erp = Candidate(uid=3, name="ERP", value=100, cost=(80,))
    >>> found = select(Shortlist(candidates=(shop, crm, erp), limits=Limits(budget=(90,))), extra_budget=40)
    >>> found.best.chosen, found.best.value, str(found.verdicts[2].reason), found.worths[0].gain
    ((1, 2), 160, '“ERP” would displace Shop, CRM and lower the best value by 60.', 30)
    """
    check(shortlist)
    return _Asking(
        shortlist,
        time_left=time_left or (lambda: _FOREVER),
        total=sum(not one.is_must for one in shortlist.candidates) + len(skills_of(shortlist)) + alternatives + 2,
        on_progress=on_progress,
    ).selection(alternatives=alternatives, extra_budget=extra_budget)


class _Asking:
    """The best choice, and questions that differ from it in one thing."""

    def __init__(
        self, shortlist: Shortlist, *, time_left: TimeLeft, total: int, on_progress: OnProgress | None
    ) -> None:
        self._shortlist, self._time_left = shortlist, time_left
        self._answered, self._total, self._on_progress = 0, total, on_progress
        self._is_complete = True
        self._best: frozenset[int] = frozenset()
        found = self._ask(Change())
        if found.chosen is None:
            refuse(
                gettext_noop("No choice keeps to dependencies, must-dos and limits.")
                if found.is_proved
                else gettext_noop("No choice was found in time.")
            )
        self._best, self._bound = found.chosen, found.upper_bound
        check_choice(shortlist, self._best)

    def selection(self, *, alternatives: int, extra_budget: int) -> Selection:
        """Ask everything and tell it."""
        verdicts = tuple(self._verdicts())
        worths = (*self._worths(), *self._money(extra_budget))
        others = tuple(self._others(alternatives))
        return Selection(
            best=self._choice(self._best),
            upper_bound=self._bound,
            used=_used(self._shortlist, self._best),
            verdicts=verdicts,
            worths=worths,
            alternatives=others,
            is_complete=self._is_complete,
        )

    def _ask(self, change: Change) -> Solved:
        found = solve(self._shortlist, change, hint=self._best, time_left=self._time_left)
        self._is_complete &= found.is_proved
        self._answered += 1
        if self._on_progress is not None:
            self._on_progress(self._answered, self._total)
        return found

    def _verdicts(self) -> Iterator[Verdict]:
        for one in self._shortlist.candidates:
            if one.is_must:
                yield Verdict(uid=one.uid, is_chosen=True, otherwise=None, loss=None, reason=reasons.must(one))
                continue
            found = self._ask(Change(decided={one.uid: one.uid not in self._best}))
            if found.is_proved:
                yield self._verdict(one, found.chosen)

    def _verdict(self, one: Candidate, chosen: frozenset[int] | None) -> Verdict:
        is_chosen = one.uid in self._best
        otherwise = None if chosen is None else self._choice(chosen)
        loss = None if otherwise is None else value_of(self._shortlist, self._best) - otherwise.value
        say = reasons.chosen if is_chosen else reasons.left_out
        reason = say(self._shortlist, one, otherwise, loss=loss)
        return Verdict(uid=one.uid, is_chosen=is_chosen, otherwise=otherwise, loss=loss, reason=reason)

    def _worths(self) -> Iterator[Worth]:
        for skill in skills_of(self._shortlist):
            found = self._ask(Change(skill_uid=skill, extra_staff=PERMILLE))
            if found.is_proved and found.chosen is not None:
                choice, gain = self._gained(found.chosen)
                reason = reasons.more_people(self._shortlist, skill, choice, gain=gain)
                yield Worth(skill_uid=skill, extra=PERMILLE, choice=choice, gain=gain, reason=reason)

    def _money(self, extra: int) -> Iterator[Worth]:
        found = self._ask(Change(extra_budget=extra))
        if found.is_proved and found.chosen is not None:
            choice, gain = self._gained(found.chosen)
            reason = reasons.more_money(self._shortlist, extra, choice, gain=gain)
            yield Worth(skill_uid=None, extra=extra, choice=choice, gain=gain, reason=reason)

    def _gained(self, chosen: frozenset[int]) -> tuple[Choice, int]:
        """Return the choice and what it gains; the best choice itself where nothing is gained."""
        gain = value_of(self._shortlist, chosen) - value_of(self._shortlist, self._best)
        return self._choice(chosen if gain else self._best), gain

    def _others(self, count: int) -> Iterator[Choice]:
        known = [self._best]
        for _ in range(count):
            found = self._ask(Change(besides=tuple(known)))
            if found.chosen is None or not found.is_proved:
                return
            known.append(found.chosen)
            yield self._choice(found.chosen)

    def _choice(self, chosen: frozenset[int]) -> Choice:
        return Choice(
            chosen=in_order(self._shortlist, chosen),
            value=value_of(self._shortlist, chosen),
            added=in_order(self._shortlist, chosen - self._best),
            removed=in_order(self._shortlist, self._best - chosen),
        )


def _used(shortlist: Shortlist, chosen: frozenset[int]) -> Used:
    taken = [one for one in shortlist.candidates if one.uid in chosen]
    nothing = (0,) * len(shortlist.limits.budget)

    def total(rows: list[tuple[int, ...]]) -> tuple[int, ...]:
        return tuple(map(sum, zip(nothing, *rows, strict=True)))

    staff: Mapping[int, tuple[int, ...]] = {
        skill: total([one.staff_permille[skill] for one in taken if skill in one.staff_permille])
        for skill in skills_of(shortlist)
    }
    return Used(budget=total([one.cost for one in taken]), staff_permille=staff)
