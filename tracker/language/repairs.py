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
        linked = heads[first] == second or heads[second] == first
        kids = [k for k in range(len(words)) if heads[k] == first]
        own = [k for k in kids if k < first and deps[k] == "nsubj" and tags[k] in {"NN", "NNS"}]
        whole = any(deps[k] in {"obj", "ccomp", "aux", "aux:pass", "mark"} and k != second for k in kids)
        if linked and len(own) == 1 and not whole and first + 1 < second:
            return first
        return None
    return None
