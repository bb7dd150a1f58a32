"""Words of the portfolio."""

from dataclasses import dataclass

from kaname.engine.text import Message


@dataclass(frozen=True, slots=True)
class Attention:
    """How urgently a project wants a look: `score` orders (more = sooner), `reason` says it in one phrase."""

    score: int
    reason: Message
