"""What a relative pronoun stands for and what its clause leaves out, on trees written by hand."""

from __future__ import annotations

import pytest
from trees import tree_of

from tracker.extract.clauses import find_clauses, subject_of
from tracker.extract.describe import describe
from tracker.extract.propositions import proposition
from tracker.extract.relatives import antecedent, object_noun, told_apart
from tracker.extract.tree import Tree

WHOSE = {  # first noun, its form; the noun it hangs on; the pronoun, the verb; what the pronoun stands for, when it was hung on the second noun or the first
    "a clerk is no which": ("clerk NN", "port NN", "which WDT", "was|be VBD", 0, "port"),
    "a plan is no who": ("plan NN", "captain NN", "who WP", "left|leave VBD", 0, "captain"),
    "a nomination is no who": ("nomination NN", "Spence NNP", "who WP", "left|leave VBD", 0, "Spence"),
    "reports were": ("reports|report NNS", "plan NN", "which WDT", "was|be VBD", 0, "plan"),
    "a plan was": ("plan NN", "ports|port NNS", "which WDT", "were|be VBD", 0, "ports"),
    "either": ("plan NN", "ports|port NNS", "which WDT", "failed|fail VBD", 0, "plan"),
    "the island is no person": ("mayor NN", "island NN", "who WP", "left|leave VBD", 3, "mayor"),
    "a team may be": ("mayor NN", "team NN", "who WP", "left|leave VBD", 0, "mayor"),
}


def relative(first: str, second: str, pronoun: str, verb: str, hung: int) -> Tree:
    """ "the FIRST of the SECOND PRONOUN VERB early fell": the clause hangs on token `hung`."""
    copula = verb.endswith("VBD") and "|be" in verb
    tail = (f"{verb} 6 cop", f"late JJ {hung} acl:relcl") if copula else (f"{verb} {hung} acl:relcl", "late RB 5 advmod")
    subject = 6 if copula else 5
    return tree_of(f"{first} 7 nsubj", "of IN 3 case", "the DT 3 det", f"{second} 0 nmod", f"{pronoun} {subject} nsubj", *tail, "fell|fall VBD 7 root")


@pytest.mark.parametrize(("first", "second", "pronoun", "verb", "hung", "meant"), WHOSE.values(), ids=WHOSE)
def test_a_pronoun_stands_for_what_it_can_go_with(first: str, second: str, pronoun: str, verb: str, hung: int, meant: str) -> None:
    """The noun that the clause hangs on, unless number or kind forbid it and another noun of the phrase agrees."""
    tree = relative(first, second, pronoun, verb, hung)
    found = antecedent(tree, 6 if "|be" in verb else 5)
    assert found is not None and tree.words[found] == meant


def test_of_two_joined_nouns_the_first_stands_for_both() -> None:
    """ "a pollster and analyst on the campaign who left": not the campaign, and not the analyst alone."""
    tree = tree_of("pollster NN 7 nsubj", "and CC 2 cc", "analyst NN 0 conj", "on IN 4 case", "campaign NN 2 nmod", "who WP 6 nsubj", "left VBD 4 acl:relcl",
                   "won|win VBD 7 root")
    assert antecedent(tree, 6) == 0


def test_a_name_under_a_person_is_not_told_apart() -> None:
    """ "an aide to Hall who left": either may have left; after a thing, or with "which", the reader can tell."""
    named = relative("aide NN", "Hall NNP", "who WP", "left|leave VBD", 3)
    assert not told_apart(named, 5, 3)
    assert told_apart(relative("letter NN", "Hall NNP", "who WP", "left|leave VBD", 3), 5, 3)
    assert told_apart(relative("aide NN", "Hall NNP", "which WDT", "left|leave VBD", 3), 5, 3)


def test_what_a_relative_clause_leaves_out() -> None:
    """Nothing, where it has an object or another pronoun; "some of the causes that he pushed" leaves out the causes."""
    bare = ("letter NN 3 nsubj", "she PRP 2 nsubj", "sent|send VBD 0 acl:relcl", "came|come VBD 3 root")
    assert object_noun(tree_of(*bare), 2) == 0
    assert object_noun(tree_of("case NN 0 root", "in IN 2 case", "which WDT 4 obl", "she PRP 4 nsubj", "sent|send VBD 0 acl:relcl"), 4) is None
    twice = ("clerk NN 5 nsubj", "that WDT 3 obj", "she PRP 3 nsubj", "sent|send VBD 0 acl:relcl", "letters NNS 3 obj", "left|leave VBD 5 root")
    assert object_noun(tree_of(*twice), 3) is None and object_noun(tree_of(*(t.replace("NNS 3 obj", "NNS 3 obl") for t in twice)), 3) == 0
    some = ("some DT 6 nsubj", "of IN 2 case", "causes NNS 0 nmod", "that WDT 5 obj", "he PRP 5 nsubj", "pushed VBD 0 acl:relcl", "failed VBD 6 root")
    assert object_noun(tree_of(*some), 5) == 0


def further(*rest: str) -> Tree:
    """ "bill NN she hoped to sign ...": the object may belong to the further verb."""
    return tree_of("bill NN 5 nsubj", "she PRP 2 nsubj", "hoped|hope VBD 0 acl:relcl", "to TO 4 mark", "sign VB 2 xcomp", "failed|fail VBD 5 root", *rest)


