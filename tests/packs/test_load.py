"""Loading packs: all that is wrong is refused at once, with file and line; nothing is half-loaded."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from coopcompliance import PackError
from coopcompliance.packs.load import load
from support import DAY, Json, catalog, pack, phrases, rule, screener_of, write_rules

GOOD = textwrap.dedent(
    """\
    pack: own
    version: "2026.11.0"
    sources:
      law: {title: 测试法, since: 2015-01-01, verified: true}
    rules:
      - id: best
        title: 测试规则
        category: absolute
        tier: 2
        basis: [{source: law, article: 第一条}]
        since: 2015-01-01
        detect: {phrases: [最好]}
        advice: 改说事实
        examples:
          flag: ["[[最好]]", "真[[最好]]", "就[[最好]]"]
          pass: [好, 很好, 真好]
    """
)


def refused(tmp_path: Path, text: str, words: Json | None = None) -> list[tuple[int, str]]:
    """(line, problem) of everything that is wrong with the pack `text`."""
    folder = write_rules(tmp_path, text, words=words)
    with pytest.raises(PackError) as caught:
        load(builtin=folder, entry_points=False)
    assert all(issue.file.name == "pack0.yaml" for issue in caught.value.issues)
    return [(issue.line, issue.problem) for issue in caught.value.issues]


def test_the_good_pack_loads() -> None:
    loaded = catalog(GOOD)
    assert [entry.id for entry in loaded.rules] == ["own/best"]
    assert loaded.packs[0].dimension == "laws"
    assert loaded.packs[0].digest.startswith("sha256:")


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("detect: {phrases: [最好]}", "detect: {phrases: [最好}", 12, "YAML syntax"),
        ("    tier: 2\n", "    tier: 2\n    tier: 3\n", 10, "the key 'tier' stands twice"),
        ('version: "2026.11.0"', "version: 2026.11", 2, "quot"),
        ('version: "2026.11.0"', "version: 2026.11.0", 2, "without quotation marks"),
        ('version: "2026.11.0"', 'version: "1.0"', 2, "no CalVer version"),
        ("    advice:", "    advise:", 13, "unknown key 'advise'"),
        ("    tier: 2", "    tier: 4", 9, "less than or equal to 3"),
        ("category: absolute", "category: absolut", 8, "'absolute', 'medical'"),
        ("id: best", "id: The_Best", 6, "no slug"),
        ("{phrases: [最好]}", "{phrases: [$ranks]}", 12, "unknown lexicon $ranks"),
        ("{phrases: [最好]}", "{phrase: [最好]}", 12, "phrase"),
        ("{phrases: [最好]}", "{phrases: [最好], repeat: [好]}", 12, "exactly one of"),
        ("{phrases: [最好]}", "{phrases: [最好], gap: 3}", 12, "gap: no option of a phrases detector"),
        ("{phrases: [最好]}", "{combine: [[最好]]}", 12, "at least two groups"),
        ("{phrases: [最好]}", "{pattern: 最好}", 12, "hints"),
        ("{phrases: [最好]}", "{pattern: '最(好', hints: [最]}", 12, "pattern '最(好'"),
        ("{phrases: [最好]}", "{pattern: '{$ranks}', hints: [最]}", 12, "unknown lexicon $ranks"),
        ("{phrases: [最好]}", "{pattern: 最, hints: [最], compare: [{group: n, op: '>', value: 1}]}", 12, "no group"),
        ("{phrases: [最好]}", "{phrases: [最好, 🌸]}", 12, "reads as nothing"),
        ("{phrases: [最好]}", "{repeat: [最好]}", 12, "more_than and per"),
        ("{source: law, article", "{source: lex, article", 10, "unknown source 'lex'"),
        ("since: 2015-01-01\n    detect", "since: 2015-13-01\n    detect", 11, "date"),
        ("      pass: [好, 很好, 真好]", "      pass: [好, 很好]", 16, "at least 3"),
        ('"真[[最好]]"', '"真最好"', 15, "no [[span]] is marked"),
        ("    advice: 改说事实\n", "", 6, "the key 'advice' is missing"),
        ("    advice:", "    unless: [$nothing]\n    advice:", 13, "unknown exemption '$nothing'"),
        ("    advice:", "    unless: [{id: x, because: 合法}]\n    advice:", 13, "exactly one of"),
        ("verified: true}", "verified: true, superseded_by: new-law}", 4, "unknown source 'new-law'"),
        ("pack: own", "name: own", 1, "does not say what it is"),
    ],
)
def test_each_mistake_is_refused_where_it_stands(tmp_path: Path, old: str, new: str, line: int, problem: str) -> None:
    assert old in GOOD
    problems = refused(tmp_path, GOOD.replace(old, new))
    assert any(number == line and problem in text for number, text in problems), problems


def test_the_same_rule_id_twice(tmp_path: Path) -> None:
    body = GOOD[GOOD.index("  - id: best") :]
    assert refused(tmp_path, GOOD + body) == [(17, "the rule id 'best' is used twice")]


def test_an_old_id_is_never_reused(tmp_path: Path) -> None:
    body = GOOD[GOOD.index("  - id: best") :].replace("id: best", "id: other\n    redirects: [best]")
    assert refused(tmp_path, GOOD + body) == [(17, "the rule id 'best' is used twice")]


def test_the_same_pack_id_or_source_id_in_two_files(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        catalog(pack(phrases("最好")), pack(phrases("第一")))
    text = str(caught.value)
    assert "the pack id 'own' is also in" in text
    assert "the source id 'law' is used twice" in text


def test_lexicons_in_two_files_in_circles_and_unknown(tmp_path: Path) -> None:
    folder = write_rules(tmp_path, GOOD, words={"a": ["$b"], "b": ["$a"], "c": ["$d"], "negators": ["不"]})
    with pytest.raises(PackError) as caught:
        load(builtin=folder, entry_points=False)
    text = str(caught.value)
    for problem in ("lexicon 'a' includes itself", "unknown lexicon $d", "the lexicon 'negators' is also in"):
        assert problem in text


def test_all_errors_of_all_files_at_once(tmp_path: Path) -> None:
    first = GOOD.replace("tier: 2", "tier: 9").replace("advice:", "advise:")
    second = GOOD.replace("pack: own", "pack: other").replace("phrases: [最好]", "phrases: [$nothing]")
    folder = write_rules(tmp_path, first, second, "pack: [")
    (folder / "laws" / "latin.yaml").write_bytes("pack: été".encode("latin-1"))
    with pytest.raises(PackError) as caught:
        load([tmp_path / "nowhere"], builtin=folder, entry_points=False)
    files = {issue.file.name for issue in caught.value.issues}
    assert files == {"pack0.yaml", "pack1.yaml", "pack2.yaml", "latin.yaml", "nowhere"}
    assert len([issue for issue in caught.value.issues if issue.file.name == "pack0.yaml"]) >= 2


def test_an_error_shows_the_lines_around_it_and_what_was_expected(tmp_path: Path) -> None:
    folder = write_rules(tmp_path, GOOD.replace("source: law, article", "source: lex, article"))
    with pytest.raises(PackError) as caught:
        load(builtin=folder, entry_points=False)
    text = str(caught.value)
    assert "pack0.yaml:10:" in text
    assert ">   10 |     basis: [{source: lex" in text
    assert "expected: a source id" in text


@pytest.mark.parametrize(
    ("row", "problem"),
    [("GB 1\t标签\tcurrent\t\t2012-99-01\t\t\ttrue", "bad row"), ("GB 1", "bad row")],
)
def test_a_bad_row_of_the_catalogue_of_standards(row: str, problem: str) -> None:
    header = "number\ttitle\tstatus\tsuperseded_by\tsince\tuntil\tproduct\tverified\n"
    with pytest.raises(PackError, match=problem) as caught:
        catalog(GOOD, standards=header + row + "\n")
    assert [(issue.file.name, issue.line) for issue in caught.value.issues] == [("catalogue.tsv", 2)]


def test_a_catalogue_that_is_not_utf_8(tmp_path: Path) -> None:
    folder = write_rules(tmp_path, GOOD, standards="number\ttitle\tstatus\n")
    (folder / "standards" / "catalogue.tsv").write_bytes("number\ttitle\tstatus\n蜂蜜".encode("gb18030"))
    with pytest.raises(PackError, match="cannot be read"):
        load(builtin=folder, entry_points=False)


def test_without_a_plan_nothing_loads(tmp_path: Path) -> None:
    folder = write_rules(tmp_path, GOOD)
    (folder / "response" / "plan.yaml").unlink()
    with pytest.raises(PackError, match="no response plan"):
        load(builtin=folder, entry_points=False)


def test_a_plan_without_a_stage_or_a_tier_is_refused(tmp_path: Path) -> None:
    folder = write_rules(tmp_path, GOOD)
    plan = (folder / "response" / "plan.yaml").read_text("utf-8")
    (folder / "response" / "plan.yaml").write_text(plan.replace("      live: {", "      lve: {", 1), "utf-8")
    with pytest.raises(PackError) as caught:
        load(builtin=folder, entry_points=False)
    assert "plan.yaml" in str(caught.value)


def test_experimental_and_retired_rules() -> None:
    rules = [
        phrases("最好", slug="try", status="experimental"),
        phrases("第一", slug="gone", status="retired"),
    ]
    report = screener_of(catalog(pack(*rules))).screen("最好，第一", as_of=DAY)
    assert [(finding.rule, finding.status) for finding in report.findings] == [("own/try", "experimental")]
    assert report.tier == 0


def test_shared_exemptions_are_named_once_in_a_pack() -> None:
    shared = {"goal": {"near": {"any": ["力争"]}, "because": "目标追求"}}
    loaded = catalog(pack(phrases("第一", unless=["$goal"]), exemptions=shared))
    (finding,) = screener_of(loaded).screen("力争第一", as_of=DAY).exempted
    assert finding.exemption is not None
    assert finding.exemption.id == "goal"


def test_truth_values_and_the_category_called_false() -> None:
    """YAML reads `false` as a truth value; as a category it is a name."""
    unless = "    unless: [{id: a, because: 自谦, negated: true}, {id: b, because: 引述, mention: true}]\n"
    text = GOOD.replace("category: absolute", "category: false").replace("    advice:", unless + "    advice:")
    entry = catalog(text).rules[0]
    assert entry.spec.category == "false"
    assert [item.id for item in entry.unless] == ["a", "b"]


def test_terms_may_be_one_string_and_numbers() -> None:
    text = GOOD.replace("{phrases: [最好]}", "{phrases: [007, 100, 9.90, 最好]}")
    assert catalog(text).rules[0].spec.detect[0].phrases == ("007", "100", "9.90", "最好")
    loaded = catalog(pack(rule(detect={"phrases": "最好 第一"})))
    assert loaded.rules[0].spec.detect[0].phrases == ("最好", "第一")


@pytest.mark.parametrize("broken", ["lexicons: own\nwords: [\n", 'lexicons: own\nversion: "2026.11.0"\nwords: 3\n'])
def test_a_broken_file_of_word_lists_is_reported_alone(tmp_path: Path, broken: str) -> None:
    """Once each of hundreds of rules that used its lists was reported beside it."""
    folder = write_rules(tmp_path, pack(phrases("$tops")))
    (folder / "lexicons" / "own.yaml").write_text(broken, "utf-8")
    with pytest.raises(PackError) as refused:
        load(builtin=folder, entry_points=False)
    assert {issue.file.name for issue in refused.value.issues} == {"own.yaml"}
