"""Free masks: for every start of a grid one bit for each person or room.

A mask is an array of shape (words, starts) of unsigned numbers, as narrow as up to 64 owners allow; owner `i` is bit
`i % 64` of word `i // 64`.  The
stretches of one owner do not overlap, so adding the bit where a stretch begins, taking it away where it ends and summing
along the grid writes the masks of all owners in one pass.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kaname.engine.slots.stretches import Int64s, Stretches

Bits = NDArray[np.unsignedinteger[Any]]
Bools = NDArray[np.bool_]

WORD: Final = 64
_WIDTHS: Final = ((8, np.uint8), (16, np.uint16), (32, np.uint32), (WORD, np.uint64))


@dataclass(frozen=True, slots=True)
class Grid:
    """Starts in question: `first_at`, and every `step` minutes after it, `count` of them."""

    first_at: int
    step: int
    count: int

    def start_at(self, place: int) -> int:
        """Return the wall minute of a start."""
        return self.first_at + self.step * place


def grid_of(*, from_at: int, until_at: int, length: int, step: int) -> Grid:
    """Return the starts, multiples of `step`, at which a meeting of `length` minutes lies in `[from_at, until_at)`.

    Examples
    --------
    >>> grid_of(from_at=541, until_at=660, length=60, step=15)
    Grid(first_at=555, step=15, count=4)
    """
    first = -(-from_at // step)
    last = (until_at - length) // step
    return Grid(first * step, step, max(last - first + 1, 0))


def starts_inside(blocks: Stretches, *, length: int, grid: Grid, owners: int) -> Bits:
    """Return at which starts of the grid a meeting of `length` minutes lies in one of the blocks.

    Parameters
    ----------
    blocks
        Those of one owner do not overlap.
    owners
        How many owners there are.
    """
    return paint(blocks.owners, blocks.starts, blocks.finishes - length, grid=grid, owners=owners)


def paint(rows: Int64s, firsts: Int64s, lasts: Int64s, *, grid: Grid, owners: int) -> Bits:
    """Return the mask of the starts from `firsts` to `lasts`, both in wall minutes and both included.

    Returns
    -------
    Bits
        Shape (words, `grid.count`); cost O(intervals + words x starts).
    """
    begins = _places(firsts + (grid.step - 1), grid)
    ends = np.maximum(_places(lasts + grid.step, grid), begins)
    masks = no_bits(grid.count + 1, owners=owners)
    one = masks.dtype.type(1)
    for word, mask in enumerate(masks):
        mine = slice(None) if len(masks) == 1 else np.flatnonzero(rows // WORD == word)
        bits = np.left_shift(one, np.arange(WORD, dtype=masks.dtype))[rows[mine] - word * WORD]
        np.add.at(mask, begins[mine], bits)
        np.subtract.at(mask, ends[mine], bits)
    np.cumsum(masks, axis=1, dtype=masks.dtype, out=masks)
    return masks[:, :-1]


def _places(minutes: Int64s, grid: Grid) -> Int64s:
    """Return the last place of the grid at or before each minute, 0 to the count of the grid; `minutes` is overwritten."""
    minutes -= grid.first_at
    minutes //= grid.step
    np.maximum(minutes, 0, out=minutes)
    return np.minimum(minutes, grid.count, out=minutes)


def without(masks: Bits, others: Bits) -> Bits:
    """Return the first masks less the others, both overwritten: new arrays of this size cost more than the work."""
    np.invert(others, out=others)
    return np.bitwise_and(masks, others, out=masks)


def no_bits(starts: int, *, owners: int) -> Bits:
    """Return masks without a bit, in words wide enough for the owners."""
    width = next((width for most, width in _WIDTHS if owners <= most), np.uint64)
    return np.zeros((max(-(-owners // WORD), 1), starts), dtype=width)


def bits_of(owners: Iterable[int], *, count: int) -> Bits:
    """Return the bits of some of `count` owners, shape (words,).

    Examples
    --------
    >>> bits_of([0, 2], count=3).tolist()
    [5]
    """
    words = no_bits(1, owners=count)[:, 0]
    for owner in owners:
        words[owner // WORD] |= words.dtype.type(1 << owner % WORD)
    return words


def owners_in(masks: Bits, place: int) -> list[int]:
    """Return the owners whose bit is set at a start, ascending."""
    owners = []
    for word, mask in enumerate(masks):
        bits = int(mask[place])
        while bits:
            lowest_bit = bits & -bits
            owners.append(word * WORD + lowest_bit.bit_length() - 1)
            bits ^= lowest_bit
    return owners


def is_set(masks: Bits, owner: int) -> Bools:
    """Return for every start whether the bit of an owner is set."""
    return masks[owner // WORD] & masks.dtype.type(1 << owner % WORD) != 0


def counts(masks: Bits) -> Int64s:
    """Return for every start how many bits are set."""
    return np.bitwise_count(masks).sum(axis=0, dtype=np.int64)


def lowest(masks: Bits) -> Int64s:
    """Return for every start the lowest owner whose bit is set, -1 where there is none."""
    answer = np.full(masks.shape[1], -1, dtype=np.int64)
    for word in range(len(masks) - 1, -1, -1):
        bits = masks[word]
        below = np.bitwise_count((bits & (~bits + 1)) - 1).astype(np.int64)
        answer = np.where(bits != 0, below + word * WORD, answer)
    return answer
