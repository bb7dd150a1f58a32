"""What is filled in about people."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kaname.ground.calendars.models import WorkCalendar
from kaname.ground.calendars.web.week import WeekField
from kaname.ground.people.models import Department, Partner, Person, Skill
from kaname.ground.people.queries import free_accounts
from kaname.ground.people.types import DayPart, Employment, LeaveKind, SkillLevel
from kaname.kernel.kana import as_reading, tidy_name
from kaname.ui.forms import DayInput, LookupInput

LARGEST_VERSION: Final = 2_147_483_647
HIGHEST_RATE: Final = 10_000_000


def version_field() -> forms.IntegerField:
    """Return the field that carries the version a form was drawn for."""
    return forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput)


class VersionForm(forms.Form):
    """The version that a button was drawn for."""

    version = version_field()


class DepartmentField(forms.ModelChoiceField):
    """A department, set in by its depth."""

    def label_from_instance(self, obj: Department) -> str:
        """Return the name below its parents."""
        return "\u3000" * obj.depth + obj.name


class PersonForm(forms.Form):
    """Facts of a person."""

    name = forms.CharField(label=_("Name"), max_length=100)
    reading = forms.CharField(
        label=_("Reading"), max_length=100, help_text=_("In kana, such as やまだ たろう; people are sorted by it.")
    )
    name_latin = forms.CharField(label=_("Name in Latin letters"), max_length=100, required=False)
    employee_number = forms.CharField(label=_("Employee number"), max_length=20)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    department = DepartmentField(label=_("Department"), queryset=Department.objects.none(), empty_label=_("Choose"))
    employment = forms.ChoiceField(label=_("Employment"), choices=Employment.choices)
    partner = forms.ModelChoiceField(
        label=_("Partner company"), queryset=Partner.objects.none(), required=False, empty_label="–"
    )
    place = forms.CharField(label=_("Place of work"), max_length=60, required=False)
    calendar = forms.ModelChoiceField(
        label=_("Calendar"),
        queryset=WorkCalendar.objects.none(),
        required=False,
        empty_label=_("that of the company"),
        help_text=_("Only where the person works by a calendar of their own."),
    )
    joined_on = forms.DateField(label=_("Joined"), widget=DayInput)
    last_day = forms.DateField(
        label=_("Last day of work"), widget=DayInput, required=False, help_text=_("Empty for who stays.")
    )
    account = forms.ModelChoiceField(
        label=_("Account"),
        queryset=None,
        required=False,
        empty_label=_("none"),
        help_text=_("With it the person signs in and sees their own work."),
    )

    def __init__(self, *args: Any, person: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        departments = Department.objects.filter(archived_at=None)
        partners = Partner.objects.filter(archived_at=None)
        calendars = WorkCalendar.objects.filter(archived_at=None)
        if person is not None:
            departments |= Department.objects.filter(pk=person.department_id)
            partners |= Partner.objects.filter(pk=person.partner_id)
            calendars |= WorkCalendar.objects.filter(pk=person.calendar_id)
        self.fields["department"].queryset = departments.order_by("path")
        self.fields["partner"].queryset = partners.order_by("reading", "name")
        self.fields["calendar"].queryset = calendars.order_by("kind", "name")
        self.fields["account"].queryset = free_accounts(person)

    def clean_name(self) -> str:
        """Bring the name into its one form."""
        return tidy_name(self.cleaned_data["name"])

    def clean_reading(self) -> str:
        """Bring the reading into hiragana."""
        return as_reading(self.cleaned_data["reading"])

    def facts(self) -> dict[str, Any]:
        """Return what operations take: the last day as the end of the period."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in {"last_day", "version"}}
        last_day = self.cleaned_data["last_day"]
        values["left_before"] = last_day + timedelta(days=1) if last_day else None
        return values


class EditPersonForm(PersonForm):
    """Facts of a person to be changed."""

    version = version_field()


def person_values(person: Person) -> Mapping[str, Any]:
    """Return a person as the form holds it."""
    names = (
        "name",
        "reading",
        "name_latin",
        "employee_number",
        "email",
        "department",
        "employment",
        "partner",
        "place",
        "calendar",
        "joined_on",
        "last_day",
        "account",
        "version",
    )
    return {name: getattr(person, name) for name in names}


