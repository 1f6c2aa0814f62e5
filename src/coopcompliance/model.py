"""Every noun of the domain that results are made of.

All models are frozen pydantic models: immutable, JSON-stable and picklable. Offsets are code points of the text as
given, half-open [start, end); lines and columns are 1-based and lines end at "\\n" alone.
"""

from __future__ import annotations

import datetime as dt
from enum import IntEnum, StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

SCHEMA_VERSION = "1.0"


class Category(StrEnum):
    """What kind of trouble a rule looks for; a closed list, every rule has one."""

    ABSOLUTE = "absolute"
    MEDICAL = "medical"
    HEALTH = "health"
    FALSE = "false"
    UNSOURCED = "unsourced"
    CERTIFICATION = "certification"
    STANDARD = "standard"
    STATE = "state"
    PRICE = "price"
    PRIZE = "prize"
    DISPARAGEMENT = "disparagement"
    INDUCEMENT = "inducement"
    DIVERSION = "diversion"
    SENSATIONAL = "sensational"
    MINORS = "minors"
    ORDER = "order"
    PRIVACY = "privacy"
    IDENTIFICATION = "identification"
    SAFETY = "safety"
    OVERSELLING = "overselling"


CATEGORY_TITLES: dict[Category, str] = {
    Category.ABSOLUTE: "绝对化用语",
    Category.MEDICAL: "涉疾病预防治疗",
    Category.HEALTH: "普通食品保健功能声称",
    Category.FALSE: "虚假或引人误解",
    Category.UNSOURCED: "数据引证无出处",
    Category.CERTIFICATION: "认证、奖项、专利与地理标志",
    Category.STANDARD: "产品标准与标签",
    Category.STATE: "国家机关、标志与特供",
    Category.PRICE: "价格与优惠",
    Category.PRIZE: "抽奖与有奖销售",
    Category.DISPARAGEMENT: "贬低他人",
    Category.INDUCEMENT: "诱导分享、关注、互动",
    Category.DIVERSION: "站外导流与私下交易",
    Category.SENSATIONAL: "卖惨与演戏营销",
    Category.MINORS: "未成年人",
    Category.ORDER: "迷信、歧视与公序良俗",
    Category.PRIVACY: "个人信息与肖像",
    Category.IDENTIFICATION: "广告可识别性与必标内容",
    Category.SAFETY: "产品安全信号",
    Category.OVERSELLING: "过度营销频率",
}


class Tier(IntEnum):
    """How grave a point is: 1 minor 轻微, 2 moderate 较大, 3 major 重大; a clean report has 0."""

    CLEAN = 0
    MINOR = 1
    MODERATE = 2
    MAJOR = 3


TIER_TITLES: dict[int, str] = {0: "未发现", 1: "轻微", 2: "较大", 3: "重大"}


class Verdict(StrEnum):
    """What became of a hit. `violation` and `unproven` count towards the overall tier; the others do not."""

    VIOLATION = "violation"
    UNPROVEN = "unproven"
    UPCOMING = "upcoming"
    EXEMPT = "exempt"
    SUPPRESSED = "suppressed"


class Platform(StrEnum):
    WECHAT = "wechat"
    DOUYIN = "douyin"
    KUAISHOU = "kuaishou"
    XIAOHONGSHU = "xiaohongshu"
    TAOBAO = "taobao"
    BILIBILI = "bilibili"
    OTHER = "other"


class Form(StrEnum):
    LIVE = "live"
    VIDEO = "video"
    ARTICLE = "article"
    PRODUCT_PAGE = "product-page"
    POST = "post"
    COMMENT = "comment"
    GROUP_CHAT = "group-chat"
    LABEL = "label"
    STAFF = "staff"


class Product(StrEnum):
    TEA = "tea"
    HONEY = "honey"
    MUSHROOM = "mushroom"
    FRUIT = "fruit"
    VEGETABLE = "vegetable"
    DAIRY = "dairy"
    EGG = "egg"
    MEAT = "meat"
    AQUATIC = "aquatic"
    GRAIN = "grain"
    OIL = "oil"
    HERB = "herb"
    INFANT_FOOD = "infant-food"
    HEALTH_FOOD = "health-food"
    ALCOHOL = "alcohol"
    SEED = "seed"
    OTHER = "other"


class Stage(StrEnum):
    DRAFT = "draft"
    LIVE = "live"
    PUBLISHED = "published"


