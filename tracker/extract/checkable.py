"""Is there a fact in this clause that somebody could check? Opinion, questions, appeals and no-comments are left out, with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from tracker.extract import lexicon as lex
from tracker.extract.clauses import Clause, subject_of
from tracker.extract.relatives import object_noun
from tracker.extract.tree import Tree

LEAST_WORDS = 3  # content words below which a clause names no event ("he said", "it is over")


BARE = 5  # words in which a verb of saying without object only leads to what is said: "Ann Hall argued that:"
SPOKEN = 18  # words from which "X told Y ..." holds more than the act of speaking, however it was parsed
WEAK = frozenset({"feeling", "appeal", "judgement", "announcement without a fact", "nothing to check", "evaluation", "too little said"})
"""Reasons for which a quoted statement is no claim by itself but still news when several outlets print it."""


def why_not(tree: Tree, clause: Clause, run: Sequence[int], in_quote: bool) -> str:
    """The reason for which the clause is no claim; "" when it is one."""
    head = clause.head
    subject = subject_of(tree, head)
    content = [n for n in {*run, *(tree.phrase(subject) if subject is not None else [])} if _is_content(tree, n)]
    if _question(tree, clause):
        return "question"
    said_by = subject is not None and tree.tags[subject] in {"PRP", "WP", "WDT", "DT"}
    if len(content) + said_by < LEAST_WORDS and not (len(content) == 2 and any(tree.is_name(n) or tree.tags[n] == "CD" for n in run)):
        return "too little said"
    if not any(tree.is_verb(n) for n in clause.tokens):
        return "no predicate"
    if tree.words[-1] == "!" and tree.lower[0].strip("\"'“") in {"what", "how"}:
        return "exclamation"
    if tree.base(head) == "advcl" and any(tree.lower[m] in {"if", "unless"} or _concedes(tree, m) for m in tree.kids(head, "mark")):
        return "condition"
    bare = tree.lemmas[head] in lex.SAY and len(run) <= BARE and tree.first(head, "obj", "obl", "xcomp", "aux") is None
    asks = bare or tree.lemmas[head] in lex.ASK and tree.first(head, "obj", "xcomp", "advcl") is None
    if asks or (tree.lemmas[head] in lex.ONLY_SPEAK and tree.first(head, "xcomp", "advcl", "ccomp") is None and len(run) < SPOKEN):
        return "only says that somebody spoke"
    if _about_the_source(tree, head):
        return "speaks of the source"
    if _no_comment(tree, head):
        return "no comment"
    if _impression(tree, head) or (tree.base(head) in {"ccomp", "advcl"} and _impression(tree, tree.heads[head])):
        return "impression"
    beside = tree.base(head) == "conj" and tree.is_verb(head)  # "is guilty and sued the port" tells of a suit
    above = tree.base(head) in {"conj", "csubj", "acl", "ccomp", "advcl"} and not beside and tree.first(tree.heads[head], "cop") is not None
    if _evaluation(tree, head, run) or (above and _evaluation(tree, tree.heads[head], run)):
        return "evaluation"
    if _addressed(tree, head):
        return "appeal"
    if in_quote:
        return _why_not_quoted(tree, head, run)
    return ""


def _is_content(tree: Tree, n: int) -> bool:
    return tree.tags[n][:2] in {"NN", "VB", "JJ", "CD", "RB"} and tree.lemmas[n] not in {"be", "have", "do", "not", "n't", "say"}


def _question(tree: Tree, clause: Clause) -> bool:
    if tree.words[-1] == "?" or (len(tree) > 1 and tree.words[-2] == "?"):
        return True
    opener = next((n for n in clause.tokens if tree.tags[n] not in {"``", "''", ","}), clause.head)
    if tree.base(clause.head) == "ccomp" and tree.lemmas[tree.heads[clause.head]] in lex.ASK and tree.tags[opener] in {"WRB", "WP", "WDT"}:
        return True
    opens = next((w for w, t in zip(tree.lower, tree.tags, strict=True) if t not in {"``", "''", ","}), "")
    return opens == "whether" or (tree.lower[opener] == "whether" and tree.base(clause.head) in {"csubj", "root"})


def _concedes(tree: Tree, n: int) -> bool:
    """ "whether it rains or not, they march": not asked. "disputes over whether" and "unclear whether" ask."""
    return tree.lower[n] == "whether" and (n == 0 or tree.base(n - 1) == "punct")


def _about_the_source(tree: Tree, head: int) -> bool:
    """ "asked not to be named", "was not authorised to speak": why a voice is unnamed is no claim of the story."""
    down = {tree.lemmas[n] for n in tree.subtree(head)}
    if tree.lemmas[head] in {"ask", "request", "speak", "insist", "agree"} and down & {"anonymity", "anonymously"}:
        return True
    if tree.lemmas[head] in {"ask", "request", "wish", "want"} and down & lex.NEGATIONS and down & {"name", "identify"}:
        return True
    return (
        tree.lemmas[head] in {"authorize", "authorise", "allow", "permit", "authorized"}
        and bool(down & lex.NEGATIONS)
        and bool(down & {"speak", "talk", "comment", "discuss"})
    )


def _no_comment(tree: Tree, head: int) -> bool:
    """Declined, refused, did not respond: asserts nothing about the matter."""
    lemma = tree.lemmas[head]
    down = {tree.lemmas[n] for n in tree.subtree(head) if tree.is_verb(n) or tree.tags[n].startswith("NN")}
    if lemma in {"decline", "refuse", "decide"} and down & {"comment", "discuss", "elaborate", "answer", "respond", "identify", "say"}:
        return True
    negated = any(tree.lower[c] in lex.NEGATIONS for c in tree.children[head])
    return (negated and lemma in {"respond", "reply", "comment", "return", "answer", "elaborate"}) or neither_confirms(tree, head)


def neither_confirms(tree: Tree, n: int) -> bool:
    """ "could neither confirm nor deny": one of these two verbs under one negation."""
    first = tree.heads[n] if tree.base(n) == "conj" else n
    negated = any(tree.lower[c] in lex.NEGATIONS for c in tree.children[first])
    return negated and {"confirm", "deny"} <= {tree.lemmas[k] for k in (first, *tree.kids(first, "conj"))}


def _impression(tree: Tree, head: int) -> bool:
    """ "It looks like ...", "seemed to be trying ...": the writer's impression."""
    lemma = tree.lemmas[head]
    subject = tree.first(head, "nsubj", "expl")
    if lemma in {"look", "feel", "sound"} and subject is not None and tree.lower[subject] in {"it", "that", "this"}:
        return True
    return lemma == "seem" and tree.tags[head] in {"VBD", "VBZ", "VBP"}


