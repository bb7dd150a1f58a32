"""Who works at the sample company: departments, partner companies, skills and sixty people."""

from dataclasses import dataclass
from typing import Final

from kaname.ground.people.types import Employment

COMPANY: Final = ("株式会社かなめシステムズ", "Kaname Systems, Inc.")

PMO, DEV1, DEV2, INFRA, QUALITY, SOLUTIONS = "pmo", "dev1", "dev2", "infra", "quality", "solutions"

DEPARTMENTS: Final = {
    PMO: ("PMO推進室", "Project Management Office"),
    DEV1: ("第一開発部", "Development Department 1"),
    DEV2: ("第二開発部", "Development Department 2"),
    INFRA: ("基盤技術部", "Infrastructure Department"),
    QUALITY: ("品質保証部", "Quality Assurance Department"),
    SOLUTIONS: ("DX推進部", "Digital Solutions Department"),
}

PARTNERS: Final = {
    "aozora": ("株式会社あおぞらテック", "あおぞらてっく"),
    "minato": ("みなとソリューションズ株式会社", "みなとそりゅーしょんず"),
    "kitano": ("北野情報サービス株式会社", "きたのじょうほうさーびす"),
}

SKILLS: Final = {
    "pm": ("プロジェクトマネジメント", "Project management", "マネジメント"),
    "req": ("要件定義", "Requirements definition", "上流工程"),
    "design": ("基本設計", "Basic design", "上流工程"),
    "java": ("Java", "Java", "開発"),
    "python": ("Python", "Python", "開発"),
    "front": ("フロントエンド開発", "Front-end development", "開発"),
    "mobile": ("モバイルアプリ開発", "Mobile development", "開発"),
    "db": ("データベース設計", "Database design", "開発"),
    "cloud": ("クラウド構築", "Cloud engineering", "基盤"),
    "network": ("ネットワーク設計", "Network design", "基盤"),
    "security": ("情報セキュリティ", "Information security", "基盤"),
    "test": ("テスト設計", "Test design", "品質"),
    "erp": ("ERPパッケージ", "ERP packages", "業務"),
    "data": ("データ分析", "Data analysis", "業務"),
    "migration": ("データ移行", "Data migration", "業務"),
    "english": ("ビジネス英語", "Business English", "業務"),
}


@dataclass(frozen=True, slots=True)
class Staff:
    """A person of the sample company; `rate` is yen an hour, `skills` levels by the keys of `SKILLS`."""

    number: str
    name: str
    reading: str
    name_latin: str
    department: str
    employment: Employment
    partner: str
    rate: int
    joined_year: int
    skills: tuple[tuple[str, int], ...]

    @property
    def email(self) -> str:
        """The address: `given.family@kaname-systems.example`."""
        given, family = self.name_latin.lower().split()
        domain = f"{self.partner}.example" if self.partner else "kaname-systems.example"
        return f"{given}.{family}@{domain}"


_KINDS: Final = {
    "": Employment.PERMANENT,
    "契": Employment.CONTRACT,
    "時": Employment.PART_TIME,
    "派": Employment.DISPATCHED,
}

