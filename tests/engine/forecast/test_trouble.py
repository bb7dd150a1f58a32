"""Signals worked by hand, thresholds by order statistics, and false alarms counted on drawn projects."""

import math

import numpy as np
import pytest

from kaname.engine.forecast import (
    Signal,
    Snapshot,
    Track,
    Watch,
    WatchedProject,
    WatchError,
    learn_watch,
    prove_watch,
)


def track(*points, issues=(), spent=()):
    """Return a track of 10 units of time and a budget of 100 from (time, earned schedule); value is earned as time is."""
    snapshots = tuple(
        Snapshot(
            time=time,
            earned_schedule=schedule,
            planned=min(10 * time, 100),
            earned=10 * schedule,
            spent=spent[place] if spent else None,
            open_issues=issues[place] if issues else None,
        )
        for place, (time, schedule) in enumerate(points)
    )
    return Track(planned_duration=10, budget=100, snapshots=snapshots)


def paced(pace, count=10, **more):
    return track(*((float(time), time * pace) for time in range(1, count + 1)), **more)


def watch(**thresholds):
    limits = {Signal(name): value for name, value in thresholds.items()}
    return Watch(thresholds=limits, false_alarm_rate=0.1, sound_projects=40)


def test_signals_are_those_of_the_formulas():
    late = track((1.0, 1.0), (2.0, 1.5), (3.0, 2.0), (4.0, 3.5), spent=(10, 30, 30, 60), issues=(3, None, 3, 11))
    found = [reading.signals for reading in watch().replay(late)]
    assert found[1][Signal.PACE] == pytest.approx(math.log((0.2 + 0.1) / (0.15 + 0.1)))
    assert found[1][Signal.PRICE] == pytest.approx(math.log((0.3 + 0.1) / (0.15 + 0.1)))
    # Lost: max(0, 0.1 - 0.11), + 0.1 - 0.055, + 0.1 - 0.055, + 0.1 - 0.165.
    assert [each[Signal.LOST_TIME] for each in found] == pytest.approx([0, 0.045, 0.09, 0.025])
    # Overspent: 0, + 0.2 - 0.055, + 0 - 0.055, + 0.3 - 0.165.
    assert [each[Signal.OVERSPENDING] for each in found] == pytest.approx([0, 0.145, 0.09, 0.225])
    assert Signal.OPEN_ISSUES not in found[0]
    assert Signal.OPEN_ISSUES not in found[1]
    assert found[2][Signal.OPEN_ISSUES] == pytest.approx(0)
    assert found[3][Signal.OPEN_ISSUES] == pytest.approx(2 / 5 * math.log(12 / 4))


def test_alarm_says_since_when_and_why():
    turned = track((1.0, 1.0), (2.0, 2.0), (3.0, 3.0), (4.0, 3.2), (5.0, 3.4), (6.0, 3.6))
    alarm = watch(lost_time=0.15).first_alarm(turned)
    assert (alarm.signal, alarm.place, alarm.time, alarm.since) == (Signal.LOST_TIME, 4, 5.0, 3.0)
    assert alarm.value == pytest.approx(2 * (0.1 - 0.022))
    assert str(alarm.reason) == (
        "Since 30 % of the planned time 16 % of it has been lost: of 40 sound projects at most 10 % ever lost so much."
    )
    slow = watch(pace=0.3).first_alarm(turned)
    assert (slow.place, slow.since) == (4, 3.0)
    assert str(slow.reason) == (
        "50 % of the planned time has gone and 34 % of the plan is done: of 40 sound projects at most 10 % were ever so slow."
    )


def test_dear_project_and_rising_issues_are_told_in_their_own_words():
    dear = paced(1.0, 3, spent=(20, 40, 60), issues=(2, 2, 20))
    reasons = {
        each.signal: str(each.reason)
        for each in watch(price=0.3, overspending=0.2, open_issues=0.5).replay(dear)[2].alarms
    }
    assert reasons == {
        Signal.PRICE: "60 % of the budget is spent and 30 % earned: of 40 sound projects at most 10 % were ever so dear.",
        Signal.OVERSPENDING: "Since 0 % of the planned time 27 % of the budget has been overspent: of 40 sound projects at most "
        "10 % ever overspent so much.",
        Signal.OPEN_ISSUES: "20 issues are open, far more than before: of 40 sound projects at most 10 % ever had such a rise.",
    }


