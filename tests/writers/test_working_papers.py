"""Working papers made from the rules: the checklist, the handbook and the risk register."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from desk import DAY, MANUAL, PLACEMENT, RULES, desk_catalog, desk_report, same_as_golden

from coopcompliance import PackError, Placement, UsageError
from coopcompliance.checklist import checklist
from coopcompliance.handbook import INDEX, REGISTER, pages, write_handbook
from coopcompliance.manual import ManualChecks, builtin_file, load_manual_checks
from coopcompliance.packs import yamlio
from coopcompliance.packs.load import builtin_folder
from coopcompliance.packs.schema import PackSpec
from coopcompliance.register import COLUMNS, register
from coopcompliance.writers.titles import handbook_page
from support import catalog, pack, phrases


def on(placement: Placement = PLACEMENT) -> str:
    return checklist(placement, desk_catalog(), DAY, manual=MANUAL)


# -- checklist --------------------------------------------------------------------------------------------------------


def test_checklist_golden() -> None:
    same_as_golden("checklist.md", checklist(PLACEMENT, desk_catalog(), DAY, manual=MANUAL, handbook="handbook"))


def test_the_checklist_holds_the_rules_of_the_placement() -> None:
    assert "站外导流" in on()
    assert "站外导流" not in on(Placement(platform="wechat", form="article", products=("honey",)))


def test_without_products_every_product_is_listed_with_its_name() -> None:
    assert "不添加声称（较大，仅蜂蜜，2027-03-16 起施行；" in on(Placement(platform="douyin"))
    assert "不添加声称" not in on(Placement(platform="douyin", products=("tea",)))


def test_manual_checks_follow_the_placement_too() -> None:
    assert "直播间公示证照" in on()
    assert "直播间公示证照" not in on(Placement(form="label"))
    assert "文案与标签一致（责任人：质检员，2027-01-01 起施行）" in on(Placement(form="live", products=("tea",)))


def test_bases_for_other_forms_or_other_days_are_left_out() -> None:
    assert "《标识示例办法》第五条" not in on()


def test_a_manual_check_on_an_unknown_source_is_refused() -> None:
    check = MANUAL.checks[0]
    wrong = check.model_copy(update={"basis": (check.basis[0].model_copy(update={"source": "nowhere"}),)})
    with pytest.raises(UsageError, match="nowhere"):
        checklist(PLACEMENT, desk_catalog(), DAY, manual=MANUAL.model_copy(update={"checks": (wrong,)}))


# -- the shipped manual checks ----------------------------------------------------------------------------------------


def test_the_shipped_manual_checks_load() -> None:
    ids = {check.id for check in load_manual_checks().checks}
    expected = {"portrait-consent", "image-rights", "price-basis", "room-licences-shown", "ai-label", "recording-kept"}
    assert expected <= ids


def test_the_shipped_manual_checks_rest_on_shared_sources() -> None:
    file = builtin_folder() / "laws" / "sources.yaml"
    located, _ = yamlio.load(file, file.read_text("utf-8"))
    assert located is not None
    known = set(PackSpec.model_validate(located.data).sources)
    assert {basis.source for check in load_manual_checks().checks for basis in check.basis} <= known


def test_every_group_of_manual_checks_is_used() -> None:
    checks: ManualChecks = load_manual_checks()
    assert {check.group for check in checks.checks} == set(checks.groups)


def test_a_wrong_file_of_manual_checks_is_refused_with_its_lines(tmp_path: Path) -> None:
    file = tmp_path / "checks.yaml"
    wrong = builtin_file().read_text("utf-8").replace("    owner: 合规专员\n", "    ownr: 合规专员\n", 1)
    file.write_text(wrong, "utf-8")
    with pytest.raises(PackError) as caught:
        load_manual_checks(file)
    lines = wrong.split("\n")
    assert [issue.problem for issue in caught.value.issues] == [
        "checks.0.owner: Field required",
        "checks.0.ownr: Extra inputs are not permitted",
    ]
    assert lines[caught.value.issues[1].line - 1] == "    ownr: 合规专员"


def test_unknown_groups_and_double_ids_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "checks.yaml"
    row = "{id: a, title: t, group: g, how: h, keep: k, owner: o}"
    head = 'manual-checks: x\nversion: "2026.11.0"\n'
    file.write_text(f"{head}groups: {{g: G}}\nchecks: [{row}, {row}]\n", "utf-8")
    with pytest.raises(PackError, match="ids used twice: a"):
        load_manual_checks(file)
    file.write_text(f"{head}groups: {{f: F}}\nchecks: [{row}]\n", "utf-8")
    with pytest.raises(PackError, match="groups without a title: g"):
        load_manual_checks(file)


def test_a_missing_file_of_manual_checks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="cannot be read"):
        load_manual_checks(tmp_path / "none.yaml")


# -- handbook and register --------------------------------------------------------------------------------------------


def test_handbook_golden() -> None:
    same_as_golden("handbook-desk.md", pages(desk_catalog())["desk.md"])


def test_every_finding_leads_to_an_anchor_of_the_handbook() -> None:
    found = pages(desk_catalog())
    for finding in desk_report().findings:
        page, _, anchor = handbook_page(finding.rule).partition("#")
        assert f'<a id="{anchor}"></a>' in found[page]


def test_old_ids_keep_their_anchors() -> None:
    assert '<a id="rank"></a><a id="top"></a>' in pages(desk_catalog())["desk.md"]


def test_every_link_of_the_index_leads_somewhere() -> None:
    found = pages(desk_catalog())
    links = re.findall(r"\]\(([^)#]+)(?:#([^)]+))?\)", found[INDEX])
    assert len(links) >= len(RULES)
    for page, anchor in links:
        assert page == REGISTER or page in found
        assert not anchor or f'id="{anchor}"' in found[page]


def test_rules_switched_off_are_not_in_the_handbook() -> None:
    override = {"rule": "own/gone", "off": True, "reason": "本社不卖茶"}
    both = catalog(
        pack(phrases("一", slug="gone"), phrases("二", slug="kept")),
        pack(name="mine", sources={}, overrides=[override]),
    )
    assert 'id="kept"' in pages(both)["own.md"]
    assert 'id="gone"' not in pages(both)["own.md"]


def test_the_handbook_is_written_with_the_register(tmp_path: Path) -> None:
    written = write_handbook(desk_catalog(), tmp_path / "手册")
    assert [file.name for file in written] == [INDEX, "desk.md", REGISTER]
    assert written[-1].read_bytes().startswith(b"\xef\xbb\xbf")
    assert written[-1].read_text("utf-8-sig").count("\n") == len(RULES) + 1


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_register_has_a_row_per_rule_gravest_first() -> None:
    found = rows(register(desk_catalog()))
    assert [row["规则"] for row in found][:2] == ["desk/treats", "desk/rank"]
    assert list(found[0]) == list(COLUMNS)
    treats = found[0]
    assert treats["责任人"] == "合作社主任"
    assert treats["罚则"] == "广告费用一至三倍罚款（第五十八条）"
    assert treats["手册"] == "desk.md#treats"


def test_the_register_names_the_kind_of_risk() -> None:
    kinds = {row["规则"]: row["风险类型"] for row in rows(register(desk_catalog()))}
    assert kinds["desk/treats"] == "内容风险"
    assert kinds["desk/scarce"] == "商业化风险"


def test_no_cell_of_the_register_is_a_formula() -> None:
    loaded = desk_catalog()
    rule = loaded.rules[0]
    hostile = replace(rule, spec=rule.spec.model_copy(update={"title": "=HYPERLINK(1)", "advice": "+1"}))
    (row,) = rows(register(replace(loaded, rules=(hostile,))))
    assert (row["风险"], row["应对"]) == ("'=HYPERLINK(1)", "'+1")
