"""Words and amounts of health."""

from django.utils.translation import override

from kaname.engine.text import Message
from kaname.pso.reports.web.words import Unit, amount, worded


def test_lengths_and_days_inside_messages_are_said_in_the_readers_language() -> None:
    lag = Message("Lag of %(amount)s on its %(type)s link from “%(predecessor)s”.", {
        "amount": "1.5d", "type": "SS", "predecessor": "設計",
    })  # fmt: skip
    with override("ja"):
        assert worded(lag) == "「設計」からのSSの依存関係に1.5日のラグがあります。"
        assert worded(Message("%(amount)s", {"amount": "33%"})) == "33%"
    with override("en"):
        assert worded(lag) == "Lag of 1.5d on its SS link from “設計”."


def test_counts_carry_their_unit() -> None:
    with override("ja"):
        assert amount(1234, Unit.COUNT) == "1,234件"
    with override("en"):
        assert amount(35, Unit.COUNT) == "35"
