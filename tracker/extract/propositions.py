"""The clause made readable and comparable: its subject in front, a pronoun for a person replaced by the name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tracker.extract.antecedents import SEX
from tracker.extract.clauses import object_noun, subject_of
from tracker.extract.people import Directory
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
    """The printed words of a clause, relative pronoun left out, its subject in front when it stands elsewhere, and the noun that it hangs on as its object."""
    subject = subject_of(tree, head)
    relative = [n for n in run[:2] if tree.tags[n] in {"WP", "WDT"} and tree.base(n) == "nsubj"]
    rest = [n for n in run if n not in relative and n >= min(relative, default=0)]
    front = ""
    if subject is not None and subject not in rest and tree.lower[subject] not in {"it", "there"}:
        phrase = tree.phrase(subject)
        start, end = tree.chars(phrase if len(phrase) <= LONGEST_FRONT else [n for n in phrase if n <= subject])
        front = stand_in(subject) or text[start:end]
    thing = _left_out(tree, head, rest)
    if thing:
        start, end = tree.chars(thing)
        after = _gap(tree, head, rest)
        parts = [filled(tree, some, stand_in, text, known=front) if some else "" for some in ([n for n in rest if n < after], [n for n in rest if n >= after])]
        return squeeze(f"{front} {parts[0]} {text[start:end]} {parts[1]}")
    return squeeze(f"{front} {filled(tree, rest or run, stand_in, text, known=front)}")


def _left_out(tree: Tree, head: int, run: Sequence[int]) -> list[int]:
    """The noun phrase that the clause hangs on and leaves out: "the bill (she signed on Monday)"; empty where there is none or it is too long to put in."""
    noun, subject = object_noun(tree, head), tree.first(head, "nsubj")
    if noun is None or noun in run or not tree.is_verb(head) or (subject is not None and tree.tags[subject] == "DT"):  # "the parcels each held"
        return []
    phrase = tree.phrase(noun)
    return phrase if len(phrase) <= LONGEST_FRONT else []


def _gap(tree: Tree, head: int, run: Sequence[int]) -> int:
    """The token before which that noun belongs: "she signed [the bill] on Monday", "he lived in [the house] until May"."""
    after = next((n for n in run if n > head and _left_alone(tree, n, run)), head) + 1
    while after in run and tree.heads[after] == head and tree.deps[after] == "compound:prt":
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
