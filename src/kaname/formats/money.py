"""Money in files: decimal amounts and their minor units."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Final

_WITHOUT_MINOR_UNIT: Final = frozenset(
    {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"}
)
_WITH_THREE_DIGITS: Final = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
MAX_MINOR_UNITS: Final = 10**15


def currency_digits(code: str) -> int:
    """Return the number of decimal places of a currency (ISO 4217); 2 where the code is unknown.

    Examples
    --------
    >>> currency_digits("JPY"), currency_digits("EUR"), currency_digits("KWD")
    (0, 2, 3)
    """
    if code.upper() in _WITHOUT_MINOR_UNIT:
        return 0
    return 3 if code.upper() in _WITH_THREE_DIGITS else 2


def minor_units(amount: Decimal, *, digits: int) -> int:
    """Return an amount of major units in whole minor units, half up.

    Examples
    --------
    >>> minor_units(Decimal("22.5"), digits=2), minor_units(Decimal("1500"), digits=0)
    (2250, 1500)
    """
    return int(amount.scaleb(digits).to_integral_value(rounding=ROUND_HALF_UP))
