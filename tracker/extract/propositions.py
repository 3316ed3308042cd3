"""The clause made readable and comparable: its subject in front, a pronoun for a person replaced by the name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker.extract.antecedents import SEX
from tracker.extract.clauses import quote_span, subject_of
from tracker.extract.people import Directory
from tracker.extract.relatives import object_noun, told_apart
from tracker.extract.tree import Tree
from tracker.text import fold, squeeze

StandIn = Callable[[int], str]
"""The name that the pronoun at a token stands for, "" for other words and where it is not sure."""
LONGEST_FRONT = 8  # words of a subject put in front; of a longer one only what leads up to its noun; and of an object put in its place, else none is
_FILLED = frozenset(w for w in SEX if not w.endswith("self"))


def stand_ins(tree: Tree, directory: Directory, least: float) -> StandIn:
    """Names for the singular personal pronouns of a sentence, from this probability; "they" and "it" are left alone, being too often misread."""
    known: dict[int, str] = {}

    def name(n: int) -> str:
        if n not in known:
            personal = tree.tags[n].startswith("PRP") and tree.lower[n] in _FILLED
            known[n] = directory.stands_for(tree.parsed.starts[n], least) if personal else ""
        return known[n]

    return name


def proposition(tree: Tree, head: int, run: Sequence[int], stand_in: StandIn, text: str) -> str:
    """The printed words of a clause, its subject in front when it stands elsewhere, and what it leaves out put in.

    A relative pronoun gives way to the noun it stands for.
    """
    subject = subject_of(tree, head)
    thing = _left_out(tree, head, run)
    stands_for = {n: tree.base(n) for n in run[:2] if tree.tags[n] in {"WP", "WDT"} and tree.heads[n] == head and not tree.children[n]}
    known = {"nsubj": subject, "obj": thing[0] if thing else None}
    relative = [n for n, part in stands_for.items() if known.get(part) is not None]
    rest = [n for n in run if n not in relative and n >= min(relative, default=0)] or list(run)
    front = ""
    named = subject is not None and tree.lower[subject] not in {"it", "there"} and tree.first(head, "expl") is None
    if subject is not None and subject not in rest and named and not _disagree(tree, head, subject):
        front = _front(tree, head, subject, run[0], stand_in, text)
    if not thing:
        return squeeze(f"{front} {_inside(tree, rest[0], filled(tree, rest, stand_in, text, known=front), front)}")
    start, end = tree.chars(thing)
    after = _gap(tree, head, rest)
    parts = [filled(tree, some, stand_in, text, known=front) if some else "" for some in ([n for n in rest if n < after], [n for n in rest if n >= after])]
    return squeeze(f"{front} {_inside(tree, rest[0], parts[0], front)} {text[start:end]} {parts[1]}")


def _disagree(tree: Tree, head: int, subject: int) -> bool:
    """A person's name fetched for a verb of many: the subject is another one, which nobody can tell."""
    forms = {tree.lower[c] for c in tree.kids(head, "aux", "cop")}
    named = tree.is_name(subject) and tree.first(subject, "conj") is None and tree.first(subject, "flat", "nmod:desc") is not None
    return named and bool(forms & {"have", "are", "were"}) and tree.first(head, "nsubj") is None


def tail(tree: Tree, head: int, run: Sequence[int], stand_in: StandIn, text: str) -> str:
    """The clause that the quotation of a clause ends with, a mention of its own: "[two nights] on which the bell rang"; mostly ""."""
    shown = range(run[-1] + 1, quote_span(tree, head, run)[1] + 1)
    return squeeze(filled(tree, shown, stand_in, text)) if shown else ""


def _front(tree: Tree, head: int, subject: int, before: int, stand_in: StandIn, text: str) -> str:
    """The subject as it is put in front of the token `before`.

    Where the reader could not tell what a relative pronoun stands for it is all that it may stand for, with the pronoun.
    """
    doubtful = not told_apart(tree, head, subject)
    tops = [tree.heads[subject], subject] if doubtful else [c for c in tree.conjuncts(subject) if c < head] or [subject]
    phrase = [n for top in tops for n in tree.phrase(top) if n < before or subject > before] or [subject]
    phrase = list(range(min(phrase), max(phrase) + 1))
    start, end = tree.chars(phrase if len(phrase) <= LONGEST_FRONT or len(tops) > 1 else [n for n in phrase if n <= subject])
    front = stand_in(subject) or text[start:end].rstrip(" ,;:-–—")
    participle = tree.tags[head] == "VBN" and tree.base(head) in {"acl", "advcl"} and tree.first(head, "aux", "cop", "nsubj") is None
    return front + (" who" if doubtful else "," if participle else "")


def _inside(tree: Tree, first: int, words: str, front: str) -> str:
    """The words, which begin with token `first`, without the capital that only opened their sentence, when something stands before them."""
    opening = all(tree.base(n) == "punct" for n in range(first))
    named = tree.is_name(first) or tree.tags[first].startswith("PRP") or not tree.words[first][1:].islower()
    return words[:1].lower() + words[1:] if front and opening and not named else words


def _left_out(tree: Tree, head: int, run: Sequence[int]) -> list[int]:
    """The noun phrase that the clause hangs on and leaves out: "the bill (she signed on Monday)"; empty where there is none or it is too long to put in."""
    noun, subject = object_noun(tree, head), tree.first(head, "nsubj")
    each = subject is not None and tree.tags[subject] == "DT"  # "the parcels each held"
    stated = any(tree.first(c, "aux") is not None for c in tree.kids(head, "ccomp", "xcomp"))  # "which they think would cost too much"
    if noun is None or noun in run or each or stated or not tree.is_verb(head):
        return []
    phrase = tree.phrase(noun)
    return phrase if len(phrase) <= LONGEST_FRONT else []


def _gap(tree: Tree, head: int, run: Sequence[int]) -> int:
    """The token before which that noun belongs: "she signed [the bill] on Monday", "he lived in [the house] until May"."""
    verb = head
    while (further := tree.first(verb, "xcomp")) is not None and further in run and tree.is_verb(further):  # "the bill she hoped to sign [the bill]"
        verb = further
    after = next((n for n in run if n > verb and _left_alone(tree, n, run)), verb) + 1
    while after in run and tree.heads[after] == verb and tree.deps[after] == "compound:prt":
        after += 1
    return after


def _left_alone(tree: Tree, n: int, run: Sequence[int]) -> bool:
    """A preposition whose noun stands elsewhere: what follows it is another one, a stop, or nothing."""
    return tree.tags[n] == "IN" and not tree.children[n] and (n + 1 not in run or tree.tags[n + 1] in {"IN", "TO", ",", "."})


def filled(tree: Tree, run: Sequence[int], stand_in: StandIn, text: str, known: str = "") -> str:
    """The printed words of a run; the first pronoun for a person not named before it is replaced by the name."""
    start, end = tree.chars(run)
    out, at = "", start
    named = {fold(known).split()[-1]} if fold(known) else set()
    for n in run:
        named.add(fold(tree.words[n]))
        name = stand_in(n)
        if name and fold(name).split()[-1] not in named:
            named.add(fold(name).split()[-1])
            out += text[at : tree.parsed.starts[n]] + name + ("’s" if tree.tags[n] == "PRP$" else "")
            at = tree.parsed.ends[n]
    return out + text[at:end]
