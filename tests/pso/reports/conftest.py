"""A watermelon among the projects."""

from collections.abc import Iterator

import pytest

from tests.rooms.company import Company
from tests.rooms.watermelon import grow_watermelon


@pytest.fixture
def watermelon(db: None) -> Iterator[Company]:
    """Return the company in the week in which its own project has become a watermelon."""
    with grow_watermelon() as company:
        yield company
