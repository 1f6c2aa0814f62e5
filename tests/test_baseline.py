"""The baseline file: made from reports, compared with reports, read back or refused clearly."""

from __future__ import annotations

from pathlib import Path

import pytest

from coopcompliance import UsageError
from coopcompliance import baseline as baselines
from support import DAY, phrases, screener

HERE = Path()
RULES = screener(phrases("第一", "最好"))


def reports(*texts: str) -> list[baselines.Report]:
    return [RULES.screen(text, as_of=DAY, name=f"{index}.txt") for index, text in enumerate(texts)]


def test_a_baseline_survives_edits_elsewhere_in_the_text(tmp_path: Path) -> None:
    file = tmp_path / "baseline.json"
    baselines.write(baselines.from_reports(reports("全国第一"), HERE), file)
    state = baselines.compare(baselines.read(file), reports("前面加一段。\n\n全国第一"), HERE)
    assert state == baselines.BaselineState(new=(), gone=())


def test_new_and_gone_findings_are_told_apart() -> None:
    state = baselines.compare(baselines.from_reports(reports("全国第一"), HERE), reports("味道最好"), HERE)
    assert [entry.text for entry in state.new] == ["最好"]
    assert [entry.text for entry in state.gone] == ["第一"]


def test_what_one_document_may_say_another_may_not() -> None:
    accepted = baselines.from_reports(reports("全国第一"), HERE)
    assert list(accepted.by_document) == ["0.txt"]
    state = baselines.compare(accepted, reports("全国第一", "全国第一"), HERE)
    assert [entry.document for entry in state.new] == ["1.txt"]


def test_documents_are_named_as_seen_from_the_baseline(tmp_path: Path) -> None:
    assert baselines.place(str(tmp_path / "copy" / "a.txt"), tmp_path) == "copy/a.txt"
    assert baselines.place(str(tmp_path / "a.txt"), tmp_path / "ci") == "../a.txt"
    assert baselines.place("-", tmp_path) == "-"


def test_the_file_has_no_dates_and_no_line_numbers(tmp_path: Path) -> None:
    for number, text in enumerate(("全国第一", "\n\n\n全国第一")):
        baselines.write(baselines.from_reports(reports(text), HERE), tmp_path / f"{number}.json")
    assert (tmp_path / "0.json").read_text("utf-8") == (tmp_path / "1.json").read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "said"),
    [("{", "不是 JSON"), ('{"format": 1, "entries": [{"rule": "x"}]}', "不是基线文件"), ('{"format": 9}', "格式 9")],
)
def test_a_wrong_file_is_refused_with_the_reason(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "baseline.json"
    file.write_text(content, "utf-8")
    with pytest.raises(UsageError, match=said):
        baselines.read(file)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.json"):
        baselines.read(tmp_path / "none.json")
