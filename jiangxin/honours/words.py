"""Choices and re-used phrases of the honours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """Who stands behind an honour, from the nation down."""

    NATIONAL = "national", _("国家级")
    MINISTRY = "ministry", _("部委（行业）级")
    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县级")
    ENTERPRISE = "enterprise", _("企业级")


LOCAL_LEVELS = (Level.CITY, Level.COUNTY, Level.ENTERPRISE)
FIXED_BY_USE = ("level", "kind", "family")  # of an entry, once somebody holds the honour


class Family(TextChoices):
    """Which line of honours a title belongs to; prerequisites are written for a line at a level."""

    MODEL = "model", _("劳动模范")
    ADVANCED = "advanced", _("先进工作者")
    MEDAL = "medal", _("五一劳动奖章")
    AWARD = "award", _("五一劳动奖状")
    PIONEER = "pioneer", _("工人先锋号")
    CRAFTSMAN = "craftsman", _("工匠")
    OTHER = "", _("其他")


class HonourKind(TextChoices):
    """Who may hold an honour."""

    PERSON = "person", _("个人")
    COLLECTIVE = "collective", _("集体")
    BOTH = "both", _("个人或集体")


class Strength(TextChoices):
    """How strictly one honour presupposes another."""

    HARD = "hard", _("必须")
    GENERALLY = "generally", _("一般应当")


class ConferralState(TextChoices):
    """Where a conferral stands."""

    CONFERRED = "conferred", _("有效")
    SUSPENDED = "suspended", _("暂停")
    REEXAMINED = "reexamined", _("复核中")
    REVOKED = "revoked", _("已撤销")


class Pot(TextChoices):
    """Which pot of places the honour came from; composition rules bind the regular one."""

    UNKNOWN = "", _("未注明")
    REGULAR = "regular", _("常规")
    SPECIAL = "special", _("单列")
    SUPPLEMENTARY = "supplementary", _("追加")


class Grounds(TextChoices):
    """Grounds of a revocation, the union of the published rules (Wuhan 1998, Ürümqi 2004, railways)."""

    FALSE_DEEDS = "false_deeds", _("主要事迹严重失实或弄虚作假")
    CRIMINAL = "criminal", _("受到刑事处罚")
    DISCIPLINE = "discipline", _("受到留用察看以上处分、开除或党纪政务重处分")
    TAX = "tax", _("偷税、欠税达到规定数额")
    ARREARS = "arrears", _("拖欠工资、社会保险费或工会经费")
    LEFT_COUNTRY = "left_country", _("非法出境或有损国家利益")
    PROCEDURE = "procedure", _("评选程序存在严重违规")
    SAFETY = "safety", _("发生重大责任事故或严重违规（集体）")
    OTHER = "other", _("法律法规或章程规定的其他情形")


class ProposalState(TextChoices):
    """What became of the question whether a higher honour falls too."""

    PROPOSED = "proposed", _("待决定")
    REVOKED = "revoked", _("决定撤销")
    KEPT = "kept", _("决定保留")


class CredentialState(TextChoices):
    """What the status lists say about a credential."""

    VALID = "valid", _("有效")
    SUSPENDED = "suspended", _("暂停")
    REVOKED = "revoked", _("已撤销")
    REPLACED = "replaced", _("已换发")


class KeyState(TextChoices):
    """Where a signing key stands."""

    ACTIVE = "active", _("在用")
    RETIRED = "retired", _("已轮换")
    COMPROMISED = "compromised", _("已作废")


class ListPurpose(TextChoices):
    """What a set bit in a status list means."""

    REVOCATION = "revocation", _("撤销")
    SUSPENSION = "suspension", _("暂停")


class RecheckState(TextChoices):
    """What the yearly look at a holder found."""

    OPEN = "open", _("待复核")
    PASSED = "passed", _("无异常")
    DOUBTFUL = "doubtful", _("有疑问")


RECHECKS_WAITING = (RecheckState.OPEN, RecheckState.DOUBTFUL)
