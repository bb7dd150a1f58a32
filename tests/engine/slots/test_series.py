import random
from dataclasses import replace
from datetime import date, timedelta

import pytest

from benchmarks.slot_finder import random_case
from kaname.engine.calendar import DayException
from kaname.engine.slots import (
    Cadence,
    CadenceKind,
    HolidayRule,
    Meeting,
    MeetingError,
    OccurrenceState,
    Person,
    Preferences,
    Room,
    Series,
    find_series,
)
from tests.engine.slots.naive_series import naive_series, naive_weekly
from tests.engine.slots.small_office import NINE_TO_SIX, hours, said, taken

WEEKLY, FORTNIGHTLY = Cadence(kind=CadenceKind.WEEKLY), Cadence(kind=CadenceKind.FORTNIGHTLY)
HOLIDAYS = tuple(
    DayException(day, day + timedelta(days=1))
    for day in (
        date(2026, 9, 21),
        date(2026, 9, 22),
        date(2026, 9, 23),
        date(2026, 10, 12),
        date(2026, 11, 3),
        date(2026, 11, 23),
    )
)
"""Respect for the Aged Day, the day between, the autumn equinox, Sports Day, Culture Day, Labour Thanksgiving Day of 2026."""
JAPAN = hours(*NINE_TO_SIX, exceptions=HOLIDAYS)
SATO = Person(uid=1, name="Sato", calendar=JAPAN)
SUZUKI = Person(uid=2, name="Suzuki", calendar=JAPAN, busy=taken("13 09:00-12:00", "20 09:00-10:00"))
SMALL = Room(uid=11, name="Room A", seats=4, calendar=JAPAN)
LARGE = Room(uid=12, name="Room B", seats=8, calendar=JAPAN)
REGULAR = Meeting(length_minutes=60, required=(SATO, SUZUKI), step_minutes=60)
OCTOBER = Series(
    meeting=REGULAR,
    cadence=WEEKLY,
    starts_on=date(2026, 10, 1),
    ends_before=date(2026, 11, 1),
    calendar=JAPAN,
    weekdays=(0, 1),
)


def told(option):
    return [
        (one.nominal_on.day, one.state.value, None if one.slot is None else said(one.slot.start_at))
        for one in option.occurrences
    ]


def test_series_across_a_holiday_moves_to_the_working_day_before():
    monday = find_series(replace(OCTOBER, weekdays=(0,))).options[0]
    assert (monday.weekday, monday.minute_of_day, monday.missing, monday.moves) == (0, 540, 0, 0)
    assert told(monday) == [
        (5, "planned", "05 09:00"),
        (12, "moved_by_rule", "09 09:00"),
        (19, "planned", "19 09:00"),
        (26, "planned", "26 09:00"),
    ]
    assert str(monday.occurrences[1].reason) == "2026-10-12 is a day off; held on the working day before."
    assert str(monday.reason) == "None of the 4 meetings has to move."


def test_series_across_a_holiday_moves_to_the_working_day_after_and_then_to_another_time():
    option = find_series(replace(OCTOBER, weekdays=(0,), holiday_rule=HolidayRule.DAY_AFTER)).options[0]
    assert (option.minute_of_day, option.moves) == (780, 0)
    assert told(option)[1] == (12, "moved_by_rule", "13 13:00")
    morning = next(
        one
        for one in find_series(
            replace(OCTOBER, weekdays=(0,), holiday_rule=HolidayRule.DAY_AFTER), preferences=Preferences(count=99)
        ).options
        if one.minute_of_day == 540
    )
    assert told(morning)[1] == (12, "moved", "13 13:00")
    assert (
        str(morning.occurrences[1].reason)
        == "Moved to 2026-10-13 13:00: at the planned time these cannot come: Suzuki."
    )
    assert str(morning.reason) == "Of 4 meetings 1 have to move."


