"""Choices and re-used phrases of the worker record."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Sex(models.TextChoices):
    """Sex as recorded (GB/T 2261.1); empty when the source does not say."""

    MALE = "male", _("男")
    FEMALE = "female", _("女")


class BirthPrecision(models.TextChoices):
    """How much of the birth date the source really gave."""

    DAY = "day", _("到日")
    MONTH = "month", _("到月")
    YEAR = "year", _("到年")


class NameKind(models.TextChoices):
    """Why a second name is kept beside the current one."""

    FORMER = "former", _("曾用名")
    DOTTED = "dotted", _("带间隔号的写法")
    LATIN = "latin", _("拉丁字母写法")
    ALIAS = "alias", _("别名")


class SourceKind(models.TextChoices):
    """Where a fact comes from."""

    LIST = "list", _("公布名单")
    PRESS = "press", _("新闻报道")
    DECISION = "decision", _("表彰决定")
    SELF = "self", _("本人填写")
    OFFICER = "officer", _("工会干部录入")
    IMPORT = "import", _("批量导入")


OFFICIAL_SOURCES = (SourceKind.LIST, SourceKind.PRESS, SourceKind.DECISION)


class WorkerKind(models.TextChoices):
    """Kind of person as selections count them (union of the forms in use)."""

    FRONTLINE = "frontline", _("一线职工")
    TECHNICAL = "technical", _("专业技术人员")
    RESEARCH = "research", _("科教人员")
    MANAGEMENT = "management", _("管理人员")
    HEAD = "head", _("单位负责人")
    MIGRANT = "migrant", _("农民工")
    FARMER = "farmer", _("农民")
    CIVIL = "civil", _("公务员")
    INSTITUTION = "institution", _("事业单位人员")


class SkillRoute(models.TextChoices):
    """How a skill level was obtained."""

    EXAM = "exam", _("考核评价")
    CONTEST = "contest", _("竞赛晋级")
    DIRECT = "direct", _("直接认定")
    PROMOTION = "promotion", _("破格晋升")
    CONVERSION = "conversion", _("贯通转换")


class SkillStep(models.IntegerChoices):
    """The eight skill levels in rising order (2022 opinion on high-skilled workers)."""

    APPRENTICE = 1, _("学徒工")
    JUNIOR = 2, _("初级工")
    MIDDLE = 3, _("中级工")
    SENIOR = 4, _("高级工")
    TECHNICIAN = 5, _("技师")
    SENIOR_TECHNICIAN = 6, _("高级技师")
    SPECIAL_TECHNICIAN = 7, _("特级技师")
    CHIEF_TECHNICIAN = 8, _("首席技师")


class PersonState(models.TextChoices):
    """Where the worker stands towards the union that keeps the record."""

    ACTIVE = "active", _("在岗")
    MOVED = "moved", _("已调离")
    RETIRED = "retired", _("已退休")
    ABROAD = "abroad", _("在国外")
    UNREACHABLE = "unreachable", _("失去联系")
    DECEASED = "deceased", _("已去世")


class LinkState(models.TextChoices):
    """Standing of a proposal that two records are one person."""

    PROPOSED = "proposed", _("待认定")
    CONFIRMED = "confirmed", _("已认定为同一人")
    REFUSED = "refused", _("已认定不是同一人")
    UNDONE = "undone", _("认定已撤回")


class DisputeKind(models.TextChoices):
    """What the worker asks for."""

    WRONG = "wrong", _("内容有误")
    HIDE = "hide", _("请求不公开")


class DisputeState(models.TextChoices):
    """Standing of a worker's objection to a fact in the record."""

    OPEN = "open", _("待答复")
    UPHELD = "upheld", _("已采纳")
    REFUSED = "refused", _("未采纳")
    CLOSED = "closed", _("已办结")


class RightKind(models.TextChoices):
    """What a worker may ask for the whole record (PIPL articles 44 and 47)."""

    LIMIT = "limit", pgettext_lazy("request", "限制处理")
    LIFT = "lift", _("解除限制")
    ERASE = "erase", _("删除档案")


class RightState(models.TextChoices):
    """Standing of a worker's request about the whole record."""

    OPEN = "open", _("待答复")
    GRANTED = "granted", _("已办理")
    REFUSED = "refused", _("未同意")
    WITHDRAWN = "withdrawn", _("已撤回")


class AskedHow(models.TextChoices):
    """How a request came in; close relatives ask after a worker's death (PIPL article 49)."""

    SELF = "self", _("本人在网上提出")
    LETTER = "letter", _("本人书面或当面提出")
    KIN = "kin", _("近亲属提出")


ANSWER_WITHIN = 15  # working days, as promised to workers


class ConsentPurpose(models.TextChoices):
    """What a worker can agree to, one by one; refusing one leaves the others working."""

    PROFILE = "profile", _("公开个人页面")
    PORTRAIT = "portrait", _("公开照片")
    CONTACT = "contact", _("接受工会联系")
    RESEARCH = "research", _("用于统计研究")


CONSENT_TEXT_VERSION = "2025-01"

CONSENT_TEXTS = {
    ConsentPurpose.PROFILE: _("同意在公开名录中展示我的姓名、单位、岗位和我选择公开的经历。"),
    ConsentPurpose.PORTRAIT: _("同意在公开页面展示我提供的照片。"),
    ConsentPurpose.CONTACT: _("同意工会用我留下的电话或邮箱与我联系。"),
    ConsentPurpose.RESEARCH: _("同意把去除姓名后的资料用于统计研究。"),
}