def test_a_further_verb_may_have_its_object_already() -> None:
    assert object_noun(further(), 2) == 0
    assert object_noun(further("papers NNS 4 obj"), 2) is None
    assert proposition(further(), 2, [1, 2, 3, 4], lambda n: "", "bill she hoped to sign failed") == "she hoped to sign bill"


def test_a_pronoun_with_words_of_its_own_stays() -> None:
    """ "who many had backed", with "many" read as a part of "who": dropping the pronoun would make the many the doers of nothing."""
    tokens = ["Hall NNP 4 root", "who WP 3 nsubj", "many JJ 1 fixed", "backed|back VBD 0 acl:relcl"]
    tree = tree_of("Hall NNP 0 root", *tokens[1:])
    text = "Hall who many backed"
    assert proposition(tree, 3, [1, 2, 3], lambda n: "", text) == "Hall who many backed"


def test_a_person_is_not_put_in_front_of_a_verb_of_many() -> None:
    """ "Ron Pell spoke and have been seen": who has been seen stands elsewhere; "and has been seen" is told of him."""
    tokens = ("Ron NNP 2 nsubj", "Pell NNP 0 flat", "spoke|speak VBD 2 root", "and CC 6 cc", "have VBP 6 aux", "been VBN 6 aux:pass", "seen|see VBN 2 conj")
    text = "Ron Pell spoke and have been seen"
    assert proposition(tree_of(*tokens), 6, [4, 5, 6], lambda n: "", text) == "have been seen"
    one = tree_of(*(t.replace("have VBP", "has VBZ") for t in tokens))
    assert proposition(one, 6, [4, 5, 6], lambda n: "", text.replace("have", "has")) == "Ron Pell has been seen"


def test_what_is_told_of_the_thing_stays_behind_its_pronoun() -> None:
    """ "a fund which they thought would fail" says what they thought; "they thought the fund would fail" could be had, but not by putting the noun last."""
    tree = tree_of("fund NN 0 root", "which WDT 3 obj", "they PRP 3 nsubj", "thought|think VBD 0 acl:relcl", "would MD 5 aux", "fail VB 3 xcomp")
    assert proposition(tree, 3, range(1, 6), lambda n: "", "fund which they thought would fail") == "which they thought would fail"


def test_the_object_of_a_clause_is_the_noun_and_not_the_pronoun() -> None:
    tree = tree_of("bill NN 0 root", "which WDT 3 obj", "Hall NNP 3 nsubj", "signed|sign VBD 0 acl:relcl")
    assert describe(tree, 3, [1, 2, 3], "", lambda n: "")["object"] == "bill"


def test_who_issues_a_text_says_what_it_says() -> None:
    """ "she issued a letter today saying": she says it; "she read a letter today saying": the letter does."""
    tokens = ("she PRP 1 nsubj", "issued|issue VBD 1 root", "a DT 3 det", "letter NN 1 obj", "today NN 1 obl", "saying|say VBG 1 advcl", "so RB 5 advmod")
    assert subject_of(tree_of(*tokens), 5) == 0
    assert subject_of(tree_of(*(t.replace("issued|issue", "read") for t in tokens)), 5) == 3


def test_the_phrase_of_a_noun_holds_no_copula() -> None:
    tree = tree_of("label NN 3 nsubj", "is|be VBZ 3 cop", "the DT 3 det", "one NN 3 root")
    assert tree.phrase(3) == [2, 3]


def test_a_clause_about_anybody_is_none() -> None:
    """ "those who want to speak": nothing is told of somebody; "clerks who want to speak" tells of clerks."""
    rest = ("who WP 2 nsubj", "want VBP 0 acl:relcl", "to TO 4 mark", "speak VB 2 xcomp", "came|come VBD 5 root", "early RB 5 advmod")
    assert [c.head for c in find_clauses(tree_of("those DT 5 nsubj", *rest))] == [5]
    assert [c.head for c in find_clauses(tree_of("clerks|clerk NNS 5 nsubj", *rest))] == [2, 5]


def test_a_place_named_by_a_clause_is_no_claim() -> None:
    """ "she found where the bread lay warm": one thing is found; "the shop where the bread lay warm" is another matter."""
    tokens = ("she PRP 1 nsubj", "found|find VBD 1 root", "where WRB 1 obj", "bread NN 4 nsubj", "lay|lie VBD 2 advcl:relcl",
              "so RB 6 advmod", "warm JJ 4 xcomp")
    assert [c.head for c in find_clauses(tree_of(*tokens))] == [1]


def test_who_is_something_does_what_is_added() -> None:
    """ "Hall is captain, training boys": Hall trains them, and not a captain in general; right after the noun it is the noun's."""
    tokens = ("Hall NNP 2 nsubj", "is|be VBZ 2 cop", "captain NN 2 root", ", , 4 punct", "training|train VBG 2 acl", "boys NNS 4 obj")
    assert subject_of(tree_of(*tokens), 4) == 0
    assert subject_of(tree_of(*(t.replace(", , 4 punct", "now RB 4 advmod") for t in tokens)), 4) == 2


def test_who_was_asked_is_no_act() -> None:
    """ "Asked about the fund, he left early", however the participle was tagged; with a subject of its own it is an act."""
    tokens = ["Asked|ask VBD 5 advcl", "about IN 3 case", "the DT 3 det", "fund NN 0 obl", "he PRP 5 nsubj", "left|leave VBD 5 root", "town NN 5 obj"]
    assert [c.head for c in find_clauses(tree_of(*tokens))] == [5]
    assert [c.head for c in find_clauses(tree_of(*tokens, "she PRP 0 nsubj"))] == [0, 5]
