"""The HTML report: self-contained, safe whatever the script holds, and usable on a phone (in a real Chromium)."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from browser import chromium, load, resize
from desk import TEXT, clean_report, desk_report, same_as_golden
from hypothesis import given

from coopcompliance.writers import html
from coopcompliance.writers.script import shown
from support import texts

PAGE = html.write(desk_report(), TEXT, handbook="https://example.org/handbook")


class Tags(HTMLParser):
    """Every tag with its attributes, and the text inside the script's box."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.script = ""
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = self._inside or dict(attrs).get("class") == "script"

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "div"

    def handle_data(self, data: str) -> None:
        self.script += data if self._inside else ""


def test_golden() -> None:
    same_as_golden("report.html", PAGE)


def test_clean_golden() -> None:
    same_as_golden("clean.html", html.write(clean_report(), TEXT))


@given(texts)
def test_the_page_shows_the_script_and_adds_no_tag_of_it(text: str) -> None:
    report = desk_report().model_copy(update={"exempted": (), "suppressed": ()})
    hostile = [item.model_copy(update={"text": text, "advice": text, "title": text}) for item in report.findings]
    page = html.write(report.model_copy(update={"findings": tuple(hostile)}), text + TEXT)
    parsed = Tags(page)
    assert parsed.script == shown(text + TEXT)
    assert {tag for tag, _ in parsed.tags} == {tag for tag, _ in Tags(PAGE).tags}
    assert sum(tag == "script" for tag, _ in parsed.tags) == 1


def test_the_policy_allows_this_style_and_this_script_and_nothing_else() -> None:
    policy = next(a["content"] for tag, a in Tags(PAGE).tags if a.get("http-equiv") == "Content-Security-Policy")
    for name in ("style", "script"):
        (body,) = re.findall(f"<{name}>(.*?)</{name}>", PAGE, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode("utf-8")).digest()).decode("ascii")
        assert f"{name}-src 'sha256-{digest}'" in str(policy)
    assert str(policy).startswith("default-src 'none';")


def test_nothing_is_fetched_and_nothing_runs_inline() -> None:
    for tag, attributes in Tags(PAGE).tags:
        assert tag not in {"img", "link", "iframe", "object"}
        assert not {"src", "style", "srcset"} & set(attributes)
        assert not [name for name in attributes if name.startswith("on")]
        assert tag != "a" or str(attributes["href"]).startswith(("#", "https://example.org/handbook/"))


# -- in the browser ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture
def phone(driver: Any, tmp_path: Path) -> Any:
    resize(driver, 375, 812, mobile=True)
    load(driver, tmp_path, PAGE)
    return driver


def one(driver: Any, selector: str) -> Any:
    return driver.find_element("css selector", selector)


def seen(driver: Any, selector: str) -> list[str]:
    return [item.text for item in driver.find_elements("css selector", selector) if item.is_displayed()]


def press(driver: Any, selector: str) -> None:
    """Click as a finger does: through the page's own hit test, after scrolling there."""
    element = one(driver, selector)
    driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
    element.click()


def marks(driver: Any, look: str) -> list[str]:
    return [item.text for item in driver.find_elements("css selector", f".m.{look}")]


def fits(driver: Any) -> bool:
    """No horizontal scroll, and nothing that sticks out and is merely clipped."""
    script = (
        "return document.documentElement.scrollWidth <= innerWidth && "
        "[...document.querySelectorAll('.page *, .panel *')]"
        ".every(element => element.getBoundingClientRect().right <= innerWidth + 1)"
    )
    return bool(driver.execute_script(script))


def test_the_script_is_shown_as_given(phone: Any) -> None:
    assert one(phone, ".script").get_property("textContent") == TEXT
    assert phone.title == "周五 直播.md：重大 · 合规检查"
    assert phone.find_elements("css selector", "img") == []


def test_no_error_and_no_blocked_resource(phone: Any) -> None:
    press(phone, ".m.t3")
    assert phone.get_log("browser") == []


def test_passages_are_marked_by_the_gravest_tier(phone: Any) -> None:
    assert marks(phone, "t3") == ["治疗咽炎"]
    assert marks(phone, "t2") == ["蜂蜜能", "全国第一"]
    assert marks(phone, "tu") == ["零添加", "手慢无"]


def test_a_phone_needs_no_sideways_scrolling(phone: Any) -> None:
    assert fits(phone)
    press(phone, ".m.t3")
    assert fits(phone)


def test_tapping_a_passage_says_why_and_what_instead(phone: Any) -> None:
    press(phone, ".m.t3")
    panel = one(phone, "#panel").text
    for said in (
        "宣称能治疗疾病",
        "《广告示例法》第十七条",
        "广告费用一至三倍罚款（第五十八条）",
        "删掉这句，只讲产地和口味。",
        "这是自家蜂场的百花蜜，味道清甜。",
        "普通食品宣称功效",
    ):
        assert said in panel


def test_the_panel_says_what_evidence_clears_a_claim(phone: Any) -> None:
    press(phone, '.m[data-f="f3"]')
    assert "补齐后可用\n可引用的数据出处" in one(phone, "#panel").text


