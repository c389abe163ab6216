"""What a reader sees of a masked value."""

import pytest

from jiangxin.kernel.privacy import mask


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("name", "张三", "张*"),
        ("name", "林小满", "林**"),
        ("name", "欧阳小芳", "欧阳**"),
        ("name", "单于", "单*"),
        ("name", "买买提·艾力", "买**·**"),
        ("name", "𬭊华", "𬭊*"),
        ("name", "John Smith", "J*** S****"),
        ("id_number", "110101199003074514", "110***********4514"),
        ("id_number", "11010119900307451X", "110***********451X"),
        ("id_number", "1234567", "*******"),
        ("phone", "13812341234", "138****1234"),
        ("email", "lin@example.com", "l**@example.com"),
        ("email", "a@example.com", "a**@example.com"),
        ("email", "nonsense", "********"),
        ("bank_account", "6222 0202 0011 2233 445", "***************3445"),
        ("health", "尘肺二期", "****"),
        ("name", "", ""),
        ("name", None, ""),
    ],
)
def test_only_the_agreed_part_is_shown(kind: str, value: str | None, shown: str) -> None:
    assert mask(value, kind) == shown
