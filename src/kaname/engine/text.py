"""Words that the pure floors hand upward: a sentence in English with named places, translated at the door.

The engine and the formats know no language.  They say what is the matter as a `Message`; whoever shows it looks the
template up in the catalogue of the reader's language and fills the places in.  `gettext_noop` only marks a template for
the catalogue, so that extraction finds it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


def gettext_noop(template: str) -> str:
    """Mark an English template for translation and return it unchanged."""
    return template


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for a person, not yet in a language.

    Parameters
    ----------
    template
        English sentence with `%(name)s` places, marked by `gettext_noop`.
    params
        Values of the places; only `str` and `int`.

    Examples
    --------
    >>> str(Message("Line %(line)s has no name.", {"line": 7}))
    'Line 7 has no name.'
    """

    template: str
    params: Mapping[str, str | int] = field(default_factory=lambda: MappingProxyType({}))

    def __str__(self) -> str:
        return self.template % self.params


class Refusal(ValueError):
    """What was handed in cannot be calculated; `messages` say why, at least one."""

    def __init__(self, messages: Iterable[Message]) -> None:
        self.messages = tuple(messages)
        super().__init__(" ".join(map(str, self.messages)))
