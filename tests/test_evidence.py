"""Evidence files: three formats, one list; what is wrong is located."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from coopcompliance import Evidence, EvidenceKind, Product
from coopcompliance.errors import UsageError
from coopcompliance.evidence import load_evidence

WANTED = (
    Evidence(kind=EvidenceKind.ORGANIC, number="0012", products=(Product.TEA,), valid_until=dt.date(2027, 1, 4)),
    Evidence(kind=EvidenceKind.SURVEY),
)
YAML = '- {kind: organic, number: "0012", products: [tea], valid_until: 2027-01-04}\n- kind: survey\n'
JSON = '[{"kind": "organic", "number": "0012", "products": ["tea"], "valid_until": "2027-01-04"}, {"kind": "survey"}]'
TOML = """[[evidence]]
kind = "organic"
number = "0012"
products = ["tea"]
valid_until = 2027-01-04
[[evidence]]
kind = "survey"
"""


def evidence_file(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, "utf-8")
    return folder / name


def refused(file: Path) -> str:
    with pytest.raises(UsageError) as error:
        load_evidence(file)
    return str(error.value)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("e.yaml", YAML),
        ("e.yml", "evidence:\n" + YAML.replace("- ", "  - ")),
        ("e.json", JSON),
        ("e.json", '\ufeff{"evidence": ' + JSON + "}"),
        ("e.toml", TOML),
    ],
    ids=["yaml", "yaml mapping", "json", "json mapping with a byte order mark", "toml"],
)
def test_every_format_says_the_same(tmp_path: Path, name: str, text: str) -> None:
    assert load_evidence(evidence_file(tmp_path, name, text)) == WANTED


def test_an_empty_list_is_no_evidence(tmp_path: Path) -> None:
    assert load_evidence(evidence_file(tmp_path, "e.yaml", "[]")) == ()


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (
            "e.yaml",
            "- kind: survey\n- kind: medal\n",
            "e.yaml:2: 第 2 条 kind: 未知的 evidencekind 'medal'; known: organic",
        ),
        ("e.yaml", "- number: 'A1'\n", "e.yaml:1: 第 1 条 kind: 没有写"),
        (
            "e.yaml",
            "- kind: survey\n  expires: 2027-01-01\n",
            "e.yaml:2: 第 1 条 expires: 未知的键；known: kind, number",
        ),
        ("e.yaml", "- kind: survey\n  valid_until: soon\n", "e.yaml:2: 第 1 条 valid_until: "),
        ("e.yaml", "- organic\n", "e.yaml:1: 第 1 条 不是一条证明"),
        ("e.yaml", "kind: survey\n", "e.yaml:1: 不是列表"),
        ("e.yaml", "- {kind: survey\n", "e.yaml:2: YAML syntax"),
        ("e.yaml", "- kind: survey\n  kind: gi\n", "the key 'kind' stands twice"),
        ("e.yaml", "", "the file is empty"),
        ("e.json", '[\n {"kind": }\n]', "e.json:2: 不是合法的 JSON"),
        ("e.json", '[\n {"kind": "survey",\n  "number": 12}\n]', "e.json:3: 第 1 条 number: 要写成带引号的文字"),
        ("e.toml", "[[evidence]\n", "不是合法的 TOML"),
        ("e.toml", "kind = 'survey'\n", "不是列表"),
    ],
)
def test_what_is_wrong_is_located(tmp_path: Path, name: str, text: str, words: str) -> None:
    assert words in refused(evidence_file(tmp_path, name, text))


def test_all_problems_at_once(tmp_path: Path) -> None:
    message = refused(evidence_file(tmp_path, "e.yaml", "- kind: medal\n- kind: cup\n- kind: survey\n  x: 1\n"))
    assert len(message.splitlines()) == 3


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    assert "读不了" in refused(tmp_path / "gone.yaml")
    assert "读不了" in refused(tmp_path)
    (tmp_path / "e.yaml").write_bytes("- {kind: survey, number: 蜂蜜}".encode("gbk"))
    assert "不是 UTF-8" in refused(tmp_path / "e.yaml")
