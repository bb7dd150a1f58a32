from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from kaname.kernel.accounts.models import User
from tests.kernel.files.access import ACCESS, Access


@pytest.fixture(autouse=True)
def shelf_root(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def access() -> Iterator[Access]:
    yield ACCESS
    ACCESS.readers.clear()
    ACCESS.writers.clear()


@pytest.fixture
def writer(db: None, access: Access) -> User:
    user = User.objects.create(email="writer@example.jp", name="佐藤 花子")
    access.writers.add((user.pk, 7))
    return user


@pytest.fixture
def reader(db: None, access: Access) -> User:
    user = User.objects.create(email="reader@example.jp", name="鈴木 一郎")
    access.readers.add((user.pk, 7))
    return user


@pytest.fixture
def outsider(db: None) -> User:
    return User.objects.create(email="outsider@example.jp", name="高橋 次郎")
