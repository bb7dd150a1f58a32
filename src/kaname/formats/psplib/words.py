"""The words of a text one after another, each with its line."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kaname.engine.text import Message, gettext_noop
from kaname.formats.types import FileRefused

LARGEST: Final = 1 << 30
MOST_BYTES: Final = 16 * 1024 * 1024
_NUMBER: Final = re.compile(r"[+-]?\d{1,12}")

_SIZE: Final = gettext_noop("The file has %(megabytes)s MB; at most %(limit)s MB are read.")
_SIZE_ADVICE: Final = gettext_noop("Split the portfolio into several files.")
_NO_TEXT: Final = gettext_noop("The file holds characters that are no plain text.")
_NO_NUMBER: Final = gettext_noop("A whole number is expected here, not “%(word)s”.")
_NO_PAIR: Final = gettext_noop("Project and activity are expected here as two numbers with a colon, not “%(word)s”.")
_OUT_OF_RANGE: Final = gettext_noop("%(number)s is out of range here: from %(least)s to %(most)s is possible.")
_ENDS: Final = gettext_noop("The file ends too early: more numbers are expected.")
ADVICE: Final = gettext_noop(
    "Download or export the file again; it must be a complete PSPLIB, Patterson or MPLIB text."
)


class Words:
    """A walk through the words of a text; `line` is where the last one stood."""

    def __init__(self, lines: Sequence[str], *, file: str, first_line: int = 1) -> None:
        self.file = file
        self.line = first_line
        self._words = _walk(lines, first_line)

    def number(self, *, least: int = 0, most: int = LARGEST) -> int:
        """Return the next word as a whole number between two bounds."""
        word = self._next()
        if not _NUMBER.fullmatch(word):
            raise self.refusal(Message(_NO_NUMBER, {"word": word[:40]}))
        return self.checked(int(word), least=least, most=most)

    def pair(self, *, most: int) -> tuple[int, int]:
        """Return the next word `a:b` as two whole numbers from 1 on."""
        word = self._next()
        first, colon, second = word.partition(":")
        if not colon or not _NUMBER.fullmatch(first) or not _NUMBER.fullmatch(second):
            raise self.refusal(Message(_NO_PAIR, {"word": word[:40]}))
        return self.checked(int(first), least=1, most=most), self.checked(int(second), least=1, most=most)

    def checked(self, number: int, *, least: int, most: int) -> int:
        """Return a number that lies between two bounds."""
        if not least <= number <= most:
            raise self.refusal(Message(_OUT_OF_RANGE, {"number": number, "least": least, "most": most}))
        return number

    def is_at_end(self) -> bool:
        """Return whether no word is left; takes one if there is."""
        return next(self._words, None) is None

    def refusal(self, message: Message) -> FileRefused:
        """Return the refusal of the file at this line."""
        return FileRefused(message, file=self.file, place=f"line {self.line}", advice=Message(ADVICE))

    def _next(self) -> str:
        try:
            self.line, word = next(self._words)
        except StopIteration:
            raise self.refusal(Message(_ENDS)) from None
        return word


def _walk(lines: Sequence[str], first_line: int) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, start=first_line):
        for word in line.split():
            yield number, word


def text_of(data: bytes, *, file: str) -> str:
    """Return a file as text.

    Raises
    ------
    FileRefused
        If it is too large or no plain text.
    """
    if len(data) > MOST_BYTES:
        words = {"megabytes": len(data) // 1024**2 + 1, "limit": MOST_BYTES // 1024**2}
        raise FileRefused(Message(_SIZE, words), file=file, advice=Message(_SIZE_ADVICE))
    try:
        return data.decode("ascii")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise FileRefused(Message(_NO_TEXT), file=file, place=f"line {line}", advice=Message(ADVICE)) from error
