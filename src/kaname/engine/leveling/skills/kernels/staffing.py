# ruff: noqa: PLR0917 - compiled code is fastest when it is handed arrays one by one
"""Find when enough people are free, and who of them is taken."""

from kaname.engine.leveling.arrays import Ints, Loads, Room, Web
from kaname.engine.leveling.kernels.placing import clear, fitting_moment, linked_moment, take
from kaname.engine.leveling.skills.arrays import Pool, Staff


def enough(activity: int, staff: Staff, crew: Room) -> bool:
    """Return whether for every check of an activity enough people are in the crew."""
    for check in range(staff.first_check[activity], staff.first_check[activity + 1]):
        lacking = staff.least[check]
        row = check * staff.words
        for word in range(staff.words):
            found = crew[word] & staff.union[row + word]
            while found > 0 and lacking > 0:
                found &= found - 1
                lacking -= 1
        if lacking > 0:
            return False
    return True


def staffed_moment(
    activity: int, at: int, length: int, allowed: Ints, row: int, staff: Staff, pool: Pool, origin: int, step: int
) -> int:
    """Return the first moment from `at` on with enough people all through; they are left in `pool.crew`.

    Only people in the row of `allowed` count.  The slots of a candidate are looked at from the last to the first: where too
    few people are left, every start up to there is ruled out.
    """
    here = pool.here
    crew = pool.crew
    begin = at
    moment = at + length - 1
    for word in range(staff.words):
        crew[word] = allowed[row + word]
    while moment >= begin:
        slot = origin + step * moment
        is_less = False
        for word in range(staff.words):
            left = crew[word] & here[word * staff.slots + slot]
            if left != crew[word]:
                is_less = True
                crew[word] = left
        if is_less and not enough(activity, staff, crew):
            begin = moment + 1
            moment += length
            for word in range(staff.words):
                crew[word] = allowed[row + word]
        else:
            moment -= 1
    return begin


def seat(first: int, count: int, word: int, person: int, staff: Staff, pool: Pool) -> bool:
    """Give a person a place in a group, moving those who sit already (augmenting paths, Berge 1957); return whether it went."""
    words = staff.words
    filled = 0
    for group in range(count):
        pool.seen[group] = 0
        pool.came[group] = count
        if staff.able[(first + group) * words + word] & person != 0:
            if pool.left[group] > 0:
                pool.left[group] -= 1
                pool.held[group * words + word] |= person
                return True
            pool.seen[group] = 1
            pool.queue[filled] = group
            filled += 1
    place = 0
    while place < filled:
        group = pool.queue[place]
        place += 1
        if pool.left[group] > 0:
            pool.left[group] -= 1
            while pool.came[group] < count:
                before = pool.came[group]
                pool.held[before * words + pool.mover_word[group]] ^= pool.mover[group]
                pool.held[group * words + pool.mover_word[group]] |= pool.mover[group]
                group = before
            pool.held[group * words + word] |= person
            return True
        for other in range(count):
            for part in range(words):
                if pool.seen[other] == 0:
                    movers = pool.held[group * words + part] & staff.able[(first + other) * words + part]
                    if movers != 0:
                        pool.seen[other] = 1
                        pool.came[other] = group
                        pool.mover_word[other] = part
                        pool.mover[other] = movers & -movers
                        pool.queue[filled] = other
                        filled += 1
    return False


def choose(activity: int, liked: Room, row: int, staff: Staff, pool: Pool, teams: Room, at: int) -> bool:
    """Put a team out of the crew into a row of `teams`: the wished first, then the liked, then by bit; say if it is whole.

    The sets of people that can be seated are a matroid, so that taking them in turn gives the best team by that order.
    """
    words = staff.words
    first = staff.first_group[activity]
    count = staff.first_group[activity + 1] - first
    lacking = 0
    for group in range(count):
        pool.left[group] = staff.seats[first + group]
        lacking += pool.left[group]
        for word in range(words):
            pool.held[group * words + word] = 0
    for word in range(words):
        teams[at + word] = 0
    for turn in range(3):
        for word in range(words):
            waiting = pool.crew[word] & ~teams[at + word]
            if turn == 0:
                waiting &= staff.wished[activity * words + word]
            elif turn == 1:
                waiting &= liked[row + word]
            while waiting != 0 and lacking > 0:
                person = waiting & -waiting
                waiting ^= person
                if seat(first, count, word, person, staff, pool):
                    teams[at + word] |= person
                    lacking -= 1
    return lacking == 0


def staff_from(
    activity: int, at: int, web: Web, loads: Loads, staff: Staff, pool: Pool, origin: int, teams: Room, row: int
) -> int:
    """Return the first moment from `at` on with what the activity demands and its people, who are put into a row of `teams`."""
    length = loads.duration[activity]
    liked = activity * staff.words
    is_firm = pool.firm[activity] != 0
    moment = at
    while True:
        moment = fitting_moment(activity, moment, loads, pool.free, origin, web.step)
        if length == 0 or staff.first_group[activity] == staff.first_group[activity + 1]:
            for word in range(staff.words):
                teams[row + word] = 0
            return moment
        if is_firm:
            found = staffed_moment(activity, moment, length, pool.liked, liked, staff, pool, origin, web.step)
        else:
            found = staffed_moment(activity, moment, length, staff.anyone, liked, staff, pool, origin, web.step)
        if found > moment:
            moment = found
        elif choose(activity, pool.liked, liked, staff, pool, teams, row):
            return moment
        else:
            moment += 1


def engage(
    activity: int, moment: int, length: int, staff: Staff, here: Room, origin: int, step: int, teams: Room
) -> None:
    """Take the team of an activity that starts at a moment from those who are free."""
    for word in range(staff.words):
        team = teams[activity * staff.words + word]
        if team != 0:
            base = word * staff.slots + origin
            for slot in range(moment, moment + length):
                here[base + step * slot] ^= team


def dismiss(staff: Staff, here: Room, origin: int, step: int, end: int) -> None:
    """Make everybody free again whom a schedule from 0 to `end` took."""
    low = origin if step > 0 else origin - end + 1
    for word in range(staff.words):
        base = low + word * staff.slots
        for slot in range(base, base + end):
            here[slot] = staff.whole[slot]


def staffed(web: Web, loads: Loads, staff: Staff, pool: Pool, origin: int) -> int:
    """Start each activity of the child as early as possible, with a team; return the last finish.

    The serial schedule generation scheme (Kelley 1963) with a matching of people and places for each activity.  Starts are in
    `made`, teams in `made_team`; both profiles are clean before and after.
    """
    end = 0
    for place in range(len(loads.duration)):
        activity = pool.child[place]
        length = loads.duration[activity]
        moment = linked_moment(activity, web, pool.made)
        moment = staff_from(activity, moment, web, loads, staff, pool, origin, pool.made_team, activity * staff.words)
        pool.made[activity] = moment
        end = max(end, moment + length)
        take(activity, moment, loads, pool.free, origin, web.step)
        engage(activity, moment, length, staff, pool.here, origin, web.step, pool.made_team)
    clear(loads, pool.free, origin, web.step, end)
    dismiss(staff, pool.here, origin, web.step, end)
    return end
