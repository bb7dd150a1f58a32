"""Rows of phases as a form sends them: three lists of equal length, in the order of the page."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext as _

from kaname.ground.projects.models import Phase, PhaseTemplate
from kaname.ground.projects.operations import PhaseDraft
from kaname.ui.types import Text

MOST_PHASES: Final = 40
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseRow:
    """One row as it is shown and typed."""

    name: str = ""
    name_en: str = ""
    phase_id: int | None = None


def rows_of(phases: Iterable[Phase | PhaseTemplate]) -> list[PhaseRow]:
    """Return phases as rows."""
    return [PhaseRow(name=phase.name, name_en=phase.name_en, phase_id=phase.pk) for phase in phases]


def typed_rows(query: QueryDict) -> list[PhaseRow]:
    """Return the rows that were sent, those left empty altogether taken out."""
    sent = zip(query.getlist("phase"), query.getlist("phase_name"), query.getlist("phase_name_en"), strict=False)
    rows = [
        PhaseRow(name=name.strip(), name_en=name_en.strip(), phase_id=_number(phase)) for phase, name, name_en in sent
    ]
    return [row for row in rows if row.name or row.name_en][: MOST_PHASES + 1]


def drafts_of(rows: list[PhaseRow]) -> tuple[list[PhaseDraft], list[Text]]:
    """Return what the operation takes, and what is wrong with it."""
    errors: list[Text] = []
    if not rows:
        errors.append(_("A project has at least one phase."))
    if len(rows) > MOST_PHASES:
        errors.append(_("At most %(count)d phases can be kept.") % {"count": MOST_PHASES})
    if any(not row.name for row in rows):
        errors.append(_("Every phase needs a name."))
    if any(len(row.name) > _LONGEST or len(row.name_en) > _LONGEST for row in rows):
        errors.append(_("A name has at most %(count)d characters.") % {"count": _LONGEST})
    return [PhaseDraft(name=row.name, name_en=row.name_en, phase_id=row.phase_id) for row in rows], errors


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