_TABLE: Final = """
K0001 高橋 誠 たかはし まこと Makoto Takahashi pmo - 9800 2003 pm5,req4,english3
K0002 小林 彩 こばやし あや Aya Kobayashi pmo - 6800 2014 pm4,test3,data3
K0003 加藤 由美子 かとう ゆみこ Yumiko Kato pmo - 5200 2009 pm2,data3
K0004 中村 恵美 なかむら えみ Emi Nakamura pmo - 6200 2011 security4,cloud3,pm2
K0005 木村 千尋 きむら ちひろ Chihiro Kimura pmo - 6400 2016 pm3,test3,english4
K0006 渡辺 浩二 わたなべ こうじ Koji Watanabe dev1 - 10400 1998 pm5,req5,design4
K0007 佐藤 健一 さとう けんいち Kenichi Sato dev1 - 8600 2005 pm4,req4,design4
K0008 鈴木 真由美 すずき まゆみ Mayumi Suzuki dev1 - 8400 2007 pm4,req5,front3
K0009 松本 翔太 まつもと しょうた Shota Matsumoto dev1 - 6600 2015 design4,java4,db3,pm2
K0010 田中 美咲 たなか みさき Misaki Tanaka dev1 - 4800 2020 java3,front3,test2
K0011 井上 拓也 いのうえ たくや Takuya Inoue dev1 - 5200 2018 java4,db3,python2
K0012 斎藤 優子 さいとう ゆうこ Yuko Saito dev1 - 5600 2017 design3,java3,req3
K0013 清水 大地 しみず だいち Daichi Shimizu dev1 - 4600 2021 front3,java2
K0014 山崎 陽菜 やまざき ひな Hina Yamazaki dev1 - 4200 2023 java2,test2
K0015 森田 和也 もりた かずや Kazuya Morita dev1 - 7200 2010 design5,db5,java4
K0016 池田 沙織 いけだ さおり Saori Ikeda dev1 時 4600 2012 test3,design3
K0017 阿部 隆 あべ たかし Takashi Abe dev1 - 6000 2013 java4,migration4,db3
K0018 石川 莉子 いしかわ りこ Riko Ishikawa dev1 - 4000 2024 front2,test1
K0019 山本 直美 やまもと なおみ Naomi Yamamoto dev2 - 10200 2000 pm5,req4,english4
K0020 伊藤 大輔 いとう だいすけ Daisuke Ito dev2 - 8500 2006 pm4,req4,db3
K0021 吉田 聡 よしだ さとし Satoshi Yoshida dev2 - 8300 2008 pm4,design4,java3
K0022 山口 亜希 やまぐち あき Aki Yamaguchi dev2 - 6400 2015 design4,python4,data3
K0023 橋本 悠斗 はしもと ゆうと Yuto Hashimoto dev2 - 5000 2019 python4,front2
K0024 中島 麻衣 なかじま まい Mai Nakajima dev2 - 5400 2017 req3,design3,test3
K0025 前田 剛 まえだ つよし Tsuyoshi Maeda dev2 - 7000 2010 java5,db4,design4
K0026 藤田 あかね ふじた あかね Akane Fujita dev2 - 4700 2020 java3,test2
K0027 岡田 智也 おかだ ともや Tomoya Okada dev2 - 4400 2022 python3,data2
K0028 後藤 理恵 ごとう りえ Rie Goto dev2 時 4900 2011 test4,design2
K0029 長谷川 亮 はせがわ りょう Ryo Hasegawa dev2 - 6200 2014 java4,security3,design3
K0030 村上 さくら むらかみ さくら Sakura Murakami dev2 - 4100 2023 front3,java2
K0031 近藤 雅之 こんどう まさゆき Masayuki Kondo infra - 8800 2002 cloud5,network5,pm3
K0032 坂本 洋平 さかもと ようへい Yohei Sakamoto infra - 6600 2013 cloud4,network3,security3
K0033 遠藤 由香 えんどう ゆか Yuka Endo infra - 5800 2016 cloud4,db3
K0034 青木 健太 あおき けんた Kenta Aoki infra - 5000 2019 network4,cloud2
K0035 藤井 千夏 ふじい ちなつ Chinatsu Fujii infra - 4500 2021 cloud3,python2
K0036 西村 純 にしむら じゅん Jun Nishimura infra - 6900 2012 security5,network3
K0037 福田 健 ふくだ けん Ken Fukuda infra 契 5100 2019 network3,cloud3
K0038 森 隆史 もり たかし Takashi Mori quality - 8700 2001 test5,pm4,security3
K0039 太田 綾乃 おおた あやの Ayano Ota quality - 5900 2015 test4,req2
K0040 三浦 慎吾 みうら しんご Shingo Miura quality - 5300 2018 test4,java2
K0041 岡本 奈々 おかもと なな Nana Okamoto quality - 4600 2021 test3
K0042 松田 光 まつだ ひかる Hikaru Matsuda quality 派 4300 2024 test2
K0043 中川 裕子 なかがわ ゆうこ Yuko Nakagawa solutions - 8900 2004 pm4,erp5,req4
K0044 原田 淳 はらだ じゅん Jun Harada solutions - 6800 2012 erp4,migration4,req3
K0045 小川 千佳 おがわ ちか Chika Ogawa solutions - 5700 2016 erp3,data4
K0046 竹内 海斗 たけうち かいと Kaito Takeuchi solutions - 4800 2020 data3,python3
K0047 和田 瞳 わだ ひとみ Hitomi Wada solutions - 5000 2018 mobile4,front4
K0048 中山 大樹 なかやま だいき Daiki Nakayama solutions - 4300 2022 mobile3,front2
A0001 清水 亮 しみず りょう Ryo Shimizu dev1 aozora 6200 2019 java4,design3
A0002 大野 愛 おおの あい Ai Ono dev1 aozora 5400 2021 java3,test3
A0003 菅原 達也 すがわら たつや Tatsuya Sugawara dev1 aozora 5600 2020 java4,db2
A0004 久保 美穂 くぼ みほ Miho Kubo dev2 aozora 5000 2023 front3,java3
M0001 平野 昇 ひらの のぼる Noboru Hirano dev2 minato 6400 2018 python4,data4
M0002 上野 真央 うえの まお Mao Ueno dev2 minato 5200 2022 python3,test2
M0003 市川 渉 いちかわ わたる Wataru Ichikawa infra minato 6000 2020 cloud4,network3
M0004 杉山 結衣 すぎやま ゆい Yui Sugiyama infra minato 5100 2022 cloud3
N0001 工藤 浩 くどう ひろし Hiroshi Kudo solutions kitano 6600 2017 erp5,migration4
N0002 桜井 舞 さくらい まい Mai Sakurai solutions kitano 5500 2020 erp3,migration3
N0003 小松 圭 こまつ けい Kei Komatsu quality kitano 4900 2021 test4
N0004 千葉 春香 ちば はるか Haruka Chiba quality kitano 4700 2023 test3
"""


def _read(line: str) -> Staff:
    words = line.split()
    number, family, given, family_kana, given_kana, given_latin, family_latin, department, kind, rate, year, skills = (
        words
    )
    is_partner = kind in PARTNERS
    return Staff(
        number=number,
        name=f"{family} {given}",
        reading=f"{family_kana} {given_kana}",
        name_latin=f"{given_latin} {family_latin}",
        department=department,
        employment=Employment.PARTNER if is_partner else _KINDS[kind.replace("-", "")],
        partner=kind if is_partner else "",
        rate=int(rate),
        joined_year=int(year),
        skills=tuple((item[:-1], int(item[-1])) for item in skills.split(",")),
    )


STAFF: Final = tuple(_read(line) for line in _TABLE.strip().splitlines())
BY_NUMBER: Final = {person.number: person for person in STAFF}
MANAGERS: Final = {PMO: "K0001", DEV1: "K0006", DEV2: "K0019", INFRA: "K0031", QUALITY: "K0038", SOLUTIONS: "K0043"}
