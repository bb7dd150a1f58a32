"""Facts about the portfolio."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from kaname.kernel.journal.types import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewSaved(Event):
    """Somebody saved a view of the portfolio."""

    name: ClassVar[str] = "portfolio.view_saved"
    label: ClassVar[Any] = _("Portfolio view saved")
    view_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewRemoved(Event):
    """Somebody removed a saved view of the portfolio."""

    name: ClassVar[str] = "portfolio.view_removed"
    label: ClassVar[Any] = _("Portfolio view removed")
    view_name: str
