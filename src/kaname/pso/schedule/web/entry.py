"""What people type into cells: durations, days, predecessors, people, percent; in both languages, any width of letters."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from kaname.kernel.rules.types import Unacceptable
from kaname.pso.schedule.operations import WantedLink
from kaname.pso.schedule.types import DurationKind, LagUnit, LinkType

LONGEST_MINUTES: Final = 10_000 * 1440
_UNITS: Final[Mapping[str, str]] = {
    "": "day", "d": "day", "day": "day", "days": "day", "日": "day", "日間": "day", "人日": "day", "営業日": "day",
    "w": "week", "wk": "week", "week": "week", "weeks": "week", "週": "week", "週間": "week",
    "h": "hour", "hr": "hour", "hrs": "hour", "hour": "hour", "hours": "hour", "時間": "hour",
    "m": "minute", "min": "minute", "mins": "minute", "minute": "minute", "minutes": "minute", "分": "minute",
    "mo": "month", "mon": "month", "month": "month", "months": "month", "月": "month", "か月": "month", "ヶ月": "month",
    "カ月": "month", "ヵ月": "month",
}  # fmt: skip
_ELAPSED_MINUTES: Final[Mapping[str, int]] = {
    "minute": 1, "hour": 60, "day": 1440, "week": 7 * 1440, "month": 30 * 1440,
}  # fmt: skip
_AMOUNT: Final = re.compile(r"(?P<elapsed>経過)?(?P<number>\d+(?:\.\d+)?|\.\d+)\s*(?P<unit>[^\d\s?]*)\s*(?P<guess>\??)")
_PREDECESSOR: Final = re.compile(
    r"(?P<number>\d+)\s*(?P<type>FS|SS|FF|SF)?\s*(?:(?P<sign>[+-])\s*(?P<lag>.+))?", re.IGNORECASE
)
_DAY: Final = re.compile(r"(?:(?P<year>\d{4})[-/.年])?(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?(?:\([^)]*\))?")
_PERCENT: Final = re.compile(r"(\d{1,3}(?:\.\d)?)%?")
_PERSON: Final = re.compile(r"(?P<name>[^\[\]]+?)\s*(?:\[\s*(?P<units>\d{1,4})\s*%?\s*\])?")


class EntryRefused(Unacceptable):
    """What was typed means nothing here; the message is a sentence in the reader's language."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long a day, a week and a month of work are, in minutes."""

    day: int
    week: int
    month: int

    def minutes(self, unit: str) -> int:
        """Return the working minutes of a unit."""
        return {"minute": 1, "hour": 60, "day": self.day, "week": self.week, "month": self.month}[unit]


@dataclass(frozen=True, slots=True)
class Duration:
    """A duration as typed."""

    minutes: int
    kind: DurationKind
    is_estimated: bool


def read_duration(text: str, lengths: Lengths) -> Duration:
    """Return a duration.

    Examples
    --------
    >>> lengths = Lengths(480, 2400, 9600)
    >>> read_duration("3日", lengths).minutes, read_duration("1.5w", lengths).minutes, read_duration("2ed?", lengths)
    (1440, 3600, Duration(minutes=2880, kind=DurationKind.ELAPSED, is_estimated=True))
    """
    found = _AMOUNT.fullmatch(_plain(text))
    unit = _unit(found) if found else None
    if found is None or unit is None:
        raise EntryRefused(_("“%(text)s” is no duration. Write 3d, 4h, 2w or 30min.") % {"text": text})
    name, is_elapsed = unit
    size = _ELAPSED_MINUTES[name] if is_elapsed else lengths.minutes(name)
    minutes = round(float(found["number"]) * size)
    if minutes > LONGEST_MINUTES:
        raise EntryRefused(_("A task lasts at most 10,000 days."))
    return Duration(minutes, DurationKind.ELAPSED if is_elapsed else DurationKind.WORKING, bool(found["guess"]))


