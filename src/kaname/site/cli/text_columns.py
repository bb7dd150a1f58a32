"""Text in columns of the terminal, where a kanji fills two."""

import unicodedata
from collections.abc import Sequence


def width_of(text: str) -> int:
    """Return the columns that a text fills in a terminal.

    Examples
    --------
    >>> width_of("総数 98")
    7
    """
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def padded(text: str, width: int) -> str:
    """Return the text with blanks behind it, so that it fills so many columns."""
    return text + " " * (width - width_of(text))


def padded_before(text: str, width: int) -> str:
    """Return the text with blanks before it, so that it fills so many columns: for numbers."""
    return " " * (width - width_of(text)) + text


def print_columns(rows: Sequence[Sequence[str]], *, texts: int = 1) -> None:
    """Print rows of equally many cells, the first `texts` columns to the left and the others, numbers, to the right."""
    widths = [max(width_of(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [
            padded(cell, width) if column < texts else padded_before(cell, width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())


def shortened(text: str, most: int) -> str:
    """Return a text in one line, cut with … where it is wider than `most`."""
    line = " ".join(text.split())
    if width_of(line) <= most:
        return line
    kept = ""
    for letter in line:
        if width_of(kept + letter) >= most:
            break
        kept += letter
    return f"{kept}…"
