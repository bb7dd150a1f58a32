"""The properties of the whole project and the options that change dates."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from kaname.engine.network.plan import ScheduleFrom, ScheduleRules
from kaname.engine.text import gettext_noop
from kaname.formats.money import currency_digits
from kaname.formats.mspdi.record import Record

_FILE_NAME: Final = gettext_noop("The name of the file; the plan carries the title of the project.")
_NO_DAY_LENGTH: Final = gettext_noop("%(value)s is no possible length; %(used)s was taken.")
_YEN_SIGNS: Final = frozenset({"\u00a5", "\uffe5", "円"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectProperties:
    """What the project element says of the whole plan."""

    name: str
    start_at: int | None
    finish_at: int | None
    status_at: int | None
    calendar_uid: int | None
    minutes_per_day: int
    minutes_per_week: int
    days_per_month: int
    currency: str
    author: str
    company: str
    source_product: str
    rules: ScheduleRules


def read_properties(record: Record) -> ProjectProperties:
    """Read the properties from the finished `Project` element."""
    minutes_per_day = _length(record, "MinutesPerDay", usual=480, most=1440)
    return ProjectProperties(
        name=_name(record),
        start_at=record.moment("StartDate"),
        finish_at=record.moment("FinishDate"),
        status_at=record.moment("StatusDate"),
        calendar_uid=record.integer("CalendarUID"),
        minutes_per_day=minutes_per_day,
        minutes_per_week=_length(record, "MinutesPerWeek", usual=2400, most=10080),
        days_per_month=_length(record, "DaysPerMonth", usual=20, most=31),
        currency=currency_of(record),
        author=record.text("Author"),
        company=record.text("Company"),
        source_product=_source_product(record),
        rules=_rules(record, minutes_per_day),
    )


def currency_of(record: Record) -> str:
    """Return the ISO 4217 code of the plan's currency, or empty where the file does not tell."""
    code = record.text("CurrencyCode").upper()
    if code:
        return code
    return "JPY" if record.text("CurrencySymbol") in _YEN_SIGNS and record.text("CurrencyDigits") == "0" else ""


def digits_of(record: Record) -> int:
    """Return the decimal places of the plan's currency."""
    return currency_digits(currency_of(record))


def _name(record: Record) -> str:
    title, file_name = record.text("Title"), record.text("Name")
    if not title:
        return PurePath(file_name).stem if file_name.lower().endswith((".xml", ".mpp")) else file_name
    element = record.element.child("Name")
    if element is not None and file_name and file_name != title:
        record.lose(element, _FILE_NAME)
    return title


def _length(record: Record, tag: str, *, usual: int, most: int) -> int:
    value = record.integer(tag)
    if value is None:
        return usual
    if not 1 <= value <= most:
        element = record.element.child(tag) or record.element
        record.change(element, _NO_DAY_LENGTH, value=value, used=usual)
        return usual
    return value


def _source_product(record: Record) -> str:
    version = record.text("BuildNumber") or record.text("SaveVersion")
    return f"Microsoft Project {version}".strip() if version else "Microsoft Project XML"


def _rules(record: Record, minutes_per_day: int) -> ScheduleRules:
    from_start = record.flag("ScheduleFromStart") if record.has("ScheduleFromStart") else True
    return ScheduleRules(
        schedule_from=ScheduleFrom.START if from_start else ScheduleFrom.FINISH,
        honors_constraints=record.flag("HonorConstraints") if record.has("HonorConstraints") else True,
        splits_in_progress=record.flag("SplitsInProgressTasks") if record.has("SplitsInProgressTasks") else True,
        critical_float_minutes=(record.integer("CriticalSlackLimit") or 0) * minutes_per_day,
        multiple_critical_paths=record.flag("MultipleCriticalPaths"),
    )
