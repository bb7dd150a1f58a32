from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from kaname.engine.slots.zones import moved, moved_all
from kaname.engine.units import wall_minute, wall_moment

BERLIN, TOKYO, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("source", "there", "here"),
    [
        (BERLIN, "2026-10-24 09:00", "2026-10-24 16:00"),
        (BERLIN, "2026-10-25 01:00", "2026-10-25 08:00"),
        (BERLIN, "2026-10-25 02:30", "2026-10-25 09:30"),
        (BERLIN, "2026-10-25 03:00", "2026-10-25 11:00"),
        (BERLIN, "2026-10-26 09:00", "2026-10-26 17:00"),
        (NEW_YORK, "2026-10-25 22:00", "2026-10-26 11:00"),
    ],
)
def test_moved_follows_both_clocks(source, there, here):
    minute = wall_minute(datetime.fromisoformat(there))
    assert str(wall_moment(moved(minute, source=source, target=TOKYO))) == f"{here}:00"


@pytest.mark.parametrize(
    "zones", [(BERLIN, TOKYO), (TOKYO, BERLIN), (NEW_YORK, BERLIN), (BERLIN, BERLIN), (None, TOKYO)]
)
def test_moved_all_equals_moved_of_each(zones):
    source, target = zones
    first = wall_minute(datetime.fromisoformat("2026-10-20 00:00"))
    minutes = np.arange(first, first + 16 * 1440, 97)
    each = [minute if source is None else moved(minute, source=source, target=target) for minute in minutes.tolist()]
    assert moved_all(minutes, source=source, target=target).tolist() == each