def test_replay_knows_nothing_of_what_comes_later():
    dice = np.random.default_rng(2)
    points = [(float(time), float(value)) for time, value in enumerate(np.cumsum(dice.random(12)), start=1)]
    whole = track(*points, issues=dice.integers(0, 30, 12).tolist(), spent=np.cumsum(20 * dice.random(12)).tolist())
    seen = watch(pace=0.2, lost_time=0.1, price=0.2, overspending=0.1, open_issues=0.4)
    readings = seen.replay(whole)
    assert any(reading.alarms for reading in readings)
    for count in range(13):
        assert seen.replay(whole.up_to(count)) == readings[:count]


def test_threshold_of_nine_projects_is_the_worst_of_them_and_of_nineteen_the_second():
    for count, place in ((9, 0), (19, 1)):
        paces = [0.99 - 0.02 * number for number in range(count)]
        learned = learn_watch([WatchedProject(track=paced(pace), is_sound=True) for pace in paces])
        worst = sorted(paces)[place]
        assert learned.thresholds[Signal.PACE] == pytest.approx(math.log(1.1 / (worst + 0.1)))
        assert learned.sound_projects == count
        assert set(learned.thresholds) == {Signal.PACE, Signal.LOST_TIME}
        assert learned.first_alarm(paced(worst)) is None
        assert learned.first_alarm(paced(worst - 0.03)) is not None


def test_looking_at_two_signals_costs_no_false_alarms():
    """Ten slow and ten dear projects among 190 good ones: each signal alone would warn of ten, both of twenty."""
    sound = [paced(1.0, spent=[10.0 * time for time in range(1, 11)])] * 190
    sound += [paced(0.5 + 0.01 * number, spent=[5.0 * time for time in range(1, 11)]) for number in range(10)]
    sound += [paced(1.0, spent=[(20 - 0.1 * number) * time for time in range(1, 11)]) for number in range(10)]
    projects = [WatchedProject(track=each, is_sound=True) for each in sound]
    learned = learn_watch(projects, false_alarm_rate=0.05)
    assert sum(learned.first_alarm(each) is not None for each in sound) <= 0.05 * 211


def drawn(count, seed):
    """Return projects of which a fifth loses half of its pace at a random time."""
    dice = np.random.default_rng(seed)
    result = []
    for number in range(count):
        steps = dice.normal(0.97, 0.25, 14).clip(0)
        is_sound = number % 5 > 0
        if not is_sound:
            steps[dice.integers(2, 8) :] *= 0.4
        schedule = np.minimum(np.cumsum(steps), 10)
        points = [(float(time), float(value)) for time, value in enumerate(schedule, start=1)]
        result.append(WatchedProject(track=track(*points), is_sound=is_sound))
    return result


def test_false_alarms_are_as_many_as_asked_for_and_bad_projects_are_found():
    proof = prove_watch(drawn(1000, 7), false_alarm_rate=0.1)
    assert (proof.sound, proof.bad) == (800, 200)
    assert proof.false_alarms / proof.sound == pytest.approx(0.1, abs=0.03)
    assert proof.detected / proof.bad > 0.9
    assert proof.median_alarm_share < 0.8


def test_project_that_earns_nothing_is_told():
    learned = learn_watch([WatchedProject(track=paced(0.9), is_sound=True)] * 9)
    idle = learned.first_alarm(paced(0.0))
    assert (idle.time, idle.since) == (1.0, 0.0)


def test_project_on_plan_is_never_told():
    learned = learn_watch([WatchedProject(track=paced(1.0), is_sound=True)] * 9)
    assert [reading.alarms for reading in learned.replay(paced(1.0))] == [()] * 10
    assert learned.replay(track()) == ()


@pytest.mark.parametrize(
    ("count", "rate", "said"),
    [
        (8, 0.1, "need 9 sound closed projects; there are 8"),
        (18, 0.05, "need 19 sound closed projects; there are 18"),
        (1, 0.9, "need 2 sound closed projects; there are 1"),
        (9, 0.0, "between 0 and 1"),
        (9, 1.0, "between 0 and 1"),
    ],
)
def test_too_few_sound_projects_or_no_rate_are_refused(count, rate, said):
    sound = [WatchedProject(track=paced(0.9), is_sound=True)] * count
    bad = [WatchedProject(track=paced(0.1), is_sound=False)] * 30
    with pytest.raises(WatchError, match=said):
        learn_watch(sound + bad, false_alarm_rate=rate)


def test_threshold_knows_only_sound_projects():
    sound = [WatchedProject(track=paced(0.9), is_sound=True)] * 9
    bad = [WatchedProject(track=paced(0.1), is_sound=False)] * 30
    assert learn_watch(sound + bad) == learn_watch(sound)
