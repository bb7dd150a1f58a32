"""Sentences of the engine and the formats in the terminal's language, without loading Django."""

import gettext
from functools import cache
from pathlib import Path
from typing import Final

from kaname.engine.text import Message
from kaname.formats.places import place_parts
from kaname.site.cli import words

_PACKAGES: Final = ("formats", "engine", "site")
_ROOT: Final = Path(__file__).resolve().parents[2]


def render(message: Message, *, language: str) -> str:
    """Return a sentence in `ja` or `en`; what no catalogue has stays English."""
    for package in _PACKAGES:
        translated = _catalogue(package, language).gettext(message.template)
        if translated != message.template:
            return translated % message.params
    return str(message)


def render_place(place: str, *, language: str) -> str:
    """Return a place of a file in `ja` or `en`, empty where there is none."""
    parts = (part if isinstance(part, str) else render(part, language=language) for part in place_parts(place))
    return ", ".join(parts)


def chosen_language(wish: str | None) -> str:
    """Return the language that was asked for, else that of the terminal."""
    return wish if wish in words.LANGUAGES else words.language()


@cache
def _catalogue(package: str, language: str) -> gettext.NullTranslations:
    return gettext.translation("django", str(_ROOT / package / "locale"), languages=[language], fallback=True)
