"""Trailing and inserted attributions, ", X said yesterday", read by their place between commas."""

from __future__ import annotations

from dataclasses import dataclass

from tracker.extract import lexicon as lex
from tracker.extract.tree import Tree


@dataclass(frozen=True, slots=True)
class Inserted:
    """A trailing or inserted ", X said yesterday": its own words, whom it credits, and all the rest as content."""

    phrase: frozenset[int]
    voices: tuple[int, ...]
    content: frozenset[int]


_MOST_ADJUNCT = 16  # words after a trailing "X said ..."; what is longer goes on with a clause of its own


def read_inserted(tree: Tree, n: int, quoted: frozenset[int]) -> Inserted | None:
    """Reads ", X said ..." and ", said X ..." by their place between commas, since parsers often hang them wrongly."""
    if (
        tree.lemmas[n] not in lex.SAY | lex.SAY_QUOTED
        or n in quoted
        or tree.tags[n] not in {"VBD", "VBZ", "VBP", "VBN"}
        or tree.lemmas[n] in {"believe", "think", "hold", "go"}
    ):
        return None
    subject = max((c for c in tree.kids(n, "nsubj") if c < n), default=tree.first(n, "nsubj"))
    if subject is not None and subject < n:
        swallowed = _swallowed(tree, n, subject)
        if swallowed is not None:
            return swallowed
    inverted = n > 1 and tree.words[n - 1] in _BREAKS and (subject is None or subject > n)
    if inverted:
        first = n
        if n + 1 >= len(tree) or tree.lower[n + 1] in {"that", "to"} or tree.tags[n + 1] not in {"DT", "NNP", "NN", "NNS", "NNPS", "JJ", "PRP", "CD", "PRP$"}:
            return None
    else:
        first = min(tree.phrase(subject)) if subject is not None and subject < n else n
        while first > 0 and tree.words[first - 1] not in _BREAKS and n - first < 14:
            first -= 1
        if subject is not None and subject < n and tree.base(subject) == "nsubj":
            whole = min(k for k in tree.subtree(subject) if k <= subject)
            first = min(first, whole) if tree.words[max(0, whole - 1)] in _BREAKS else first
    if first < 3 or tree.words[first - 1] not in _BREAKS or any(tree.is_verb(k) and k != n and tree.base(k) not in {"acl", "aux"} for k in range(first, n)):
        return None
    if first < n and tree.lower[first] in {"who", "which", "that", "whom", "where", "when", "but", "and", "while", "after", "because", "if"}:
        return None
    last = _adjunct_end(tree, n, quoted)
    if last is None:
        return None
    heads = (
        [k for k in range(n + 1, last) if tree.heads[k] == n and tree.base(k) in {"nsubj", "obj"}]
        if inverted
        else [k for k in range(first, n) if not first <= tree.heads[k] < n]
    )
    heads = [k for k in heads if tree.tags[k][:2] in {"NN", "PR", "CD", "DT"}] or [
        k for k in (range(n + 1, last) if inverted else range(n - 1, first - 1, -1)) if tree.tags[k].startswith("NN") or tree.tags[k] == "PRP"
    ][:1]
    if not heads:
        return None
    phrase = frozenset(range(first, last))
    content = frozenset(k for k in range(len(tree)) if k not in phrase)
    if not any(tree.is_verb(k) or tree.base(k) == "root" for k in content if k < first):
        return None
    return Inserted(phrase, tuple(v for h in heads[:1] for v in tree.conjuncts(h)), content)


def _swallowed(tree: Tree, n: int, subject: int) -> Inserted | None:
    """ "..., addressed to Ann Lee, CNN and NBC reported": the parse took a name of the clause before for the subject.

    Read only where names alone fill the words from the last comma to the verb and a finite verb stands before.
    """
    comma = max((k for k in range(subject, n) if tree.words[k] == ","), default=-1)
    run = range(comma + 1, n)
    before = any(tree.tags[k] in {"VBD", "VBZ", "VBP"} for k in range(subject))
    if comma < 0 or not run or not before or not all(tree.is_name(k) or tree.lower[k] in {"and", "the"} for k in run):
        return None
    voices = tuple(k for k in run if tree.is_name(k) and (k + 1 == n or not tree.is_name(k + 1)))
    last = _adjunct_end(tree, n, frozenset())
    if last is None or not voices:
        return None
    phrase = frozenset(range(comma + 1, last))
    return Inserted(phrase, voices, frozenset(k for k in range(len(tree)) if k not in phrase))


_BREAKS = frozenset({",", "--", "-", "—", '"', ";", ":", "―"})


def _adjunct_end(tree: Tree, n: int, quoted: frozenset[int]) -> int | None:
    """One past the last word that belongs to a trailing "X said" ("in a statement on Friday"); None if a clause follows that it governs."""
    for k in range(n + 1, len(tree)):
        if k in quoted or tree.words[k] == '"':
            return k
        if tree.words[k] in {"--", "—"} or (
            tree.words[k] == ","
            and k - n > 1
            and any(tree.is_verb(m) and tree.base(m) not in {"acl", "appos"} for m in range(k, len(tree)))
            and not _apposition(tree, k)
        ):
            return k
        if tree.lower[k] in {"that", "whether"} and tree.base(k) == "mark":
            return None
        if tree.base(k) == "ccomp" and tree.heads[k] == n:
            return None
        if k - n > _MOST_ADJUNCT:
            return None if tree.first(n, "ccomp") is not None else len(tree)
    return len(tree) if tree.tags[len(tree) - 1] != "." else len(tree) - 1


def _apposition(tree: Tree, comma: int) -> bool:
    """The comma opens a description of the speaker ("said Ann Lee, a spokeswoman for ...")."""
    nxt = comma + 1
    return (
        nxt < len(tree)
        and tree.tags[nxt] in {"DT", "NN", "JJ", "PRP$"}
        and tree.lower[nxt] in {"a", "an", "the", "his", "her", "their"}
        and not any(tree.tags[m] in {"VBD", "VBZ", "VBP"} for m in range(nxt, min(nxt + 8, len(tree))))
    )
