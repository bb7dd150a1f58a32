"""One record of the file, asked for its values: what cannot be read is entered in the account, never guessed in silence."""

from decimal import Decimal
from typing import Final

from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import PERMILLE
from kaname.formats.account import Account
from kaname.formats.money import MAX_MINOR_UNITS, minor_units
from kaname.formats.mspdi.element import Element
from kaname.formats.mspdi.values import (
    FIRST_YEAR,
    LAST_YEAR,
    MAX_DURATION_MINUTES,
    parse_decimal,
    parse_duration,
    parse_flag,
    parse_integer,
    parse_moment,
)
from kaname.formats.types import FileRefused

_NO_DATE: Final = gettext_noop("“%(value)s” is not a date; it was left out.")
_NO_NUMBER: Final = gettext_noop("“%(value)s” is not a number; it was left out.")
_NO_DURATION: Final = gettext_noop("“%(value)s” is not a duration; it was left out.")
_NO_FLAG: Final = gettext_noop("“%(value)s” is neither yes nor no; “no” was taken.")
_YEAR: Final = gettext_noop("The date %(value)s lies outside the years %(first)s to %(last)s.")
_YEAR_ADVICE: Final = gettext_noop("Correct the date in Microsoft Project and save the plan again.")
_YEAR_LEFT_OUT: Final = gettext_noop(
    "The date %(value)s lies outside the years %(first)s to %(last)s; it was left out."
)
_NEGATIVE: Final = gettext_noop("The duration %(value)s is negative.")
_TOO_LONG: Final = gettext_noop("The duration %(value)s is longer than a hundred years.")
_DURATION_ADVICE: Final = gettext_noop("Correct the duration in Microsoft Project and save the plan again.")
_NEGATIVE_LEFT_OUT: Final = gettext_noop("“%(value)s” is negative; it was left out.")
_TOO_LONG_LEFT_OUT: Final = gettext_noop("“%(value)s” is longer than a hundred years; it was left out.")
_SECONDS: Final = gettext_noop("The seconds of %(value)s were cut off: Kaname counts in minutes.")
_ROUNDED: Final = gettext_noop("%(value)s was rounded to whole minutes.")
_ROUNDED_MONEY: Final = gettext_noop("The amount %(value)s was rounded to the smallest unit of the currency.")
_AMOUNT_LEFT_OUT: Final = gettext_noop("The amount %(value)s is too large to be one; it was left out.")


