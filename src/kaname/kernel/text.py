"""From the pure floors' messages and from names in two languages to the reader's language."""

from typing import Any

from django.utils.translation import get_language, gettext

from kaname.engine.text import Message


def translate(message: Message) -> str:
    """Return a pure message as a sentence in the active language."""
    return gettext(message.template) % message.params


def name_of(thing: Any) -> str:
    """Return what a thing is called in the active language: its `name_en` or `name_latin` in English where it has one.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> from django.utils.translation import override
    >>> thing = SimpleNamespace(name="基幹刷新", name_en="Core renewal")
    >>> with override("ja"): name_of(thing)
    '基幹刷新'
    >>> with override("en"): name_of(thing)
    'Core renewal'
    """
    if thing is None:
        return ""
    english = getattr(thing, "name_en", "") or getattr(thing, "name_latin", "")
    return str(thing.name) if speaks_japanese() or not english else str(english)


def speaks_japanese() -> bool:
    """Return whether the active language is Japanese."""
    return (get_language() or "").startswith("ja")