def test_the_tapped_passage_stays_in_sight(phone: Any) -> None:
    press(phone, ".m.tu")
    box = one(phone, ".m.now").rect
    top = phone.execute_script("return scrollY")
    panel = phone.execute_script("return document.getElementById('panel').getBoundingClientRect().top")
    assert 0 < box["y"] - top < panel - box["height"]


def test_the_panel_walks_from_finding_to_finding_and_closes(phone: Any) -> None:
    press(phone, '.m[data-f="f3"]')
    assert "第 3 处，共 5 处" in one(phone, "#panel").text
    one(phone, "#panel-next").click()
    assert "零添加" in one(phone, "#panel").text
    one(phone, "#panel-back").click()
    one(phone, "#panel-back").click()
    assert "宣称能治疗疾病" in one(phone, "#panel").text
    one(phone, "#panel-close").click()
    assert not one(phone, "#panel").is_displayed()


def test_escape_closes_and_gives_the_focus_back(phone: Any) -> None:
    press(phone, ".m.t3")
    one(phone, "#panel").send_keys("\ue00c")
    assert not one(phone, "#panel").is_displayed()
    assert phone.switch_to.active_element.text == "治疗咽炎"


def test_filter_by_tier(phone: Any) -> None:
    press(phone, '.chip[data-tier="2"]')
    assert [text.split("\n")[1] for text in seen(phone, "#findings .card")] == ["1. 蜂蜜能治疗咽炎", "3. 全国第一"]
    assert marks(phone, "t2") == ["蜂蜜能", "治疗咽炎", "全国第一"]
    assert marks(phone, "t3") == []
    assert "显示 2 / 5 处" in one(phone, "#status").text
    press(phone, '.chip[data-tier="2"]')
    assert len(seen(phone, "#findings .card")) == 5


def test_filter_by_category(phone: Any) -> None:
    press(phone, '.chip[data-category="medical"]')
    assert [text.split("\n")[1] for text in seen(phone, "#findings .card")] == ["2. 治疗咽炎"]


def test_filters_that_leave_nothing_say_so(phone: Any) -> None:
    press(phone, '.chip[data-tier="3"]')
    press(phone, '.chip[data-category="price"]')
    assert seen(phone, "#findings .card") == []
    assert seen(phone, "#none") == ["没有符合筛选的问题。"]


def test_filtered_out_passages_do_not_open(phone: Any) -> None:
    press(phone, '.chip[data-tier="3"]')
    press(phone, '.m[data-f="f3"]')
    assert not one(phone, "#panel").is_displayed()


def test_look_alikes_on_demand(phone: Any) -> None:
    assert seen(phone, "#passed .card") == []
    assert marks(phone, "tp") == []
    press(phone, "#look-alikes")
    assert len(seen(phone, "#passed .card")) == 2
    assert marks(phone, "tp") == ["全国第一", "亲测好用"]
    press(phone, ".m.tp")
    assert "只表达目标追求（《广告示例法》第六条）" in one(phone, "#panel").text


def test_a_clean_report_has_no_controls(driver: Any, tmp_path: Path) -> None:
    resize(driver, 375, 812, mobile=True)
    load(driver, tmp_path, html.write(clean_report(), TEXT))
    assert driver.find_elements("css selector", ".bar, .m, #plan") == []
    assert "按现有规则未发现问题" in one(driver, ".verdict").text
    assert driver.get_log("browser") == []


def test_the_plan_is_ticked_in_the_page_alone(phone: Any) -> None:
    assert one(phone, "#progress").text == "已完成 0 / 4"
    press(phone, "#plan label")
    assert one(phone, "#progress").text == "已完成 1 / 4"
    phone.refresh()
    assert one(phone, "#progress").text == "已完成 0 / 4"
    assert phone.execute_script("return document.cookie") == ""


def test_a_wide_screen_has_the_panel_beside_the_script(driver: Any, tmp_path: Path) -> None:
    resize(driver, 1280, 900)
    load(driver, tmp_path, PAGE)
    press(driver, ".m.t3")
    edges = driver.execute_script(
        "document.querySelector('.page').style.transition = 'none';"
        "return [document.querySelector('.script').getBoundingClientRect().right,"
        " document.getElementById('panel').getBoundingClientRect().left]"
    )
    assert edges[0] <= edges[1]
    assert fits(driver)


def test_print_hides_the_controls_and_unfolds_the_findings(phone: Any) -> None:
    press(phone, ".m.t3")
    phone.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    phone.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert not one(phone, "#panel").is_displayed()
    assert not one(phone, ".bar").is_displayed()
    assert len(seen(phone, "#findings .card .body")) == 5
    phone.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_without_javascript_it_still_reads(driver: Any, tmp_path: Path) -> None:
    resize(driver, 375, 812, mobile=True)
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        load(driver, tmp_path, PAGE)
        assert not one(driver, ".bar").is_displayed()
        assert len(seen(driver, "#findings .card")) == 5
        assert one(driver, ".m.t3").get_attribute("href").endswith("#f2")
    finally:
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
