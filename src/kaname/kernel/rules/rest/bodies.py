"""Bodies that name every field and bound every value."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from kaname.engine.units import wall_minute, wall_moment
from kaname.kernel.rules.decisions import visible
from kaname.kernel.rules.types import Permission

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

    if TYPE_CHECKING:  # declared fields are taken off the class, so that fields may have these names of the framework
        fields: Any
        label: Any
        parent: Any

    default_error_messages = {"unknown": _("There is no field of this name."), "invalid": _("Send an object.")}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        loose = [name for name, field in cls._declared_fields.items() if not is_bounded(field)]
        if loose:
            raise TypeError(f"{cls.__module__}.{cls.__qualname__} leaves {', '.join(loose)} without bounds")

    @classmethod
    def listed(cls, *, most: int) -> serializers.ListSerializer:
        """Return a field that is a list of such bodies, `most` at most."""
        return serializers.ListSerializer(child=cls(), max_length=most)

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
    return isinstance(field, (*_UNBOUNDED_BY_NATURE, Facts, Wall))


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

    def to_internal_value(self, data: Any) -> bool:
        """Take JSON booleans only."""
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


class Day(serializers.DateField):
    """A date between the years 1900 and 2999: what calendars are worked out for."""

    default_error_messages = {"far": _("Choose a date between 1900 and 2999.")}

    def to_internal_value(self, value: Any) -> date:
        """Take ISO dates only."""
        if not isinstance(value, str):
            self.fail("invalid", format="YYYY-MM-DD")
        day = super().to_internal_value(value)
        if not 1900 <= day.year <= 2999:
            self.fail("far")
        return day


@extend_schema_field(
    {
        "type": "string",
        "pattern": r"^[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]$",
        "example": "2026-07-10T09:00",
    }
)
class Wall(serializers.Field):
    """A moment of a plan: local time to the minute, without a zone; kept as a wall minute.

    Only years from 1900 to 2999 are taken; what a plan makes of them may lie outside.
    """

    default_error_messages = {"invalid": _("Send a local time such as 2026-07-10T09:00, without a zone.")}

    def to_internal_value(self, data: Any) -> int:
        """Take local ISO times between 1900 and 2999 only."""
        try:
            moment = datetime.fromisoformat(data) if isinstance(data, str) else None
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is not None or not 1900 <= moment.year <= 2999:
            self.fail("invalid")
        return wall_minute(moment)

    def to_representation(self, value: int) -> str:
        """Show the minute as a local time."""
        return wall_moment(value).isoformat(timespec="minutes")


class Reference(Id):
    """The number of another thing, which the sender must be able to see; read as the thing itself."""

    default_error_messages = {"missing": _("There is no such thing.")}

    def __init__(self, wanted: Permission, things: Callable[[], QuerySet[Any]], **kwargs: Any) -> None:
        self.wanted = wanted
        self.things = things
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """Look the thing up among those that the sender may see. 1 query."""
        number = super().to_internal_value(data)
        self.run_validators(number)
        found = visible(self.context["request"].user, self.wanted, self.things()).filter(pk=number).first()
        if found is None:
            self.fail("missing")
        return found

    def run_validation(self, data: Any = serializers.empty) -> Any:
        """Validate the number, not the thing that it names."""
        is_empty, value = self.validate_empty_values(data)
        return value if is_empty else self.to_internal_value(value)

    def to_representation(self, value: Model | int) -> int:
        """Show the number."""
        return value.pk if isinstance(value, Model) else value


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
    fields = Fault.listed(most=100)
    version = Number(
        least=1, most=2_147_483_647, allow_null=True, help_text=_("Present version of the record, when yours is stale.")
    )
