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
        "有人说石榴能治疗贫血，这话我可不讲",
        "网上传结晶的蜜能治疗咽炎，这说法站不住脚",
        "集上有人卖“最好”的药材苗，市监所已经在查，先别掏钱",
        "大哥刷香菇治疗癌症，这个我得拦一下",
        "新主播试讲：脱口说“治疗”扣五分",
    ],
)
def test_a_mention_is_no_claim(text: str) -> None:
    assert exempted_by(RULE, text) == ["mention"]


@pytest.mark.parametrize(
    "text",
    [
        "广告法不让说，但我们就是最好",
        "“最好”的蜂蜜在这里",
        "我们的蜂蜜最好",
        "有人说我们的最好，我也这么看",
        "大哥刷哪款最好，就是这一款",
        "老客留言说是喝过最好的",
        "一口把疲劳直接打回原形，这款最好",
        "网上说的哪款最好，现在查查就晓得",
        "都听说了这是最好的，外头享受不起",
        "医生写检查单时说没事了，喝的就是最好的",
        "内幕曝光了，最好的蜜在这里",
    ],
)
def test_turning_away_from_the_mention_is_a_claim(text: str) -> None:
    assert found(RULE, text) == ["最好"]


@pytest.mark.parametrize("text", ["有人问能治疗咽炎吗", "后台问：蜂蜜能不能治疗咽炎？", "有粉丝问是不是最好的"])
def test_a_reported_question_is_no_claim(text: str) -> None:
    assert exempted_by(RULE, text) == ["question"]


@pytest.mark.parametrize(
    "text", ["能治疗吗？不能不服，喝三天见效", "能治疗吗？不知道多少姐妹回来谢我", "能治疗吗？没有不灵的"]
)
def test_a_no_that_begins_a_boast_is_no_answer(text: str) -> None:
    assert found(RULE, text) == ["治疗"]


@pytest.mark.parametrize(
    "text", ["隔壁说是没治好才来的，我家这款最好", "花冤枉钱不如买最好的", "药吃了没用？这款治疗咽炎"]
)
def test_complaints_about_others_excuse_no_claim(text: str) -> None:
    assert len(found(RULE, text)) == 1


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
