"""Folding maps one code point to one code point, so offsets do not move."""

import pytest
from hypothesis import given

from coopcompliance.text.fold import fold, fold_table
from support import texts


@pytest.mark.parametrize(
    ("given_text", "folded"),
    [
        ("國家級", "国家级"),
        ("ＮＯ．１", "no.1"),
        ("TOP", "top"),
        ("蕞好", "最好"),
        ("薇信", "微信"),
        ("①②⑨", "129"),
        ("𝟙𝐚", "1a"),
        ("囯家", "国家"),
        ("暱稱，揹帶", "昵称，背带"),
        ("１００％", "100%"),
        ("「最好」", "“最好”"),
        ("ТОР", "тop"),
        ("СОСО", "coco"),
        ("dú一份", "du一份"),
        ("LǛ", "lv"),
    ],
)
def test_what_people_vary_folds_to_one_form(given_text: str, folded: str) -> None:
    assert fold(given_text) == folded


@given(texts)
def test_the_length_never_changes(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(texts)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_every_entry_maps_one_code_point_to_one() -> None:
    assert all(len(char) == 1 for char in fold_table().values())


def test_no_entry_leads_to_a_character_that_folds_further() -> None:
    table = fold_table()
    assert {chr(code): char for code, char in table.items() if ord(char) in table} == {}


def test_line_ends_and_spaces_are_left_to_the_next_step() -> None:
    assert fold("一\r\n二\t三　四") == "一\r\n二\t三　四"