def _addressed(tree: Tree, head: int) -> bool:
    """A call to the reader: a bare verb without subject, with "please" or "you"."""
    if tree.tags[head] not in {"VB", "VBP"} or tree.first(head, "nsubj", "aux", "mark") is not None:
        return False
    return any(tree.lower[n] in {"please", "you", "your", "us"} for n in tree.subtree(head))


def _anchored(tree: Tree, run: Sequence[int]) -> bool:
    """The words name a person, place, body, date or figure."""
    return any(tree.tags[n] in {"NNP", "CD"} for n in run)


def _evaluation(tree: Tree, head: int, run: Sequence[int]) -> bool:
    """A copula with a word of praise or blame and no figure or date beside it."""
    if any(tree.tags[n] == "CD" for n in run):
        return False
    if (
        tree.lower[head] in {"determined", "committed", "thankful"}
        and tree.first(head, "cop", "aux:pass", "aux") is not None
        and tree.first(head, "xcomp", "advcl") is not None
    ):
        return True
    if tree.first(head, "cop") is None:
        return False
    judged = any(tree.lemmas[c] in lex.EVALUATIVE for c in tree.kids(head, "amod"))
    return judged or tree.lemmas[head] in lex.EVALUATIVE | lex.EVALUATIVE_NOUNS


def _why_not_quoted(tree: Tree, head: int, run: Sequence[int]) -> str:
    """Inside quotation marks people also judge, appeal and announce; only what has a checkable core stays."""
    subject = subject_of(tree, head)
    low = tree.lower[subject] if subject is not None else ""
    modals = {tree.lower[c] for c in tree.kids(head, "aux")}
    lemma = tree.lemmas[head]
    if tree.tags[head] == "VB" and subject is None and tree.base(head) in {"root", "parataxis", "conj"}:
        return "appeal"
    if modals & {"must", "should", "shall", "ought", "let"} and not _anchored(tree, run):
        return "appeal"
    if lemma in {"bless", "wish"}:
        return "appeal"
    if (
        any(tree.lower[m] == "if" for c in tree.kids(head, "advcl") for m in tree.kids(c, "mark"))
        or tree.lower[0] == "if"
        or (len(tree) > 1 and tree.lower[1] == "if")
    ):
        return "judgement"
    if low in {"it", "this", "that"} and (tree.first(head, "cop") is not None or lemma == "be") and not any(tree.tags[n] == "CD" for n in run):
        return "judgement"
    if low in {"i", "we", "you"} and lemma in lex.FEELINGS and tree.first(head, "ccomp") is None:
        return "feeling"
    if not _anchored(tree, run):
        if modals & {"will", "would", "wo", "can", "could", "may", "might", "'ll"} or lemma == "go":
            return "announcement without a fact"
        if tree.first(head, "cop") is not None or lemma in {"be", "need", "deserve", "mean", "take"}:
            return "judgement"
        if low in {"i", "you", "it", "that", "this", "there", "they", "we", "who", "which", "anyone", "everyone", ""}:
            return "nothing to check"
        acts_on = tree.first(head, "aux:pass", "obj") is not None or object_noun(tree, head) is not None
        if tree.tags[head] not in {"VBD", "VBN"} or not acts_on:
            return "nothing to check"
    return ""
