import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kaname.kernel.accounts.models import User
from kaname.kernel.files import shelf
from kaname.kernel.files.operations import store
from kaname.kernel.files.sweeping import GRACE, Sweep, sweep
from kaname.kernel.journal.types import Subject

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


def aged(place: Path, age: timedelta) -> Path:
    moment = (NOW - age).timestamp()
    os.utime(place, (moment, moment))
    return place


def test_sweep_removes_old_contents_without_row_and_half_written_ones(writer: User, shelf_root: Path) -> None:
    file = store(
        actor=writer, subject=Subject("tests.folder", 7), project_id=3, original_name="a", chunks=[b"x"], now=NOW
    )
    with_row = aged(shelf.path_of(file.shelf_name), GRACE * 2)
    orphan = aged(shelf.path_of(shelf.put([b"x"], limit_bytes=9).shelf_name), GRACE * 2)
    young = aged(shelf.path_of(shelf.put([b"x"], limit_bytes=9).shelf_name), GRACE / 2)
    part = young.parent / "0123.part"
    part.write_bytes(b"half")
    aged(part, GRACE * 2)
    assert sweep(now=NOW) == Sweep(removed=2, missing_ids=())
    assert [place.exists() for place in (with_row, orphan, young, part)] == [True, False, True, False]
    assert sweep(now=NOW) == Sweep(removed=0, missing_ids=())


def test_sweep_reports_rows_that_lost_their_content_and_leaves_them(
    writer: User, shelf_root: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = store(
        actor=writer, subject=Subject("tests.folder", 7), project_id=3, original_name="a", chunks=[b"x"], now=NOW
    )
    shelf.path_of(file.shelf_name).unlink()
    assert sweep(now=NOW) == Sweep(removed=0, missing_ids=(file.pk,))
    assert caplog.messages == [f"1 files have lost their content; first ids: ({file.pk},)"]
    file.refresh_from_db()
