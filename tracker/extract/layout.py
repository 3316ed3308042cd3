"""Attributions that the layout makes and no sentence: speakers of a transcript, signed quotations, words after a colon."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

Span = tuple[int, int]

_LABEL = re.compile(r"(?P<name>[A-Z][A-Z.'’ -]{1,40}[A-Z.]|(?:[A-Z][\w.'’-]+ ){0,3}[A-Z][\w.'’-]+)\s?(?P<colon>:)\s+(?=\S)")
_SIGNED = re.compile(r"[\"”’]\s*(?P<dash>[―—–]|--?)\s*(?P<name>[A-Z][^\n\"“”]{2,60}?)\s*$")
_SIGNATURE = re.compile(r"\s*(?P<dash>[―—–]|--?)\s*(?P<name>[A-Z][^\n\"“”.]{2,60}?)\s*$")
LEAST_TURNS = 3  # labelled paragraphs from which a page is a transcript; one or two are "Editor's note:" and the like
LONGEST_TURN = 6  # paragraphs that one label can govern


def transcript_turns(text: str, paragraphs: Sequence[Span]) -> Iterator[tuple[Span, Span, list[Span]]]:
    """(speaker, colon, what is said) of each turn of a transcript; nothing for a page that is none."""
    labels = {n: found for n, (s, e) in enumerate(paragraphs) if (found := _LABEL.match(text, s, e)) and e - found.end() > 10}
    names = [found["name"] for found in labels.values()]
    turns = {n: f for n, f in labels.items() if names.count(f["name"]) >= 2 or f["name"].isupper()}
    if len(turns) < LEAST_TURNS:
        return
    for n, found in turns.items():
        said = [(found.end(), paragraphs[n][1])]
        for k in range(n + 1, min(n + LONGEST_TURN, len(paragraphs))):
            if k in turns or not any(t > k for t in turns):
                break
            said.append(paragraphs[k])
        yield found.span("name"), found.span("colon"), said


def signed_quotations(text: str, paragraphs: Sequence[Span], quotes: Sequence[Span]) -> Iterator[tuple[Span, Span, list[Span]]]:
    """(signer, dash, quotation) of quotations that a name after a dash signs, on the same line or the next."""
    whole = [n for n, (s, e) in enumerate(paragraphs) if any(q[0] <= s + 1 and (q[1] - q[0]) >= 0.6 * (e - s) for q in quotes if q[0] < e and q[1] > s)]
    for n in whole:
        start, end = paragraphs[n]
        found = _SIGNED.search(text, start, end)
        if found:
            yield found.span("name"), found.span("dash"), [(start, found.start() + 1)]
        elif n + 1 < len(paragraphs):
            below = _SIGNATURE.match(text, *paragraphs[n + 1])
            if below:
                yield below.span("name"), below.span("dash"), [(start, end)]


def after_colon(text: str, paragraphs: Sequence[Span], at: int) -> list[Span]:
    """The paragraphs that a sentence ending in a colon at offset `at` introduces: the next one, and those a running quotation joins to it."""
    here = next((n for n, (s, e) in enumerate(paragraphs) if s <= at < e), None)
    if here is None or here + 1 >= len(paragraphs):
        return []
    out = [paragraphs[here + 1]]
    for s, e in paragraphs[here + 2 : here + 2 + LONGEST_TURN]:
        before = text[out[-1][0] : out[-1][1]]
        if before[:1] not in "\"“" or before[-1:] in "\"”" or text[s] not in "\"“":
            break
        out.append((s, e))
    return out
