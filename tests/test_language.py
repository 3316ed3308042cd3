"""The language room: sentences come back as one tree each with exact offsets; other label styles are rewritten; faults say what to do."""
from __future__ import annotations

import pytest

from tracker.errors import LanguageError
from tracker.language import load_parser
from tracker.language.dependencies import to_universal
from tracker.language.lemmas import known_words, verb_lemma
from tracker.model import Parser, Vectors


def test_offsets_count_in_the_article(parser: Parser) -> None:
    text = "He left.  “It’s over,” Ann\u00a0Lee said – at noon."
    (first, second) = parser(text, [(0, 8), (10, len(text))])
    assert [text[s:e] for s, e in zip(first.starts, first.ends, strict=True)] == ["He", "left", "."]
    assert [text[s:e] for s, e in zip(second.starts, second.ends, strict=True)][-3:] == ["at", "noon", "."]


def test_every_sentence_is_one_tree(parser: Parser) -> None:
    text = "Fire! Fire! The ferry burns, the crew runs, and (nobody knows why) the port is closed: a sad day -- very sad."
    (parsed,) = parser(text, [(0, len(text))])
    assert [n for n, h in enumerate(parsed.heads) if h == n] == [parsed.deps.index("root")]


def test_what_else_is_in_the_batch_changes_nothing(parser: Parser) -> None:
    text = "The ferry burned for an hour. Two men died, the police said."
    spans = [(0, 29), (30, len(text))]
    assert parser(text, spans)[1] == parser(text, spans[1:])[0]


def test_a_pipeline_that_is_not_there_says_what_to_do() -> None:
    with pytest.raises(LanguageError, match="leave --nlp out"):
        load_parser("no_such_pipeline")


def test_endless_lines_are_left_out(parser: Parser) -> None:
    text = "word " * 2000
    assert parser(text, [(0, len(text))]) == []


def test_vectors_put_like_words_together(vectors: Vectors) -> None:
    bill, law, boat, nothing = vectors(["bill", "law", "boat", ""])
    assert bill @ law > bill @ boat
    assert not nothing.any()


def test_prepositions_and_copulas_are_rewritten() -> None:
    """spaCy's own labels for "Ann was ill in May": the predicate becomes the head, the preposition a case mark."""
    words = ["Ann", "was", "ill", "in", "May"]
    heads, deps = to_universal([1, 1, 1, 1, 3], ["nsubj", "root", "acomp", "prep", "pobj"], ["NNP", "VBD", "JJ", "IN", "NNP"])
    assert dict(zip(words, deps, strict=True)) == {"Ann": "nsubj", "was": "cop", "ill": "root", "in": "case", "May": "obl"}
    assert heads == [2, 2, 2, 4, 2]


def test_universal_trees_come_back_unchanged() -> None:
    heads, deps = [1, 1, 1], ["nsubj", "root", "obj"]
    assert to_universal(heads, deps, ["NNP", "VBD", "NN"]) == (heads, deps)


def test_a_rare_word_is_the_sum_of_its_pieces(vectors: Vectors) -> None:
    from tracker.language.vectors import pieces_of

    entries = {"under", "##sea", "##gate"}
    assert pieces_of("underseagate", entries) == ["under", "##sea", "##gate"]
    assert pieces_of("x" * 50, {"x", "##x"}) == []
    assert vectors(["Zzqqxian"]).any()


def test_vectors_do_not_depend_on_what_else_is_asked(vectors: Vectors) -> None:
    words = ["bill", "law", "subpoenaed", "état"]
    assert (vectors(words)[2] == vectors(["subpoenaed"])[0]).all()


@pytest.mark.parametrize(
    ("form", "lemma", "base"),
    [
        ("stopping", "stopp", "stop"), ("concealed", "conceale", "conceal"), ("killing", "killing", "kill"), ("lied", "ly", "lie"),
        ("denied", "deny", "deny"), ("toppled", "toppl", "topple"), ("gave", "give", "give"), ("being", "be", "be"),
    ],
)
def test_a_verb_cut_in_the_wrong_place_is_put_right(form: str, lemma: str, base: str) -> None:
    assert verb_lemma(form, lemma, known_words()) == base
