"""E-mail addresses as accounts compare them."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _


def normal_address(email: str) -> str:
    """Return an address as it is kept: NFKC, without spaces around, lower case.

    Raises
    ------
    ValidationError
        If it is none, is longer than 254 characters or has control characters.

    Examples
    --------
    >>> normal_address(" Hanako.Sato@Example.JP ")
    'hanako.sato@example.jp'
    """
    address = unicodedata.normalize("NFKC", email).strip().lower()
    if len(address) > 254 or any(unicodedata.category(letter).startswith("C") for letter in address):
        raise ValidationError({"email": _("Enter an e-mail address of at most 254 characters.")}, code="invalid")
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValidationError({"email": error.messages}, code="invalid") from error
    return address


def normal_name(name: str) -> str:
    """Return a person's name as it is kept: without spaces around and control characters.

    Raises
    ------
    ValidationError
        If nothing is left or it is longer than 100 characters.
    """
    kept = "".join(letter for letter in name if unicodedata.category(letter) not in {"Cc", "Cs"}).strip()
    if not kept or len(kept) > 100:
        raise ValidationError({"name": _("Enter a name of 1 to 100 characters.")}, code="invalid")
    return kept
