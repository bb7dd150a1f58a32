"""What the database refuses is said in the reader's words."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from kaname.ground.people.models import Skill
from kaname.ground.projects.models import Project
from kaname.kernel.constraints import explained
from tests.rooms.company import found_company


def refusal(act) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    with translation.override("en"):
        return explained(caught.value)


@pytest.mark.django_db
def test_value_that_is_taken_names_its_field():
    Skill.objects.create(name="Python")
    sentence = refusal(lambda: Skill.objects.create(name="Python"))
    assert sentence == "Name: there is one with this value already. Choose another."


@pytest.mark.django_db
def test_values_that_contradict_each_other_are_told_apart():
    company = found_company()
    sentence = refusal(lambda: Project.objects.filter(pk=company.own.pk).update(state="nowhere"))
    assert sentence == (
        "The values contradict each other or what is kept already; nothing was changed. Check them and try again."
    )
