"""What a mention is: which clauses stand alone, what is shown for them, and parses mended for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from tracker.export.json import to_ledger
from tracker.extract.headlines import blank_scare_quotes
from tracker.extract.sentences import find_quotes
from tracker.language.repairs import mend_lost_subjects

Read = Callable[..., tuple[pd.DataFrame, pd.DataFrame]]
TITLE = "A quiet week in Port Alder\n\n"
BODY = "\n\nThe town lies on the coast of the island and has about two thousand people."


def quotes_of(read: Read, text: str) -> list[str]:
    """Quotes of the mentions in `text`, put between a title and a closing paragraph."""
    mentions, _ = read(TITLE + text + BODY)
    return [m["quote"] for m in mentions.to_dict("records") if len(TITLE) <= m["start"] < len(TITLE) + len(text)]


def test_a_clause_is_shown_with_its_subject_and_what_stands_inside(read: Read) -> None:
    """The clause inside is a mention of its own as well."""
    found = quotes_of(read, "The works, which went on all week, led to long queues in Port Alder.")
    assert "The works, which went on all week, led to long queues in Port Alder." in found
    assert any(q.startswith("which went") for q in found) and len(found) == 2


def test_what_a_voice_says_is_no_part_of_the_clause_that_names_it(read: Read) -> None:
    found = quotes_of(read, "The mayor disputed on Sunday an account that said the captain had sold the ferry to a rival.")
    assert not any(q.startswith("The mayor disputed") and "sold" in q for q in found)


def test_a_participle_like_a_preposition_opens_no_clause(read: Read) -> None:
    text = "Tom Hall resigned from the council on Friday, following several complaints about the harbour fund."
    assert quotes_of(read, text) == [text]


def test_the_noun_before_a_relative_clause_without_pronoun_is_its_object(read: Read) -> None:
    mentions, _ = read(TITLE + "The council read the letter the captain had received from the port office of Port Alder." + BODY)
    inner = mentions[mentions["frame"].str.contains('"act":"receive"')].iloc[0]
    assert inner["quote"].startswith("the letter") and '"object":"letter"' in inner["frame"]


def test_a_denial_is_shown_with_the_words_that_deny(read: Read) -> None:
    found = quotes_of(read, "The captain denied that he had sold the ferry to a rival firm.")
    assert found == ["The captain denied that he had sold the ferry to a rival firm"]


@pytest.mark.parametrize(
    "text", ["The clerk praised the council for correcting the false story about the ferry.", "The allegations lack any basis, the clerk said."]
)
def test_what_calls_a_story_untrue_denies_it(read: Read, text: str) -> None:
    mentions, _ = read(TITLE + "Two officials alleged that the mayor of Port Alder had taken money from the harbour fund. " + text + BODY)
    denial = mentions[mentions["stance"] == "denies"].iloc[0]
    assert "had taken money" in mentions.set_index("mention_id").loc[denial["refers_id"], "quote"]


def test_whose_report_is_denied(read: Read) -> None:
    """Of two claims the one that the named paper reported, though the other stands nearer."""
    text = (
        "The Courier reported on Monday that the mayor of Port Alder had sold the ferry.\n\nTwo clerks alleged on Tuesday that the harbour fund was "
        "empty.\n\nThe mayor denied the Courier report on Friday."
    )
    mentions, _ = read(TITLE + text + BODY)
    denial = mentions[(mentions["stance"] == "denies") & (mentions["refers_id"] != "")].iloc[0]
    assert "sold the ferry" in mentions.set_index("mention_id").loc[denial["refers_id"], "quote"]


@pytest.mark.parametrize("text", ["The lawyer said that no rules were breached by the sale.", "The lawyer said that nothing improper took place.",
                                  "The sale may have violated the harbour code."])
def test_wrongdoing_is_one_act_however_it_is_put(read: Read, text: str) -> None:
    mentions, _ = read(TITLE + text + BODY)
    assert mentions["frame"].str.contains('"act":"wrongdoing"').any()


def test_a_definite_pair_is_no_figure(read: Read) -> None:
    mentions, _ = read(TITLE + "The two captains signed a paper in the harbour. Two captains left the island by boat." + BODY)
    frames = mentions.sort_values("start")["frame"].tolist()
    signed, left = (next(f for f in frames if act in f) for act in ('"act":"sign"', '"act":"leave"'))
    assert '"figures":[]' in signed and '"figures":[[2' in left.replace(" ", "")


def test_marks_round_a_few_words_are_blank_for_the_parser() -> None:
    """Longer quotations and those that end a statement keep theirs; offsets stay."""
    text = 'The "so-called" plan failed, and “it is over now for us” he said, or “nearly so,” at least.'
    blank = blank_scare_quotes(text, text, find_quotes(text, [(0, len(text))]))
    assert len(blank) == len(text) and "The  so-called  plan" in blank and "“it is over now for us”" in blank and "“nearly so,”" in blank


MENDED = {
    "joined without a conjunction": (
        "The parcel addressed to Ann was found".split(),
        ["DT", "NN", "VBD", "IN", "NNP", "VBD", "VBN"],
        [1, 2, 2, 4, 2, 6, 2],
        ["det", "nsubj", "root", "case", "obl", "aux:pass", "conj"],
        (6, 1, "nsubj:pass"),
    ),
    "two clauses of one verb": (
        "They said that parcels found there held bombs".split(),
        ["PRP", "VBD", "IN", "NNS", "VBN", "RB", "VBD", "NNS"],
        [1, 1, 4, 4, 1, 4, 1, 6],
        ["nsubj", "root", "mark", "nsubj", "ccomp", "advmod", "ccomp", "obj"],
        (6, 3, "nsubj"),
    ),
    "the subject read as an object": (
        "He said clerks there saw it".split(),
        ["PRP", "VBD", "NNS", "RB", "VBD", "PRP"],
        [1, 1, 1, 2, 1, 4],
        ["nsubj", "root", "obj", "advmod", "ccomp", "obj"],
        (4, 2, "nsubj"),
    ),
    "a clause read as the subject": (
        "Some suggested such acts may cost money".split(),
        ["DT", "VBD", "JJ", "NNS", "MD", "VB", "NN"],
        [1, 5, 3, 1, 5, 5, 5],
        ["nsubj", "csubj", "amod", "obj", "aux", "root", "obj"],
        (5, 3, "nsubj"),
    ),
    "a noun and an aside": (
        "Ann , a clerk , left it".split(),
        ["NNP", ",", "DT", "NN", ",", "VBD", "PRP"],
        [0, 3, 3, 0, 0, 0, 5],
        ["root", "punct", "det", "appos", "punct", "parataxis", "obj"],
        (5, 0, "nsubj"),
    ),
}


@pytest.mark.parametrize("name", MENDED)
def test_a_verb_gets_its_subject_back(name: str) -> None:
    words, tags, heads, deps, (verb, subject, label) = MENDED[name]
    _, new_heads, new_deps = mend_lost_subjects(tags, heads, deps)
    assert (new_heads[subject], new_deps[subject]) == (verb, label)
    assert sum(n == h for n, h in enumerate(new_heads)) == 1 and all(_reaches_root(new_heads, n) for n in range(len(words)))


def _reaches_root(heads: list[int], n: int) -> bool:
    for _ in heads:
        n = heads[n]
    return heads[n] == n


def test_sound_parses_stay() -> None:
    """Verbs joined by "and" share their subject, and a said clause with its own subject keeps it."""
    tags, heads, deps = ["NN", "VBD", "CC", "VBD", "PRP"], [1, 1, 3, 1, 3], ["nsubj", "root", "cc", "conj", "obj"]
    assert mend_lost_subjects(tags, heads, deps) == (tags, heads, deps)
    tags, heads, deps = ["PRP", "VBD", "NNP", "PRP", "VBD"], [1, 1, 1, 4, 1], ["nsubj", "root", "iobj", "nsubj", "ccomp"]
    assert mend_lost_subjects(tags, heads, deps) == (tags, heads, deps)


def test_a_mention_inside_another_comes_first_in_the_ledger(tmp_path: Any) -> None:
    from tracker.pipeline import build, read_articles

    path = tmp_path / "a.txt"
    path.write_text(TITLE + "The works, which went on all week, led to long queues in Port Alder." + BODY + BODY, encoding="utf-8")
    mentions = to_ledger(build(read_articles([str(path)])))["mentions"]
    spans = [(m["end"], -m["start"]) for m in mentions]
    assert spans == sorted(spans) and len(spans) >= 2
