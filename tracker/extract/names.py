"""Names and descriptions inside a sentence: runs of proper nouns, titles before them, bodies and numbers in a phrase."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.extract import lexicon as lex
from tracker.extract.tree import WEEKDAYS, Tree
from tracker.text import fold


@dataclass(slots=True)
class Person:
    """A named person of the article: fullest name, sex where the words tell it, roles and bodies named with him or her."""

    name: str
    sex: str = ""
    roles: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)


def plain_body(name: str) -> str:
    """A body's name without an opening possessive or article."""
    return re.sub(r"^(?:the\s+)?(?:[\w.]+[’']s\s+)?", "", name, flags=re.I) or name


def name_runs(tree: Tree) -> Sequence[tuple[int, int]]:
    """Runs of proper nouns, initials and name particles: (first token, one past the last). Found once a tree."""
    if tree.runs is None:
        tree.runs = tuple(_find_runs(tree))
    return tree.runs


def _find_runs(tree: Tree) -> list[tuple[int, int]]:
    runs, n = [], 0
    while n < len(tree):
        if tree.is_name(n) or (tree.lower[n].rstrip(".") in lex.TITLES and tree.words[n][:1].isupper() and n + 1 < len(tree) and tree.is_name(n + 1)):
            end = n + 1
            while end < len(tree) and (
                tree.is_name(end)
                or tree.words[end] == "-"
                and end + 1 < len(tree)
                and tree.is_name(end + 1)
                or tree.lower[end] in {"al", "bin", "de", "van", "von", "la"}
                and end + 1 < len(tree)
                and tree.is_name(end + 1)
            ):
                end += 1
            runs.append((n, end))
            n = end
        else:
            n += 1
    return runs


def run_at(tree: Tree, n: int) -> tuple[int, int] | None:
    return next(((s, e) for s, e in name_runs(tree) if s <= n < e), None)


_PERSONAL = frozenset(
    (
        "mr mrs ms miss dr sen senator rep representative gov governor gen lt col "
        "maj capt sgt adm president judge justice sir dame lord rev reverend congressman congresswoman"
    ).split()
)


def is_address(title: list[str]) -> bool:
    """The words before a name are a form of address that only people have."""
    return any(w.lower().rstrip(".") in _PERSONAL for w in title[-2:])


def surnames_used(tree: Tree) -> list[str]:
    """Single names that speak or carry a form of address: "Stone said", "Mr. Stone"."""
    out = []
    for start, end in name_runs(tree):
        title, bare = strip_titles(list(tree.words[start:end]))
        if len(bare) != 1 or bare[0].lower() in lex.BODY_NOUNS or len(bare[0]) < 3:
            continue
        n = end - 1
        if is_address(title) or (tree.base(n) == "nsubj" and tree.lemmas[tree.heads[n]] in lex.SAY):
            out.append(fold(bare[0]))
    return out


def strip_titles(words: list[str]) -> tuple[list[str], list[str]]:
    """(titles and roles before the name, the name's own words); a weekday that ran into it ("On Friday Ann Lee") is no part of it."""
    at = 0
    for n, word in enumerate(words[:-1]):
        low = word.lower().rstrip(".")
        if low in WEEKDAYS or low in lex.TITLES or low in lex.ROLE_NOUNS or low in lex.BODY_NOUNS:
            at = n + 1
    bare = [w for w in words[at:] if w not in {"Jr.", "Sr.", "III", "II", "IV"}]
    joined: list[str] = []
    for word in bare:
        if joined and (word == "-" or joined[-1].endswith("-")):
            joined[-1] += word
        else:
            joined.append(word)
    return words[:at], joined


def spelled_out(before: list[str], letters: list[str]) -> str:
    """The words before a bracket whose capitals spell the acronym's letters, with at most two spare words."""
    for size in range(len(letters), min(len(before), len(letters) + 4) + 1):
        run = before[-size:]
        initials = [w.strip("\"'(")[:1] for w in run if w.strip("\"'(")[:1].isupper()]
        if initials[-len(letters) :] == letters and run[0][:1].isupper():
            return " ".join(run)
    run = [w for w in before[-4:] if w[:1].isupper()]
    return " ".join(run) if len(run) >= 2 and before and before[-1][:1].isupper() and run[0][:1] == letters[0] else ""


def body_in(tree: Tree, tokens: Sequence[int]) -> str:
    """The first body named among these tokens: an ORG or place name, or a name ending in a body noun."""
    inside = set(tokens)
    for start, end, label in tree.parsed.entities:
        if label in {"ORG", "LOC"} and all(n in inside for n in range(start, end)):
            return tree.text(range(start, end))
    for n in tokens:
        if tree.lemmas[n] in {"intelligence", "military", "government", "police", "army", "navy"} or (tree.is_name(n) and tree.lower[n] in lex.BODY_NOUNS):
            return tree.text(k for k in tree.phrase(n) if k in inside)
    return ""


def count_people(tree: Tree, head: int, tokens: Sequence[int]) -> int:
    """How many people a description names: 1 for a singular, the number if given, 0 when it is open."""
    for n in tokens:
        if tree.lower[n] in lex.PLURAL_COUNTS and tree.tags[head] not in {"NN", "NNP"}:
            return lex.PLURAL_COUNTS[tree.lower[n]]
        if tree.tags[n] == "CD" and tree.words[n].isdigit() and tree.base(n) == "nummod":
            return min(int(tree.words[n]), 1000)
    return 1 if tree.tags[head] in {"NN", "NNP"} else 0


_TOLD = frozenset("say confirm add claim announce reveal disclose state acknowledge admit".split())
LONGEST_DESCRIPTION = 14  # words; "a law enforcement official briefed on the inquiry who was not authorised to speak" says it by then


def description(tree: Tree, head: int, tokens: Sequence[int]) -> list[int]:
    """The phrase with the words that say who an unnamed voice is: "briefed on the matter", "familiar with the inquiry"."""
    run = list(tokens)
    while run[-1] + 1 < len(tree) and len(run) < LONGEST_DESCRIPTION:
        n = run[-1] + 1
        top = next((c for c in tree.children[head] if c > head and n in tree.subtree(c)), None)
        if says_so(tree, n) or top is None or tree.words[n] in {",", '"', "--", "—"} or not (_describes(tree, top) or tree.base(top) == "nmod"):
            break
        run.append(n)
    return run


def _describes(tree: Tree, n: int) -> bool:
    """A participle or adjective after a noun; "sources confirmed to the Courier" say so and are not called so."""
    return tree.tags[n] in {"VBN", "VBG", "JJ"} and tree.lemmas[n] not in _TOLD


def says_so(tree: Tree, n: int) -> bool:
    """The "who" of "members of the council who said": what they say is no part of what they are called, as in "officials who had seen the letter"."""
    return tree.tags[n] == "WP" and tree.lemmas[tree.heads[n]] in lex.SAY


def clean_phrase(tree: Tree, tokens: Sequence[int]) -> str:
    """The phrase as printed, without a possessive ending or quotation marks at its edges."""
    text = tree.text(tokens).strip(" \"'“”‘’,;:-")
    return re.sub(r"\s?['’]s?$", "", text)


def is_law(tree: Tree, n: int) -> bool:
    """A text that makes true what it says: a treaty, a law, "Article 4"; not an article of a newspaper."""
    if tree.lemmas[n] != "article":
        return tree.lemmas[n] in lex.LEGAL_TEXTS
    numbered = n + 1 < len(tree) and tree.tags[n + 1] == "CD"
    return numbered or any(tree.lemmas[c] in lex.LEGAL_TEXTS for c in tree.kids(n, "nmod"))
