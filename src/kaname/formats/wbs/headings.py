r"""Which words stand over which column, in Japanese and in English.

Headings are compared after NFKC, in lower case, without spaces, line breaks and punctuation, once with what stands in
brackets and once without: `開始日\n(予定)`, `ﾀｽｸ名`, `Start Date` and `工数【人日】` all find their role.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from kaname.formats.wbs.types import ColumnRole

LONGEST_HEADING: Final = 60
CERTAIN: Final = 1000
LIKELY: Final = 800
POSSIBLE: Final = 600

_START: Final = "(開始|着手|start|from)"
_FINISH: Final = "(終了|完了|完成|finish|end|to)"
_DAY: Final = "(日|日時|日付|年月日|月日|date|datetime|on)?"
_PLAN: Final = "(予定|計画|planned|plan|scheduled)"
_ACTUAL: Final = "(実績|実際|実|actual)"
_AGREED: Final = "(当初|ベースライン|基準|初期|baseline)(計画|予定)?"
_NUMBER: Final = "(番号|no|id|コード|code)?"

_PATTERNS: Final[tuple[tuple[ColumnRole, int, str], ...]] = (
    (ColumnRole.NUMBER, CERTAIN, "no|項番|連番|通番|#|項目番号|行番号|タスク(no|id|番号)|taskid|管理番号|id"),
    (ColumnRole.NUMBER, POSSIBLE, "番号|n|seq"),
    (ColumnRole.WBS_CODE, CERTAIN, f"wbs{_NUMBER}|wbs階層(番号)?|outlinenumber|アウトライン番号|階層番号|作業番号"),
    (ColumnRole.WBS_CODE, POSSIBLE, "コード|code"),
    (ColumnRole.LEVEL, CERTAIN, "アウトラインレベル|outlinelevel|階層(レベル)?|レベル|level|lv|深さ"),
    (
        ColumnRole.NAME,
        CERTAIN,
        "(タスク|作業|アクティビティ)(名|名称|項目|項目名)?|作業内容|ワークパッケージ(名)?|task(s|name)?|activity(name)?",
    ),
    (ColumnRole.NAME, CERTAIN, "workpackage(s|name)?|タスク作業(名)?|作業タスク(名)?|wbs(名|名称|項目|要素)"),
    (
        ColumnRole.NAME,
        LIKELY,
        "項目(名)?|実施(内容|項目|事項)|件名|名称|todo|やること|name|title|subject|アクション(アイテム)?",
    ),
    (ColumnRole.NAME, POSSIBLE, "内容|summary|詳細|小(項目|分類|工程|区分|タスク)|wbs"),
    (ColumnRole.LEVEL_NAME, CERTAIN, "(大|中|小|細)(項目|分類|工程|区分|タスク|カテゴリー?|作業)"),
    (ColumnRole.LEVEL_NAME, CERTAIN, "第?[1-9](階層|レベル)(目)?|(階層|レベル|lv|level)[1-9]"),
    (
        ColumnRole.LEVEL_NAME,
        LIKELY,
        "工程(名)?|フェーズ(名)?|phase|カテゴリー?|category|ステージ|stage|サブシステム(名)?",
    ),
    (ColumnRole.LEVEL_NAME, POSSIBLE, "分類|区分|機能(名)?|グループ|group"),
    (ColumnRole.KIND, CERTAIN, "種別|タスク(種別|種類|タイプ)|tasktype|kind"),
    (ColumnRole.MODE, CERTAIN, "モード|計画モード|スケジュールモード|(task)?mode|スケジュール方法"),
    (
        ColumnRole.ASSIGNEE,
        CERTAIN,
        "(主|副|正|作業|作成|実施|開発)?担当(者|者名|名)?[0-9]*|assignees?|assignedto|resource(s|name|names)?",
    ),
    (
        ColumnRole.ASSIGNEE,
        LIKELY,
        "責任者|リソース(名)?|作業者(名)?|実施者|要員(名)?|owner|responsible|担当(部署|部門|チーム|会社)|pic|who",
    ),
    (ColumnRole.BASELINE_START, CERTAIN, f"{_AGREED}{_START}{_DAY}"),
    (ColumnRole.BASELINE_FINISH, CERTAIN, f"{_AGREED}{_FINISH}{_DAY}"),
    (ColumnRole.ACTUAL_START, CERTAIN, f"{_ACTUAL}{_DAY}{_START}{_DAY}|{_START}(実績|実){_DAY}|{_START}{_DAY}実績"),
    (ColumnRole.ACTUAL_FINISH, CERTAIN, f"{_ACTUAL}{_DAY}{_FINISH}{_DAY}|{_FINISH}(実績|実){_DAY}|{_FINISH}{_DAY}実績"),
    (ColumnRole.START, CERTAIN, f"{_PLAN}{_DAY}{_START}{_DAY}|{_START}(予定|計画){_DAY}|{_START}{_DAY}(予定|計画)"),
    (ColumnRole.FINISH, CERTAIN, f"{_PLAN}{_DAY}{_FINISH}{_DAY}|{_FINISH}(予定|計画){_DAY}|{_FINISH}{_DAY}(予定|計画)"),
    (ColumnRole.START, LIKELY, f"{_START}{_DAY}|自"),
    (ColumnRole.FINISH, LIKELY, f"{_FINISH}{_DAY}|至"),
    (ColumnRole.ACTUAL_FINISH, POSSIBLE, "完了日|終了日"),
    (ColumnRole.ACTUAL_START, POSSIBLE, "着手日"),
    (ColumnRole.DEADLINE, CERTAIN, f"(完了)?期限{_DAY}|deadline|納期|期日|締切(日)?|〆切|duedate|due"),
    (ColumnRole.FINISH, POSSIBLE, f"(完了)?期限{_DAY}|納期|期日|締切(日)?|〆切|duedate|due"),
    (
        ColumnRole.ACTUAL_EFFORT,
        CERTAIN,
        "実績?工数|工数実績|消化工数|actual(work|effort)|実績(人日|人月|時間|h)|投入工数",
    ),
    (ColumnRole.REMAINING_EFFORT, CERTAIN, "残工数|残作業(工数)?|remaining(work|effort)|残(人日|時間)"),
    (
        ColumnRole.EFFORT,
        CERTAIN,
        "(予定|計画|見積り?|見積もり|想定|作業)?工数|工数(予定|計画|見積り?)|(planned)?(work|effort)",
    ),
    (ColumnRole.EFFORT, LIKELY, "(予定|計画|見積り?)?(人日|人月|人時)(数)?|見積り?|見積もり|estimate(d)?|md|mh"),
    (
        ColumnRole.DURATION,
        CERTAIN,
        "期間|工期|所要(日数|期間)|(予定|計画|作業)?日数|(予定|計画)期間|duration|営業日(数)?|days",
    ),
    (
        ColumnRole.PROGRESS,
        CERTAIN,
        "進捗(率|度|%)?|完了率|達成率|達成度|消化率|progress(%)?|%?(complete|completed|done)|percentcomplete|進捗実績",
    ),
    (ColumnRole.STATUS, CERTAIN, "(進捗|作業|対応)?(状態|状況|ステータス)|status|state"),
    (
        ColumnRole.PREDECESSORS,
        CERTAIN,
        f"先行(タスク|作業|工程)?(名)?{_NUMBER}|predecessors?|事前(ワークパッケージ|作業|タスク)",
    ),
    (
        ColumnRole.PREDECESSORS,
        LIKELY,
        "前提(タスク|作業|条件作業)|前(工程|作業|タスク)|依存(関係|タスク|先)?|dependson|dependenc(y|ies)",
    ),
    (ColumnRole.SUCCESSORS, CERTAIN, f"後続(タスク|作業|工程)?(名)?{_NUMBER}|successors?|後工程"),
    (ColumnRole.CONSTRAINT, CERTAIN, "制約(種別|タイプ|の種類|条件)?|constraint(type)?"),
    (ColumnRole.CONSTRAINT_ON, CERTAIN, "制約日|(制約の)?指定日|constraintdate"),
    (ColumnRole.MILESTONE, CERTAIN, "マイルストーン|milestone|ms"),
    (ColumnRole.DELIVERABLE, CERTAIN, "成果物(名)?|納品物|作成物|アウトプット|deliverables?|outputs?"),
    (ColumnRole.NOTES, CERTAIN, "備考(欄)?|メモ|コメント|摘要|注記|特記事項|notes?|remarks?|comments?|補足(説明)?"),
    (
        ColumnRole.DERIVED,
        CERTAIN,
        "(総|トータル|フリー)?(余裕|フロート)(日数)?|(total|free)?(float|slack)|クリティカル(パス)?|critical|遅延(日数)?",
    ),
)
_COMPILED: Final = tuple((role, confidence, re.compile(pattern)) for role, confidence, pattern in _PATTERNS)
_BRACKETED: Final = re.compile(r"[(\[{<【〔「『〈《][^)\]}>】〕」』〉》]*[)\]}>】〕」』〉》]?")
_DROPPED: Final = re.compile(r"[\s_\-.,:;/|'\"*・、。※★☆◎■□●○~〜^!?()\[\]{}<>【】〔〕「」『』〈〉《》]+")
_ENTRY_REMARK: Final = re.compile(r"(自動計算|入力不要|必須|任意|入力)$")

GROUP_WORDS: Final = frozenset(
    {"予定", "計画", "実績", "当初", "ベースライン", "plan", "planned", "actual", "baseline", "担当", "担当者"}
)
"""Upper lines of a heading that reach over the empty cells to their right even where the file merges none."""


def plain(text: str) -> str:
    r"""Return a heading reduced to what is compared.

    Examples
    --------
    >>> plain("ﾀｽｸ　名\n（必須）"), plain("Start Date"), plain("Ｎｏ．")
    ('タスク名', 'startdate', 'no')
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    bare = _DROPPED.sub("", _BRACKETED.sub("", folded))
    return _ENTRY_REMARK.sub("", bare) or _DROPPED.sub("", folded)


def _with_brackets(text: str) -> str:
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text).lower())


@lru_cache(maxsize=4096)
def roles_of(heading: str) -> tuple[tuple[ColumnRole, int], ...]:
    """Return the roles that a heading may have, surest first, each with its confidence in permille.

    Examples
    --------
    >>> roles_of("予定開始日")[0]
    (<ColumnRole.START: 'start'>, 1000)
    >>> roles_of("開始日(実績)")[0][0], roles_of("天気")
    (<ColumnRole.ACTUAL_START: 'actual_start'>, ())
    """
    if not heading or len(heading) > LONGEST_HEADING:
        return ()
    best: dict[ColumnRole, int] = {}
    for spelling, discount in ((_with_brackets(heading), 0), (plain(heading), 50)):
        for role, confidence, pattern in _COMPILED:
            if pattern.fullmatch(spelling):
                best[role] = max(best.get(role, 0), confidence - discount)
    return tuple(sorted(best.items(), key=lambda pair: -pair[1]))
