"""Dates are exact in both languages."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import timezone, translation

from kaname.ui.components import dates

TODAY = datetime(2026, 7, 6, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "day", "words"),
    [
        ("ja", date(2026, 7, 10), "7/10(金)"),
        ("en", date(2026, 7, 10), "Fri 10 Jul"),
        ("ja", date(2027, 1, 4), "2027/1/4(月)"),
        ("en", date(2027, 1, 4), "Mon 4 Jan 2027"),
        ("ja", None, "–"),
    ],
)
def test_day_in_a_list_names_the_year_only_when_it_is_another(language: str, day: date | None, words: str) -> None:
    with translation.override(language), time_machine.travel(TODAY, tick=False):
        assert dates.day_words(day) == words


@pytest.mark.parametrize(("language", "words"), [("ja", "2026年7月10日(金)"), ("en", "Fri 10 July 2026")])
def test_day_in_a_document_is_written_out(language: str, words: str) -> None:
    with translation.override(language):
        assert dates.long(date(2026, 7, 10)) == f'<time datetime="2026-07-10">{words}</time>'


@pytest.mark.parametrize(
    ("day", "ja", "en"),
    [
        (date(2026, 7, 6), "今日", "today"),
        (date(2026, 7, 7), "明日", "tomorrow"),
        (date(2026, 7, 5), "昨日", "yesterday"),
        (date(2026, 7, 10), "あと4日", "in 4 days"),
        (date(2026, 6, 20), "2週前", "2 weeks ago"),
        (date(2026, 10, 4), "あと3か月", "in 3 months"),
    ],
)
def test_distance_is_said_in_days_weeks_and_months(day: date, ja: str, en: str) -> None:
    with time_machine.travel(TODAY, tick=False):
        with translation.override("ja"):
            assert dates.relative_words(day) == ja
        with translation.override("en"):
            assert dates.relative_words(day) == en


def test_instant_is_shown_in_the_readers_zone() -> None:
    late_evening = datetime(2026, 7, 5, 15, 30, tzinfo=UTC)
    with time_machine.travel(TODAY, tick=False), translation.override("ja"):
        with timezone.override("Asia/Tokyo"):
            assert dates.moment(late_evening) == '<time datetime="2026-07-06T00:30+09:00">0:30</time>'
        with timezone.override("UTC"):
            assert dates.moment(late_evening) == '<time datetime="2026-07-05T15:30+00:00">7/5(日) 15:30</time>'


def test_due_day_that_has_passed_is_late_unless_it_is_done() -> None:
    with time_machine.travel(TODAY, tick=False), translation.override("en"):
        assert dates.due(date(2026, 7, 3)) == (
            '<span class="late"><time datetime="2026-07-03">Fri 3 Jul</time> <span class="small">3 days late</span></span>'
        )
        assert "late" not in dates.due(date(2026, 7, 3), is_done=True)
