"""How forms look: one renderer, and the inputs that the browser does not bring."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.renderers import DjangoTemplates
from django.template import loader
from django.utils.translation import gettext_lazy as _


class Renderer(DjangoTemplates):
    """Draw `{{ form }}` and `{{ field.as_field_group }}` with the templates of the design system (`FORM_RENDERER`)."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    def get_template(self, template_name: str) -> Any:
        """Return ours by Django's own engine, so that our tags are known, and the widgets' by theirs."""
        if template_name.startswith("ui/"):
            return loader.get_template(template_name)
        return super().get_template(template_name)


class DayInput(forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class LookupInput(forms.TextInput):
    """A text box that asks the server for proposals while one types; its value is that of the chosen proposal.

    Parameters
    ----------
    url
        Address that renders `ui/forms/options.html` for `?q=`.
    label
        What the present value is called, shown in the box.
    """

    template_name = "ui/forms/lookup.html"

    def __init__(self, url: str, label: str = "", attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs)
        self.url = url
        self.label = label

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the address and the words of the present value."""
        context = super().get_context(name, value, attrs)
        context["widget"]["url"] = self.url
        context["widget"]["label"] = self.label if value else ""
        return context


class DropInput(forms.ClearableFileInput):
    """A place to drop several files on; without a script an ordinary file box."""

    template_name = "ui/forms/drop.html"
    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"multiple": True, **(attrs or {})})


class FilesField(forms.FileField):
    """Several files at once; cleans to a list.

    Parameters
    ----------
    most
        How many files are taken together.
    most_bytes
        How large one file may be.
    """

    widget = DropInput
    default_error_messages = {
        "too_many": _("Choose at most %(most)d files at once; these are %(count)d."),
        "too_large": _("%(name)s is larger than %(most)d MB and was not taken."),
    }

    def __init__(self, *, most: int = 20, most_bytes: int = 50 * 1024 * 1024, **kwargs: Any) -> None:
        self.most = most
        self.most_bytes = most_bytes
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files, each checked."""
        given = list(data) if isinstance(data, list | tuple) else [data] if data else []
        if not given:
            super().clean(None, initial)
            return []
        if len(given) > self.most:
            raise forms.ValidationError(
                self.error_messages["too_many"], code="too_many", params={"most": self.most, "count": len(given)}
            )
        files = [super(FilesField, self).clean(file, None) for file in given]
        too_large = [
            forms.ValidationError(
                self.error_messages["too_large"],
                code="too_large",
                params={"name": file.name, "most": self.most_bytes // 1024 // 1024},
            )
            for file in files
            if file.size > self.most_bytes
        ]
        if too_large:
            raise forms.ValidationError(too_large)
        return files
