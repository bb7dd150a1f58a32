"""Bodies that name every field and bound every value."""

from datetime import UTC
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

MOST: Final = 9_223_372_036_854_775_807
"""The largest integer that both databases keep."""

_UNBOUNDED_BY_NATURE: Final = (
    serializers.BooleanField,
    serializers.ChoiceField,
    serializers.DateField,
    serializers.DateTimeField,
    serializers.TimeField,
    serializers.DecimalField,
    serializers.UUIDField,
    serializers.HiddenField,
)


class Strict(serializers.Serializer):
    """A body: unknown fields are errors that name them, and a field without bounds does not let Kaname start."""

    default_error_messages = {"unknown": _("There is no field of this name."), "invalid": _("Send an object.")}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        loose = [name for name, field in cls._declared_fields.items() if not is_bounded(field)]
        if loose:
            raise TypeError(f"{cls.__module__}.{cls.__qualname__} leaves {', '.join(loose)} without bounds")

    def to_internal_value(self, data: Any) -> Any:
        """Refuse unknown and read-only fields by name, then read as usual."""
        if isinstance(data, dict):
            writable = {name for name, field in self.fields.items() if not field.read_only}
            unknown = sorted(str(name) for name in data if name not in writable)
            if unknown:
                raise serializers.ValidationError(
                    {name[:100]: [self.error_messages["unknown"]] for name in unknown[:20]}
                )
        return super().to_internal_value(data)


def is_bounded(field: serializers.Field) -> bool:
    """Return whether a field accepts only values within declared bounds."""
    if isinstance(field, serializers.ListSerializer | serializers.ListField):
        child = getattr(field, "child", None)
        return getattr(field, "max_length", None) is not None and child is not None and is_bounded(child)
    if isinstance(field, serializers.Serializer):
        return isinstance(field, Strict)
    if isinstance(field, serializers.IntegerField | serializers.FloatField):
        return field.min_value is not None and field.max_value is not None
    if isinstance(field, serializers.CharField):
        return field.max_length is not None
    return isinstance(field, (*_UNBOUNDED_BY_NATURE, Facts))


class Number(serializers.IntegerField):
    """A whole number within bounds; `True`, `1.0` and `"1"` are none."""

    def __init__(self, *, least: int = 0, most: int = MOST, **kwargs: Any) -> None:
        super().__init__(min_value=least, max_value=most, **kwargs)

    def to_internal_value(self, data: Any) -> int:
        """Take JSON integers only."""
        if isinstance(data, bool) or not isinstance(data, int):
            self.fail("invalid")
        return data


class Id(Number):
    """The number of a thing."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(least=1, **kwargs)


class Version(Number):
    """The version of a record."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(least=1, most=2_147_483_647, **{"read_only": True, **kwargs})


class Text(serializers.CharField):
    """A text of bounded length, kept as it was sent; numbers and booleans are none."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(max_length=most, trim_whitespace=False, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        """Take JSON strings only."""
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Code(serializers.ChoiceField):
    """One of some stable codes."""

    def to_internal_value(self, data: Any) -> Any:
        """Take JSON strings only."""
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class Flag(serializers.BooleanField):
    """True or false, and nothing that merely looks like it."""

    def to_internal_value(self, data: Any) -> bool | None:
        """Take JSON booleans only."""
        if data is None and self.allow_null:
            return None
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class Instant(serializers.DateTimeField):
    """An instant with its offset; shown in UTC."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(default_timezone=UTC, **kwargs)


class Listing(serializers.ListField):
    """A list of bounded length."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:
        super().__init__(max_length=most, **kwargs)


class Facts(serializers.DictField):
    """Small values by name, as they were recorded; only ever shown."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)


class Fault(Strict):
    """One field at fault."""

    name = Text(most=200, help_text=_("Path of the field; empty for the body as a whole."), allow_blank=True)
    detail = Text(most=500)


class Problem(Strict):
    """What every answer of 4xx carries."""

    code = Text(most=40, help_text=_("Stable code of the error."))
    detail = Text(most=500, help_text=_("What is wrong and what to do, in the language asked for."))
    fields = Fault(many=True, max_length=100)  # type: ignore[assignment]
    version = Number(
        least=1, most=2_147_483_647, allow_null=True, help_text=_("Present version of the record, when yours is stale.")
    )