class EvidenceKind(StrEnum):
    ORGANIC = "organic"
    GREEN_FOOD = "green-food"
    GI = "gi"
    TEST_REPORT = "test-report"
    SURVEY = "survey"
    AWARD = "award"
    TRADEMARK = "trademark"
    PATENT = "patent"
    HEALTH_FOOD_APPROVAL = "health-food-approval"
    NON_GM_SOURCE = "non-gm-source"
    PORTRAIT_CONSENT = "portrait-consent"
    PRIZE_BUDGET = "prize-budget"
    PRICE_RECORD = "price-record"


def _one_of(kind: type[StrEnum]) -> BeforeValidator:
    """Refuse unknown values with the list of known ones, in one readable line."""

    def check(value: object) -> object:
        if isinstance(value, str) and value not in kind._value2member_map_:
            raise ValueError(f"未知的 {kind.__name__.lower()} {value!r}; known: {', '.join(kind)}")
        return value

    return BeforeValidator(check)


class Model(BaseModel):
    """Base of everything that crosses the border: frozen, and strict about unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(Model):
    """What the cooperative can prove. Without `products` it holds for all of them."""

    kind: Annotated[EvidenceKind, _one_of(EvidenceKind)]
    number: str | None = None
    products: tuple[Annotated[Product, _one_of(Product)], ...] = ()
    issued: dt.date | None = None
    valid_until: dt.date | None = None

    def valid_on(self, day: dt.date) -> bool:
        """Whether the evidence has been issued and has not run out on `day` (its last day included)."""
        return (self.issued is None or self.issued <= day) and (self.valid_until is None or day <= self.valid_until)

    def covers(self, products: tuple[Product, ...]) -> bool:
        """Whether it was given for one of `products`; evidence or copy without products is not narrowed."""
        return not self.products or not products or bool(set(self.products) & set(products))


class Placement(Model):
    """Where and when the copy runs. Empty `products`: they are recognised in the text."""

    platform: Annotated[Platform, _one_of(Platform)] | None = None
    form: Annotated[Form, _one_of(Form)] | None = None
    products: tuple[Annotated[Product, _one_of(Product)], ...] = ()
    stage: Annotated[Stage, _one_of(Stage)] = Stage.DRAFT


class BasisRef(Model):
    """A source and the article that a finding rests on."""

    source: str
    title: str
    article: str
    penalty: str | None = None
    verified: bool = True


class Step(Model):
    """One check that led to a verdict, and what it looked at."""

    check: str
    outcome: str
    looked_at: str = ""


class ExemptionRef(Model):
    """Which exemption let a hit pass, why, and on what basis."""

    id: str
    because: str
    basis: BasisRef | None = None


class Finding(Model):
    """A hit with its verdict. `text` equals the given text[start:end]."""

    rule: str
    title: str
    category: Category
    tier: int
    verdict: Verdict
    status: Literal["stable", "experimental"] = "stable"
    start: int
    end: int
    line: int
    column: int
    text: str
    message: str
    basis: tuple[BasisRef, ...]
    advice: str
    rewrite: str | None = None
    fix: str | None = None
    clears: tuple[EvidenceKind, ...] = ()
    exemption: ExemptionRef | None = None
    trace: tuple[Step, ...] = ()
    fingerprint: str
    effective: dt.date | None = None
    reason: str | None = None
    timecode: str | None = None


class PackRef(Model):
    id: str
    version: str
    digest: str


class DocumentRef(Model):
    """`length` in code points. `encoding` where the text was read from bytes."""

    name: str
    length: int
    encoding: str | None = None
    digest: str = ""


class Escalation(Model):
    """Why the overall tier is higher than the gravest finding."""

    id: str
    because: str
    raised_from: int
    raised_to: int


class PlanAction(Model):
    """What has to be done for the findings of one tier at this stage, by whom and by when."""

    tier: int
    title: str
    owner: str
    deadline: str
    actions: tuple[str, ...]
    signatures: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


class Plan(Model):
    """The response: the overall tier's action leads; those of lower tiers follow."""

    id: str
    version: str
    stage: Stage
    actions: tuple[PlanAction, ...] = ()


class Report(Model):
    """The record of one check; together with the packs' digests it can be reproduced."""

    schema_version: str = SCHEMA_VERSION
    document: DocumentRef
    placement: Placement
    as_of: dt.date
    packs: tuple[PackRef, ...]
    tier: int
    escalations: tuple[Escalation, ...] = ()
    findings: tuple[Finding, ...] = ()
    exempted: tuple[Finding, ...] = ()
    suppressed: tuple[Finding, ...] = ()
    plan: Plan
    notices: tuple[str, ...] = Field(default=(), description="timeouts and other limits met while judging")
