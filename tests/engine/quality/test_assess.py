"""Golden plans: each table stands with its findings."""

import pytest

from kaname.engine.quality import assess_view
from tests.engine.quality.golden_plans import GOLDEN, WEEK, read_golden, schedule_plainly, write_findings

NAMES = sorted(path.stem for path in GOLDEN.glob("*.txt"))


@pytest.mark.parametrize("name", NAMES)
def test_golden_plan_has_exactly_the_findings_beside_it(name):
    golden = read_golden(name)
    report = assess_view(golden.plan, schedule_plainly(golden.plan), working=WEEK, reschedule=schedule_plainly)
    assert write_findings(report) == golden.expected