class Record:
    """A record and its account.

    Parameters
    ----------
    element, account, file
        The record, the account that remarks go to, the name of the file for refusals.
    currency_digits
        Decimal places of the plan's currency.
    label
        The name by which the user knows the record; by default its `Name`.
    """

    __slots__ = ("account", "currency_digits", "element", "file", "label")

    def __init__(
        self, element: Element, account: Account, file: str, *, currency_digits: int = 2, label: str | None = None
    ) -> None:
        self.element = element
        self.account = account
        self.file = file
        self.currency_digits = currency_digits
        self.label = self.text("Name") if label is None else label

    def inner(self, element: Element) -> "Record":
        """Return a record inside this one under the same name."""
        return Record(element, self.account, self.file, currency_digits=self.currency_digits, label=self.label)

    def has(self, tag: str) -> bool:
        """Say whether the element is there and holds a text."""
        return bool(self.text(tag))

    def text(self, tag: str) -> str:
        """Return the text of an element, empty where there is none."""
        child = self.element.child(tag)
        return child.text if child is not None else ""

    def integer(self, tag: str) -> int | None:
        """Return a whole number; what is none is lost."""
        child = self._filled(tag)
        if child is None:
            return None
        value = parse_integer(child.text)
        if value is None:
            self.lose(child, _NO_NUMBER, value=child.text[:60])
        return value

    def flag(self, tag: str) -> bool:
        """Return yes or no; what is neither is changed to no."""
        child = self._filled(tag)
        if child is None:
            return False
        value = parse_flag(child.text)
        if value is None:
            self.change(child, _NO_FLAG, value=child.text[:60])
        return bool(value)

    def moment(self, tag: str) -> int | None:
        """Return a wall minute that decides dates.

        Raises
        ------
        FileRefused
            If the year is impossible.
        """
        child = self._filled(tag)
        if child is None:
            return None
        try:
            return self._moment(child)
        except OverflowError as error:
            raise self.refused(
                child, _YEAR, _YEAR_ADVICE, value=child.text, first=FIRST_YEAR, last=LAST_YEAR
            ) from error

    def stored_moment(self, tag: str) -> int | None:
        """Return a wall minute that decides nothing; one in an impossible year is lost."""
        child = self._filled(tag)
        if child is None:
            return None
        try:
            return self._moment(child)
        except OverflowError:
            self.lose(child, _YEAR_LEFT_OUT, value=child.text, first=FIRST_YEAR, last=LAST_YEAR)
            return None

    def duration(self, tag: str) -> int | None:
        """Return the minutes of a duration that decides dates.

        Raises
        ------
        FileRefused
            If it is negative or longer than a century.
        """
        child = self._filled(tag)
        if child is None:
            return None
        try:
            minutes = self._duration(child)
        except OverflowError as error:
            raise self.refused(child, _TOO_LONG, _DURATION_ADVICE, value=child.text[:60]) from error
        if minutes is not None and minutes < 0:
            raise self.refused(child, _NEGATIVE, _DURATION_ADVICE, value=child.text[:60])
        return minutes

    def effort(self, tag: str) -> int | None:
        """Return the minutes of work; a negative or endless one is lost."""
        child = self._filled(tag)
        if child is None:
            return None
        try:
            minutes = self._duration(child)
        except OverflowError:
            self.lose(child, _TOO_LONG_LEFT_OUT, value=child.text[:60])
            return None
        if minutes is not None and minutes < 0:
            self.lose(child, _NEGATIVE_LEFT_OUT, value=child.text[:60])
            return None
        return minutes

    def tenths(self, tag: str) -> int | None:
        """Return the minutes of a number of tenths of minutes."""
        child = self._filled(tag)
        if child is None:
            return None
        value = parse_decimal(child.text)
        if value is None:
            self.lose(child, _NO_NUMBER, value=child.text[:60])
            return None
        if abs(value) > MAX_DURATION_MINUTES * 10:
            self.lose(child, _TOO_LONG_LEFT_OUT, value=child.text[:60])
            return None
        if value % 10:
            self.change(child, _ROUNDED, value=child.text)
        return int((value / 10).to_integral_value())

    def permille(self, tag: str, *, of: int) -> int | None:
        """Return a share in permille; `of` is the file's number for the whole (1 or 100)."""
        child = self._filled(tag)
        if child is None:
            return None
        value = parse_decimal(child.text)
        if value is None:
            self.lose(child, _NO_NUMBER, value=child.text[:60])
            return None
        return int((value * PERMILLE / of).to_integral_value())

    def cost(self, tag: str) -> int | None:
        """Return minor units of an amount that the file gives in hundredths of the currency."""
        return self._money(tag, hundredths=True)

    def rate(self, tag: str) -> int | None:
        """Return minor units of an amount that the file gives in the currency itself."""
        return self._money(tag, hundredths=False)

    def change(self, element: Element, template: str, **params: str | int) -> None:
        """Enter how an element was changed; of several remarks on one element the first counts."""
        if not element.is_entered:
            element.is_entered = True
            self.account.change(element.path, Message(template, params), place=place_of(element), label=self.label)

    def lose(self, element: Element, template: str, **params: str | int) -> None:
        """Enter why an element is lost, and all below it, of which those of one kind share an entry."""
        message = Message(template, params)
        if not element.is_entered:
            element.is_entered = True
            self.account.lose(element.path, message, place=place_of(element), label=self.label, is_idle=element.is_idle)
        for child in element.children:
            for below in child.walk():
                self._lose_alike(below, message)

    def lose_alike(self, element: Element, template: str) -> None:
        """Enter a small loss together with all others of its kind."""
        self._lose_alike(element, Message(template))

    def _lose_alike(self, element: Element, message: Message) -> None:
        if not element.is_entered:
            element.is_entered = True
            self.account.lose_alike(element.path, message, place=place_of(element), is_idle=element.is_idle)

    def refused(self, element: Element, template: str, advice: str, **params: str | int) -> FileRefused:
        """Return the refusal of the whole file because of an element."""
        place = f"{place_of(element)}, {element.path}"
        return FileRefused(
            Message(template, params),
            file=self.file,
            place=f"{place}, {self.label}" if self.label else place,
            advice=Message(advice),
        )

    def _filled(self, tag: str) -> Element | None:
        child = self.element.child(tag)
        return child if child is not None and child.text else None

    def _moment(self, child: Element) -> int | None:
        parsed = parse_moment(child.text)
        if parsed is None:
            self.lose(child, _NO_DATE, value=child.text[:60])
            return None
        minute, is_exact = parsed
        if not is_exact:
            self.change(child, _SECONDS, value=child.text)
        return minute

    def _duration(self, child: Element) -> int | None:
        parsed = parse_duration(child.text)
        if parsed is None:
            self.lose(child, _NO_DURATION, value=child.text[:60])
            return None
        minutes, is_exact = parsed
        if not is_exact:
            self.change(child, _ROUNDED, value=child.text)
        return minutes

    def _money(self, tag: str, *, hundredths: bool) -> int | None:
        child = self._filled(tag)
        if child is None:
            return None
        value = parse_decimal(child.text)
        if value is None:
            self.lose(child, _NO_NUMBER, value=child.text[:60])
            return None
        amount = value / 100 if hundredths else value
        minor = minor_units(amount, digits=self.currency_digits)
        if abs(minor) > MAX_MINOR_UNITS:
            self.lose(child, _AMOUNT_LEFT_OUT, value=child.text[:60])
            return None
        if abs(Decimal(minor).scaleb(-self.currency_digits) - amount) > Decimal("0.00001"):
            self.change(child, _ROUNDED_MONEY, value=child.text)
        return minor


def place_of(element: Element) -> str:
    """Return where an element stands."""
    return f"line {element.line}"
