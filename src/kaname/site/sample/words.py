"""What the people of the sample company write in their reports; `{stage}` is the phase at hand, `{next}` what comes next."""

from collections.abc import Mapping, Sequence
from typing import Final

from kaname.ground.projects.types import Health
from kaname.site.sample.cases import Course

STATUS_REASONS: Final[Mapping[Health, Sequence[str]]] = {
    Health.WELL: (
        "{stage}は計画どおり進んでいる。課題は期限内に解決できている。",
        "{stage}の成果物レビューは予定どおり。指摘は軽微で、来週中に反映する。",
        "進捗・品質とも計画の範囲内。来週は{next}に着手する。",
        "{stage}は若干の前倒し。空いた時間を{next}の準備に充てる。",
        "顧客定例で進捗を報告し、了承を得た。懸念事項はない。",
        "要員の休暇を織り込み済みで、{stage}の完了予定に変わりはない。",
    ),
    Health.ATTENTION: (
        "{stage}で一部の作業が2〜3日遅れている。担当を入れ替えて来週中に取り戻す。",
        "仕様の確認待ちで{stage}の一部が止まっている。顧客へ回答期限を申し入れた。",
        "{stage}のレビュー指摘が想定より多い。手戻りの影響を見積もっている。",
        "メンバーの急な休暇により{stage}の進みが鈍い。応援を調整中。",
        "{next}の前提となる環境の準備が遅れている。影響は今のところ軽微。",
    ),
    Health.DANGER: (
        "{stage}の遅れが{next}の開始に影響する。リカバリー計画を作成し、顧客と協議する。",
        "{stage}の作業量が見積りを大きく超えた。納期の見直しを含めてPMOと相談している。",
        "クリティカルパス上の作業が遅延している。要員の追加を部長へ申請した。",
        "{stage}の品質が基準に達せず、やり直しが発生。完了時期の再見積りを行う。",
        "現計画での検収は難しい。段階リリース案を顧客へ提示する。",
    ),
}

WATERMELON_REASONS: Final = (
    "{stage}は概ね計画どおり。一部に遅れがあるが、後工程で吸収できる見込み。",
    "オンスケジュール。{stage}の残作業は来週集中的に消化する。",
    "特に問題なし。細かな仕様調整は残るものの、全体への影響はない。",
    "{stage}は佳境だが、メンバーの頑張りで納期は守れる見込み。",
    "顧客との関係は良好。進捗は順調で、{next}の準備も始めている。",
)

COURSE_REASONS: Final[Mapping[Course, Sequence[str]]] = {Course.WATERMELON: WATERMELON_REASONS}

PROGRESS_COMMENTS: Final = (
    "予定どおり。",
    "レビュー指摘の反映まで完了。",
    "残りは例外系の確認のみ。",
    "顧客の回答待ちが一部あり。",
    "思ったより手間がかかっている。",
    "来週前半に終わる見込み。",
    "関係者との調整に時間を要した。",
)
"""Said now and then; most reports carry no comment."""

BLOCKED_COMMENTS: Final = (
    "仕様が確定せず着手できない部分がある。",
    "接続先システムの担当から回答が得られず停止中。",
    "テスト環境が使えず、作業を止めている。",
)
