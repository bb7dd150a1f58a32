"""Showing where the words stand: pieces of plain text, some of them marked; the template escapes each."""

import unicodedata
from dataclasses import dataclass
from typing import Final

from kaname.kernel.search.words import KATAKANA_DOT, fold_characters, terms

EXCERPT_CHARACTERS: Final = 140
_BEFORE: Final = 30


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked if it is one of the words looked for."""

    text: str
    is_match: bool = False


def marked(text: str, query: str) -> tuple[Piece, ...]:
    """Return a whole text cut where a query's words begin and end; together the pieces are the text.

    Examples
    --------
    >>> marked("ＷＢＳの見直し", "wbs")
    (Piece(text='ＷＢＳ', is_match=True), Piece(text='の見直し', is_match=False))
    """
    return _pieces(text, _matches(text, query))


def excerpt(text: str, query: str) -> tuple[Piece, ...]:
    """Return about `EXCERPT_CHARACTERS` of a text around the first word found, with ellipses where it was cut."""
    plain = " ".join(text.split())
    first = min((start for start, _end in _matches(plain, query)), default=0)
    start = max(first - _BEFORE, 0) if len(plain) > EXCERPT_CHARACTERS else 0
    part = plain[start : start + EXCERPT_CHARACTERS]
    pieces = marked(part, query)
    if start:
        pieces = (Piece("…"), *pieces)
    return (*pieces, Piece("…")) if start + EXCERPT_CHARACTERS < len(plain) else pieces


def _pieces(text: str, matches: list[tuple[int, int]]) -> tuple[Piece, ...]:
    pieces = []
    place = 0
    for start, end in matches:
        if start > place:
            pieces.append(Piece(text[place:start]))
        pieces.append(Piece(text[start:end], is_match=True))
        place = end
    if place < len(text):
        pieces.append(Piece(text[place:]))
    return tuple(pieces)


def _matches(text: str, query: str) -> list[tuple[int, int]]:
    """Return the places of the query's words in the unfolded text, in order, touching ones joined."""
    folded, origins = _folded_with_origins(text)
    found = []
    for term in terms(query):
        at = folded.find(term)
        while at >= 0:
            found.append((origins[at], origins[at + len(term) - 1] + 1))
            at = folded.find(term, at + len(term))
    return _joined(sorted((start, _whole(text, end)) for start, end in found))


def _folded_with_origins(text: str) -> tuple[str, list[int]]:
    """Return the folded text and for each of its characters the place that it came from."""
    folded: list[str] = []
    origins: list[int] = []
    place = 0
    while place < len(text):
        end = _whole(text, place + 1)
        for character in fold_characters(text[place:end]):
            folded.append(character)
            origins.append(place)
        place = end
    for dot in reversed(list(KATAKANA_DOT.finditer("".join(folded)))):
        del folded[dot.start()], origins[dot.start()]
    return "".join(folded), origins


def _whole(text: str, end: int) -> int:
    """Return the end of a character with the marks that NFKC joins to it (half-width sound marks, combining ones)."""
    while end < len(text) and (text[end] in "\uff9e\uff9f" or unicodedata.combining(text[end])):
        end += 1
    return end


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
