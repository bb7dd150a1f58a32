"""Compare the calendar engine with a naive oracle that looks at every single minute.

    python benchmarks/calendar_oracle.py [CASES] [SEED]

The oracle shares no code with the engine: it asks every day of three years which rule of the stacked calendars speaks,
paints the minutes of that day into an array of booleans, and answers by counting minutes.  Prints the number of cases and
of differences; the exit code is 1 if there is any difference.
"""

import random
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np

from kaname.engine.calendar import Calendar, DayException, Shift, WorkWeek, compile_calendar, kernels
from kaname.engine.calendar.tables import write_tables

FIRST = date(2023, 1, 1)
DAYS = 1096
MARGIN = 40
ORIGIN = (FIRST - date(1970, 1, 1)).days * 1440
CASES_PER_STACK = 250


def random_day(dice: random.Random) -> tuple[Shift, ...]:
    """Return zero to four shifts of a day that neither touch nor overlap."""
    kind = dice.random()
    if kind < 0.15:
        return ()
    if kind < 0.25:
        return (Shift(0, 1440),)
    if kind < 0.55:
        return (Shift(540, 720), Shift(780, 1080))
    cuts = sorted(dice.sample(range(1441), 2 * dice.randint(1, 4)))
    return tuple(Shift(start, finish) for start, finish in zip(cuts[::2], cuts[1::2], strict=True))


def random_span(dice: random.Random) -> tuple[date, date]:
    """Return a half-open stretch of 1 to 60 days, mostly short."""
    start = FIRST + timedelta(days=dice.randrange(DAYS))
    return start, start + timedelta(days=min(1 + int(dice.expovariate(0.2)), 60))


def random_stack(dice: random.Random) -> list[Calendar]:
    """Return one to three calendars, each resting on the next."""
    depth = dice.randint(1, 3)
    stack = []
    for level in range(depth):
        hollow = 0.0 if level == depth - 1 else 0.5
        week = tuple(None if dice.random() < hollow else random_day(dice) for _ in range(7))
        exceptions = tuple(DayException(*random_span(dice), random_day(dice)) for _ in range(dice.randrange(12)))
        weeks = tuple(
            WorkWeek(*random_span(dice), tuple(None if dice.random() < 0.4 else random_day(dice) for _ in range(7)))
            for _ in range(dice.randrange(4))
        )
        base = None if level == depth - 1 else level + 1
        stack.append(Calendar(level, f"level {level}", week, exceptions, weeks, base))
    return stack


def naive_day(stack: list[Calendar], day: date) -> tuple[Shift, ...]:
    """Return the shifts of one day by asking rule after rule, in the words of `Calendar`."""
    for level, calendar in enumerate(stack):
        speaking = [rule for rule in calendar.exceptions if rule.starts_on <= day < rule.ends_before]
        if speaking:
            return speaking[-1].shifts
        speaking_weeks = [rule for rule in calendar.work_weeks if rule.starts_on <= day < rule.ends_before]
        if speaking_weeks and speaking_weeks[-1].week[day.weekday()] is not None:
            return speaking_weeks[-1].week[day.weekday()]
        if calendar.week[day.weekday()] is not None:
            for base in stack[level + 1 :]:
                holidays = [rule for rule in base.exceptions if rule.starts_on <= day < rule.ends_before]
                if holidays:
                    return holidays[-1].shifts
            return calendar.week[day.weekday()]
    return ()


def naive_minutes(stack: list[Calendar]) -> np.ndarray:
    """Return one boolean per minute of the three years: is it worked?"""
    minutes = np.zeros(DAYS * 1440, dtype=bool)
    for number in range(DAYS):
        for shift in naive_day(stack, FIRST + timedelta(days=number)):
            minutes[number * 1440 + shift.start : number * 1440 + shift.finish] = True
    return minutes


def cases(dice: random.Random, count: int) -> Iterator[tuple[str, int, int, int]]:
    """Yield question, expected answer, the scalar calendar's answer and the kernels' answer."""
    done = 0
    while done < count:
        stack = random_stack(dice)
        minutes = naive_minutes(stack)
        if minutes.mean() < 0.02:
            continue
        wanted = min(CASES_PER_STACK, count - done)
        yield from stack_cases(dice, stack, minutes, wanted)
        done += wanted


def stack_cases(
    dice: random.Random, stack: list[Calendar], minutes: np.ndarray, count: int
) -> Iterator[tuple[str, int, int, int]]:
    """Yield `count` cases of one stack of calendars; the day table covers a third of the time, chosen at random."""
    calendar = compile_calendar(stack, 0)
    first_day = ORIGIN // 1440 + dice.randrange(DAYS // 2)
    tables = write_tables([calendar.eras], first_day=first_day, count=DAYS // 3).lists
    worked = np.flatnonzero(minutes)
    for _ in range(count):
        at, other = (dice.randrange(MARGIN * 1440, (DAYS - MARGIN) * 1440) for _ in range(2))
        amount = 1 + int(dice.expovariate(1 / 2000))
        moment = ORIGIN + at
        here = int(np.searchsorted(worked, at))
        work = kernels.work_at(*tables, 0, moment)
        question = dice.choice(("add", "subtract", "between", "next", "previous"))
        if question == "add" and here + amount <= worked.size:
            expected = ORIGIN + int(worked[here + amount - 1]) + 1
            yield question, expected, calendar.add(moment, amount), kernels.finish_moment(*tables, 0, work + amount)
        elif question == "subtract" and amount <= here:
            expected = ORIGIN + int(worked[here - amount])
            yield question, expected, calendar.subtract(moment, amount), kernels.start_moment(*tables, 0, work - amount)
        elif question == "next" and here < worked.size:
            expected = ORIGIN + int(worked[here])
            yield question, expected, calendar.next_working(moment), kernels.start_moment(*tables, 0, work)
        elif question == "previous" and here > 0:
            expected = ORIGIN + int(worked[here - 1]) + 1
            yield question, expected, calendar.previous_working(moment), kernels.finish_moment(*tables, 0, work)
        else:
            expected = int(minutes[at:other].sum()) - int(minutes[other:at].sum())
            distance = kernels.work_at(*tables, 0, ORIGIN + other) - work
            yield "between", expected, calendar.between(moment, ORIGIN + other), distance


def main() -> int:
    """Run the comparison and print one line."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 2026
    begun = time.process_time()
    differences = 0
    for number, (question, expected, scalar, kernel) in enumerate(cases(random.Random(seed), count), start=1):
        if expected != scalar or expected != kernel:
            differences += 1
            print(f"case {number}: {question}: expected {expected}, got {scalar} and from the day table {kernel}")
    print(f"calendar against the naive oracle: {count} cases, seed {seed}, {differences} differences, "
          f"{time.process_time() - begun:.1f} CPU s")  # fmt: skip
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
