"""What happens to files."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from kaname.kernel.journal.types import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FileStored(Event):
    """A file was added to a record."""

    name: ClassVar[str] = "files.stored"
    label: ClassVar[object] = _("A file was added")
    file_id: int
    original_name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDiscarded(Event):
    """A file was taken off a record, and its content deleted."""

    name: ClassVar[str] = "files.discarded"
    label: ClassVar[object] = _("A file was deleted")
    file_id: int
    original_name: str
    sha256: str
