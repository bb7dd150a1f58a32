"""What the plans of the sample company's project classes look like: phases, their work, what waits for what."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A phase of a plan.

    `share` of the whole duration in permille; first `opening`, then for every part of the project the chain of `each`
    (`{}` is the part), beside it `beside`, last `closing`; `gate` is the milestone at the end.
    """

    name: str
    name_en: str
    share: int
    opening: str
    each: tuple[str, ...]
    beside: tuple[str, ...]
    closing: str
    gate: str


_REQUIREMENTS: Final = Stage(
    name="要件定義",
    name_en="Requirements definition",
    share=150,
    opening="現状業務調査",
    each=("{}の業務要件定義",),
    beside=("非機能要件定義",),
    closing="要件定義書レビュー",
    gate="要件定義 工程完了判定",
)
_BASIC: Final = Stage(
    name="基本設計",
    name_en="Basic design",
    share=180,
    opening="方式設計",
    each=("{}の画面・帳票設計",),
    beside=("データベース論理設計", "外部インターフェース設計"),
    closing="基本設計書レビュー",
    gate="基本設計 工程完了判定",
)
_DETAIL: Final = Stage(
    name="詳細設計",
    name_en="Detailed design",
    share=150,
    opening="開発標準の整備",
    each=("{}の処理設計",),
    beside=("データベース物理設計",),
    closing="詳細設計書レビュー",
    gate="詳細設計 工程完了判定",
)
_CODING: Final = Stage(
    name="製造",
    name_en="Implementation",
    share=210,
    opening="共通部品の製造",
    each=("{}の製造", "{}の単体テスト"),
    beside=("開発環境の維持",),
    closing="製造品質の評価",
    gate="製造 工程完了判定",
)
_INTEGRATION: Final = Stage(
    name="結合テスト",
    name_en="Integration test",
    share=130,
    opening="結合テスト仕様書作成",
    each=("{}の結合テスト",),
    beside=("テストデータ準備",),
    closing="障害改修と再テスト",
    gate="結合テスト 工程完了判定",
)
_SYSTEM_TEST: Final = Stage(
    name="総合テスト",
    name_en="System test",
    share=110,
    opening="総合テスト環境構築",
    each=(),
    beside=("業務シナリオテスト", "性能テスト", "セキュリティ診断", "受入テスト支援"),
    closing="総合テスト結果報告",
    gate="総合テスト 工程完了判定",
)
_MIGRATION: Final = Stage(
    name="移行",
    name_en="Migration",
    share=70,
    opening="移行計画書作成",
    each=(),
    beside=("データ移行リハーサル", "利用者教育"),
    closing="本番移行",
    gate="検収",
)

OUTLINES: Final[dict[str, tuple[Stage, ...]]] = {
    "system": (_REQUIREMENTS, _BASIC, _DETAIL, _CODING, _INTEGRATION, _SYSTEM_TEST, _MIGRATION),
    "package": (
        Stage(name="要件定義", name_en="Requirements definition", share=180, opening="業務ヒアリング", each=("{}の適合分析",), beside=("アドオン要否の検討",), closing="要件定義書レビュー", gate="要件定義 工程完了判定"),
        Stage(name="基本設計", name_en="Basic design", share=160, opening="導入方針の決定", each=("{}の設定設計",), beside=("外部連携設計",), closing="基本設計書レビュー", gate="基本設計 工程完了判定"),
        Stage(name="製造", name_en="Configuration and add-ons", share=230, opening="導入環境構築", each=("{}の設定", "{}のアドオン開発"), beside=("マスタ整備",), closing="設定内容の確認", gate="製造 工程完了判定"),
        Stage(name="総合テスト", name_en="System test", share=200, opening="総合テスト仕様書作成", each=("{}の業務テスト",), beside=("並行稼働の準備",), closing="受入テスト支援", gate="総合テスト 工程完了判定"),
        Stage(name="移行", name_en="Migration", share=230, opening="移行計画書作成", each=("{}のデータ移行",), beside=("操作マニュアル作成", "利用者教育"), closing="本番切替", gate="検収"),
    ),
    "infra": (
        Stage(name="要件定義", name_en="Requirements definition", share=140, opening="現行構成の調査", each=("{}の要件整理",), beside=("可用性要件の合意",), closing="要件定義書レビュー", gate="要件定義 工程完了判定"),
        Stage(name="基本設計", name_en="Basic design", share=170, opening="全体構成設計", each=("{}の基本設計",), beside=("機器・サービスの選定",), closing="基本設計書レビュー", gate="基本設計 工程完了判定"),
        Stage(name="詳細設計", name_en="Detailed design", share=160, opening="パラメータ標準の作成", each=("{}の詳細設計",), beside=("機器の発注と納品",), closing="詳細設計書レビュー", gate="詳細設計 工程完了判定"),
        Stage(name="構築", name_en="Construction", share=230, opening="設置場所の準備", each=("{}の構築", "{}の単体試験"), beside=("構築手順書作成",), closing="構築品質の評価", gate="構築 工程完了判定"),
        Stage(name="総合テスト", name_en="System test", share=150, opening="試験計画書作成", each=("{}の障害試験",), beside=("性能試験",), closing="試験結果報告", gate="総合テスト 工程完了判定"),
        Stage(name="移行", name_en="Migration", share=150, opening="移行計画書作成", each=("{}の切替",), beside=("運用引継ぎ",), closing="安定稼働の確認", gate="検収"),
    ),
    "small": (
        Stage(name="要件定義", name_en="Requirements definition", share=180, opening="影響調査", each=("{}の要件確認",), beside=(), closing="要件レビュー", gate="要件定義 工程完了判定"),
        Stage(name="設計", name_en="Design", share=200, opening="設計方針の決定", each=("{}の設計",), beside=(), closing="設計書レビュー", gate="設計 工程完了判定"),
        Stage(name="製造", name_en="Implementation", share=280, opening="開発環境の準備", each=("{}の製造・単体テスト",), beside=(), closing="ソースレビュー", gate="製造 工程完了判定"),
        Stage(name="テスト", name_en="Test", share=210, opening="テスト仕様書作成", each=("{}のテスト",), beside=("受入テスト支援",), closing="テスト結果報告", gate="テスト 工程完了判定"),
        Stage(name="リリース", name_en="Release", share=130, opening="リリース手順書作成", each=(), beside=("利用者への案内",), closing="本番リリース", gate="検収"),
    ),
}  # fmt: skip
"""By the codes of the project classes; their stages are the classes' standard phases."""
