"""Sentences, paragraphs and quotations keep exact offsets."""
from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.extract.sentences import find_quotes, split_paragraphs, split_sentences


def pieces(text: str, skipped: list[tuple[int, int]] | None = None) -> list[str]:
    return [text[s.start:s.end] for s in split_sentences(text, skipped or [])]


def test_abbreviations_do_not_end_a_sentence() -> None:
    text = "Maj. Gen. Ann Lee spoke on Oct. 14. Mr. Cole of the U.S. Navy left at 5 p.m. on Friday. He was tired."
    assert pieces(text) == ["Maj. Gen. Ann Lee spoke on Oct. 14.", "Mr. Cole of the U.S. Navy left at 5 p.m. on Friday.", "He was tired."]


def test_an_abbreviation_may_end_a_sentence_before_a_common_opener() -> None:
    assert pieces("They moved to the U.S. The family stayed.") == ["They moved to the U.S.", "The family stayed."]


def test_a_quotation_that_goes_on_is_one_sentence() -> None:
    assert pieces("“Is it over?” he asked. “Yes. It is over,” she said.") == ["“Is it over?” he asked.", "“Yes.", "It is over,” she said."]


def test_headline_and_body_are_kept_apart() -> None:
    assert pieces("Ferry burns in harbour\nThe ferry burned for an hour.") == ["Ferry burns in harbour", "The ferry burned for an hour."]


def test_hard_wrapped_text_is_joined() -> None:
    text = "The ferry burned for an hour before the\nfire service could reach it from the\nsouthern quay, where two tugs were\nlying idle.\n\nNobody was hurt."
    assert pieces(text)[1] == "Nobody was hurt."
    assert len(pieces(text)) == 2


def test_skipped_stretches_are_in_no_sentence() -> None:
    text = "LONDON — The ferry burned."
    assert pieces(text, [(0, 9)]) == ["The ferry burned."]


def test_a_running_quotation_is_quoted_to_the_end_of_each_paragraph() -> None:
    text = "“We saw the smoke.\n“Then we ran,” he said."
    quotes = [text[s:e] for s, e in find_quotes(text, split_paragraphs(text))]
    assert quotes == ["“We saw the smoke.", "“Then we ran,”"]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="aA .!?\"“”'\n\r,;0\x00\u202e", max_size=120), st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), max_size=3))
def test_sentences_are_in_order_trimmed_and_never_overlap(text: str, skipped: list[tuple[int, int]]) -> None:
    last = 0
    for s in split_sentences(text, [x for x in skipped if x[0] < x[1]]):
        assert last <= s.start < s.end <= len(text)
        assert not text[s.start].isspace() and not text[s.end - 1].isspace()
        last = s.end
