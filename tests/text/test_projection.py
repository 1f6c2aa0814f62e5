"""A view keeps exact offsets to the given text, whatever is rewritten in it and however often."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcompliance.text.projection import Replacement, Text, line_and_column, line_starts


@st.composite
def replacements(draw: st.DrawFn, length: int) -> list[Replacement]:
    """Sorted, disjoint replacements in a view of `length` characters."""
    cuts = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    pairs = [(cuts[i], cuts[i + 1]) for i in range(0, len(cuts) - 1, 2)]
    return [(start, end, draw(st.text("xyz", max_size=3))) for start, end in pairs]


@st.composite
def rewritten(draw: st.DrawFn) -> Text:
    """A view after up to three rewrites, as normalise and the evasions by sound make them."""
    given_text = draw(st.text("abcdef", max_size=12))
    view = Text.identity(given_text)
    for _ in range(draw(st.integers(1, 3))):
        view = view.rewrite(draw(replacements(len(view.norm))))
    return view


def test_an_identity_view_maps_every_place_to_itself() -> None:
    view = Text.identity("国家级")
    assert [view.span(i, i + 1) for i in range(3)] == [(0, 1), (1, 2), (2, 3)]


def test_a_removed_part_belongs_to_no_character() -> None:
    view = Text.identity("国 家").rewrite([(1, 2, "")])
    assert view.norm == "国家"
    assert view.span(0, 2) == (0, 3)
    assert view.span(0, 1) == (0, 1)
    assert view.span(1, 2) == (2, 3)


def test_a_replacement_stands_for_all_that_it_replaces() -> None:
    view = Text.identity("zui好").rewrite([(0, 3, "最")])
    assert view.norm == "最好"
    assert view.span(0, 1) == (0, 3)
    assert view.span(0, 2) == (0, 4)


def test_one_sign_may_become_two_characters() -> None:
    view = Text.identity("卖🥇蜜").rewrite([(1, 2, "第一")])
    assert view.norm == "卖第一蜜"
    assert [view.span(i, i + 1) for i in range(4)] == [(0, 1), (1, 2), (1, 2), (2, 3)]


@given(rewritten())
def test_every_character_of_the_view_has_a_place_in_the_given_text(view: Text) -> None:
    previous = 0
    for position in range(len(view.norm)):
        start, end = view.span(position, position + 1)
        assert 0 <= start < end <= len(view.given)
        assert start >= previous
        previous = start


@given(rewritten())
def test_a_longer_span_holds_the_spans_of_its_characters(view: Text) -> None:
    places = [view.span(i, i + 1) for i in range(len(view.norm))]
    for start in range(len(places)):
        for end in range(start + 1, len(places) + 1):
            assert view.span(start, end) == (places[start][0], places[end - 1][1])


@given(st.data())
def test_characters_that_were_not_touched_keep_their_own_place(data: st.DataObject) -> None:
    given_text = data.draw(st.text("abcdef", max_size=12))
    changes = data.draw(replacements(len(given_text)))
    view = Text.identity(given_text).rewrite(changes)
    kept = [i for i in range(len(given_text)) if not any(start <= i < end for start, end, _ in changes)]
    places = {view.span(i, i + 1) for i in range(len(view.norm))}
    assert {(i, i + 1) for i in kept} <= places


@given(st.data())
def test_rewriting_composes(data: st.DataObject) -> None:
    """Two rewrites give the text that the second makes of the first's, and offsets through both."""
    given_text = data.draw(st.text("abcdef", max_size=10))
    first = Text.identity(given_text).rewrite(data.draw(replacements(len(given_text))))
    changes = data.draw(replacements(len(first.norm)))
    both = first.rewrite(changes)
    alone = Text.identity(first.norm).rewrite(changes)
    assert both.norm == alone.norm
    for position in range(len(both.norm)):
        start, end = alone.span(position, position + 1)
        replaced = [(low, high) for low, high, _ in changes if low <= start < high]
        if replaced:  # a character of a replacement may stand for any part of what was replaced
            low, high = first.span(*replaced[0])
            assert low <= both.given_start(position) < both.given_end(position + 1) <= high
        else:
            assert both.span(position, position + 1) == first.span(start, end)


@given(rewritten())
def test_view_position_is_the_first_that_stands_for_the_place_or_later(view: Text) -> None:
    for place in range(len(view.given)):
        wanted = next((p for p in range(len(view.norm)) if view.span(p, p + 1)[1] > place), len(view.norm))
        assert view.view_position(place) == wanted


def test_everything_may_be_taken_out() -> None:
    view = Text.identity("★★").rewrite([(0, 2, "")])
    assert view.norm == ""
    assert view.view_position(1) == 0


def test_soft_places_are_kept_through_later_rewrites() -> None:
    view = Text.identity("ab cd ef").rewrite([(2, 3, ""), (5, 6, "")], soft=[2, 5])
    assert list(view.soft) == [2, 4]
    assert list(view.rewrite([(0, 2, "x")]).soft) == [1, 3]


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("一二三", 0, (1, 1)),
        ("一\n二三", 2, (2, 1)),
        ("一\n二三", 3, (2, 2)),
        ("一\r\n二", 3, (2, 1)),
        ("一\u2028二", 2, (1, 3)),
        ("\n\n三", 2, (3, 1)),
        ("😀\n二", 2, (2, 1)),
    ],
)
def test_lines_end_at_newline_alone(text: str, offset: int, place: tuple[int, int]) -> None:
    assert line_and_column(line_starts(text), offset) == place