def test_series_skips_or_stays_on_a_day_off_as_the_rule_says():
    skipped = find_series(replace(OCTOBER, weekdays=(0,), holiday_rule=HolidayRule.SKIP)).options[0]
    assert told(skipped)[1] == (12, "dropped", None)
    assert str(skipped.occurrences[1].reason) == "Left out: 2026-10-12 is a day off."
    stays = find_series(replace(OCTOBER, weekdays=(0,), holiday_rule=HolidayRule.STAY, move_days=1)).options[0]
    assert (stays.moves, told(stays)[1]) == (1, (12, "moved", "13 13:00"))
    nowhere = find_series(replace(OCTOBER, weekdays=(0,), holiday_rule=HolidayRule.STAY, move_days=0)).options[0]
    assert (nowhere.missing, told(nowhere)[1]) == (1, (12, "missing", None))
    assert str(nowhere.occurrences[1].reason) == (
        "No slot within 0 days; at the planned time these cannot come: Sato, Suzuki."
    )
    assert str(nowhere.reason) == "Of 4 meetings 0 have to move and 1 have no slot."


def test_series_through_a_week_of_holidays_leaves_out_what_would_fall_together():
    closed = hours(*NINE_TO_SIX, exceptions=(DayException(date(2026, 10, 12), date(2026, 10, 19)),))
    series = replace(OCTOBER, calendar=closed, weekdays=(0,), holiday_rule=HolidayRule.DAY_AFTER)
    assert told(find_series(series).options[0])[1] == (12, "dropped", None)
    assert str(find_series(series).options[0].occurrences[1].reason) == (
        "Left out: moved off 2026-10-12, a day off, it would fall together with another one."
    )
    first = replace(series, starts_on=date(2026, 10, 12), holiday_rule=HolidayRule.DAY_BEFORE)
    assert str(find_series(first).options[0].occurrences[0].reason) == (
        "Left out: 2026-10-12 is a day off, and the working day to move to lies outside the period."
    )


def test_series_prefers_the_weekday_with_the_fewest_moves():
    busy = replace(SATO, busy=taken("05 09:00-18:00", "19 09:00-18:00", "20 09:00-17:00"))
    report = find_series(replace(OCTOBER, meeting=replace(REGULAR, required=(busy, SUZUKI))))
    assert [(one.weekday, one.minute_of_day, one.moves) for one in report.options[:3]] == [
        (1, 1020, 0),
        (1, 780, 1),
        (1, 840, 1),
    ]
    assert report.possible == 16


def test_series_keeps_times_of_one_weekday_apart():
    report = find_series(OCTOBER, preferences=Preferences(count=4, apart_minutes=180))
    assert [(one.weekday, one.minute_of_day) for one in report.options] == [(0, 540), (0, 780), (1, 780), (0, 960)]


def test_series_stays_in_one_room_and_counts_changes():
    small = replace(SMALL, busy=taken("05 09:00-12:00", "19 09:00-12:00", "26 09:00-18:00"))
    large = replace(LARGE, busy=taken("09 09:00-12:00"))
    series = replace(OCTOBER, meeting=replace(REGULAR, rooms=(small, large)), weekdays=(0,))
    options = find_series(series, preferences=Preferences(count=99)).options
    best, morning = options[0], next(one for one in options if one.minute_of_day == 540)
    assert (best.minute_of_day, best.room_uid, best.room_changes) == (780, 12, 0)
    assert str(best.occurrences[0].slot.parts[-1].reason) == "Room B is the room of the series: seats 8, needed 2."
    assert (morning.room_uid, morning.room_changes) == (12, 1)
    assert [one.slot.room_uid for one in morning.occurrences] == [12, 11, 12, 12]