def read_day(text: str, *, near: date) -> date:
    """Return a day; without a year the one that lies nearest to `near`.

    Examples
    --------
    >>> read_day("2026年4月1日(水)", near=date(2026, 1, 1)), read_day("1/15", near=date(2026, 12, 1))
    (datetime.date(2026, 4, 1), datetime.date(2027, 1, 15))
    """
    plain = _plain(text)
    if re.fullmatch(r"\d{8}", plain):
        plain = f"{plain[:4]}-{plain[4:6]}-{plain[6:]}"
    found = _DAY.fullmatch(plain.replace(" ", ""))
    if found is None:
        raise EntryRefused(_("“%(text)s” is no day. Write 2026-04-01 or 4/1.") % {"text": text})
    month, day = int(found["month"]), int(found["day"])
    years = [int(found["year"])] if found["year"] else [near.year - 1, near.year, near.year + 1]
    days = [made for year in years if (made := _day(year, month, day)) is not None and 1970 <= made.year <= 2199]
    if not days:
        raise EntryRefused(_("There is no day “%(text)s”.") % {"text": text})
    return min(days, key=lambda made: abs(made - near))


def read_predecessors(text: str, *, ids_by_number: Mapping[int, int], lengths: Lengths) -> list[WantedLink]:
    """Return dependencies such as `3FS+2d, 5SS`, by row number.

    Examples
    --------
    >>> [link] = read_predecessors("3FS+2日", ids_by_number={3: 77}, lengths=Lengths(480, 2400, 9600))
    >>> link.predecessor_id, link.type.value, link.lag
    (77, 'fs', 960)
    """
    return [_predecessor(part, ids_by_number, lengths) for part in _parts(text)]


def read_people(text: str, *, known: Mapping[str, int]) -> dict[int, int]:
    """Return units in permille by id of `known`, from `Hanako Sato [50%], Taro Yamada`.

    Raises
    ------
    EntryRefused
        If nobody, or more than one, is called so.
    """
    plain = {_name(name): value for name, value in known.items()}
    found: dict[int, int] = {}
    for part in _parts(text):
        match = _PERSON.fullmatch(part)
        name = _name(match["name"]) if match else ""
        ids = {plain[name]} if name in plain else {value for other, value in plain.items() if name and name in other}
        if match is None or len(ids) != 1:
            template = (
                _("More than one person fits “%(name)s”. Write the whole name.")
                if ids
                else _("Nobody in this project is called “%(name)s”. Add the person to the project first.")
            )
            raise EntryRefused(template % {"name": part})
        units = int(match["units"]) * 10 if match["units"] else 1000
        if not 0 < units <= 10_000:
            raise EntryRefused(_("A person works with 1% to 1000% on a task."))
        found[ids.pop()] = units
    return found


def read_percent(text: str) -> int:
    """Return permille from `45` or `45%`.

    Examples
    --------
    >>> read_percent("45%"), read_percent("100")
    (450, 1000)
    """
    found = _PERCENT.fullmatch(_plain(text))
    permille = round(float(found[1]) * 10) if found else -1
    if not 0 <= permille <= 1000:
        raise EntryRefused(_("“%(text)s” is no progress. Write a number from 0 to 100.") % {"text": text})
    return permille


def _predecessor(part: str, ids_by_number: Mapping[int, int], lengths: Lengths) -> WantedLink:
    found = _PREDECESSOR.fullmatch(part)
    if found is None:
        raise EntryRefused(
            _("“%(text)s” is no predecessor. Write a row number, with type and lag where needed: 3FS+2d.")
            % {"text": part}
        )
    number = int(found["number"])
    if number not in ids_by_number:
        raise EntryRefused(_("The plan has no row %(number)d.") % {"number": number})
    lag, unit = _lag(found["lag"] or "0", lengths)
    return WantedLink(
        predecessor_id=ids_by_number[number],
        type=LinkType((found["type"] or "FS").lower()),
        lag=-lag if found["sign"] == "-" else lag,
        lag_unit=unit,
    )


def _lag(text: str, lengths: Lengths) -> tuple[int, LagUnit]:
    if percent := re.fullmatch(r"(\d{1,4})(e?)%", text):
        return int(percent[1]) * 10, LagUnit.ELAPSED_PERCENT if percent[2] else LagUnit.PERCENT
    duration = read_duration(text, lengths)
    return duration.minutes, LagUnit.ELAPSED if duration.kind == DurationKind.ELAPSED else LagUnit.WORKING


def _unit(found: re.Match[str]) -> tuple[str, bool] | None:
    word = found["unit"].lower()
    if word in _UNITS:
        return _UNITS[word], bool(found["elapsed"])
    if word.startswith("e") and word[1:] in _UNITS:
        return _UNITS[word[1:]], True
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _parts(text: str) -> Iterable[str]:
    return [part.strip() for part in re.split(r"[,;、]", _plain(text)) if part.strip()]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().replace("−", "-")


def _name(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
