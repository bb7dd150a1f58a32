"""Numbers are exact in both languages; unknown is a dash, zero is zero."""

import re

import pytest
from django.utils import translation
from django.utils.safestring import SafeString

from kaname.ui.components import numbers


def words_of(markup: SafeString) -> str:
    return re.sub(r"<[^>]+>", "", markup)


@pytest.mark.parametrize(
    ("markup", "ja", "en"),
    [
        (lambda: numbers.person_days(6000), "12.5人日", "12.5 person-days"),
        (lambda: numbers.person_days(480), "1人日", "1 person-day"),
        (lambda: numbers.person_days(0), "0人日", "0 person-days"),
        (lambda: numbers.person_days(None), "–不明", "–Unknown"),
        (lambda: numbers.working_days(2400), "5営業日", "5 working days"),
        (lambda: numbers.thousand_yen(1_234_567), "¥1,235千円", "¥1,235k"),
        (lambda: numbers.thousand_yen(-500), "−¥1千円", "−¥1k"),
        (lambda: numbers.yen(1_234_567), "¥1,234,567", "¥1,234,567"),
        (lambda: numbers.percent(455), "46%", "46%"),
        (lambda: numbers.percent(455, 1), "45.5%", "45.5%"),
        (lambda: numbers.index(0.825), "0.83", "0.83"),
        (lambda: numbers.signed(5), "+5", "+5"),
        (lambda: numbers.signed(-3), "−3", "−3"),
        (lambda: numbers.signed(0), "0", "0"),
        (lambda: numbers.file_size(1023), "1,023B", "1,023B"),
        (lambda: numbers.file_size(4_718_592), "4.5MB", "4.5MB"),
    ],
)
def test_number_is_written_as_people_write_it(markup: object, ja: str, en: str) -> None:
    with translation.override("ja"):
        assert words_of(markup()) == ja  # type: ignore[operator]
    with translation.override("en"):
        assert words_of(markup()) == en  # type: ignore[operator]
