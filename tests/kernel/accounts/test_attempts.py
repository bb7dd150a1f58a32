"""Parallel tries cannot slip past the limit: threads on a real database file."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from kaname.kernel.accounts.attempts import Limit, claim, forget_past_windows, give_back
from kaname.kernel.accounts.models import Attempt
from tests.kernel.accounts.conftest import NOW

ROOT = Path(__file__).resolve().parents[3]
LIMIT = Limit(kind="test", value="x", tries=3, window=timedelta(minutes=1))
RACE = """
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
import django
django.setup()
from django.db import connection
from kaname.kernel.accounts.attempts import Limit, claim
from kaname.kernel.accounts.models import Attempt
NOW = datetime(2026, 4, 1, tzinfo=UTC)
LIMIT = Limit(kind="race", value="x", tries=10, window=timedelta(minutes=15))
start = Barrier(12)
def guess(_number):
    start.wait()
    try:
        return sum(claim([LIMIT], now=NOW) is None for _try in range(5))
    finally:
        connection.close()
with ThreadPoolExecutor(12) as pool:
    let_through = sum(pool.map(guess, range(12)))
print(let_through, Attempt.objects.get().tries)
"""


def test_twelve_threads_that_guess_at_once_get_ten_tries_together(tmp_path: Path) -> None:
    environment = os.environ | {
        "KANAME_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "kaname.site.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    environment.pop("KANAME_DATABASE_URL", None)
    run = {"env": environment, "cwd": ROOT, "capture_output": True, "text": True, "timeout": 120}
    migrated = subprocess.run([sys.executable, "manage.py", "migrate", "-v", "0"], check=False, **run)
    assert migrated.returncode == 0, migrated.stderr
    raced = subprocess.run([sys.executable, "-c", RACE], check=False, **run)
    assert (raced.stdout.split(), raced.returncode) == (["10", "10"], 0), raced.stderr


@pytest.mark.django_db
def test_tries_are_counted_until_the_window_ends() -> None:
    assert [claim([LIMIT], now=NOW) for _try in range(4)] == [None, None, None, LIMIT]
    assert claim([LIMIT], now=NOW + LIMIT.window) is None


@pytest.mark.django_db
def test_try_that_is_given_back_does_not_count() -> None:
    for _try in range(5):
        assert claim([LIMIT], now=NOW) is None
        give_back([LIMIT])
    assert Attempt.objects.get().tries == 0


@pytest.mark.django_db
def test_counts_of_past_windows_are_forgotten() -> None:
    claim([LIMIT], now=NOW)
    assert (forget_past_windows(now=NOW), forget_past_windows(now=NOW + LIMIT.window)) == (0, 1)
