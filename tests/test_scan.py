"""One pass of the automaton finds what a search for every term at every place finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coopcompliance.scan import RawHit, Scanner


def brute_force(terms: tuple[str, ...], text: str) -> list[RawHit]:
    hits = []
    for number, term in enumerate(terms):
        start = text.find(term)
        while start >= 0:
            hits.append((start, start + len(term), number))
            start = text.find(term, start + 1)
    return sorted(hits)


@given(
    st.lists(st.text("最高人民法a😀é", min_size=1, max_size=4), max_size=12),
    st.text("最高人民法院aA😀é\n", max_size=60),
)
def test_equals_brute_force(terms: list[str], text: str) -> None:
    scanner = Scanner(terms)
    assert sorted(scanner.scan(text)) == brute_force(scanner.terms, text)


@given(st.lists(st.text(min_size=1, max_size=3).filter(str.isprintable), max_size=6), st.text("ab好𠮷", max_size=8))
def test_any_term_is_found_between_any_neighbours(terms: list[str], around: str) -> None:
    scanner = Scanner(terms)
    for number, term in enumerate(scanner.terms):
        assert (len(around), len(around) + len(term), number) in list(scanner.scan(around + term + around))


def test_a_term_inside_another_is_found_although_the_longer_one_breaks_off() -> None:
    """`Automaton.iter_long` finds nothing here."""
    scanner = Scanner(["知识产权", "国家知识产权局"])
    assert list(scanner.scan("国家知识产权")) == [(2, 6, 0)]


def test_hits_come_in_the_order_of_their_ends() -> None:
    ends = [end for _, end, _ in Scanner(["最", "最好", "好"]).scan("最好最好")]
    assert ends == sorted(ends)


def test_equal_terms_count_once() -> None:
    assert Scanner(["最", "最"]).terms == ("最",)


def test_nothing_to_look_for_or_in() -> None:
    assert list(Scanner([]).scan("最好")) == []
    assert list(Scanner(["最"]).scan("")) == []


def test_an_empty_term_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        Scanner([""])
