"""Named places that a lower room offers and upper rooms fill.

A slot is declared once, by the room that shows it, with the type of thing it takes; whoever stands above registers
things.  So the project page shows the schedule's tab without knowing that a schedule exists.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Slot[T]:
    """A named place; iterates over its contents by `order`, then name.

    Examples
    --------
    >>> tabs: Slot[str] = Slot("example.tabs")
    >>> tabs.fill("schedule", "Schedule", order=20)
    >>> tabs.fill("overview", "Overview", order=10)
    >>> list(tabs)
    ['Overview', 'Schedule']
    """

    name: str
    _contents: dict[str, tuple[int, T]] = field(default_factory=dict)

    def fill(self, key: str, content: T, *, order: int = 100) -> None:
        """Put a thing into the slot.

        Raises
        ------
        ValueError
            If the key is taken: two rooms must not hide each other.
        """
        if key in self._contents:
            raise ValueError(f"slot {self.name} already has {key!r}")
        self._contents[key] = (order, content)

    def __iter__(self) -> Iterator[T]:
        ordered = sorted(self._contents.items(), key=lambda item: (item[1][0], item[0]))
        return iter([content for _, (_, content) in ordered])

    def __getitem__(self, key: str) -> T:
        return self._contents[key][1]

    def __contains__(self, key: str) -> bool:
        return key in self._contents
