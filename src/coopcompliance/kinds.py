"""The closed lists of the domain: categories, tiers, verdicts, platforms, forms, products, stages, evidence kinds."""

from __future__ import annotations

from enum import IntEnum, StrEnum


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
