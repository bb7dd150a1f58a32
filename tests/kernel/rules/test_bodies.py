"""Values in bodies: what is shown fits its description, what is sent stays within its bounds."""

import re
from datetime import datetime

import pytest
from rest_framework.exceptions import ValidationError

from kaname.engine.units import wall_minute
from kaname.kernel.rules.rest.bodies import Wall
from kaname.site.rest.root import description


@pytest.mark.parametrize("shown", ["1780-04-26T15:57", "2026-07-10T09:00", "3120-01-01T00:00"])
def test_computed_moment_fits_its_description_whatever_its_year(shown: str) -> None:
    late_start = description()["components"]["schemas"]["TaskBody"]["properties"]["late_start_at"]
    assert Wall().to_representation(wall_minute(datetime.fromisoformat(shown))) == shown
    assert re.fullmatch(late_start["pattern"], shown)


@pytest.mark.parametrize("sent", ["1780-04-26T15:57", "3120-01-01T00:00", "2026-07-10T09:00Z", "09:00", 0, None])
def test_moment_outside_of_the_calendars_is_not_taken(sent: object) -> None:
    with pytest.raises(ValidationError):
        Wall().to_internal_value(sent)
