"""Subtitles: where cues begin, and what is no speech."""

from __future__ import annotations

import pytest

from coopcompliance.readers.subtitles import cues

SRT = """1
00:00:01,000 --> 00:00:03,500
家人们好

2
00:01:04,250 --> 00:01:06,000
2023年的蜜
第二行
"""
VTT = """WEBVTT 直播

开场
00:01.000 --> 00:03.500 align:start
家人们好

01:00:04.250 --> 01:00:06.000
好蜜
"""


def seen(text: str) -> list[tuple[str, float]]:
    """(first words of a cue, its seconds)."""
    return [(text[offset:].split("\n")[0], seconds) for offset, seconds in cues(text)[0]]


def spoken(text: str) -> str:
    """The text without what is masked."""
    parts, cursor = [], 0
    for start, end in cues(text)[1]:
        assert cursor <= start < end
        parts.append(text[cursor:start])
        cursor = end
    return "".join([*parts, text[cursor:]])


def test_srt() -> None:
    assert seen(SRT) == [("家人们好", 1.0), ("2023年的蜜", 64.25)]
    assert spoken(SRT) == "家人们好\n\n2023年的蜜\n第二行\n"


def test_vtt_with_header_cue_names_and_settings() -> None:
    assert seen(VTT) == [("家人们好", 1.0), ("好蜜", 3604.25)]
    assert spoken(VTT) == "\n家人们好\n\n好蜜\n"


def test_crlf() -> None:
    text = SRT.replace("\n", "\r\n")
    assert [seconds for _, seconds in cues(text)[0]] == [1.0, 64.25]
    assert spoken(text) == "家人们好\r\n\r\n2023年的蜜\r\n第二行\r\n"


def test_cues_without_blank_lines_between_lose_only_numbers() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\n全国\n2\n00:00:02,000 --> 00:00:03,000\n第一"
    assert spoken(text) == "全国\n第一"


@pytest.mark.parametrize("text", ["", "好蜜\n1\n第一", "上午 8:30 --> 9:30 开播", "00:00:01,000 到 00:00:03,500"])
def test_copy_without_time_lines_is_left_alone(text: str) -> None:
    assert cues(text) == ((), ())


def test_empty_cues_and_a_time_line_at_the_end() -> None:
    text = "00:00:01,000 --> 00:00:02,000\n00:00:02,000 --> 00:00:03,000"
    assert cues(text) == (((30, 1.0), (59, 2.0)), ((0, 30), (30, 59)))