class DepartmentForm(forms.Form):
    """A department."""

    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=100)
    name_en = forms.CharField(label=_("English name"), max_length=100, required=False)
    parent = DepartmentField(
        label=_("Parent department"), queryset=Department.objects.none(), required=False, empty_label=_("at the top")
    )
    manager = forms.ModelChoiceField(
        label=_("Manager"),
        queryset=Person.objects.none(),
        required=False,
        widget=LookupInput(reverse_lazy("people:options")),
    )
    position = forms.IntegerField(
        label=_("Place in the order"),
        min_value=0,
        max_value=9999,
        initial=0,
        help_text=_("Smaller numbers stand above."),
    )

    def __init__(self, *args: Any, people: Any, department: Department | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parents = Department.objects.filter(archived_at=None)
        if department is not None:
            parents = parents.exclude(path__startswith=department.path)
        self.fields["parent"].queryset = parents.order_by("path")
        self.fields["manager"].queryset = people
        chosen = self["manager"].value()
        manager = chosen if isinstance(chosen, Person) else self._manager(people, chosen)
        self.fields["manager"].widget.label = manager.name if manager else ""

    def _manager(self, people: Any, chosen: Any) -> Person | None:
        return people.filter(pk=chosen).first() if str(chosen or "").isdecimal() else None


class EditDepartmentForm(DepartmentForm):
    """A department to be changed."""

    version = version_field()


def department_values(department: Department) -> Mapping[str, Any]:
    """Return a department as the form holds it."""
    names = ("name", "name_en", "parent", "manager", "position", "version")
    return {name: getattr(department, name) for name in names}


class PartnerForm(forms.Form):
    """A partner company."""

    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=100)
    reading = forms.CharField(label=_("Reading"), max_length=100, required=False)
    calendar = forms.ModelChoiceField(
        label=_("Calendar"),
        queryset=WorkCalendar.objects.none(),
        required=False,
        empty_label=_("that of the company"),
        help_text=_("Its people work by it unless they have one of their own."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["calendar"].queryset = WorkCalendar.objects.filter(archived_at=None).order_by("kind", "name")


class EditPartnerForm(PartnerForm):
    """A partner company to be changed."""

    version = version_field()


def partner_values(partner: Partner) -> Mapping[str, Any]:
    """Return a partner company as the form holds it."""
    return {name: getattr(partner, name) for name in ("name", "reading", "calendar", "version")}


class SkillForm(forms.Form):
    """A skill."""

    name = forms.CharField(label=pgettext_lazy("thing", "Name"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=60, required=False)
    category = forms.CharField(label=_("Category"), max_length=60, required=False)


class EditSkillForm(SkillForm):
    """A skill to be changed."""

    version = version_field()


def skill_values(skill: Skill) -> Mapping[str, Any]:
    """Return a skill as the form holds it."""
    return {name: getattr(skill, name) for name in ("name", "name_en", "category", "version")}


class LeaveForm(forms.Form):
    """Days on which a person is away."""

    kind = forms.ChoiceField(label=_("Kind"), choices=LeaveKind.choices)
    part = forms.ChoiceField(label=_("Part of the day"), choices=DayPart.choices)
    starts_on = forms.DateField(label=pgettext_lazy("period", "From"), widget=DayInput)
    ends_on = forms.DateField(
        label=pgettext_lazy("period", "Until"), widget=DayInput, required=False, help_text=_("Empty for one day.")
    )

    def clean(self) -> dict[str, Any]:
        """Turn the last day into the end of the period."""
        values = super().clean() or {}
        starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day lies before the first one."))
        elif starts_on:
            values["ends_before"] = (ends_on or starts_on) + timedelta(days=1)
        return values


class PartTimeForm(forms.Form):
    """A while in which a person follows another weekly pattern."""

    starts_on = forms.DateField(label=pgettext_lazy("period", "From"), widget=DayInput)
    ends_on = forms.DateField(
        label=pgettext_lazy("period", "Until"), widget=DayInput, required=False, help_text=_("Empty for no end.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=100, required=False)
    week = WeekField(label=_("Weekly hours"), base_label=_("as the calendar"))

    def clean(self) -> dict[str, Any]:
        """Turn the last day into the end of the period."""
        values = super().clean() or {}
        starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day lies before the first one."))
        values["ends_before"] = ends_on + timedelta(days=1) if ends_on else None
        return values


class RateForm(forms.Form):
    """What an hour costs from a day on."""

    starts_on = forms.DateField(label=pgettext_lazy("period", "From"), widget=DayInput)
    per_hour = forms.IntegerField(label=_("Rate per hour (yen)"), min_value=0, max_value=HIGHEST_RATE)


class AssessmentForm(forms.Form):
    """How well a person masters a skill."""

    skill = forms.ModelChoiceField(label=_("Skill"), queryset=Skill.objects.none(), empty_label=_("Choose"))
    level = forms.TypedChoiceField(label=_("Level"), choices=SkillLevel.choices, coerce=int)
    assessed_on = forms.DateField(label=_("Assessed on"), widget=DayInput)
    evidence = forms.CharField(
        label=_("Evidence"),
        max_length=300,
        required=False,
        help_text=_("The project, role or certificate that shows it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].queryset = Skill.objects.filter(archived_at=None).order_by("category", "name")
