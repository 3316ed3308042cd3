"""What a clause says, as parts that can be compared: act, actor, object, names, figures, dates, negation, modality, words."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tracker.extract import lexicon as lex
from tracker.extract.clauses import subject_of
from tracker.extract.dates import find_dates
from tracker.extract.denials import rebuts
from tracker.extract.figures import figures, is_known
from tracker.extract.names import name_runs, strip_titles
from tracker.extract.relatives import object_noun
from tracker.extract.tree import CALENDAR, Tree
from tracker.text import fold

_LIGHT = frozenset(
    (
        "be have do say make take get go come give put let will would could should may might can must "
        "one not also still just even very more most other such own same so then there here as than too now already"
    ).split()
)
_WRONGDOING = "wrongdoing"
_INTENDS = frozenset("plan intend expect aim propose promise pledge vow consider seek prepare hope want agree threaten".split())
LONGEST_NAME = 4  # words; a longer run of capitals is a headline or a list


def describe(tree: Tree, head: int, run: Sequence[int], published: str, stand_in: Callable[[int], str]) -> dict[str, object]:
    """The parts of a clause as plain JSON values. `stand_in(n)` is the name a pronoun at token n stands for, or ""."""
    subject = subject_of(tree, head)
    gap = object_noun(tree, head)
    fetched = [n for n in (subject, gap) if n is not None and n not in run]
    tokens = sorted({*run, *(k for n in fetched for k in tree.phrase(n) if not _in_clause(tree, k, n))})
    stated = [n for n in tree.kids(head, "obj", "xcomp", "ccomp") if tree.tags[n] not in {"WP", "WDT"}]
    named = not tree.is_verb(head) or tree.first(head, "cop") is not None  # "is a captain": what it is
    thing = next(iter(stated), head if named else gap)
    text = tree.text(run)
    passive = tree.first(head, "nsubj:pass", "aux:pass") is not None
    wrong = _puts_a_wrong(tree, head) or _rebuts_a_wrong(tree, head, run)
    return {
        "act": _WRONGDOING if wrong else tree.lemmas[head],
        "actor": _noun(tree, subject, stand_in),
        "object": _WRONGDOING if wrong else _noun(tree, thing, stand_in),
        "passive": passive,
        "negated": _negations(tree, head, subject) % 2 == 1,
        "modal": next((lex.MODALS[tree.lower[c]] for c in tree.kids(head, "aux") if tree.lower[c] in lex.MODALS), ""),
        "names": _names(tree, tokens, stand_in),
        "figures": figures(tree, run),
        "known": is_known(tree, run),
        "dates": find_dates(text, published),
        "words": _words(tree, tokens, stand_in),
        "called": _called(tree, tokens, stand_in),
        "doer": _called_last(tree, _doer(tree, head, subject, passive), stand_in),
        "ahead": _lies_ahead(tree, head),
    }


def _doer(tree: Tree, head: int, subject: int | None, passive: bool) -> int | None:
    """Who does what the clause tells: its subject, of a passive the one after "by"."""
    if not passive:
        return subject
    return next((n for n in tree.kids(head, "obl") if any(tree.lower[c] == "by" for c in tree.kids(n, "case"))), None)


def _called_last(tree: Tree, n: int | None, stand_in: Callable[[int], str]) -> str:
    """The last word of the name of a party, also of one named beside its noun ("his aide, Ann Lee"); "" for who is not named."""
    if n is None:
        return ""
    if tree.tags[n].startswith("PRP"):
        return "".join(fold(stand_in(n)).split()[-1:])
    named = n if tree.is_name(n) else next((c for c in tree.kids(n, "appos", "nmod:desc") if tree.is_name(c)), None)
    return "" if named is None else fold(tree.words[_end_of_name(tree, named)])


def _end_of_name(tree: Tree, n: int) -> int:
    """The last word of the name that token n belongs to."""
    while n + 1 < len(tree) and tree.is_name(n + 1) and (tree.heads[n + 1] == n or tree.heads[n] in {n + 1, tree.heads[n + 1]}):
        n += 1
    return n


def _lies_ahead(tree: Tree, head: int) -> bool:
    """What is planned, promised or expected, and has not been done: "will close", "plans to close", "is going to close", "gave her word that it will".

    Not "would have closed", which is past, and not "would like to thank", which is done by saying so.
    """
    things = [n for n in tree.kids(head, "obj") if tree.tags[n].startswith("NN")]
    inside = [*tree.kids(head, "ccomp"), *(c for n in things for c in tree.kids(n, "acl", "ccomp") if tree.first(c, "nsubj", "mark") is not None)]
    if any(_to_come(tree, n) for n in (head, *inside)):
        return True
    if tree.lemmas[head] in _INTENDS and tree.first(head, "xcomp", "ccomp") is not None:
        return True
    return tree.lemmas[head] == "go" and tree.tags[head] == "VBG" and tree.first(head, "xcomp") is not None


def _to_come(tree: Tree, n: int) -> bool:
    """A verb with "will" or "would"."""
    with_it = {tree.lower[c] for c in tree.kids(n, "aux")}
    past = "have" in with_it or tree.lemmas[n] in {"like", "love", "prefer", "hate"}
    return bool(with_it & {"will", "shall", "wo", "'ll", "’ll"}) or ("would" in with_it and not past)


def _in_clause(tree: Tree, n: int, top: int) -> bool:
    """Token n hangs below `top` inside a clause that has a subject of its own."""
    between = [n, *tree.up(n)]
    return any(tree.base(k) == "acl" and tree.first(k, "nsubj") is not None for k in between[: between.index(top)])


def _called(tree: Tree, tokens: Sequence[int], stand_in: Callable[[int], str]) -> list[str]:
    """The proper names among the tokens as printed, titles and days left out, pronouns by what they stand for: what a topic can be called by."""
    inside = set(tokens)
    out = {stand_in(n) for n in tokens if tree.tags[n].startswith("PRP")} - {""}
    for start, end in name_runs(tree):
        if not inside & set(range(start, end)):
            continue
        words = [tree.words[n] for n in range(start, end) if tree.lower[n].rstrip(".") not in CALENDAR]
        bare = strip_titles(words)[1] if words else []
        if bare and len(bare) <= LONGEST_NAME:
            out.add(" ".join(bare))
    return sorted(out)


def _negations(tree: Tree, head: int, subject: int | None) -> int:
    """How many words turn the clause round: "not", "never", a subject or object with "no"."""
    near = (*tree.children[head], *(c for a in tree.kids(head, "aux") for c in tree.children[a]))  # "nor did she sign": it may hang on "did"
    turning = (c for c in near if tree.lower[c] in {"not", "n't", "never", "neither", "nor"} and not _not_only(tree, c))
    count = sum(tree.base(c) in {"advmod", "cc", "aux"} for c in turning)
    nouns = [n for n in {subject, tree.first(head, "obj"), tree.first(head, "nsubj")} if n is not None]
    return count + sum(
        tree.lower[n] in {"nothing", "nobody", "none"} or any(tree.lower[c] in {"no", "neither"} for c in tree.kids(n, "det", "cc")) for n in nouns
    )


def _not_only(tree: Tree, n: int) -> bool:
    """ "not only ... but also": both are put, nothing is negated."""
    return n + 1 < len(tree) and tree.lower[n + 1] in {"only", "just", "merely", "simply"}


def _noun(tree: Tree, n: int | None, stand_in: Callable[[int], str]) -> str:
    if n is None:
        return ""
    return fold(stand_in(n) or (tree.text(tree.phrase(n)) if tree.is_name(n) else tree.lemmas[n]))


def _names(tree: Tree, tokens: Sequence[int], stand_in: Callable[[int], str]) -> list[str]:
    """Folded words of the proper names among the tokens, pronouns by what they stand for."""
    out: set[str] = set()
    for n in tokens:
        if tree.is_name(n) and len(tree.words[n]) > 1 and tree.lower[n].rstrip(".") not in lex.TITLES | CALENDAR:
            out.add(fold(tree.words[n]))
        elif tree.tags[n].startswith("PRP"):
            out.update(fold(stand_in(n)).split()[-1:])
    return sorted(out)


def _words(tree: Tree, tokens: Sequence[int], stand_in: Callable[[int], str]) -> list[str]:
    """Content lemmas in order, names folded, pronouns by the last word of what they stand for."""
    out = []
    for n in tokens:
        if tree.tags[n].startswith("PRP"):
            out.extend(fold(stand_in(n)).split()[-1:])
        elif (
            tree.tags[n][:2] in {"NN", "VB", "JJ", "RB", "CD", "FW"}
            and tree.lemmas[n] not in _LIGHT
            and re.search(r"\w", tree.words[n])
            and tree.lower[n].rstrip(".") not in {"mr", "mrs", "ms"}
        ):
            out.append(fold(tree.words[n] if tree.is_name(n) else tree.lemmas[n]))
    return [*out, _WRONGDOING] if _WRONGDOING not in out and _speaks_of_wrong(tree, tokens) else out


def _puts_a_wrong(tree: Tree, head: int) -> bool:
    """The predicate itself says or denies that something wrong was done: "broke the law", "is a crime", "was an illegal deal"."""
    parties = list(tree.kids(head, "nsubj:pass", "obj", "nsubj", "xcomp"))
    if tree.lemmas[head] in lex.BREAK:
        return any(tree.lemmas[k] in lex.RULES for n in parties for k in (n, *tree.kids(n, "nmod")))
    if tree.lemmas[head] in lex.WRONG | lex.IMPROPER and tree.first(head, "cop") is not None:
        return True
    wrongs = [n for n in parties if tree.lemmas[n] in lex.WRONG or any(tree.lower[k] in lex.IMPROPER for k in (*tree.children[n], n + 1) if k < len(tree))]
    return bool(wrongs) and tree.lemmas[head] in {"be", "commit", "constitute", "represent", "happen", "occur", "place", "take", "do"}


def _rebuts_a_wrong(tree: Tree, head: int, run: Sequence[int]) -> bool:
    """ "allegations of misconduct lack any basis": what is called untrue is that something wrong was done."""
    said = [n for n in tree.kids(head, "nsubj", "nsubj:pass") if tree.lemmas[n] in lex.REFERRING_NOUNS]
    return any(_speaks_of_wrong(tree, tree.subtree(m)) for n in said for m in tree.kids(n, "nmod")) and rebuts(tree, head, run)


def _speaks_of_wrong(tree: Tree, tokens: Sequence[int]) -> bool:
    """ "no laws were broken", "nothing improper took place", "may be a crime": all put or deny that something wrong was done."""
    lemmas = {tree.lemmas[n] for n in tokens if not tree.is_name(n)}
    return bool(lemmas & (lex.WRONG | lex.IMPROPER)) or bool(lemmas & lex.RULES and lemmas & lex.BREAK)
