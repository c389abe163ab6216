"""What is shown of a sensitive value when nobody gave a reason to see it whole."""

from collections.abc import Callable

STAR = "*"
_COMPOUND_SURNAMES = "欧阳 司马 上官 诸葛 尉迟 皇甫 司徒 令狐 慕容 公孙 东方 夏侯 长孙 宇文 万俟 端木 南宫 独孤 百里 呼延 东郭 西门 轩辕 申屠 赫连 澹台 公冶 太叔 闻人 钟离 淳于 单于 濮阳"
_DOTS = "·•．・"


def mask_name(name: str) -> str:
    """张三 → 张*, 欧阳小芳 → 欧阳**, 买买提·艾力 → 买**·**, John Smith → J*** S****."""
    name = name.strip()
    if len(name) > 2 and name[:2] in _COMPOUND_SURNAMES.split():
        return name[:2] + STAR * (len(name) - 2)
    if name.isascii():
        return " ".join(part[:1] + STAR * (len(part) - 1) for part in name.split())
    return name[:1] + "".join(char if char in _DOTS or char.isspace() else STAR for char in name[1:])


def mask_identity_number(number: str) -> str:
    """110101199003074514 → 110***********4514."""
    return _keep(number, 3, 4)


def mask_phone(number: str) -> str:
    """13812341234 → 138****1234."""
    return _keep(number, 3, 4)


def mask_bank_account(number: str) -> str:
    """6222020200112233445 → ***************3445."""
    return _keep("".join(number.split()), 0, 4)


def mask_email(address: str) -> str:
    """lin@example.com → l**@example.com."""
    local, at, domain = address.strip().rpartition("@")
    if not at:
        return STAR * len(address.strip())
    return local[:1] + STAR * max(len(local) - 1, 2) + at + domain


def mask_text(text: str) -> str:
    """Anything else: nothing but its existence, in a length that tells nothing."""
    return STAR * 4 if text else ""


_MASKS: dict[str, Callable[[str], str]] = {
    "name": mask_name,
    "id_number": mask_identity_number,
    "phone": mask_phone,
    "bank_account": mask_bank_account,
    "email": mask_email,
}


def mask(value: str | None, kind: str = "") -> str:
    """Mask a value by the kind of its field; an unknown kind shows nothing; no value is an empty text."""
    return _MASKS.get(kind, mask_text)(value) if value else ""


def _keep(text: str, head: int, tail: int) -> str:
    text = text.strip()
    hidden = len(text) - head - tail
    if hidden < 3:
        return STAR * len(text)
    return text[:head] + STAR * hidden + text[len(text) - tail :]
