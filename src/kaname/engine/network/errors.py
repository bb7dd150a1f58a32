"""Why a plan cannot be calculated."""

from collections.abc import Iterable

from kaname.engine.text import Message, Refusal


class PlanError(Refusal):
    """A plan that cannot be calculated; `messages` name every fault that was found, at least one."""


class LoopError(PlanError):
    """Tasks drive one another in a ring; `loops` holds the uids of each ring in driving order, without repetition."""

    def __init__(self, messages: Iterable[Message], loops: Iterable[tuple[int, ...]]) -> None:
        super().__init__(messages)
        self.loops = tuple(loops)
