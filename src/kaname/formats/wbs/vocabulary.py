"""The fixed words of tables that we write, in both languages, and how they are read again."""

import unicodedata
from typing import Final

from kaname.engine.network.plan import ConstraintType, LinkType, TaskMode
from kaname.formats.wbs.types import Cell, ColumnRole

LANGUAGES: Final = ("ja", "en")

HEADINGS: Final[dict[ColumnRole, dict[str, str]]] = {
    ColumnRole.NUMBER: {"ja": "No.", "en": "No."},
    ColumnRole.LEVEL: {"ja": "階層", "en": "Outline Level"},
    ColumnRole.WBS_CODE: {"ja": "WBS", "en": "WBS"},
    ColumnRole.NAME: {"ja": "タスク名", "en": "Task Name"},
    ColumnRole.KIND: {"ja": "種別", "en": "Kind"},
    ColumnRole.MODE: {"ja": "モード", "en": "Mode"},
    ColumnRole.ASSIGNEE: {"ja": "担当者", "en": "Assignee"},
    ColumnRole.STATUS: {"ja": "状態", "en": "Status"},
    ColumnRole.START: {"ja": "開始予定日", "en": "Planned Start"},
    ColumnRole.FINISH: {"ja": "終了予定日", "en": "Planned Finish"},
    ColumnRole.DURATION: {"ja": "期間(日)", "en": "Duration (d)"},
    ColumnRole.EFFORT: {"ja": "工数(人日)", "en": "Effort (d)"},
    ColumnRole.PROGRESS: {"ja": "進捗率", "en": "% Complete"},
    ColumnRole.ACTUAL_START: {"ja": "実績開始日", "en": "Actual Start"},
    ColumnRole.ACTUAL_FINISH: {"ja": "実績終了日", "en": "Actual Finish"},
    ColumnRole.BASELINE_START: {"ja": "ベースライン開始日", "en": "Baseline Start"},
    ColumnRole.BASELINE_FINISH: {"ja": "ベースライン終了日", "en": "Baseline Finish"},
    ColumnRole.PREDECESSORS: {"ja": "先行タスク", "en": "Predecessors"},
    ColumnRole.CONSTRAINT: {"ja": "制約", "en": "Constraint"},
    ColumnRole.CONSTRAINT_ON: {"ja": "制約日", "en": "Constraint Date"},
    ColumnRole.DEADLINE: {"ja": "期限", "en": "Deadline"},
    ColumnRole.DERIVED: {"ja": "余裕日数", "en": "Total Float"},
    ColumnRole.NOTES: {"ja": "備考", "en": "Notes"},
}

KINDS: Final = {
    "summary": {"ja": "サマリー", "en": "Summary"},
    "work": {"ja": "タスク", "en": "Task"},
    "milestone": {"ja": "マイルストーン", "en": "Milestone"},
}
MODES: Final = {TaskMode.AUTO: {"ja": "自動", "en": "Auto"}, TaskMode.MANUAL: {"ja": "手動", "en": "Manual"}}
STATES: Final = {
    "not_started": {"ja": "未着手", "en": "Not started"},
    "running": {"ja": "進行中", "en": "In progress"},
    "done": {"ja": "完了", "en": "Done"},
    "dropped": {"ja": "対象外", "en": "Inactive"},
}
CONSTRAINTS: Final = {
    ConstraintType.ASAP: {"ja": "できるだけ早く", "en": "As soon as possible"},
    ConstraintType.ALAP: {"ja": "できるだけ遅く", "en": "As late as possible"},
    ConstraintType.SNET: {"ja": "指定日以後に開始", "en": "Start no earlier than"},
    ConstraintType.SNLT: {"ja": "指定日までに開始", "en": "Start no later than"},
    ConstraintType.FNET: {"ja": "指定日以後に終了", "en": "Finish no earlier than"},
    ConstraintType.FNLT: {"ja": "指定日までに終了", "en": "Finish no later than"},
    ConstraintType.MSO: {"ja": "指定日に開始", "en": "Must start on"},
    ConstraintType.MFO: {"ja": "指定日に終了", "en": "Must finish on"},
    ConstraintType.MANDATORY_START: {"ja": "必須開始日", "en": "Mandatory start"},
    ConstraintType.MANDATORY_FINISH: {"ja": "必須終了日", "en": "Mandatory finish"},
}
LINK_TYPES: Final = {LinkType.FS: "FS", LinkType.SS: "SS", LinkType.FF: "FF", LinkType.SF: "SF"}


def folded_word(value: Cell) -> str:
    """Return a word as it is compared: NFKC, lower case, no blanks.

    Examples
    --------
    >>> folded_word("Start No Earlier Than"), folded_word("ＳＮＥＴ"), folded_word(None)
    ('startnoearlierthan', 'snet', '')
    """
    if not isinstance(value, str):
        return ""
    return "".join(unicodedata.normalize("NFKC", value[:60]).lower().split())


CONSTRAINT_WORDS: Final = {
    **{kind.value: kind for kind in ConstraintType},
    **{folded_word(word): kind for kind, words in CONSTRAINTS.items() for word in words.values()},
}
"""Constraint by its code or its word in either language."""

MANUAL_WORDS: Final = frozenset({"手動", "manual", "手動スケジュール", "manuallyscheduled"})
