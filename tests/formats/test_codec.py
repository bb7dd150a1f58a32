import pytest

from kaname.engine.calendar.types import Calendar, Shift
from kaname.engine.network.plan import Plan, Task
from kaname.formats.jail.codec import LONGEST_TEXT, TooLongText, decode, encode


def test_plan_is_the_same_after_the_way_even_when_its_calendars_were_hashed():
    week = tuple((Shift(540, 1080),) if day < 5 else () for day in range(7))
    plan = Plan(name="計画", calendars=(Calendar(uid=1, name="標準", week=week),), tasks=(Task(uid=1, name="設計"),))
    hash(plan.calendars[0])
    assert decode(encode(plan), Plan) == plan


def test_text_longer_than_any_of_a_plan_is_refused_by_its_length():
    with pytest.raises(TooLongText):
        decode(encode(Plan(name="長" * (LONGEST_TEXT + 1))), Plan)
