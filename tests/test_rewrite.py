"""Safe rewriting: only marked fixes, each checked again, never one that raises something new."""

from __future__ import annotations

from coopcompliance import Report, Screener
from coopcompliance.rewrite import rewrite, unified_diff
from support import DAY, phrases, screener


def apply(rules: Screener, text: str) -> tuple[str, list[str], list[str]]:
    def screen(changed: str) -> Report:
        return rules.screen(changed, as_of=DAY)

    done = rewrite(text, screen(text), screen)
    return done.text, [item.text for item in done.applied], [item.text for item in done.refused]


def test_every_safe_fix_is_made_and_offsets_stay_true() -> None:
    rules = screener(phrases("全网最低价", fix="活动价"), phrases("免检", slug="b", fix=""))
    assert apply(rules, "全网最低价，免检产品，全网最低价") == (
        "活动价，产品，活动价",
        ["全网最低价", "免检", "全网最低价"],
        [],
    )


def test_a_rewrite_suggestion_without_a_fix_is_left_to_a_person() -> None:
    rules = screener(phrases("全国第一", rewrite="说年份和口径"))
    assert apply(rules, "全国第一") == ("全国第一", [], [])


def test_a_fix_that_raises_a_new_finding_is_refused() -> None:
    rules = screener(phrases("最好", fix="顶级"), phrases("顶级", slug="top"))
    assert apply(rules, "最好的米") == ("最好的米", [], ["最好"])


def test_a_fix_that_only_changes_the_spelling_of_the_offence_is_refused() -> None:
    rules = screener(phrases("最好", "最佳", fix="最佳"))
    assert apply(rules, "最好的米") == ("最好的米", [], ["最好"])


def test_a_fix_never_leaves_an_empty_text() -> None:
    rules = screener(phrases("免检", fix=""))
    assert apply(rules, "免检") == ("免检", [], ["免检"])


def test_what_is_taken_out_of_a_list_takes_its_comma_along() -> None:
    rules = screener(phrases("免检", fix=""))
    assert apply(rules, "产品包邮，免检，一斤装")[0] == "产品包邮，一斤装"
    assert apply(rules, "产品包邮，免检。一斤装")[0] == "产品包邮。一斤装"
    assert apply(rules, "免检，一斤装")[0] == "一斤装"
    assert apply(rules, "一斤装，免检")[0] == "一斤装"
    assert apply(rules, "免检产品，一斤装")[0] == "产品，一斤装"


def test_a_fix_with_a_pattern_works_only_where_the_pattern_meets_the_hit() -> None:
    rules = screener(phrases("最香", fix={"pattern": "最香的(?=大米|茶叶)"}))
    assert apply(rules, "这是最香的大米，最香的时候开袋，大米最香") == (
        "这是大米，最香的时候开袋，大米最香",
        ["最香"],
        [],
    )


def test_a_fix_that_is_longer_than_its_finding_never_runs_into_the_next() -> None:
    rules = screener(phrases("最香", fix={"pattern": "最香又最甜的(?=瓜)"}), phrases("最甜", slug="b", fix=""))
    text, applied, _ = apply(rules, "最香又最甜的瓜")
    assert (text, applied) == ("最香又的瓜", ["最甜"])


def test_offsets_of_a_fix_are_those_of_the_given_text() -> None:
    rules = screener(phrases("最香", fix={"pattern": "最香的(?=大米)"}))
    assert apply(rules, "这是 最 香 的大米")[0] == "这是 大米"


def test_the_diff_names_the_file() -> None:
    diff = unified_diff("一\n免检\n", "一\n\n", "稿.txt")
    assert diff.startswith("--- a/稿.txt\n+++ b/稿.txt\n")
    assert "-免检\n" in diff
