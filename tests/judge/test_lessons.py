"""Whole texts that teach or review are no copy; a title alone does not make them so."""

from __future__ import annotations

from support import exempted_by, found, phrases

RULE = phrases("降三高", "特供")

LESSON = "冬季培训小结：为什么不能说\n律师讲了一个案例，同行写降三高，这样的话删掉。\n法务当场叫停过一回“特供”。"


def test_every_hit_of_a_lesson_is_a_mention() -> None:
    assert exempted_by(RULE, LESSON) == ["mention", "mention"]


def test_a_title_alone_is_bait() -> None:
    assert found(RULE, "培训小结\n我们的茶降三高，一号链接下单，小黄车里有。") == ["降三高"]


def test_quoted_words_that_are_denied_are_a_mention() -> None:
    assert exempted_by(RULE, "朋友圈卖“特供”坛子酒的，编号查不到，见到就打12315。") == ["mention"]


def test_quoted_words_that_praise_are_copy() -> None:
    assert found(RULE, "这坛“特供”好酒，今天给家人们带来了。") == ["特供"]


def test_a_denial_may_be_the_next_sentence() -> None:
    assert exempted_by(RULE, "客户说，你就写“降三高”，销量翻三倍。我没敢写。") == ["mention"]


def test_a_filler_bans_nothing() -> None:
    assert found(RULE, "啥也别说了，这茶就是降三高") == ["降三高"]
