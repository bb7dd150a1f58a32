"""Cells of a row and what they mean; what cannot be read is entered in the account."""

from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import MINUTES_PER_HOUR, PERMILLE, wall_minute
from kaname.formats.account import Account
from kaname.formats.money import MAX_MINOR_UNITS, minor_units
from kaname.formats.mspdi.values import FIRST_YEAR, LAST_YEAR, MAX_DURATION_MINUTES, parse_decimal
from kaname.formats.types import FileRefused
from kaname.formats.xer.tables import IDLE, Row

MAX_EFFORT_MINUTES: Final = 10**12

_DATE_FORMATS: Final = ("%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S")
_NO_DATE: Final = gettext_noop("“%(value)s” is not a date; it was left out.")
_NO_NUMBER: Final = gettext_noop("“%(value)s” is not a number; it was left out.")
_YEAR: Final = gettext_noop("The date %(value)s lies outside the years %(first)s to %(last)s.")
_YEAR_LEFT_OUT: Final = gettext_noop(
    "The date %(value)s lies outside the years %(first)s to %(last)s; it was left out."
)
_ADVICE: Final = gettext_noop("Correct it in Primavera P6 and export the project again.")
_NEGATIVE: Final = gettext_noop("The duration of %(value)s hours is negative.")
_TOO_LONG: Final = gettext_noop("The duration of %(value)s hours is longer than a hundred years.")
_ENDLESS: Final = gettext_noop("%(value)s hours are too many to be true; they were left out.")
_ROUNDED: Final = gettext_noop("%(value)s hours were rounded to whole minutes.")
_AMOUNT: Final = gettext_noop("The amount %(value)s is too large to be one; it was left out.")


class Cells:
    """A row asked for its values.

    Parameters
    ----------
    row, account, file
        The row, the account that remarks go to, the name of the file for refusals.
    label
        The name by which the user knows the row.
    currency_digits
        Decimal places of the currency.
    """

    __slots__ = ("_entered", "account", "currency_digits", "file", "label", "row")

    def __init__(self, row: Row, account: Account, file: str, *, label: str = "", currency_digits: int = 2) -> None:
        self.row = row
        self.account = account
        self.file = file
        self.label = label
        self.currency_digits = currency_digits
        self._entered: set[str] = set()

    def text(self, column: str) -> str:
        """Return the text of a cell without space around it."""
        return self.row.text(column).strip()

    def flag(self, column: str) -> bool:
        """Return whether a cell says yes."""
        return self.text(column) == "Y"

    def moment(self, column: str) -> int | None:
        """Return the wall minute of a date that decides dates.

        Raises
        ------
        FileRefused
            If the year is impossible.
        """
        value = self._moment(column)
        if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise self.refused(column, _YEAR, value=self.text(column), first=FIRST_YEAR, last=LAST_YEAR)
        return None if value is None else wall_minute(value)

    def stored_moment(self, column: str) -> int | None:
        """Return the wall minute of a date that decides nothing; one in an impossible year is lost."""
        value = self._moment(column)
        if value is not None and not FIRST_YEAR <= value.year <= LAST_YEAR:
            self.lose(column, _YEAR_LEFT_OUT, value=self.text(column), first=FIRST_YEAR, last=LAST_YEAR)
            return None
        return None if value is None else wall_minute(value)

    def number(self, column: str) -> Decimal | None:
        """Return a number; what is none is lost."""
        text = self.text(column)
        if not text:
            return None
        value = parse_decimal(text.replace(",", "."))
        if value is None:
            self.lose(column, _NO_NUMBER, value=text[:60])
        return value

    def duration(self, column: str) -> int | None:
        """Return the minutes of hours that decide dates.

        Raises
        ------
        FileRefused
            If they are negative or more than a century.
        """
        minutes = self._minutes(column)
        if minutes is None:
            return None
        if minutes < 0:
            raise self.refused(column, _NEGATIVE, value=self.text(column)[:60])
        if minutes > MAX_DURATION_MINUTES:
            raise self.refused(column, _TOO_LONG, value=self.text(column)[:60])
        return minutes

    def signed_minutes(self, column: str) -> int | None:
        """Return the minutes of hours of either sign, rounded; endless ones are lost."""
        minutes = self._minutes(column)
        if minutes is None or abs(minutes) <= MAX_EFFORT_MINUTES:
            return minutes
        self.lose(column, _ENDLESS, value=self.text(column)[:60])
        return None

    def permille(self, column: str, *, of: int) -> int | None:
        """Return a share in permille; `of` is the number for the whole."""
        value = self.number(column)
        return None if value is None else int((value * PERMILLE / of).to_integral_value())

    def cost(self, column: str) -> int | None:
        """Return an amount in minor units."""
        value = self.number(column)
        if value is None:
            return None
        minor = minor_units(value, digits=self.currency_digits)
        if abs(minor) > MAX_MINOR_UNITS:
            self.lose(column, _AMOUNT, value=self.text(column)[:60])
            return None
        return minor

    def change(self, column: str, template: str, **params: str | int) -> None:
        """Enter how a cell, or with an empty column the row, was changed."""
        if self._is_new(column):
            self.account.change(self._subject(column), Message(template, params), place=self.place, label=self.label)

    def lose(self, column: str, template: str, **params: str | int) -> None:
        """Enter why a cell is lost."""
        if self._is_new(column):
            is_idle = self.row.text(column) in IDLE
            message = Message(template, params)
            self.account.lose(self._subject(column), message, place=self.place, label=self.label, is_idle=is_idle)

    def lose_row(self, template: str, **params: str | int) -> None:
        """Enter why a row and all its cells are lost."""
        message = Message(template, params)
        if self._is_new(""):
            self.account.lose(self._subject(""), message, place=self.place, label=self.label)
        for column, cell in self.row.cells.items():
            if self._is_new(column):
                self.account.lose_alike(self._subject(column), message, place=self.place, is_idle=cell in IDLE)

    @property
    def place(self) -> str:
        """Where the row stands."""
        return f"line {self.row.line}"

    def refused(self, column: str, template: str, **params: str | int) -> FileRefused:
        """Return the refusal of the whole file because of a cell."""
        place = f"{self.place}, {self._subject(column)}"
        return FileRefused(
            Message(template, params),
            file=self.file,
            place=f"{place}, {self.label}" if self.label else place,
            advice=Message(_ADVICE),
        )

    def _minutes(self, column: str) -> int | None:
        hours = self.number(column)
        if hours is None:
            return None
        minutes = hours * MINUTES_PER_HOUR
        whole = int(minutes.to_integral_value(rounding=ROUND_HALF_UP))
        # Primavera keeps hours with a few decimals, so that a third of an hour is never exact.
        if abs(minutes - whole) > Decimal("0.05"):
            self.change(column, _ROUNDED, value=self.text(column))
        return whole

    def _is_new(self, column: str) -> bool:
        if column in self._entered or (column and column not in self.row.cells):
            return False
        self._entered.add(column)
        return True

    def _subject(self, column: str) -> str:
        return f"{self.row.table}/{column}" if column else self.row.table

    def _moment(self, column: str) -> datetime | None:
        text = self.text(column)
        if not text:
            return None
        for pattern in _DATE_FORMATS:
            try:
                moment = datetime.strptime(text, pattern)  # noqa: DTZ007 - wall time has no zone on purpose
            except ValueError:
                continue
            return moment.replace(second=0)
        self.lose(column, _NO_DATE, value=text[:60])
        return None
