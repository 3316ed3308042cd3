"""What a mention is: which clauses stand alone, what is shown for them, and parses mended for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from trees import tree_of

from tracker.export.json import to_ledger
from tracker.extract.attribution import find_frames
from tracker.extract.checkable import why_not
from tracker.extract.clauses import Clause, find_clauses, unit_span
from tracker.extract.headlines import blank_scare_quotes
from tracker.extract.learned_frames import complete_frames
from tracker.extract.sentences import find_quotes
from tracker.extract.tree import Tree
from tracker.language import load_weights
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


@pytest.mark.parametrize(("text", "told"), [
    ("A fire broke out late on Tuesday, shortly after the ship had left the port of Lund with 212 passengers.",
     "the ship had left the port of Lund with 212 passengers"),
    ("The company carries 400 people a day, most of them islanders on their way to work.",
     "The company carries 400 people a day, most of them islanders on their way to work"),
    ("Hunting of deer in those parks would help the survival of the herd, the agency said.",
     "Hunting of deer in those parks would help the survival of the herd"),
])
def test_a_unit_begins_and_ends_with_its_clause(read: Read, text: str, told: str) -> None:
    """Not with what only joins it or says when, and not before what describes its nouns."""
    found = [p.rstrip(".") for p in read(text)[0]["proposition"]]
    assert told in found and not any(p != told and p in told for p in found)


def two_verbs(second: str, *rest: str) -> Tree:
    """ "It would bring work and ...": a second verb joined to the first."""
    return tree_of("It PRP 2 nsubj", "would MD 2 aux", "bring VB 2 root", "work NN 2 obj", "and CC 5 cc", f"{second} 2 conj", *rest)


def heads_of(tree: Tree) -> list[int]:
    return [c.head for c in find_clauses(tree)]


def test_a_second_verb_shares_the_first_ones_modal() -> None:
    """ "would bring work and raise hopes" does not say that hopes are raised; "and raised hopes" does."""
    hopes = ("hopes NNS 5 obj", "among IN 8 case", "clerks NNS 6 nmod")
    assert heads_of(two_verbs("raise VBP", *hopes)) == [2]
    assert heads_of(two_verbs("raised|raise VBD", *hopes)) == [2, 5]


def test_a_second_verb_of_few_words_stays_with_the_first() -> None:
    """ "and left town early" tells little by itself; with a subject it is a clause however short."""
    assert heads_of(two_verbs("left|leave VBD", "town NN 5 obj", "early RB 5 advmod")) == [2]
    assert heads_of(two_verbs("left|leave VBD", "town NN 5 obj", "early RB 5 advmod", "today NN 5 obl")) == [2, 5]
    assert heads_of(two_verbs("left|leave VBD", "he PRP 5 nsubj", "early RB 5 advmod")) == [2, 5]


def test_a_unit_opens_after_when_and_that() -> None:
    """ "(told them) last month that the port keeps its word" begins with the port; without "that" the month is a part of what is told."""
    told = ("Last JJ 1 amod", "month NN 5 obl", "that IN 5 mark", "the DT 4 det", "port NN 5 nsubj", "keeps|keep VBZ 5 root", "its PRP$ 7 nmod:poss",
            "word NN 5 obj")
    tree, bare = tree_of(*told), tree_of(*(t.replace("that IN 5 mark", "also RB 5 advmod") for t in told))
    assert [unit_span(t, Clause(5, tuple(range(8))), set(range(8)))[0] for t in (tree, bare)] == [3, 0]


def test_an_act_told_beside_an_opinion_is_told() -> None:
    """ "The firm is innocent and on Friday sued Lee over the bridge": the suit is a fact; what only adds to the opinion is none."""
    told = ["The DT 1 det", "firm NN 3 nsubj", "is|be VBZ 3 cop", "innocent JJ 3 root", "and CC 7 cc", "on IN 6 case", "Friday NNP 7 obl",
            "sued|sue VBD 3 conj", "Lee NNP 7 obj", "over IN 11 case", "the DT 11 det", "bridge NN 7 obl"]
    tree, run = tree_of(*told), range(5, 12)
    assert why_not(tree, Clause(7, tuple(run)), run, in_quote=False) == ""
    assert why_not(tree, Clause(3, tuple(range(4))), range(12), in_quote=False) == "evaluation"


def test_what_is_done_to_a_thing_is_told_though_a_clause_trails_behind() -> None:
    """ "The report described the talks as brief, Lee could promise nothing": the description is a claim; "described that ..." only leads to one."""
    told = ["The DT 1 det", "report NN 2 nsubj", "described|describe VBD 2 root", "the DT 4 det", "talks|talk NNS 2 obj", "as IN 6 case", "brief JJ 2 obl",
            "since RB 9 advmod", "Lee NNP 9 nsubj", "promised|promise VBD 2 ccomp", "nothing NN 9 obj"]

    def plain(*tokens: str) -> list[bool]:
        tree = tree_of(*tokens)
        return [f.object_only for f in complete_frames(tree, frozenset(), find_frames(tree, frozenset()), load_weights()) if 2 in f.cue]

    assert plain(*told) == [True]
    assert plain(*told[:7], "that IN 9 mark", *told[8:]) == [False]
