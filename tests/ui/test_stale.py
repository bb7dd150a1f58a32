from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
import time_machine
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import override

from kaname.ground.projects.types import ProjectState
from kaname.kernel.records import Stale
from kaname.ui.forms import DayInput
from kaname.ui.stale import Differing, show_both


class ThingForm(forms.Form):
    name = forms.CharField(label="Name")
    state = forms.ChoiceField(label="State", choices=ProjectState.choices)
    on = forms.DateField(label="Date", widget=DayInput, required=False)
    tells = forms.BooleanField(label="Tells", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


def stale_at(version: int) -> Stale:
    current = SimpleNamespace(version=version, pk=1, _meta=SimpleNamespace(label="Thing"))
    return Stale(current, 1)  # type: ignore[arg-type]


@pytest.fixture
def form() -> ThingForm:
    form = ThingForm(QueryDict("name=mine&state=active&on=2026-07-10&version=1"))
    assert form.is_valid()
    return form


def test_only_differing_fields_are_shown_in_words_and_as_the_input_holds_them(form: ThingForm) -> None:
    present = {"name": "mine", "state": "on_hold", "on": date(2025, 7, 11), "tells": True}
    with override("en"), time_machine.travel(datetime(2026, 7, 1, tzinfo=UTC), tick=False):
        show_both(form, stale_at(7), present=present)
    assert form.conflict.fields == (  # type: ignore[attr-defined]
        Differing(label="State", mine="In progress", theirs="On hold", field_id="id_state", value="on_hold"),
        Differing(label="Date", mine="Fri 10 Jul", theirs="Fri 11 Jul 2025", field_id="id_on", value="2025-07-11"),
        Differing(label="Tells", mine="No", theirs="Yes", field_id="id_tells", value="on"),
    )


def test_form_keeps_what_was_typed_and_goes_over_the_present_version(form: ThingForm) -> None:
    show_both(form, stale_at(7), present={"name": "theirs", "state": "active", "on": None, "tells": False})
    drawn = render_to_string("ui/forms/form.html", {"form": form, "fields": [], "hidden_fields": [form["version"]]})
    assert form["name"].value() == "mine"
    assert 'value="7"' in drawn
    assert drawn.count("data-take=") == 2


def test_equal_versions_leave_nothing_to_decide(form: ThingForm) -> None:
    show_both(form, stale_at(2), present={"name": "mine", "state": "active", "on": date(2026, 7, 10), "tells": False})
    assert form.conflict.fields == ()  # type: ignore[attr-defined]
