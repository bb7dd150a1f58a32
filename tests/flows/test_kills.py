"""What is killed loses nothing: three kills on a real installation, then everything is counted.

`benchmarks/kill_soak.py` does the same at length, and on PostgreSQL.
"""

from pathlib import Path

from tests.flows.soak.soaking import Size, soak

SIZE = Size(kills=3, seconds_at_most=150, reported_tasks=60, imported_projects=1, file_tasks=(120, 200), reporters=1)


def test_nothing_acknowledged_is_lost_doubled_or_half(tmp_path: Path) -> None:
    outcome = soak(home=tmp_path, database_url="", size=SIZE, seed=7)
    assert outcome.findings == []
    assert outcome.kills.total() == SIZE.kills + 1
    assert outcome.figures["acknowledged reports"] > 0
