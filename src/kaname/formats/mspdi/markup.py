"""Write XML line by line, values checked and escaped."""

from datetime import date
from decimal import Decimal
from typing import Final

from kaname.engine.units import MINUTES_PER_DAY, wall_moment

_ESCAPES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
    | {chr(code): " " for code in [*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF]}
)


class Markup:
    """A growing XML text.  A leaf without a value is left out: `None` means unknown."""

    def __init__(self) -> None:
        self._lines = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>']
        self._open: list[str] = []

    def open(self, tag: str, attributes: str = "") -> None:
        """Begin an element."""
        self._lines.append(f"{self._indent()}<{tag}{attributes}>")
        self._open.append(tag)

    def close(self) -> None:
        """End the element that was begun last."""
        tag = self._open.pop()
        self._lines.append(f"{self._indent()}</{tag}>")

    def empty(self, tag: str) -> None:
        """Write an element that holds nothing."""
        self._lines.append(f"{self._indent()}<{tag}/>")

    def leaf(self, tag: str, value: str | int | None) -> None:
        """Write an element that holds one value."""
        if value is None:
            return
        text = value.translate(_ESCAPES) if isinstance(value, str) else str(value)
        self._lines.append(f"{self._indent()}<{tag}>{text}</{tag}>")

    def filled(self, tag: str, text: str) -> None:
        """Write an element unless its text is empty."""
        self.leaf(tag, text or None)

    def flag(self, tag: str, is_set: bool) -> None:
        """Write yes as 1 and no as 0."""
        self.leaf(tag, int(is_set))

    def to_bytes(self) -> bytes:
        """Return the whole text in UTF-8."""
        return ("\n".join(self._lines) + "\n").encode("utf-8", errors="replace")

    def _indent(self) -> str:
        return "\t" * len(self._open)


def moment_text(minute: int | None) -> str | None:
    """Return a wall minute as the file writes it.

    Examples
    --------
    >>> moment_text(1980)
    '1970-01-02T09:00:00'
    """
    return None if minute is None else wall_moment(minute).isoformat()


def duration_text(minutes: int | None) -> str | None:
    """Return minutes as the file writes a duration.

    Examples
    --------
    >>> duration_text(510)
    'PT8H30M0S'
    """
    if minutes is None:
        return None
    sign = "-" if minutes < 0 else ""
    return f"{sign}PT{abs(minutes) // 60}H{abs(minutes) % 60}M0S"


def time_text(minute: int) -> str:
    """Return a minute of the day; the end of the day is midnight.

    Examples
    --------
    >>> time_text(510), time_text(1440)
    ('08:30:00', '00:00:00')
    """
    minute %= MINUTES_PER_DAY
    return f"{minute // 60:02d}:{minute % 60:02d}:00"


def day_text(day: date, clock: str) -> str:
    """Return a day with a time of the day."""
    return f"{day.isoformat()}T{clock}"


def tenths_text(minutes: int | None) -> int | None:
    """Return minutes in tenths of minutes."""
    return None if minutes is None else minutes * 10


def decimal_text(number: Decimal) -> str:
    """Return a number without needless zeros.

    Examples
    --------
    >>> decimal_text(Decimal("8.00")), decimal_text(Decimal("0.50")), decimal_text(Decimal("100"))
    ('8', '0.5', '100')
    """
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