@pytest.mark.parametrize(
    ("cadence", "weekdays", "days"),
    [
        (FORTNIGHTLY, (1,), ["09-01", "09-15", "09-29", "10-13", "10-27", "11-10", "11-24"]),
        (Cadence(kind=CadenceKind.MONTHLY_WEEKDAY, nth=3), (0,), ["09-18", "10-19", "11-16"]),
        (Cadence(kind=CadenceKind.MONTHLY_WEEKDAY, nth=-1), (0,), ["09-28", "10-26", "11-30"]),
        (Cadence(kind=CadenceKind.MONTHLY_DAY, nth=31), (0,), ["09-30", "10-30", "11-30"]),
        (Cadence(kind=CadenceKind.MONTHLY_BUSINESS_DAY, nth=3), (0,), ["09-03", "10-05", "11-05"]),
        (Cadence(kind=CadenceKind.MONTHLY_BUSINESS_DAY, nth=-1), (0,), ["09-30", "10-30", "11-30"]),
    ],
)
def test_series_follows_each_rule_through_an_autumn_of_japanese_holidays(cadence, weekdays, days):
    series = Series(
        meeting=replace(REGULAR, required=(SATO,)),
        cadence=cadence,
        starts_on=date(2026, 9, 1),
        ends_before=date(2026, 12, 1),
        calendar=JAPAN,
        weekdays=weekdays,
    )
    option = find_series(series).options[0]
    held = [date(1970, 1, 1) + timedelta(days=one.slot.start_at // 1440) for one in option.occurrences]
    assert [day.strftime("%m-%d") for day in held] == days
    assert (option.missing, option.moves, option.weekday) == (0, 0, weekdays[0] if cadence.has_weekday else None)


@pytest.mark.parametrize("seed", range(8))
def test_series_of_random_cases_equal_the_slow_search(seed):
    dice = random.Random(seed)
    meeting, from_at, _until, preferences = random_case(dice, people=4, rooms=3, days=28)
    series = Series(
        meeting=replace(meeting, required=meeting.required[:3], step_minutes=60),
        cadence=dice.choice([WEEKLY, FORTNIGHTLY]),
        starts_on=date(1970, 1, 1) + timedelta(days=from_at // 1440),
        ends_before=date(1970, 1, 1) + timedelta(days=from_at // 1440 + 28),
        calendar=meeting.people[0].calendar,
        holiday_rule=dice.choice(list(HolidayRule)),
        weekdays=tuple(dice.sample(range(7), 3)),
        move_days=dice.randint(0, 3),
    )
    step = 7 if series.cadence is WEEKLY else 14
    days = {weekday: naive_weekly(series, weekday, step) for weekday in sorted(series.weekdays)}
    report = find_series(series, preferences=preferences)
    found = [
        (one.missing, one.moves, one.room_changes, -one.score, one.weekday, one.minute_of_day, one.room_uid)
        for one in report.options
    ]
    assert found == naive_series(series, days, preferences)
    assert all(
        sum(state.state is OccurrenceState.MOVED for state in one.occurrences) == one.moves for one in report.options
    )


def test_series_never_holds_two_meetings_on_one_day():
    report = find_series(replace(OCTOBER, weekdays=(0, 1, 2, 3, 4), move_days=6, holiday_rule=HolidayRule.STAY))
    for option in report.options:
        days = [one.slot.start_at // 1440 for one in option.occurrences if one.slot]
        assert days == sorted(set(days))


@pytest.mark.parametrize(
    ("series", "said"),
    [
        (replace(OCTOBER, weekdays=()), "A series needs at least one weekday from 0 to 6, and moves by 0 to 6 days."),
        (replace(OCTOBER, move_days=7), "A series needs at least one weekday from 0 to 6, and moves by 0 to 6 days."),
        (replace(OCTOBER, ends_before=OCTOBER.starts_on), "The window ends before it begins."),
        (
            replace(OCTOBER, cadence=Cadence(kind=CadenceKind.MONTHLY_WEEKDAY, nth=5)),
            "There is no day number 5 in every month by this rule.",
        ),
    ],
)
def test_series_that_contradicts_itself_is_refused(series, said):
    with pytest.raises(MeetingError) as caught:
        find_series(series)
    assert str(caught.value) == said


@pytest.mark.parametrize("rooms", [(), (SMALL,), (replace(SMALL, seats=1),)])
def test_series_whose_rule_names_no_day_of_the_period_has_no_options(rooms):
    series = replace(OCTOBER, meeting=replace(REGULAR, rooms=rooms), ends_before=date(2026, 10, 4), weekdays=(0,))
    assert find_series(series).options == ()


def test_series_without_a_possible_time_has_no_options():
    never = replace(SATO, calendar=hours(*NINE_TO_SIX, exceptions=(DayException(date(2026, 1, 1), date(2027, 1, 1)),)))
    report = find_series(replace(OCTOBER, meeting=replace(REGULAR, required=(never,))))
    assert (report.options, report.possible) == ((), 0)
