"""Icons, marks of health, badges, faces: small signs that a page has many of."""

from functools import lru_cache
from typing import Final

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, pgettext

from kaname.ui.types import Health, Text

_SHAPES: Final = {
    Health.WELL: format_html('<circle cx="7" cy="7" r="{}"/>', "4.6"),
    Health.ATTENTION: format_html('<path d="{}"/>', "M7 1.9 12.6 11.8H1.4Z"),
    Health.DANGER: format_html('<path d="{}"/>', "M7 1.2 12.8 7 7 12.8 1.2 7Z"),
    Health.UNKNOWN: format_html('<circle cx="7" cy="7" r="{}" stroke-dasharray="2.6 2.2"/>', "4.6"),
}
TONES: Final = frozenset({"", "indigo", "green", "amber", "red", "outline"})


@lru_cache(maxsize=256)
def icon(name: str, size: str = "") -> SafeString:
    """Return a decorative icon of the sprite; what it means must be said in words beside it or on its button."""
    large = " icon-large" if size == "large" else ""
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"></use></svg>', large, static("ui/icons.svg"), name
    )


def mark(health: Health | str, *, is_computed: bool, shows_word: bool = False) -> SafeString:
    """Return a mark of health.

    Parameters
    ----------
    health
        Which of the four.
    is_computed
        Filled when the machine says so, outlined when a person does.
    shows_word
        Whether the word is seen; heard and printed it always is.
    """
    return _mark(Health(health), is_computed, shows_word, get_language() or "")


@lru_cache(maxsize=64)
def _mark(known: Health, is_computed: bool, shows_word: bool, _language: str) -> SafeString:
    source = pgettext("health", "computed") if is_computed else pgettext("health", "reported")
    return format_html(
        '<span class="mark mark-{} mark-{}"><svg class="mark-shape" viewBox="0 0 14 14" aria-hidden="true">{}</svg>'
        '<span class="mark-word{}">{}</span><span class="hidden-text"> ({})</span></span>',
        known.value,
        "computed" if is_computed else "reported",
        _SHAPES[known],
        "" if shows_word else " hidden-text",
        known.label,
        source,
    )


def shape(health: Health | str) -> SafeString:
    """Return the bare shape of a mark on its field of 14 by 14, for drawings."""
    return _SHAPES[Health(health)]


def drawn_shape(health: Health | str) -> SafeString:
    """Return the shape of a mark alone; what it means stands in words beside it."""
    return format_html('<svg class="mark-shape" viewBox="0 0 14 14" aria-hidden="true">{}</svg>', shape(health))


def mark_pair(reported: Health | str, computed: Health | str) -> SafeString:
    """Return what a person reported beside what was computed, on red wash when the report is rosier."""
    order = [Health.WELL, Health.ATTENTION, Health.DANGER]
    said, found = Health(reported), Health(computed)
    is_rosier = said in order and found in order and order.index(said) < order.index(found)
    return format_html(
        '<span class="mark-pair{}">{}{}</span>',
        " differs" if is_rosier else "",
        mark(said, is_computed=False),
        mark(found, is_computed=True),
    )


def badge(label: Text, tone: str = "") -> SafeString:
    """Return a short state in words on a tint.

    Raises
    ------
    ValueError
        If the tone is none of `TONES`.
    """
    if tone not in TONES:
        raise ValueError(f"a badge has one of the tones {sorted(TONES)}, not {tone!r}")
    return format_html('<span class="badge{}">{}</span>', f" badge-{tone}" if tone else "", label)


def initials(name: str) -> str:
    """Return one or two letters that stand for a person.

    Examples
    --------
    >>> initials("山田 太郎"), initials("Anna Maria Berg"), initials("佐藤")
    ('山田', 'AB', '佐藤')
    """
    parts = name.split()
    if not parts:
        return "?"
    if ord(parts[0][0]) > 0x2E80:
        return parts[0][:2]
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()


def face(name: str) -> SafeString:
    """Return the disc with a person's letters; decorative, the name stands beside it."""
    tone = sum(map(ord, name)) % 4
    return format_html('<span class="face face-{}" aria-hidden="true">{}</span>', tone, initials(name))


def person(name: str | None) -> SafeString:
    """Return a person: face and name; a quiet phrase where nobody is named."""
    if not name:
        return format_html('<span class="quiet">{}</span>', gettext("Nobody yet"))
    return format_html('<span class="person">{}<span>{}</span></span>', face(name), name)


def keys(*names: str) -> SafeString:
    """Return keyboard keys to press one after the other."""
    return format_html_join(" ", "<kbd>{}</kbd>", ((name,) for name in names))
