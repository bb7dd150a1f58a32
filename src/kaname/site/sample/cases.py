"""The projects of the sample company, as a story: what each is, who leads it, how it goes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kaname.ground.projects.types import GroupKind
from kaname.site.sample.staff import DEV1, DEV2, INFRA, SOLUTIONS


class Course(StrEnum):
    """How a project goes, and how it is reported."""

    CLOSED = "closed"
    WELL = "well"
    SLIPPING = "slipping"
    """A little late, and reported so."""
    LATE = "late"
    """In danger, and reported so."""
    WATERMELON = "watermelon"
    """In danger, and reported as well: green outside, red inside."""
    SILENT = "silent"
    """Nobody has reported progress for weeks."""
    SHELVED = "shelved"
    """Begun, then put away."""
    PROPOSED = "proposed"
    """Not begun; without a plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A project; `start_week` counts from the week of building, negative in the past; `parts` are what it is divided into.

    People are employee numbers: PM, PL, then members; `members` are those who do the tasks besides the PL.
    """

    code: str
    name: str
    name_en: str
    purpose: str
    customer: str
    group: str
    kind: str
    department: str
    pm: str
    pl: str
    members: tuple[str, ...]
    start_week: int
    weeks: int
    parts: tuple[str, ...]
    course: Course
    budget: int
    pso: str = ""
    auditor: str = ""

    @property
    def has_plan(self) -> bool:
        """Whether the project has begun to plan."""
        return self.course is not Course.PROPOSED


GROUPS: Final = {
    "commerce": (GroupKind.PORTFOLIO, "流通・製造ポートフォリオ", "Commerce and Manufacturing", ""),
    "finance": (GroupKind.PORTFOLIO, "金融・公共ポートフォリオ", "Finance and Public Sector", ""),
    "inhouse": (GroupKind.PORTFOLIO, "社内DXポートフォリオ", "In-house Digital", ""),
    "core": (GroupKind.PROGRAM, "基幹刷新プログラム", "Core Systems Renewal", "commerce"),
}

CLASSES: Final = {
    "system": ("システム開発", "System development"),
    "package": ("パッケージ導入", "Package introduction"),
    "infra": ("基盤更改", "Infrastructure renewal"),
    "small": ("小規模改修", "Small change"),
}

CASES: Final = (
    Case(code="01", name="受発注Webポータル構築", name_en="Order Portal", purpose="電話とFAXで受けている注文をWebに移し、入力の手間と誤りを減らす。", customer="丸和食品株式会社", group="commerce", kind="system", department=DEV1, pm="K0007", pl="K0015", members=("K0010", "K0012", "K0017", "A0002"), start_week=-103, weeks=26, parts=("商品検索", "注文登録", "納期回答", "注文履歴"), course=Course.CLOSED, budget=68_000_000),
    Case(code="02", name="社内ポータル刷新", name_en="Intranet Renewal", purpose="部門ごとに散らばった案内と申請の入口を一つにする。", customer="社内", group="inhouse", kind="small", department=SOLUTIONS, pm="K0043", pl="K0045", members=("K0046", "K0048"), start_week=-98, weeks=18, parts=("お知らせ", "申請リンク集", "社員検索"), course=Course.CLOSED, budget=14_000_000),
    Case(code="03", name="店舗POS連携基盤構築", name_en="Shop POS Integration", purpose="全店の売上を15分ごとに本部へ集め、補充発注に使えるようにする。", customer="株式会社ひまわりマート", group="commerce", kind="system", department=DEV1, pm="K0008", pl="K0009", members=("K0011", "K0013", "K0015", "A0003"), start_week=-92, weeks=30, parts=("売上収集", "在庫照会", "商品マスタ配信", "障害監視", "日次締め"), course=Course.CLOSED, budget=92_000_000, auditor="K0038"),
    Case(code="04", name="人事給与パッケージ導入", name_en="HR and Payroll Package", purpose="老朽化した給与システムを標準パッケージへ置き換える。", customer="社内", group="inhouse", kind="package", department=SOLUTIONS, pm="K0043", pl="K0044", members=("K0045", "N0001", "N0002"), start_week=-88, weeks=32, parts=("人事管理", "勤怠管理", "給与計算", "年末調整"), course=Course.CLOSED, budget=54_000_000),
    Case(code="05", name="電子帳簿保存法対応", name_en="Electronic Bookkeeping Compliance", purpose="受け取った請求書を法令の要件どおりに保存し、検索できるようにする。", customer="社内", group="inhouse", kind="small", department=DEV2, pm="K0021", pl="K0022", members=("K0023", "K0028"), start_week=-80, weeks=16, parts=("証憑取込", "検索", "タイムスタンプ付与"), course=Course.CLOSED, budget=11_000_000),
    Case(code="06", name="データセンター移設", name_en="Data Centre Relocation", purpose="契約終了までに全サーバーを新データセンターへ移す。", customer="東都信用組合", group="finance", kind="infra", department=INFRA, pm="K0031", pl="K0032", members=("K0034", "K0036", "M0003", "M0004"), start_week=-76, weeks=28, parts=("ネットワーク", "仮想化基盤", "バックアップ", "監視"), course=Course.CLOSED, budget=120_000_000, auditor="K0038"),
    Case(code="07", name="コールセンターCTI更改", name_en="Call Centre Telephony Renewal", purpose="保守の切れる電話設備を更改し、通話記録を顧客情報と結び付ける。", customer="なぎさ生命保険株式会社", group="finance", kind="infra", department=INFRA, pm="K0031", pl="K0033", members=("K0035", "K0037", "M0004"), start_week=-66, weeks=22, parts=("音声基盤", "CTI連携", "通話録音"), course=Course.CLOSED, budget=61_000_000),
    Case(code="08", name="インボイス制度対応改修", name_en="Qualified Invoice Changes", purpose="請求書の様式と税額計算を新しい制度に合わせる。", customer="丸和食品株式会社", group="commerce", kind="small", department=DEV1, pm="K0007", pl="K0017", members=("K0012", "K0014"), start_week=-58, weeks=16, parts=("請求書様式", "税額計算", "仕入明細"), course=Course.CLOSED, budget=9_500_000),
    Case(code="09", name="販売管理システム再構築", name_en="Sales Management Rebuild", purpose="20年使った販売管理を作り直し、受注から請求までを一つのデータで扱う。", customer="丸和食品株式会社", group="core", kind="system", department=DEV1, pm="K0007", pl="K0009", members=("K0010", "K0011", "K0012", "K0013", "K0017", "A0001", "A0002"), start_week=-31, weeks=46, parts=("見積", "受注", "出荷", "在庫", "請求", "入金", "仕入", "マスタ管理", "帳票", "権限管理"), course=Course.WATERMELON, budget=240_000_000, pso="K0005", auditor="K0038"),
    Case(code="10", name="次期会員アプリ開発", name_en="Member App, Next Generation", purpose="会員証・クーポン・決済を一つのアプリにまとめ、来店回数を増やす。", customer="株式会社ひまわりマート", group="commerce", kind="system", department=DEV1, pm="K0008", pl="K0047", members=("K0010", "K0014", "K0018", "K0048", "A0003"), start_week=-24, weeks=38, parts=("会員証", "クーポン", "電子決済", "来店スタンプ", "お知らせ配信"), course=Course.WELL, budget=88_000_000),
    Case(code="11", name="生産管理システム更改", name_en="Production Management Renewal", purpose="工程の進み具合をその日のうちに見えるようにし、仕掛在庫を減らす。", customer="株式会社山手精機", group="core", kind="system", department=DEV1, pm="K0007", pl="K0015", members=("K0011", "K0014", "K0017", "A0002", "A0003"), start_week=-27, weeks=42, parts=("生産計画", "所要量計算", "工程進捗", "実績収集", "原価集計", "品質記録", "設備連携"), course=Course.WATERMELON, budget=175_000_000),
    Case(code="12", name="融資審査ワークフロー刷新", name_en="Loan Approval Workflow", purpose="紙の稟議を電子化し、審査にかかる日数を半分にする。", customer="東都信用組合", group="finance", kind="system", department=DEV2, pm="K0020", pl="K0025", members=("K0022", "K0024", "K0026", "K0029", "A0004"), start_week=-33, weeks=44, parts=("申込受付", "審査回付", "信用情報照会", "決裁", "契約書作成", "実行管理", "期日管理"), course=Course.LATE, budget=152_000_000, pso="K0005", auditor="K0038"),
    Case(code="13", name="自治体窓口DX基盤構築", name_en="Digital Counter for Municipalities", purpose="引越しなど複数の届出を一つの窓口で済ませられるようにする。", customer="みどり野市", group="finance", kind="system", department=DEV2, pm="K0021", pl="K0022", members=("K0023", "K0027", "K0030", "M0001", "M0002"), start_week=-29, weeks=40, parts=("来庁予約", "申請書作成", "本人確認", "住民記録連携", "進捗照会", "統計"), course=Course.WATERMELON, budget=134_000_000),
    Case(code="14", name="基幹サーバーのクラウド移行", name_en="Core Servers to the Cloud", purpose="保守期限を迎えるサーバーをクラウドへ移し、災害時の復旧を早める。", customer="株式会社山手精機", group="core", kind="infra", department=INFRA, pm="K0031", pl="K0033", members=("K0032", "K0035", "M0003"), start_week=-20, weeks=34, parts=("ネットワーク", "データベース", "アプリケーション基盤", "運用監視", "バックアップ"), course=Course.WELL, budget=96_000_000),
    Case(code="15", name="データ分析基盤構築", name_en="Data Analytics Platform", purpose="部門ごとの集計表をやめ、同じ数字を全社で見られるようにする。", customer="社内", group="inhouse", kind="system", department=SOLUTIONS, pm="K0043", pl="K0045", members=("K0046", "K0027", "M0001", "M0002"), start_week=-22, weeks=32, parts=("データ収集", "データ加工", "ダッシュボード", "権限管理"), course=Course.SLIPPING, budget=58_000_000),
    Case(code="16", name="ECサイト全面リニューアル", name_en="Online Shop Renewal", purpose="スマートフォンで買いやすいサイトに作り直し、かご落ちを減らす。", customer="株式会社ひまわりマート", group="commerce", kind="system", department=DEV1, pm="K0008", pl="K0012", members=("K0013", "K0018", "K0010", "A0002"), start_week=-26, weeks=36, parts=("商品一覧", "商品詳細", "かご・決済", "会員登録", "配送照会", "特集管理"), course=Course.SLIPPING, budget=79_000_000),
    Case(code="17", name="電子契約サービス導入", name_en="Electronic Contracts", purpose="契約の締結を紙から電子へ移し、印紙代と郵送の日数をなくす。", customer="社内", group="inhouse", kind="package", department=SOLUTIONS, pm="K0043", pl="K0044", members=("K0045", "N0002"), start_week=-12, weeks=22, parts=("契約書ひな形", "承認経路", "文書保管"), course=Course.WELL, budget=16_000_000),
    Case(code="18", name="倉庫管理システム導入", name_en="Warehouse Management", purpose="入出荷をハンディ端末で記録し、棚卸差異をなくす。", customer="北斗物流株式会社", group="commerce", kind="package", department=SOLUTIONS, pm="K0043", pl="N0001", members=("K0044", "N0002", "K0046"), start_week=-21, weeks=34, parts=("入荷", "出荷", "棚卸", "ロケーション管理", "端末連携"), course=Course.SILENT, budget=83_000_000),
    Case(code="19", name="診療予約システム開発", name_en="Clinic Appointments", purpose="電話に集中している予約をWebへ移し、待ち時間を短くする。", customer="医療法人あさひ会", group="finance", kind="system", department=DEV2, pm="K0021", pl="K0029", members=("K0024", "K0026", "K0030"), start_week=-15, weeks=28, parts=("予約受付", "問診票", "診察順案内"), course=Course.WELL, budget=47_000_000),
    Case(code="20", name="保険金支払査定支援", name_en="Claims Assessment Support", purpose="査定の一次判定を機械が行い、支払いまでの日数を短くする。", customer="なぎさ生命保険株式会社", group="finance", kind="system", department=DEV2, pm="K0020", pl="K0022", members=("K0027", "K0023", "M0001"), start_week=-5, weeks=36, parts=("書類読取", "判定モデル", "査定画面", "実績管理"), course=Course.WELL, budget=112_000_000),
    Case(code="21", name="全拠点ネットワーク更改", name_en="Network Renewal of All Sites", purpose="拠点の回線と機器を更改し、会議の音声途切れをなくす。", customer="北斗物流株式会社", group="commerce", kind="infra", department=INFRA, pm="K0031", pl="K0034", members=("K0036", "K0037", "M0004"), start_week=-16, weeks=30, parts=("本社", "東日本拠点", "西日本拠点", "無線LAN"), course=Course.WELL, budget=72_000_000),
    Case(code="22", name="経費精算サービス導入", name_en="Expense Claims Service", purpose="領収書の原本提出をやめ、精算を3日以内に終える。", customer="社内", group="inhouse", kind="small", department=SOLUTIONS, pm="K0043", pl="K0046", members=("K0048", "K0044", "K0027"), start_week=-9, weeks=18, parts=("申請", "承認", "会計連携"), course=Course.SLIPPING, budget=12_000_000),
    Case(code="23", name="営業支援AI実証実験", name_en="Sales Support AI Trial", purpose="商談記録から次の一手を提案できるかを確かめる。", customer="社内", group="inhouse", kind="small", department=SOLUTIONS, pm="K0043", pl="K0046", members=("K0027", "M0002"), start_week=-40, weeks=16, parts=("商談記録取込", "提案生成"), course=Course.SHELVED, budget=8_000_000),
    Case(code="24", name="図書館システム更改", name_en="Library System Renewal", purpose="貸出と予約をスマートフォンでできるようにする。", customer="みどり野市", group="finance", kind="package", department=DEV2, pm="K0021", pl="K0024", members=(), start_week=6, weeks=30, parts=(), course=Course.PROPOSED, budget=65_000_000),
)  # fmt: skip
