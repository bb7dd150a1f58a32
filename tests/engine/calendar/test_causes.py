"""The cause of a day agrees with the compiled calendar, and names the rule."""

import random
from datetime import date, timedelta

import pytest

from kaname.engine.calendar import Calendar, CalendarError, DayException, Shift, WorkWeek, compile_calendar, day_causes

HOURS = [(), (Shift(540, 720),), (Shift(540, 720), Shift(780, 1080)), (Shift(0, 480),)]
FIRST = date(2026, 1, 1)
LAST = date(2026, 12, 31)


def stack(rng: random.Random) -> list[Calendar]:
    def span() -> tuple[date, date]:
        start = FIRST + timedelta(days=rng.randrange(360))
        return start, start + timedelta(days=rng.randrange(1, 40))

    def week(*, follows: bool) -> tuple:
        return tuple(rng.choice([*HOURS, None] if follows else HOURS) for _ in range(7))

    return [
        Calendar(
            uid=uid,
            name=f"c{uid}",
            week=((Shift(540, 600),), *week(follows=True)[1:]),
            exceptions=tuple(DayException(*span(), rng.choice(HOURS), f"e{n}") for n in range(rng.randrange(4))),
            work_weeks=tuple(WorkWeek(*span(), week(follows=True), f"w{n}") for n in range(rng.randrange(3))),
            base_uid=uid - 1 if uid > 1 else None,
        )
        for uid in range(1, rng.randrange(2, 5))
    ]


def test_causes_have_the_hours_of_the_compiled_calendar() -> None:
    rng = random.Random(11)
    for _ in range(40):
        calendars = stack(rng)
        compiled = compile_calendar(calendars, len(calendars))
        causes = day_causes(calendars, len(calendars), starts_on=FIRST, ends_before=LAST)
        assert [cause.shifts for cause in causes] == [compiled.shifts_on(cause.on) for cause in causes]


def test_cause_names_the_exception_of_the_base() -> None:
    off = DayException(date(2026, 4, 29), date(2026, 4, 30), (), "昭和の日")
    base = Calendar(1, "company", (HOURS[2],) * 7, (off,))
    own = Calendar(2, "team", (HOURS[1],) * 7, base_uid=1)
    (cause,) = day_causes([base, own], 2, starts_on=date(2026, 4, 29), ends_before=date(2026, 4, 30))
    assert (cause.calendar, cause.by, cause.minutes) == (base, off, 0)


def test_causes_refuse_a_missing_base() -> None:
    with pytest.raises(CalendarError):
        day_causes([Calendar(2, "team", ((),) * 7, base_uid=1)], 2, starts_on=FIRST, ends_before=LAST)
