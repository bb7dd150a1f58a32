"""The sample company for tests: built once, kept under the key of what builds it, and copied for whoever changes it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.db.utils import load_backend

from kaname.site.settings.environment import sqlite_database
from tools.sample_home import ROOT, built_home, copied_home

KEPT = ROOT / "look" / ".homes"


@pytest.fixture(scope="session")
def sample_home() -> Path:
    """Return the folder with the sample company; not to be changed."""
    return built_home(KEPT)


@pytest.fixture
def sample_db(sample_home: Path, tmp_path: Path, django_db_blocker: Any) -> Iterator[None]:
    """Let the test's database be a copy of the sample company, on SQLite whatever the other tests run on."""
    home = copied_home(KEPT, tmp_path / "home")
    with django_db_blocker.unblock():
        facts = connections.configure_settings({"default": sqlite_database(str(home / "kaname.sqlite3"))})["default"]
        usual = connections["default"]
        connections["default"] = load_backend(facts["ENGINE"]).DatabaseWrapper(facts, "default")
        yield
        connections["default"].close()
        connections["default"] = usual
