"""Numbers for the keys of a file: Primavera's keys are numbers as a rule, but not in every file, and not across tables."""

from kaname.formats.mspdi.values import MAX_UID


class Numbers:
    """Give each key a number of its own: the key itself where it is one and free, else the next free one above all."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._taken: set[int] = set()
        self._next = 1_000_000_000

    def give(self, key: str) -> int:
        """Return the number of a key, a new one where it has none yet.

        Examples
        --------
        >>> numbers = Numbers()
        >>> numbers.give("17"), numbers.give("A-1"), numbers.give("17")
        (17, 1000000000, 17)
        """
        if key not in self._numbers:
            self._numbers[key] = self._free(key)
            self._taken.add(self._numbers[key])
        return self._numbers[key]

    def find(self, key: str) -> int | None:
        """Return the number of a key, `None` where it has none."""
        return self._numbers.get(key)

    def _free(self, key: str) -> int:
        bare = key.rpartition(":")[2]
        if bare.isdecimal() and len(bare) <= 10 and 0 < int(bare) <= MAX_UID and int(bare) not in self._taken:
            return int(bare)
        while self._next in self._taken:
            self._next += 1
        return self._next
