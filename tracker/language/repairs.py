"""Parses mended where a parser is known to be led up the garden path."""

from __future__ import annotations

from collections.abc import Sequence

_TENSED = frozenset({"VBD", "VBN"})


def mend_reduced_relatives(words: Sequence[str], tags: Sequence[str], heads: Sequence[int], deps: Sequence[str]) -> tuple[list[str], list[int], list[str]]:
    """ "The official briefed on the plan said ...": two tensed verbs with nothing between them cannot both be main verbs.

    A past tense that hangs on the noun before it and has no subject is a participle too.

    Tags, heads and labels with the first verb as a participle of its noun and that noun as subject of the second verb; unchanged elsewhere.
    """
    tags, heads, deps = list(tags), list(heads), list(deps)
    for n, dep in enumerate(deps):
        alone = not any(heads[k] == n and deps[k].startswith(("nsubj", "mark", "aux")) for k in range(len(words)))
        if dep == "acl" and tags[n] == "VBD" and heads[n] == n - 1 and alone:
            tags[n] = "VBN"
    for second in range(1, len(words)):
        if tags[second] not in {"VBD", "VBZ", "VBP"} or any(heads[k] == second and deps[k].startswith(("nsubj", "aux", "expl")) for k in range(len(words))):
            continue
        first = _led_astray(words, tags, heads, deps, second)
        if first is None:
            continue
        subject = next(k for k in range(first) if heads[k] == first and deps[k].startswith("nsubj"))
        if heads[first] == first:
            heads[second], deps[second] = second, deps[first]
            outer = [k for k in range(second, len(words)) if heads[k] == first and k > second]
            for k in outer:
                heads[k] = second
        elif heads[second] == first:
            heads[second], deps[second] = heads[first], deps[first]
        elif heads[second] == heads[first] != second:
            deps[second] = "conj"
            for k in (k for k in range(subject) if heads[k] == first):  # "..., but people briefed on the plan said"
                heads[k] = second
        heads[subject], deps[subject] = second, "nsubj"
        heads[first], deps[first], tags[first] = subject, "acl", "VBN"
    return tags, heads, deps


def _led_astray(words: Sequence[str], tags: Sequence[str], heads: Sequence[int], deps: Sequence[str], second: int) -> int | None:
    """The tensed verb before `second` that must be a participle: its own subject before it, no object after it, its last word next to `second`."""
    for first in range(second - 1, max(-1, second - 12), -1):
        if words[first] in {",", ";", ":", '"', "-", "--", "—"} or tags[first] == "CC" or deps[first] == "mark":
            return None
        if tags[first] not in _TENSED or heads[first] == second and deps[first] != "ccomp":
            continue
        beside = deps[first] == "conj" and deps[second] in {"conj", "parataxis"}
        linked = heads[first] == second or heads[second] == first or (beside and heads[first] == heads[second])
        kids = [k for k in range(len(words)) if heads[k] == first]
        own = [k for k in kids if k < first and deps[k] == "nsubj" and tags[k] in {"NN", "NNS"}]
        whole = any(deps[k] in {"obj", "ccomp", "aux", "aux:pass", "mark"} and k != second for k in kids)
        if linked and len(own) == 1 and not whole and first + 1 < second:
            return first
        return None
    return None


