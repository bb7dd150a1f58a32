"""Golden plans: each table stands with its findings, on our network's dates and on those of a plain scheduler."""

import pytest

from kaname.engine.network import schedule
from kaname.engine.quality import assess, assess_view
from tests.engine.quality.golden_plans import GOLDEN, WEEK, read_golden, schedule_plainly, write_findings

NAMES = sorted(path.stem for path in GOLDEN.glob("*.txt"))


@pytest.mark.parametrize("name", NAMES)
def test_golden_plan_has_exactly_the_findings_beside_it(name):
    golden = read_golden(name)
    report = assess(golden.plan, schedule(golden.plan))
    assert write_findings(report) == golden.expected


@pytest.mark.parametrize("name", NAMES)
def test_golden_plan_has_the_same_findings_on_the_dates_of_a_plain_scheduler(name):
    golden = read_golden(name)
    report = assess_view(golden.plan, schedule_plainly(golden.plan), working=WEEK, reschedule=schedule_plainly)
    assert write_findings(report) == golden.expected
