"""The columns of the table: what each is called in both languages, and the words by which it is known in files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from kaname.kernel.rules.types import Label
from kaname.kernel.search.words import fold_characters


@dataclass(frozen=True, slots=True)
class PersonColumn:
    """One column: its key is the field that it fills, `also` are other headings by which files call it."""

    key: str
    label: Label
    also: tuple[str, ...] = ()
    is_day: bool = False


COLUMNS: Final = (
    PersonColumn("employee_number", _("Employee number"), ("番号", "社員no", "従業員番号", "number", "id", "no")),
    PersonColumn("name", _("Name"), ("名前", "要員名", "full name")),
    PersonColumn("reading", _("Reading"), ("ふりがな", "フリガナ", "カナ", "氏名カナ", "読み", "kana")),
    PersonColumn("name_latin", _("Name in Latin letters"), ("ローマ字", "英字氏名", "latin name")),
    PersonColumn("email", _("E-mail"), ("eメール", "メール", "email", "mail")),
    PersonColumn("department", _("Department"), ("部署", "部門", "所属", "所属部署", "section", "division")),
    PersonColumn("employment", _("Employment"), ("雇用区分", "区分", "employment type")),
    PersonColumn("partner", _("Partner company"), ("会社", "所属会社", "company", "partner")),
    PersonColumn("place", _("Place of work"), ("勤務先", "拠点", "location", "place", "office")),
    PersonColumn("joined_on", _("Joined"), ("入社年月日", "参画日", "joined on", "start"), is_day=True),
    PersonColumn("last_day", _("Last day of work"), ("退職日", "離任日", "left on", "end"), is_day=True),
)
LABELS: Final[Mapping[str, Label]] = {column.key: column.label for column in COLUMNS}


def keys_by_heading() -> Mapping[str, str]:
    """Return the field of each heading that is known, headings folded; both languages count, whatever the reader's."""
    known: dict[str, str] = {}
    for column in COLUMNS:
        for language in ("ja", "en"):
            with override(language):
                known.setdefault(folded(str(column.label)), column.key)
        for heading in (column.key, *column.also):
            known.setdefault(folded(heading), column.key)
    return known


def folded(heading: str) -> str:
    """Return a heading as it is compared.

    Examples
    --------
    >>> folded(" 社員 番号 "), folded("E-Mail")
    ('社員番号', 'e-mail')
    """
    return "".join(fold_characters(heading).split())
