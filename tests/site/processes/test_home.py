"""One `kaname up` on a folder; what a killed one has left behind is waited for, not run into."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from kaname.site.processes import home as places
from kaname.site.processes.home import Home, Occupied, Unfinished, occupied

ROOT: Final = Path(__file__).resolve().parents[3]
HOLDER: Final = """
import subprocess, sys, time
from pathlib import Path
from kaname.site.processes.home import Home, occupied
with occupied(Home(path=Path(sys.argv[1]), database_url="")) as lock:
    child = subprocess.Popen([sys.executable, "-c", f"import time; time.sleep({sys.argv[2]})"],
                             pass_fds=(lock.descriptor,), start_new_session=True)
    lock.write([child.pid], lives=["a1b2c3d4", "e5f6a7b8"])
    print(child.pid, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def place(tmp_path: Path) -> Home:
    return Home(path=tmp_path, database_url="")


class Holder:
    """A process that holds the folder, and a child that has inherited the lock."""

    def __init__(self, place: Home, *, child_lives: float) -> None:
        command = [sys.executable, "-c", HOLDER, str(place.path), str(child_lives)]
        environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
        self.process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        self.child = int(self.process.stdout.readline())

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture
def holders() -> Iterator[list[Holder]]:
    made: list[Holder] = []
    yield made
    for holder in made:
        holder.kill()
        try:
            os.kill(holder.child, signal.SIGKILL)
        except ProcessLookupError:
            continue


def test_folder_is_given_to_one_only(place: Home, holders: list[Holder]) -> None:
    holders.append(Holder(place, child_lives=60))
    with pytest.raises(Occupied) as refused, occupied(place):
        pytest.fail("two hold it")
    assert refused.value.pid == str(holders[0].process.pid)


def test_lock_file_of_a_machine_that_lost_power_keeps_nobody_out(place: Home) -> None:
    (place.path / "up.lock").write_text("999999\n12 13\n")
    with occupied(place) as lock:
        lock.write([4, 5])
        assert (place.path / "up.lock").read_text() == f"{os.getpid()}\n4 5\n\n"


def test_marks_of_the_workers_of_a_killed_one_are_handed_to_the_next(place: Home, holders: list[Holder]) -> None:
    holders.append(Holder(place, child_lives=0.5))
    holders[0].kill()
    with occupied(place) as lock:
        assert lock.read_lives() == ["a1b2c3d4", "e5f6a7b8"]
        lock.write([4], lives=["a1b2c3d4"])
        assert lock.read_lives() == ["a1b2c3d4"]


def test_marks_stay_until_workers_are_started_in_the_place_of_the_dead(place: Home) -> None:
    (place.path / "up.lock").write_text("999999\n12 13\na1b2c3d4 e5f6a7b8\n")
    with occupied(place):
        pass
    with occupied(place) as lock:
        assert lock.read_lives() == ["a1b2c3d4", "e5f6a7b8"]


def test_what_a_killed_one_has_started_is_waited_for(place: Home, holders: list[Holder]) -> None:
    holders.append(Holder(place, child_lives=2))
    holders[0].kill()
    told = []
    began = time.monotonic()
    with occupied(place, on_waiting=lambda: told.append(1)):
        assert time.monotonic() - began > 0.1
    assert told == [1]


def test_what_does_not_end_is_named(place: Home, holders: list[Holder], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_WAIT_SECONDS", 0.3)
    holders.append(Holder(place, child_lives=60))
    holders[0].kill()
    with pytest.raises(Unfinished) as refused, occupied(place):
        pytest.fail("two hold it")
    assert refused.value.pids == str(holders[0].child)