def mend_lost_subjects(tags: Sequence[str], heads: Sequence[int], deps: Sequence[str]) -> tuple[list[str], list[int], list[str]]:
    """A finite verb without a subject, beside a verb that took its subject away, gets it back; other parses stay.

    "The parcel addressed to Ann, a clerk, was found" (joined to "addressed" without any conjunction), "The police said that a parcel found there and
    addressed to Ann held a bomb" (two clauses of one verb), "He said a clerk at the office recognized it" (the subject read as an object), "Some have
    suggested such acts may be crimes" (a clause read as the subject), "Ann Lee, a clerk who knew it, left" (a sentence read as a noun and an aside).
    """
    tags, heads, deps = list(tags), list(heads), list(deps)
    for second in range(1, len(tags)):
        if _has(heads, deps, second, "nsubj", "expl", "csubj") or not _is_finite(tags, heads, deps, second):
            continue
        first = heads[second]
        joined = any(deps[k] == "conj" and heads[k] == first and _has(heads, deps, k, "cc") for k in range(second))
        if deps[second] == "conj" and not joined and not _has(heads, deps, second, "cc", "mark") and _took_subject(tags, heads, deps, first, second):
            _hand_over(tags, heads, deps, first, second)
        elif deps[second] == "ccomp" and not _has(heads, deps, second, "mark"):
            before = [k for k in range(second) if heads[k] == first and k != first]
            clauses = [k for k in before if deps[k] == "ccomp" and _took_subject(tags, heads, deps, k, second)]
            objects = [k for k in before if deps[k] == "obj" and k > first and tags[k][:2] == "NN"]
            if clauses:
                _hand_over(tags, heads, deps, clauses[-1], second)
            elif objects and not any(deps[k] in {"ccomp", "iobj", "xcomp", "advcl"} for k in before if k > first):
                heads[objects[-1]], deps[objects[-1]] = second, "nsubj"
                for k in range(objects[-1] + 1, second):
                    if heads[k] == first and deps[k] in {"obl", "nmod", "acl"}:
                        heads[k], deps[k] = objects[-1], "nmod" if deps[k] == "obl" else deps[k]
        elif deps[second] == "parataxis" and _only_named(tags, heads, deps, first) and first < second and not _has(heads, deps, second, "cc", "mark"):
            heads[second], deps[second] = second, deps[first]
            heads[first], deps[first] = second, "nsubj"
            for k in range(second + 1, len(tags)):
                heads[k] = second if heads[k] == first else heads[k]
    for first in range(len(tags)):
        second = heads[first]
        if deps[first] == "csubj" and first < second and heads[second] == second:
            objects = [k for k in range(first + 1, second) if heads[k] == first and deps[k] == "obj"]
            if objects and _has(heads, deps, first, "nsubj") and not _has(heads, deps, first, "mark") and _is_finite(tags, heads, deps, first):
                heads[first], deps[first] = first, deps[second]
                heads[second], deps[second] = first, "ccomp"
                heads[objects[-1]], deps[objects[-1]] = second, "nsubj"
    return tags, heads, deps


def mend_agents(tags: Sequence[str], heads: Sequence[int], deps: Sequence[str]) -> list[int]:
    """Heads with "by X" hung on the passive it belongs to: in "was quoted as saying by X" nothing is said by being said."""
    heads = list(heads)
    for n, dep in enumerate(deps):
        active = heads[n]
        passive = heads[active]
        if dep != "obl:agent" or tags[active] != "VBG" or passive == active or _has(heads, deps, active, "aux:pass"):
            continue
        if _has(heads, deps, passive, "aux:pass") and not _has(heads, deps, passive, "obl:agent"):
            heads[n] = passive
    return heads


def _only_named(tags: Sequence[str], heads: Sequence[int], deps: Sequence[str], n: int) -> bool:
    """The root is a noun of which nothing is said."""
    return heads[n] == n and tags[n] in {"NN", "NNS", "NNP", "NNPS"} and not _has(heads, deps, n, "cop", "nsubj", "cc")


def _has(heads: Sequence[int], deps: Sequence[str], n: int, *labels: str) -> bool:
    return any(heads[k] == n and k != n and deps[k].startswith(labels) for k in range(len(heads)))


def _is_finite(tags: Sequence[str], heads: Sequence[int], deps: Sequence[str], n: int) -> bool:
    """A tensed verb, or a verb with a tensed auxiliary."""
    helped = any(heads[k] == n and deps[k].startswith("aux") and tags[k] in {"VBD", "VBZ", "VBP", "MD"} for k in range(len(tags)))
    return helped or tags[n] in {"VBD", "VBZ", "VBP"}


def _took_subject(tags: Sequence[str], heads: Sequence[int], deps: Sequence[str], first: int, second: int) -> bool:
    """A tensed form without auxiliary or object, right after a common noun as its subject: it may as well be a participle of that noun."""
    if tags[first] not in _TENSED or first >= second or _has(heads, deps, first, "aux", "obj", "ccomp", "xcomp", "iobj", "cop"):
        return False
    return first > 0 and heads[first - 1] == first and deps[first - 1].startswith("nsubj") and tags[first - 1] in {"NN", "NNS"}


def _hand_over(tags: list[str], heads: list[int], deps: list[str], first: int, second: int) -> None:
    """Make `first` a participle of its subject, and `second` the verb of the clause in its place."""
    subject = first - 1
    top, label = heads[first], deps[first]
    heads[second], deps[second] = (second, label) if top == first else (top, label)
    passive = any(heads[k] == second and deps[k] == "aux:pass" for k in range(len(tags)))
    heads[subject], deps[subject] = second, "nsubj:pass" if passive else "nsubj"
    for k in range(len(tags)):
        if heads[k] == first and k != first and (k > second or deps[k] == "mark" or k < subject):
            heads[k] = second
    heads[first], deps[first], tags[first] = subject, "acl", "VBN"
