"""Wall minutes of one zone as those of another."""

from datetime import tzinfo

import numpy as np
from numpy.typing import NDArray

from kaname.engine.units import MINUTES_PER_DAY, wall_minute, wall_moment


def moved(minute: int, *, source: tzinfo, target: tzinfo) -> int:
    """Return what the clocks of `target` show when those of `source` show `minute`.

    An hour that the clocks of `source` show twice is the first one; one that they skip counts as if they had not yet been
    changed (PEP 495, fold 0).

    Examples
    --------
    >>> from datetime import datetime
    >>> from zoneinfo import ZoneInfo
    >>> nine = wall_minute(datetime(2026, 10, 1, 9, 0))
    >>> str(wall_moment(moved(nine, source=ZoneInfo("Europe/Berlin"), target=ZoneInfo("Asia/Tokyo"))))
    '2026-10-01 16:00:00'
    """
    there = wall_moment(minute).replace(tzinfo=source).astimezone(target)
    return wall_minute(there.replace(tzinfo=None))


def moved_all(minutes: NDArray[np.int64], *, source: tzinfo | None, target: tzinfo | None) -> NDArray[np.int64]:
    """Return `moved` of every minute of an array; unchanged if a zone is `None` or both are the same.

    The clocks are compared once a day, and minute by minute only on days on which one of them is changed.
    """
    if source is None or target is None or source == target or not minutes.size:
        return minutes
    days = minutes // MINUTES_PER_DAY
    first = int(days.min())
    midnights = range(first * MINUTES_PER_DAY, (int(days.max()) + 2) * MINUTES_PER_DAY, MINUTES_PER_DAY)
    ahead = np.array([moved(at, source=source, target=target) - at for at in midnights], dtype=np.int64)
    places = days - first
    answer = minutes + ahead[places]
    for place in np.flatnonzero(ahead[places] != ahead[places + 1]):
        answer[place] = moved(int(minutes[place]), source=source, target=target)
    return answer
