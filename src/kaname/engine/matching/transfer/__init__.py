"""Transfer effect: what a move of a person does to the finish, the cost and the overload of both projects."""

from kaname.engine.matching.transfer.transfer import TransferDesk
from kaname.engine.matching.transfer.types import (
    Changed,
    Effect,
    Move,
    Project,
    Ranking,
    Refused,
    Side,
    Standing,
)

__all__ = ["Changed", "Effect", "Move", "Project", "Ranking", "Refused", "Side", "Standing", "TransferDesk"]
