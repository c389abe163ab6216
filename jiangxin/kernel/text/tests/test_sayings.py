"""A sentence is kept with its words and said again in the language of whoever reads it."""

import json
import pickle
from collections.abc import Iterator

import pytest
from django.utils.translation import gettext_lazy, override

from jiangxin.kernel.text.sayings import Said, kept_of, say, say_again, say_all

NAME, MISSING = "姓名", "第 %(row)d 行缺少“%(column)s”。"


@pytest.fixture(autouse=True)
def in_the_language_of_the_source() -> Iterator[None]:
    with override("zh-hans"):
        yield


def again(sentence: str, language: str = "en") -> str:
    kept = json.loads(json.dumps(kept_of(sentence)))
    with override(language):
        return say_again(kept)


def test_words_and_values_are_said_in_the_language_of_the_reader() -> None:
    sentence = say(MISSING, row=3, column=say("姓名"))

    assert sentence == "第 3 行缺少“姓名”。"
    assert (again(sentence), again(sentence, "zh-hans")) == ("Row 3 has no “Name”.", sentence)


def test_what_was_typed_is_not_translated() -> None:
    assert again(say("“%(text)s”不是一个数。", text="姓名")) == "“姓名” is not a number."


def test_a_plain_sentence_is_its_own_words_and_nothing_is_nothing() -> None:
    assert (again("没有填写身份证号。"), again("写于旧版。"), again("")) == (
        "The identity number is missing.",
        "写于旧版。",
        "",
    )


def test_sentences_and_what_stands_between_them_are_translated() -> None:
    assert again(say_all(["姓名", "王五", say("性别")], between="、")) == "Name, 王五, Sex"
    assert again(say_all(["没有填写身份证号。", say("“%(text)s”不是一个数。", text="x")])) == (
        "The identity number is missing.“x” is not a number."
    )


def test_what_is_marked_lazily_keeps_its_own_words_whatever_the_language() -> None:
    with override("en"):
        sentence = say(gettext_lazy(MISSING), row=1, column=gettext_lazy(NAME))

    assert sentence == "Row 1 has no “Name”."
    assert again(sentence, "zh-hans") == "第 1 行缺少“姓名”。"


def test_it_is_kept_on_the_way_between_processes_and_when_said_twice() -> None:
    sentence = say(MISSING, row=3, column="x")
    there = pickle.loads(pickle.dumps(sentence))  # noqa: S301 - made here

    assert (there, there.kept, type(there)) == (sentence, sentence.kept, Said)
    assert say(sentence) is sentence


def test_values_of_every_kind_are_kept_as_they_are_shown() -> None:
    sentence = say("%(a)s %(b)s %(c)s 100%%", a=None, b=1.5, c=("x",))

    assert sentence == "None 1.5 ('x',) 100%"
    assert again(sentence) == sentence
