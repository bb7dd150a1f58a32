"""A refusal that travels: what `FileRefused` says, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from kaname.engine.text import Message
from kaname.formats.types import FileRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What was wrong with a file, where, and what to do."""

    message: Message
    file: str
    place: str = ""
    advice: Message | None = None

    @classmethod
    def of(cls, refused: FileRefused) -> Self:
        """Return the refusal that an exception carries."""
        return cls(message=refused.message, file=refused.file, place=refused.place, advice=refused.advice)

    def exception(self, file: str) -> FileRefused:
        """Return the exception again, for the file that the parent knows, whatever the child called it."""
        fits = _fits(self.message) and (self.advice is None or _fits(self.advice))
        if not fits:
            raise ValueError("the places of a message do not fit its values")
        return FileRefused(self.message, file=file, place=self.place, advice=self.advice)


def _fits(message: Message) -> bool:
    """Tell whether a message can be shown: its template comes from a child and may not fit its values."""
    values: Mapping[str, str | int] = message.params
    try:
        return bool(message.template % values)
    except (KeyError, ValueError, TypeError):
        return False
