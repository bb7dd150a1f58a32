"""Weekly hours in forms and in words: a row for each weekday, several shifts in it."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from kaname.ground.calendars.types import Week
from kaname.kernel.rules.types import Label

SHIFTS_A_DAY: Final = 4
WEEKDAYS: Final[Sequence[Label]] = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)
_TIME: Final = re.compile(r"(\d{1,2})(?::?([0-5]\d))?")
_DIVIDER: Final = re.compile(r"[,、;/]|\s{2,}")
_DASH: Final = re.compile(r"\s*[-–—―~〜]\s*")


def minute_words(minute: int) -> str:
    """Return a minute of the day as people write it.

    Examples
    --------
    >>> minute_words(540), minute_words(1440)
    ('9:00', '24:00')
    """
    return f"{minute // 60}:{minute % 60:02d}"


def read_minute(text: str) -> int | None:
    """Return the minute of the day that a text names, `None` where it names none.

    Examples
    --------
    >>> read_minute("９：３０"), read_minute("9"), read_minute("0930"), read_minute("24:00"), read_minute("25:00")
    (570, 540, 570, 1440, None)
    """
    match = _TIME.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    minute = int(match[1]) * 60 + int(match[2] or 0)
    return minute if minute <= 1440 else None


def hours_words(shifts: Iterable[Sequence[int]]) -> str:
    """Return the hours of a day as people write them.

    Examples
    --------
    >>> hours_words([[540, 720], [780, 1080]])
    '9:00–12:00, 13:00–18:00'
    """
    return ", ".join(f"{minute_words(start)}–{minute_words(finish)}" for start, finish in shifts)


def read_hours(text: str) -> list[list[int]]:
    """Return the hours that a text such as `9:00-12:00, 13:00-18:00` names.

    Raises
    ------
    forms.ValidationError
        If it names none.

    Examples
    --------
    >>> read_hours("9:00〜12:00、13-18")
    [[540, 720], [780, 1080]]
    """
    shifts = []
    for part in filter(None, (part.strip() for part in _DIVIDER.split(unicodedata.normalize("NFKC", text)))):
        ends = [read_minute(end) for end in _DASH.split(part)]
        if len(ends) != 2 or None in ends:
            raise forms.ValidationError(
                gettext_lazy("“%(text)s” are no hours. Write them like 9:00-12:00, 13:00-18:00."),
                code="no_hours",
                params={"text": part},
            )
        shifts.append([end for end in ends if end is not None])
    return shifts


def week_words(week: Week) -> str:
    """Return a weekly pattern in one line, equal days taken together.

    Examples
    --------
    >>> from django.utils.translation import override
    >>> with override("en"): week_words([*([[[540, 1080]]] * 5), [], None])
    'Mon–Fri 9:00–18:00; Sat off; Sun as base'
    """
    runs: list[list[int]] = [[0]]
    for before, after in pairwise(range(7)):
        if week[after] == week[before]:
            runs[-1].append(after)
        else:
            runs.append([after])
    return pgettext("between weekdays", "; ").join(f"{_days_words(run)} {_day_words(week[run[0]])}" for run in runs)


def _days_words(run: Sequence[int]) -> str:
    return str(WEEKDAYS[run[0]]) if len(run) == 1 else f"{WEEKDAYS[run[0]]}–{WEEKDAYS[run[-1]]}"


def _day_words(day: list[list[int]] | None) -> str:
    if day is None:
        return pgettext("hours of a weekday", "as base")
    return hours_words(day) or pgettext("hours of a weekday", "off")


class WeekInput(forms.Widget):
    """Seven rows: "as the base calendar" and the beginnings and ends of up to four shifts."""

    template_name = "calendars/forms/week.html"

    def __init__(self, *, base_label: Label = "") -> None:
        super().__init__()
        self.base_label = base_label

    def value_from_datadict(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> Any:
        """Return the rows as typed: whether the base counts, and pairs of texts."""
        return [
            (
                f"{name}_{day}_base" in data,
                [
                    (data.get(f"{name}_{day}_{slot}_start", ""), data.get(f"{name}_{day}_{slot}_finish", ""))
                    for slot in range(SHIFTS_A_DAY)
                ],
            )
            for day in range(7)
        ]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: MultiValueDict[str, Any], name: str) -> bool:
        """Return false: empty rows say that nobody works."""
        return False

    def format_value(self, value: Any) -> Any:
        """Return a stored week, or rows as typed, as rows of texts."""
        return [self._row(day) for day in (value or [[]] * 7)]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the rows."""
        context = super().get_context(name, value, attrs)
        context["widget"]["base_label"] = self.base_label
        context["widget"]["rows"] = [
            {"label": label, "key": f"{name}_{day}", "is_base": is_base, "slots": slots}
            for day, (label, (is_base, slots)) in enumerate(zip(WEEKDAYS, self.format_value(value), strict=True))
        ]
        context["widget"]["slots"] = range(1, SHIFTS_A_DAY + 1)
        return context

    def id_for_label(self, id_: str) -> str:
        """Lead an error to the first box."""
        return f"{id_}_first"

    def _row(self, day: Any) -> tuple[bool, list[tuple[str, str]]]:
        if isinstance(day, tuple):
            return day
        texts = [(minute_words(start), minute_words(finish)) for start, finish in (day or [])]
        return day is None, [*texts, *[("", "")] * (SHIFTS_A_DAY - len(texts))]


class WeekField(forms.Field):
    """A weekly pattern; cleans to a `Week`.

    Parameters
    ----------
    base_label
        What a ticked row follows ("base calendar"); empty where there is nothing to follow.
    """

    default_error_messages = {
        "half": gettext_lazy("%(day)s: a shift needs its beginning and its end."),
        "no_time": gettext_lazy("%(day)s: “%(text)s” is no time of day. Write it like 9:00."),
    }

    def __init__(self, *, base_label: Label = "", **kwargs: Any) -> None:
        super().__init__(widget=WeekInput(base_label=base_label), required=False, **kwargs)

    def clean(self, value: Any) -> Week:
        """Return the pattern; raise all errors of all days together."""
        errors: list[forms.ValidationError] = []
        week: Week = []
        for day, (is_base, slots) in enumerate(value):
            try:
                week.append(None if is_base else self._shifts(WEEKDAYS[day], slots))
            except forms.ValidationError as error:
                errors.append(error)
        if errors:
            raise forms.ValidationError(errors)
        return week

    def _shifts(self, day: Label, slots: Iterable[tuple[str, str]]) -> list[list[int]]:
        return [[self._minute(day, text) for text in pair] for pair in slots if any(text.strip() for text in pair)]

    def _minute(self, day: Label, text: str) -> int:
        if not text.strip():
            raise forms.ValidationError(self.error_messages["half"], code="half", params={"day": day})
        minute = read_minute(text)
        if minute is None:
            raise forms.ValidationError(
                self.error_messages["no_time"], code="no_time", params={"day": day, "text": text[:20]}
            )
        return minute


def half_day_example() -> str:
    """Return how half a day is written, for help texts."""
    return _("For example 9:00-12:00; several stretches with commas between.")
