"""What speaks for and against a person as the one whom a pronoun stands for: distance, grammar, who speaks, how the two hang together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from tracker.extract import lexicon as lex
from tracker.extract.tree import Tree


class Asked(NamedTuple):
    """A pronoun: sentence, token, grammatical role, and whether it stands in quotation marks."""

    sentence: int
    token: int
    role: str
    quoted: bool


class Spoken(NamedTuple):
    """Where somebody is spoken of: sentence, token, in which way (name, noun, pronoun), grammatical role, in quotation marks or not, who of the people."""

    sentence: int
    token: int
    way: str
    role: str
    quoted: bool
    who: int


@dataclass(slots=True)
class Somebody:
    """One of the people of an article: key and fullest form of the name ("" for one only described), the noun of the description, sex where it shows.

    `known` is true for people whom the article introduces; `seen` are the places where they are spoken of, `named` how many of these give the name.
    """

    key: str
    name: str = ""
    noun: str = ""
    sex: str = ""
    known: bool = False
    named: int = 0
    seen: list[Spoken] = field(default_factory=list)


def none_features(asked: Asked, options: int) -> tuple[str, ...]:
    """Features of "none of these people"."""
    return (f"none, {min(options, 3)} people", f"none, quoted {asked.quoted}", f"none, {asked.role}", "none")


def features(trees: Sequence[Tree], asked: Asked, spoken: Spoken, somebody: Somebody, rank: int, options: int) -> Iterator[str]:
    """Features of one of `options` people, last spoken of there, `rank` others later; without their weights they say nothing for or against."""
    tree, there = trees[asked.sentence], trees[spoken.sentence]
    after = (spoken.sentence, spoken.token) > (asked.sentence, asked.token)
    far = "after" if after else str(min(asked.sentence - spoken.sentence, 4))
    yield f"far {far}"
    yield f"far {far}, {spoken.role}"
    yield f"rank {min(rank, 4)}"
    yield f"rank {min(rank, 4)}, far {far}"
    yield f"{spoken.role} to {asked.role}"
    yield f"{spoken.role} to {asked.role}, far {far}"
    yield spoken.way
    yield f"{spoken.way}, far {far}"
    yield f"{'named' if somebody.key else 'described'} {min(somebody.named, 4)}"
    yield f"sex {'known' if somebody.sex else 'open'}, {'named' if somebody.key else 'described'}"
    yield f"quoted {asked.quoted}, {spoken.quoted}"
    yield f"known {somebody.known}"
    yield f"lately meant {sum(s.way == 'pronoun' and s.sentence >= asked.sentence - 1 for s in somebody.seen[-3:])}"
    if rank == 0 and options == 1:
        yield "nobody else"
    if "nsubj" in spoken.role and there.base(there.heads[spoken.token]) == "root":
        yield f"leads its sentence, far {far}"
    if _speaks(there, spoken):
        if asked.quoted and not spoken.quoted and far in {"0", "after"}:
            yield "speaks the quotation"
        if spoken.way != "pronoun":
            yield f"speaks, far {far}, quoted {asked.quoted}"
    if asked.role == "nsubj" and tree.lemmas[tree.heads[asked.token]] in lex.SAY and not asked.quoted:
        lately = (s for s in somebody.seen[-5:] if s.sentence >= asked.sentence - 2 and not s.quoted)
        yield f"speaks, as the other {'did' if any(_speaks(trees[s.sentence], s) for s in lately) else 'did not'}"
        yield f"speaks, the other {'quoted' if spoken.quoted else 'not quoted'}, far {far}"
    if spoken.sentence == asked.sentence:
        yield from _inside(tree, asked, spoken)


def _speaks(tree: Tree, spoken: Spoken) -> bool:
    return "nsubj" in spoken.role and tree.lemmas[tree.heads[spoken.token]] in lex.SAY


def _inside(tree: Tree, asked: Asked, spoken: Spoken) -> Iterator[str]:
    """How the two hang together in one sentence."""
    p, m = asked.token, spoken.token
    act, theirs = clause_of(tree, p), clause_of(tree, m)
    possessive = tree.tags[p] == "PRP$"
    if tree.under(p, m):
        yield f"inside the other's phrase, {possessive}"
    if tree.under(m, tree.heads[p] if possessive else p):
        yield f"round the other, {possessive}"
    if act == theirs and m > p:
        yield f"one clause, named after, {spoken.role}, {possessive}"
    elif act == theirs:
        yield f"one clause, {spoken.role} to {asked.role}, {'own' if tree.lower[p].endswith('self') else 'his' if possessive else 'him'}"
    elif tree.under(act, theirs):
        does = "quotes" if asked.quoted and not spoken.quoted else "says" if tree.lemmas[theirs] in lex.SAY else "acts"
        yield f"below the other's clause, {does}, {'nsubj' in spoken.role}"
        yield f"below the other's clause, {does}, {'nsubj' in spoken.role}, {asked.role}"
    elif tree.under(theirs, act):
        yield f"above the other's clause, {spoken.role}, {asked.role}"
    else:
        yield f"beside the other's clause, {'nsubj' in spoken.role}, {asked.role}"


def role_of(tree: Tree, n: int) -> str:
    """What a noun is to its verb, "poss" for a possessor, "other" for what hangs on a noun; of a conjunct what the first one is."""
    for _ in range(len(tree)):
        if tree.base(n) not in {"conj", "appos", "flat"}:
            break
        n = tree.heads[n]
    base = tree.base(n)
    if tree.deps[n] == "nmod:poss":
        return "poss"
    if base == "nsubj":
        return "nsubj" if tree.deps[n] == "nsubj" else "nsubj passive"
    if base in {"obj", "iobj"}:
        return "obj"
    return base if base in {"obl", "nmod", "root"} else "other"


def clause_of(tree: Tree, n: int) -> int:
    """The predicate that a token hangs below."""
    return next((k for k in tree.up(n) if tree.is_predicate(k)), tree.root)
