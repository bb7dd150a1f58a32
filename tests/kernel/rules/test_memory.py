"""Roles are asked once in a request that reads, and anew in the next."""

import pytest
import time_machine

from kaname.ground.projects.models import Membership
from kaname.ground.projects.rules import EDIT, VIEW
from kaname.kernel.rules.decisions import decide, may
from kaname.kernel.rules.memory import remembering
from tests.rooms.company import NOW, found_company


@pytest.fixture
def company(db):
    with time_machine.travel(NOW, tick=False):
        yield found_company()


def test_roles_within_a_reading_request_are_asked_once(company, django_assert_num_queries):
    with remembering():
        assert may(company.pm, VIEW)
        with django_assert_num_queries(0):
            assert may(company.pm, EDIT)
            assert decide(company.pm, EDIT, company.own)
            assert not decide(company.pm, EDIT, company.other)


def test_role_that_was_taken_away_is_gone_in_the_next_request(company):
    with remembering():
        assert decide(company.pm, EDIT, company.own)
        Membership.objects.filter(person=company.pm_person).update(ends_before=NOW.date())
        assert decide(company.pm, EDIT, company.own)
    with remembering():
        assert not decide(company.pm, EDIT, company.own)


def test_role_that_was_taken_away_is_gone_at_once_where_nothing_is_remembered(company):
    assert decide(company.pm, EDIT, company.own)
    Membership.objects.filter(person=company.pm_person).update(ends_before=NOW.date())
    assert not decide(company.pm, EDIT, company.own)
