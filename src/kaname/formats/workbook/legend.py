"""The second sheet: how to fill the table in, what it does not hold, and the account of an import."""

from collections.abc import Callable
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kaname.engine.network.plan import Plan
from kaname.engine.text import Message
from kaname.formats.types import LossReport, Outcome
from kaname.formats.workbook.styles import Styles

MOST_ENTRIES: Final = 5_000

_TEXTS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "ja": (
        ("先行タスク", "No.で指定します。例: 3 / 3SS+2d(開始-開始、2日遅れ)/ 5FS-1d。複数はカンマで区切ります。FS=終了-開始、SS=開始-開始、FF=終了-終了、SF=開始-終了。d=日、h=時間、min=分、ed・eh・em=暦上の時間、%=先行タスクの期間に対する割合です。"),
        ("期間・工数", "1日を%(hours)s時間として数えます。"),
        ("開始・終了", "日付だけを書いた場合、開始は始業時刻、終了は終業時刻とみなします。"),
        ("担当者", "複数の場合は「、」で区切ります。割合は「山田(50%%)」のように書きます。"),
        ("制約", "空欄は「できるだけ早く」です。「指定日…」を選んだときは制約日を入力してください。"),
        ("この表に含まれないもの", "カレンダー、単価とコスト、タスクの分割、ベースライン1以降、タスクごとの計算設定。"),
        ("ガントチャート", "紺=完了した部分、水色=予定、濃い灰色=サマリー、タスク名の赤い枠=クリティカル。日付を直すと色も変わります。"),
    ),
    "en": (
        ("Predecessors", "By No., for example 3 / 3SS+2d (start-to-start, two days later) / 5FS-1d; several are separated by commas. FS = finish-to-start, SS = start-to-start, FF = finish-to-finish, SF = start-to-finish. d = days, h = hours, min = minutes, ed, eh, em = by the clock, % = share of the predecessor's duration."),
        ("Duration, effort", "A day has %(hours)s hours."),
        ("Start, finish", "A date without a time means the beginning of work for a start and the end of work for a finish."),
        ("Assignee", "Several are separated by semicolons; a share is written as Smith (50%%)."),
        ("Constraint", "Empty means as soon as possible; the others except “as late as possible” need a constraint date."),
        ("Not in this table", "Calendars, rates and costs, splits, baselines 1 and up, scheduling options of single tasks."),
        ("Gantt chart", "Navy = done, light blue = planned, dark grey = summary, red frame around the name = critical. It follows the dates when they are edited."),
    ),
}  # fmt: skip
_ACCOUNT_HEADINGS: Final = {
    "ja": ("取込結果", "対象", "場所", "名前", "件数", "説明"),
    "en": ("Outcome", "Object", "Place", "Label", "Count", "Remark"),
}
_OUTCOMES: Final = {
    "ja": {Outcome.MAPPED: "取込済", Outcome.CHANGED: "変更", Outcome.LOST: "取込不可"},
    "en": {Outcome.MAPPED: "mapped", Outcome.CHANGED: "changed", Outcome.LOST: "lost"},
}
_WIDTHS: Final = (24, 28, 20, 28, 8, 90)


def write_legend(
    sheet: Worksheet,
    plan: Plan,
    styles: Styles,
    language: str,
    *,
    loss: LossReport | None,
    translate: Callable[[Message], str],
) -> None:
    """Write the legend and, where there is one, the account."""
    known = language if language in _TEXTS else "en"
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    hours = f"{plan.minutes_per_day / 60:g}"
    for row, (term, text) in enumerate(_TEXTS[known]):
        sheet.write_string(row, 0, term, styles.heading())
        shown = text.replace("%(hours)s", hours).replace("%%", "%")
        sheet.merge_range(row, 1, row, 5, "", styles.paragraph())
        sheet.write_string(row, 1, shown, styles.paragraph())
        sheet.set_row(row, 36)
    if loss is not None:
        _write_account(sheet, len(_TEXTS[known]) + 1, loss, styles.heading(), language=known, translate=translate)


def _write_account(
    sheet: Worksheet, top: int, loss: LossReport, style: Format, *, language: str, translate: Callable[[Message], str]
) -> None:
    for column, heading in enumerate(_ACCOUNT_HEADINGS[language]):
        sheet.write_string(top, column, heading, style)
    for offset, entry in enumerate(loss.entries[:MOST_ENTRIES], start=1):
        message = translate(entry.message) if entry.message else ""
        texts = (_OUTCOMES[language][entry.outcome], entry.subject, entry.place, entry.label, str(entry.count), message)
        for column, text in enumerate(texts):
            sheet.write_string(top + offset, column, text)
