"""Numbers that look random, counted: the same seed and the same count of draws give the same number everywhere."""

from collections.abc import MutableSequence

MASK = 0xFFFFFFFF
SEED = 0
COUNT = 1


def mixed(value: int) -> int:
    """Return a number of 32 bits well mixed (the `lowbias32` hash of C. Wellons, 2018)."""
    value &= MASK
    value ^= value >> 16
    value = (value * 0x21F0AAAD) & MASK
    value ^= value >> 15
    value = (value * 0x735A2D97) & MASK
    return value ^ (value >> 15)


def throw(dice: MutableSequence[int]) -> int:
    """Return the next number of 32 bits; `dice` holds seed and count."""
    dice[COUNT] += 1
    return mixed(dice[COUNT] ^ mixed(dice[SEED] + (dice[COUNT] >> 32)))


def below(dice: MutableSequence[int], limit: int) -> int:
    """Return a number from 0 to below `limit`, which is at most 2^31."""
    return (throw(dice) * limit) >> 32
