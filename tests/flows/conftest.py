"""The sample company, built at most once in a run, and served with web server and worker for a browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import FLAGS, chromium
from tests.flows.walking import Site
from tests.sample_company import KEPT, sample_db, sample_home
from tools.sample_home import copied_home, served

__all__ = ["sample_db", "sample_home"]


@pytest.fixture(scope="session")
def sample_site(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve a copy of the sample company to all tests that leave its projects as they are."""
    with _sample_site(tmp_path_factory.mktemp("sample") / "home") as site:
        yield site


@pytest.fixture
def own_sample_site(sample_home: Path, tmp_path: Path) -> Iterator[Site]:
    """Serve a copy of the sample company to one test."""
    with _sample_site(tmp_path / "home") as site:
        yield site


@pytest.fixture
def browser() -> Iterator[Browser]:
    """Start a browser; nothing in the test may use the test's database while it is open."""
    path = chromium()
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=[*FLAGS])
        yield opened
        opened.close()


@contextmanager
def _sample_site(target: Path) -> Iterator[Site]:
    chromium()
    home = copied_home(KEPT, target)
    with served(home) as address:
        yield Site(home, address)
