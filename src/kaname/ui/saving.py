"""Saving a form through an operation: what the operation refuses becomes an error of the form, nothing typed is lost."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.db import IntegrityError, transaction

from kaname.kernel.constraints import explained
from kaname.kernel.records import Stale
from kaname.kernel.rules.types import Unacceptable
from kaname.ui.stale import show_both

SAVED: Final = 302
REFUSED: Final = 422
LATE: Final = 409


def save(
    form: forms.Form, act: Callable[[], object], *, present: Callable[[Any], Mapping[str, Any]] | None = None
) -> int:
    """Run an operation for a valid form and return the status to answer with; in a transaction of its own.

    Parameters
    ----------
    act
        Calls the operation.
    present
        Returns the values of the record as it is now, by field, for showing both versions; without it the form only says
        that somebody was quicker.

    Returns
    -------
    int
        `SAVED`, `LATE` (somebody was quicker, both versions are shown), or `REFUSED` (the form says why).
    """
    try:
        with transaction.atomic():
            act()
    except Stale as stale:
        show_both(form, stale, present=present(stale.current) if present else {})
        return LATE
    except Unacceptable as refusal:
        form.add_error(None, str(refusal.reason))
    except IntegrityError as error:
        form.add_error(None, explained(error))
    else:
        return SAVED
    return REFUSED
