"""Names of persons: one written form, one key to compare by, and whether it can be a name at all."""

import re

from jiangxin.kernel.text.folding import DOT, HAN, tidy

_SPACES_ROUND_DOT = re.compile(f" *[{DOT}.] *(?=[{HAN}])|(?<=[{HAN}]) *[{DOT}.] *")
_SPACE_IN_HAN = re.compile(f"(?<=[{HAN}{DOT}]) +(?=[{HAN}{DOT}])")
_HAN_NAME = re.compile(f"[{HAN}]{{2,15}}|[{HAN}]{{1,15}}(?:{DOT}[{HAN}]{{1,15}}){{1,5}}")
_COMMON_NAME = re.compile("[\u4e00-\u9fff]{2,15}")  # nothing to tidy: no compatibility forms there
_LETTERS = "A-Za-zÀ-ÖØ-öø-ɏЀ-ӿ"
_LATIN_NAME = re.compile(f"[{_LETTERS}](?:[{_LETTERS}]|[ '’.·-]{{1,2}}(?=[{_LETTERS}])){{1,58}}\\.?")
_NOT_A_NAME = frozenset(
    "无 暂无 未知 不详 姓名 合计 总计 小计 空缺 其他 测试 同上 匿名 若干 集体 个人 名单".split()  # noqa: SIM905 - reads better
)


def normalise_name(raw: str) -> str:
    """Return the written form of a person's name.

    Spaces inside a Han name go (张　伟 → 张伟), every kind of middle dot becomes ·, full-width letters become half-width,
    Latin names keep single spaces. Nothing is refused here; see `is_plausible_name`.
    """
    if _COMMON_NAME.fullmatch(raw):
        return raw
    text = tidy(raw)
    if _HAN_NAME.fullmatch(text):
        return text
    text = _SPACES_ROUND_DOT.sub(DOT, text)
    return _SPACE_IN_HAN.sub("", text).strip(" " + DOT)


def name_key(raw: str) -> str:
    """Return the key by which two spellings of one name are equal: no dots, no spaces, lower case."""
    return key_of_written(normalise_name(raw))


def key_of_written(name: str) -> str:
    """Return the key of a name that `normalise_name` has written already (fast: for millions of rows)."""
    return name.replace(DOT, "").replace(" ", "").casefold()


def is_plausible_name(name: str) -> bool:
    """Tell whether a normalised name can be a person's: 2–15 Han characters, dotted Han parts, or a Latin name."""
    if name in _NOT_A_NAME:
        return False
    return _HAN_NAME.fullmatch(name) is not None or _LATIN_NAME.fullmatch(name) is not None
