"""Two people edited the same record: show both versions in the form, lose nothing that was typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.db.models import Model
from django.utils.translation import gettext as _

from kaname.kernel.records import Stale
from kaname.kernel.text import name_of
from kaname.ui.components.dates import UNKNOWN, day_words
from kaname.ui.types import Text

_TAKEN_BY_SCRIPT: Final = (forms.TextInput, forms.Textarea, forms.Select, forms.CheckboxInput)


@dataclass(frozen=True, slots=True, kw_only=True)
class Differing:
    """A field in which both versions differ; `value` is theirs as the input holds it, `field_id` where it can be put."""

    label: Text
    mine: str
    theirs: str
    field_id: str
    value: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """What differs between the typed form and the record as it is now."""

    fields: tuple[Differing, ...]


def show_both(form: forms.Form, stale: Stale, *, present: Mapping[str, Any]) -> None:
    """Let a valid form that came too late show both versions, and be sent again over the present one.

    `{{ form }}` then begins with the differences; each of theirs can be taken over by a click, saving keeps what the form
    holds.  Answer with status 409.

    Parameters
    ----------
    form
        Bound and valid; has a hidden field `version`.
    present
        The values of `stale.current` by field, as `cleaned_data` would hold them: what the form's `initial` is made of.
    """
    form.conflict = Conflict(tuple(_differing(form, present)))  # type: ignore[attr-defined]
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = str(stale.current.version)


def _differing(form: forms.Form, present: Mapping[str, Any]) -> Iterable[Differing]:
    for name, field in form.fields.items():
        if name == "version" or name not in present:
            continue
        mine, theirs = form.cleaned_data.get(name), present[name]
        if (mine or None) == (theirs or None):
            continue
        bound = form[name]
        is_simple = isinstance(field.widget, _TAKEN_BY_SCRIPT)
        yield Differing(
            label=bound.label,
            mine=_words(field, mine),
            theirs=_words(field, theirs),
            field_id=bound.id_for_label or "" if is_simple else "",
            value=_held(field, theirs),
        )


def _words(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value is None or value == "":
        return UNKNOWN
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, Model):
        return name_of(value) if hasattr(value, "name") else str(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(_words(field, item) for item in value)
    return _choices(field).get(str(value), str(value))


def _choices(field: forms.Field) -> dict[str, str]:
    if not isinstance(field, forms.ChoiceField) or isinstance(field, forms.ModelChoiceField):
        return {}
    flat: dict[str, str] = {}
    for value, label in field.choices:
        pairs = label if isinstance(label, (list, tuple)) else [(value, label)]
        flat.update({str(code): str(words) for code, words in pairs})
    return flat


def _held(field: forms.Field, value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else ""
    held = field.prepare_value(value)
    if not isinstance(field.widget, forms.Select):
        held = field.widget.format_value(held)
    return "" if held is None else str(held)
