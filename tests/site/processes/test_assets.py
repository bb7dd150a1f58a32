"""Static files of a start that was killed are collected again."""

from pathlib import Path

import pytest

from kaname.site.processes import assets
from kaname.site.processes.home import Home


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    made = Home(path=tmp_path, database_url="")

    def collect(*_words: object, **_options: object) -> None:
        (tmp_path / "static").mkdir(exist_ok=True)
        (tmp_path / "static" / "whole.css").write_text("a{}")

    monkeypatch.setattr("django.core.management.call_command", collect)
    return made


def test_files_are_collected_once(place: Home) -> None:
    assert not assets.are_collected(place)
    assets.collect(place)
    assert assets.are_collected(place)


def test_collecting_that_was_killed_is_not_taken_for_done(place: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    assets.collect(place)

    def die(*_words: object, **_options: object) -> None:
        (place.path / "static" / "half.css").write_text("")
        raise KeyboardInterrupt

    monkeypatch.setattr("django.core.management.call_command", die)
    with pytest.raises(KeyboardInterrupt):
        assets.collect(place)
    assert not assets.are_collected(place)


def test_folder_that_is_gone_is_collected_again(place: Home) -> None:
    assets.collect(place)
    (place.path / "static" / "whole.css").unlink()
    (place.path / "static").rmdir()
    assert not assets.are_collected(place)
