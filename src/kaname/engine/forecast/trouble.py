"""Trouble early: the status date at which a project turns bad, told with a stated rate of false alarms.

At each status date signals are computed from the track, with at, es, ac, ev time, earned schedule, actual cost and earned value as shares of
planned duration and budget:

- pace: log((at + ε) / (es + ε)) and price: log((ac + ε) / (ev + ε)), the logarithms of 1 / SPI(t) and 1 / CPI shrunk towards 1 as
  if a share ε had gone as planned before;
- lost time and overspending: cumulative sums S = max(0, S + Δat - Δes - a Δes) (Page, 1954), which notice a project that was sound
  and turns bad; likewise with ac and ev;
- open issues: log((1 + now) / (1 + mean of before)), weighted k / (k + 3) after k status dates.

An alarm is given where any signal passes its threshold.  The thresholds are those that a share α of *sound* closed projects passed at any
time of their life in any signal: each signal is ranked among its greatest values in sound projects, and the greatest rank of each project is
compared with the order statistic that the next project passes with a probability of α (Westfall & Young, 1993; Wilks, 1941).  Looking
every week, and at several signals, therefore costs no false alarms beyond α.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np

from kaname.engine.forecast.normal import Float64s
from kaname.engine.forecast.track import Snapshot, Track
from kaname.engine.text import Message, Refusal, gettext_noop

_GONE_AS_PLANNED: Final = 0.1
_ALLOWANCE: Final = 0.1
_ISSUES_BEFORE: Final = 3
_FOLDS: Final = 10


class Signal(StrEnum):
    """What an alarm rests on."""

    PACE = "pace"
    LOST_TIME = "lost_time"
    PRICE = "price"
    OVERSPENDING = "overspending"
    OPEN_ISSUES = "open_issues"


_REASONS: Final = {
    Signal.PACE: gettext_noop(
        "%(used)s %% of the planned time has gone and %(done)s %% of the plan is done: of %(count)s sound projects at most "
        "%(rate)s %% were ever so slow."
    ),
    Signal.LOST_TIME: gettext_noop(
        "Since %(since)s %% of the planned time %(value)s %% of it has been lost: of %(count)s sound projects at most %(rate)s %% ever "
        "lost so much."
    ),
    Signal.PRICE: gettext_noop(
        "%(used)s %% of the budget is spent and %(done)s %% earned: of %(count)s sound projects at most %(rate)s %% were ever so dear."
    ),
    Signal.OVERSPENDING: gettext_noop(
        "Since %(since)s %% of the planned time %(value)s %% of the budget has been overspent: of %(count)s sound projects at most "
        "%(rate)s %% ever overspent so much."
    ),
    Signal.OPEN_ISSUES: gettext_noop(
        "%(value)s issues are open, far more than before: of %(count)s sound projects at most %(rate)s %% ever had such a rise."
    ),
}


class WatchError(Refusal):
    """Closed projects from which no threshold can be learned; `messages` say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedProject:
    """A closed project and whether it was sound, by whatever the company calls so, such as 25 % late at most."""

    track: Track
    is_sound: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A signal that passed its threshold.

    Attributes
    ----------
    place, time
        Of the snapshot.
    since
        Time of the last snapshot before the trouble began: where the cumulative sum left zero; for other signals where it last
        stood at no more than half of its threshold.  0 where it never did.
    """

    signal: Signal
    place: int
    time: float
    since: float
    value: float
    threshold: float
    reason: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the watch sees at one snapshot: signals that are known, and the alarms among them, the strongest first."""

    time: float
    signals: dict[Signal, float]
    alarms: tuple[Alarm, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Thresholds by signal; made by `learn_watch`.

    Attributes
    ----------
    false_alarm_rate
        The share of sound projects that is warned of at least once in their life, as asked for.
    sound_projects
        From how many the thresholds were learned.
    """

    thresholds: dict[Signal, float]
    false_alarm_rate: float
    sound_projects: int

    def replay(self, track: Track) -> tuple[Reading, ...]:
        """Return what the watch sees at each snapshot, knowing nothing of later ones; O(snapshots · signals)."""
        found = _signals(track)
        readings = []
        for place, snapshot in enumerate(track.snapshots):
            here = {signal: float(values[place]) for signal, values in found.items() if not math.isnan(values[place])}
            alarms = [
                self._alarm(track, signal, found[signal], place)
                for signal, value in here.items()
                if signal in self.thresholds and value > self.thresholds[signal]
            ]
            alarms.sort(key=lambda alarm: -alarm.value / max(alarm.threshold, 1e-9))
            readings.append(Reading(time=snapshot.time, signals=here, alarms=tuple(alarms)))
        return tuple(readings)

    def first_alarm(self, track: Track) -> Alarm | None:
        """Return the first alarm, the strongest of its date; `None` if there was none."""
        return next((reading.alarms[0] for reading in self.replay(track) if reading.alarms), None)

    def _alarm(self, track: Track, signal: Signal, values: Float64s, place: int) -> Alarm:
        limit = 0.0 if signal in {Signal.LOST_TIME, Signal.OVERSPENDING} else self.thresholds[signal] / 2
        calm = [before for before in range(place) if values[before] <= limit]
        since = track.snapshots[calm[-1]].time if calm else 0.0
        snapshot = track.snapshots[place]
        return Alarm(
            signal=signal,
            place=place,
            time=snapshot.time,
            since=since,
            value=float(values[place]),
            threshold=self.thresholds[signal],
            reason=self._reason(track, signal, snapshot, since=since, value=float(values[place])),
        )

    def _reason(self, track: Track, signal: Signal, now: Snapshot, *, since: float, value: float) -> Message:
        places: dict[str, str | int] = {
            "count": self.sound_projects,
            "rate": math.ceil(100 * self.false_alarm_rate),
        }
        match signal:
            case Signal.PACE:
                time, done = now.time / track.planned_duration, now.earned_schedule / track.planned_duration
                places |= {"used": round(100 * time), "done": round(100 * done)}
            case Signal.PRICE:
                spent, done = (now.spent or 0.0) / track.budget, now.earned / track.budget
                places |= {"used": round(100 * spent), "done": round(100 * done)}
            case Signal.OPEN_ISSUES:
                places |= {"value": now.open_issues or 0}
            case _:
                places |= {"since": round(100 * since / track.planned_duration), "value": round(100 * value)}
        return Message(_REASONS[signal], places)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchProof:
    """How a watch did on projects that its thresholds were learned without.

    Attributes
    ----------
    sound, false_alarms
        How many sound projects there were, and of how many it warned.
    bad, detected
        How many others, and of how many it warned.
    median_alarm_share
        The median share of the time of their track after which it warned of those; `None` where it warned of none.
    """

    sound: int
    false_alarms: int
    bad: int
    detected: int
    median_alarm_share: float | None


def learn_watch(projects: Sequence[WatchedProject], *, false_alarm_rate: float = 0.1) -> Watch:
    """Learn thresholds from closed projects; those that were not sound are passed over.

    Parameters
    ----------
    false_alarm_rate
        α, between 0 and 1: the share of sound projects of which a warning is given at any time of their life.

    Raises
    ------
    WatchError
        If the rate is not between 0 and 1, or there are too few sound projects: 1 / α - 1 are needed, 9 for 10 %.
    """
    sound = [each.track for each in projects if each.is_sound and each.track.snapshots]
    _check(len(sound), false_alarm_rate)
    peaks = {signal: [_peak(track, signal) for track in sound] for signal in Signal}
    known = [signal for signal, values in peaks.items() if not all(map(math.isnan, values))]
    table = np.array([[-math.inf if math.isnan(value) else value for value in peaks[signal]] for signal in known]).T
    ranks = np.argsort(np.argsort(table, axis=0, kind="stable"), axis=0, kind="stable")
    place = min(math.ceil((1 - false_alarm_rate) * (len(sound) + 1) - 1e-9), len(sound)) - 1
    rank = int(np.sort(ranks.max(axis=1))[place])
    limits = np.sort(table, axis=0)[rank]
    thresholds = {
        signal: float(limit) for signal, limit in zip(known, limits.tolist(), strict=True) if math.isfinite(limit)
    }
    return Watch(thresholds=thresholds, false_alarm_rate=false_alarm_rate, sound_projects=len(sound))


def prove_watch(projects: Sequence[WatchedProject], *, false_alarm_rate: float = 0.1) -> WatchProof:
    """Watch every project by thresholds learned from nine tenths of the others.

    Raises
    ------
    WatchError
        As `learn_watch`, for the nine tenths.
    """
    used = [each for each in projects if each.track.snapshots]
    folds = min(_FOLDS, max(len(used), 1))
    false_alarms = detected = 0
    shares = []
    for fold in range(folds):
        others = [each for place, each in enumerate(used) if place % folds != fold]
        watch = learn_watch(others, false_alarm_rate=false_alarm_rate)
        for each in used[fold::folds]:
            alarm = watch.first_alarm(each.track)
            if alarm is None:
                continue
            if each.is_sound:
                false_alarms += 1
            else:
                detected += 1
                shares.append(alarm.time / each.track.snapshots[-1].time)
    sound = sum(each.is_sound for each in used)
    return WatchProof(
        sound=sound,
        false_alarms=false_alarms,
        bad=len(used) - sound,
        detected=detected,
        median_alarm_share=float(np.median(shares)) if shares else None,
    )


def _signals(track: Track) -> dict[Signal, Float64s]:
    """Return each signal at each snapshot, NaN where it is unknown."""
    snapshots = track.snapshots
    time = np.array([each.time for each in snapshots]) / track.planned_duration
    schedule = np.array([each.earned_schedule for each in snapshots]) / track.planned_duration
    earned = np.array([each.earned for each in snapshots]) / track.budget
    spent = np.array([math.nan if each.spent is None else each.spent for each in snapshots]) / track.budget
    return {
        Signal.PACE: np.log((time + _GONE_AS_PLANNED) / (schedule + _GONE_AS_PLANNED)),
        Signal.LOST_TIME: _cumulative(time, schedule),
        Signal.PRICE: np.log((spent + _GONE_AS_PLANNED) / (earned + _GONE_AS_PLANNED)),
        Signal.OVERSPENDING: _cumulative(spent, earned),
        Signal.OPEN_ISSUES: _rise([each.open_issues for each in snapshots]),
    }


def _cumulative(used: Float64s, done: Float64s) -> Float64s:
    """Return the cumulative sum of what was used beyond what was done and an allowance; a gap of unknowns counts at its end."""
    result = np.full(len(used), math.nan)
    total = used_before = done_before = 0.0
    for place, (now, earned) in enumerate(zip(used.tolist(), done.tolist(), strict=True)):
        if math.isnan(now):
            continue
        total = max(0.0, total + now - used_before - (1 + _ALLOWANCE) * (earned - done_before))
        used_before, done_before = now, earned
        result[place] = total
    return result


def _rise(counts: Sequence[int | None]) -> Float64s:
    result = np.full(len(counts), math.nan)
    before: list[int] = []
    for place, count in enumerate(counts):
        if count is None:
            continue
        if before:
            usual = sum(before) / len(before)
            weight = len(before) / (len(before) + _ISSUES_BEFORE)
            result[place] = weight * math.log((1 + count) / (1 + usual))
        before.append(count)
    return result


def _peak(track: Track, signal: Signal) -> float:
    values = _signals(track)[signal]
    known = values[~np.isnan(values)]
    return float(known.max()) if len(known) else math.nan


def _check(sound: int, rate: float) -> None:
    if not 0 < rate < 1:
        raise WatchError([Message(gettext_noop("The rate of false alarms must lie between 0 and 1."), {})])
    needed = math.ceil(1 / rate - 1 - 1e-9)
    if sound < max(needed, 2):
        template = gettext_noop(
            "Too early to say: thresholds for this rate of false alarms need %(needed)s sound closed projects; there are %(count)s."
        )
        raise WatchError([Message(template, {"needed": max(needed, 2), "count": sound})])
