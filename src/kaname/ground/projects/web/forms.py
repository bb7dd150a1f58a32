"""What is typed about projects."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kaname.ground.calendars.models import WorkCalendar
from kaname.ground.calendars.types import CalendarKind
from kaname.ground.people.models import Department, Person
from kaname.ground.projects.models import Membership, Project, ProjectClass, ProjectGroup
from kaname.ground.projects.types import GroupKind, Health, ProjectRole, ProjectState
from kaname.kernel.text import name_of
from kaname.ui.forms import DayInput, LookupInput

LARGEST_VERSION: Final = 2_147_483_647
_EARLIEST: Final = date(1990, 1, 1)
_LATEST: Final = date(2099, 12, 31)
_LARGEST_BUDGET: Final = 10**15


class NamedChoice(forms.ModelChoiceField):
    """A choice among things named in both languages; trees are set in by their depth."""

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        super().__init__(queryset, empty_label="–", **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        """Return the name, set in."""
        depth = max(getattr(obj, "path", "").count("/") - 2, 0)
        return "\u3000" * depth + name_of(obj)


class DayField(forms.DateField):
    """A day between 1990 and 2099."""

    widget = DayInput

    def validate(self, value: Any) -> None:
        """Refuse days that nobody means."""
        super().validate(value)
        if value is not None and not _EARLIEST <= value <= _LATEST:
            raise forms.ValidationError(_("Enter a day between 1990 and 2099."), code="out_of_range")


class VersionForm(forms.Form):
    """The version that a button was drawn for."""

    version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput)


class PeriodForm(forms.Form):
    """Something that lasts; its last day is typed, the day after it is kept."""

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the beginning."""
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The end lies before the beginning."))
        return cleaned


