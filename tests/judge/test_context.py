"""Copy that speaks about the wording, and questions that copy reports."""

import pytest

from support import exempted_by, found, phrases

RULE = phrases("最好", "国家级", "治疗", defaults_off=["negated"])


@pytest.mark.parametrize(
    "text",
    [
        "文案里不得使用“国家级”",
        "直播时不许说“最好”",
        "某商家宣传蜂蜜能治疗糖尿病被罚款二十万元",
        "网传蜂蜜治疗癌症是谣言",
        "培训笔记：不说“最好”",
        "广告法规定：“国家级”属于禁用",
        "有人上门说蜂蜜能治疗风湿，先收定金。社里没请过这样的人，见了打110",
    ],
)
def test_a_mention_is_no_claim(text: str) -> None:
    assert exempted_by(RULE, text) == ["mention"]


@pytest.mark.parametrize(
    "text",
    ["广告法不让说，但我们就是最好", "“最好”的蜂蜜在这里", "我们的蜂蜜最好"],
)
def test_turning_away_from_the_mention_is_a_claim(text: str) -> None:
    assert found(RULE, text) == ["最好"]


@pytest.mark.parametrize("text", ["有人问能治疗咽炎吗", "后台问：蜂蜜能不能治疗咽炎？", "有粉丝问是不是最好的"])
def test_a_reported_question_is_no_claim(text: str) -> None:
    assert exempted_by(RULE, text) == ["question"]


@pytest.mark.parametrize("text", ["有人问效果。能治疗咽炎", "我家的蜜最好，对吗", "有人问价格，我说这款最好"])
def test_a_question_without_the_claim_in_it_does_not_help(text: str) -> None:
    assert len(found(RULE, text)) == 1


@pytest.mark.parametrize(("off", "text"), [("mention", "直播时不许说“最好”"), ("question", "有粉丝问是不是最好的")])
def test_each_default_can_be_taken_away(off: str, text: str) -> None:
    assert found(phrases("最好", defaults_off=[off, "negated"]), text) == ["最好"]


@pytest.mark.parametrize(
    "text",
    [
        "老板，这是最好的吗？——不是，普通货",
        "您问是不是最好的？这我真答不上来",
        "这是最好的吗？客服：没有这一说",
        "一、这茶能不能治疗咳嗽\n不能，咳嗽去医院",
    ],
)
def test_a_question_answered_with_no_is_no_claim(text: str) -> None:
    assert exempted_by(RULE, text) == ["question"]


@pytest.mark.parametrize(
    "text",
    [
        "有粉丝问是不是最好的？那肯定",
        "有人问是最好的吗？能的",
        "有人问这是不是最好的，没错",
        "有人问能治疗吗？能。",
        "这是最好的吗？",
    ],
)
def test_a_question_answered_with_yes_is_a_claim(text: str) -> None:
    assert len(found(RULE, text)) == 1