class ProjectForm(PeriodForm):
    """The facts of a project."""

    code = forms.CharField(label=_("Code"), max_length=20)
    name = forms.CharField(label=_("Project name"), max_length=120)
    name_en = forms.CharField(label=_("English name"), max_length=120, required=False)
    customer = forms.CharField(label=_("Customer"), max_length=100, required=False)
    purpose = forms.CharField(
        label=_("Purpose"),
        max_length=4000,
        required=False,
        widget=forms.Textarea,
        help_text=_("What is different for whom when the project has succeeded."),
    )
    project_class = NamedChoice(label=_("Project class"), queryset=ProjectClass.objects.none())
    department = NamedChoice(label=_("Responsible department"), queryset=Department.objects.none())
    group = NamedChoice(label=_("Portfolio or programme"), queryset=ProjectGroup.objects.none(), required=False)
    calendar = NamedChoice(
        label=_("Calendar"),
        queryset=WorkCalendar.objects.none(),
        required=False,
        help_text=_("Empty: the company's standard calendar."),
    )
    state = forms.ChoiceField(
        label=_("State"), choices=[choice for choice in ProjectState.choices if choice[0] != "closed"]
    )
    starts_on = DayField(label=_("Planned start"))
    ends_on = DayField(label=_("Planned finish"), required=False, help_text=_("The last planned day."))
    budget = forms.IntegerField(label=_("Budget (yen)"), min_value=0, max_value=_LARGEST_BUDGET, required=False)
    version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, project: Project | None = None, sees_budget: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        in_use = Q(archived_at=None)
        chosen = {
            "project_class": (ProjectClass, project and project.project_class_id, ("position", "name")),
            "department": (Department, project and project.department_id, ("path",)),
            "group": (ProjectGroup, project and project.group_id, ("path",)),
        }
        for name, (model, present, order) in chosen.items():
            self.fields[name].queryset = model.objects.filter(in_use | Q(pk=present)).order_by(*order)
        calendars = WorkCalendar.objects.filter(
            (in_use & ~Q(kind=CalendarKind.PERSON)) | Q(pk=project and project.calendar_id)
        )
        self.fields["calendar"].queryset = calendars.order_by("name")
        if not sees_budget:
            del self.fields["budget"]
        if project is not None and project.state == ProjectState.CLOSED:
            del self.fields["state"]

    def values(self) -> dict[str, Any]:
        """Return what the operations take."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in {"version", "ends_on"}}
        return values | {"ends_before": day_after(self.cleaned_data["ends_on"])}


def present_project(project: Project) -> Mapping[str, Any]:
    """Return the facts of a project as its form holds them."""
    names = ("code", "name", "name_en", "customer", "purpose", "project_class", "department", "group", "calendar")
    facts = {name: getattr(project, name) for name in (*names, "state", "starts_on", "budget", "version")}
    return facts | {"ends_on": project.finishes_on}


class CloseForm(VersionForm):
    """On which day a project is closed."""

    closed_on = DayField(label=_("Closed on"))


class MemberForm(PeriodForm):
    """Period and load of a membership."""

    starts_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Last day"), required=False, help_text=_("Empty: until further notice."))
    load_percent = forms.IntegerField(
        label=_("Load (%)"), min_value=0, max_value=100, help_text=_("Share of the person's working time, 0 to 100.")
    )
    version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput, required=False)

    def values(self) -> dict[str, Any]:
        """Return what the operations take."""
        return {
            "starts_on": self.cleaned_data["starts_on"],
            "ends_before": day_after(self.cleaned_data["ends_on"]),
            "load_permille": self.cleaned_data["load_percent"] * 10,
        }


class NewMemberForm(MemberForm):
    """Who takes which part in a project."""

    person = forms.ModelChoiceField(label=_("Person"), queryset=Person.objects.none())
    role = forms.ChoiceField(label=_("Role"), choices=ProjectRole.choices)
    field_order = ("person", "role", "load_percent", "starts_on", "ends_on")

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        field.queryset = people
        asked = self.data.get("person", "") if self.is_bound else ""
        person = people.filter(pk=asked).first() if asked.isascii() and asked.isdigit() else None
        field.widget = LookupInput(reverse("people:options"), person.name if person else "")


class RoleForm(forms.Form):
    """Another role of somebody who takes part, from a day on."""

    role = forms.ChoiceField(label=_("New role"), choices=ProjectRole.choices)
    starts_on = DayField(label=_("First day in the new role"), help_text=_("The present part ends on the day before."))
    load_percent = forms.IntegerField(label=_("Load (%)"), min_value=0, max_value=100)
    version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput, required=False)


def present_membership(membership: Membership) -> Mapping[str, Any]:
    """Return period and load of a membership as its form holds them."""
    return {
        "starts_on": membership.starts_on,
        "ends_on": membership.ends_on,
        "load_percent": membership.load_permille // 10,
        "version": membership.version,
    }


class StatusForm(forms.Form):
    """How a project is, and why."""

    health = forms.ChoiceField(
        label=_("Status"),
        choices=[choice for choice in Health.choices if choice[0] != "unknown"],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What makes you say so, and what is done about it."),
    )
    on = DayField(label=_("Date"))


class GroupForm(forms.Form):
    """A portfolio or programme."""

    kind = forms.ChoiceField(label=_("Kind"), choices=GroupKind.choices)
    name = forms.CharField(label=_("Name of the group"), max_length=100)
    name_en = forms.CharField(label=_("English name"), max_length=100, required=False)
    parent = NamedChoice(label=_("Belongs to"), queryset=ProjectGroup.objects.none(), required=False)
    position = forms.IntegerField(label=_("Place in the order"), min_value=0, max_value=9999, initial=0)
    version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, group: ProjectGroup | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parents = ProjectGroup.objects.filter(archived_at=None)
        if group is not None:
            parents = parents.exclude(path__startswith=group.path)
        self.fields["parent"].queryset = parents.order_by("path")


class ClassForm(forms.Form):
    """A project class; its phases are typed beside it."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=20,
        help_text=_("Lower-case letters, digits and hyphens; it cannot be changed later."),
    )
    name = forms.CharField(label=_("Name of the class"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=60, required=False)
    position = forms.IntegerField(label=_("Place in the order"), min_value=0, max_value=9999, initial=0)
    version = forms.IntegerField(min_value=1, max_value=LARGEST_VERSION, widget=forms.HiddenInput, required=False)


def day_after(last_day: date | None) -> date | None:
    """Return the day before which something ends whose last day is given."""
    return last_day + timedelta(days=1) if last_day else None
