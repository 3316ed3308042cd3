"""Whom "he", "she", "him", "her" and "his" stand for: the people of an article as they come and go, and a learned choice among them.

Every pronoun is weighed against the people spoken of in the sentences before it and in its own sentence, there also after it ("In his letter Mr. Lind
..."): named ones, and ones only described ("the driver"). The choice is a softmax over them and "none of these" (the mention-ranking model of
Denis and Baldridge 2008) with the features of antecedent_features.py and the weights of pronoun_weights.py.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from tracker.extract import lexicon as lex
from tracker.extract.antecedent_features import Asked, Somebody, Spoken, features, none_features, role_of
from tracker.extract.given_names import FEMALE_WORDS, MALE_WORDS, MEN, WOMEN, sex_of
from tracker.extract.names import Person, is_address, name_runs, strip_titles
from tracker.extract.pronoun_weights import weights as shipped_weights
from tracker.extract.sentences import Span, quoted_share
from tracker.extract.tree import CALENDAR, Tree
from tracker.text import fold

SEX: Final = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
REACH: Final = 6  # sentences that a pronoun looks over, its own counted; of GUM's pronouns 98 in 100 have their person there
MOST: Final = 12  # people it is weighed against, the last spoken of; of GUM's pronouns one in 1,250 stands for one further back
SURE: Final = 0.6
"""Probability from which the name is printed: in GUM's news, five folds, .94 of these are right and .83 of all told (from .5: .91, .87; .7: .95, .79)."""
LONGEST_NAME: Final = 5  # words
_PEOPLE: Final = lex.PEOPLE_NOUNS | lex.ROLE_NOUNS | FEMALE_WORDS | MALE_WORDS


class Chosen(NamedTuple):
    """Whom a pronoun stands for, and how sure that is (0 to 1)."""

    who: Somebody
    probability: float


class Antecedents:
    """The people of a text and, by where it stands in the text, whom each pronoun for one of them stands for."""

    def __init__(
        self, trees: Sequence[Tree], known: Mapping[str, Person], quotes: Sequence[Span] = (), weights: Mapping[str, float] | None = None,
    ) -> None:
        """`known` are the people whom the article introduces, by folded surname; `quotes` the stretches in quotation marks."""
        self.trees, self.known, self.quotes = trees, known, quotes
        self.weights = shipped_weights() if weights is None else weights
        self.people: list[Somebody] = []
        self.chosen: dict[int, Chosen] = {}
        self._spoken: list[Spoken] = []
        self._by_key: dict[str, int] = {}
        self._by_noun: dict[str, int] = {}
        self._firsts = self._first_names()
        self._bearers = self._roles()
        self._runs = [[r for r in name_runs(tree) if 1 <= len(_bare(tree, *r)) <= LONGEST_NAME] for tree in trees]
        self._named = {self._key(tree, *r) for tree, runs in zip(trees, self._runs, strict=True) for r in runs if self._is_person(tree, *r)}
        for number, tree in enumerate(trees):
            self._read(number, tree)

    def whom(self, start: int, least: float = 0.0) -> Somebody | None:
        """Whom the pronoun at this offset stands for; None where nobody fits with this probability."""
        found = self.chosen.get(start)
        return found.who if found is not None and found.probability >= least else None

    def _read(self, number: int, tree: Tree) -> None:
        """The people of a sentence, and its pronouns, from left to right."""
        pending = sorted([*self._names(number, tree), *self._nouns(number, tree)], key=lambda s: s.token)
        at = 0
        for n in range(len(tree)):
            while at < len(pending) and pending[at].token <= n:
                self._see(pending[at])
                at += 1
            if tree.tags[n] in {"PRP", "PRP$"} and tree.lower[n] in SEX:
                asked = Asked(number, n, role_of(tree, n), self._quoted(tree, n))
                self._choose(asked, tree, pending[at : at + MOST])
        for late in pending[at:]:
            self._see(late)

    def _quoted(self, tree: Tree, n: int) -> bool:
        return quoted_share((tree.parsed.starts[n], tree.parsed.ends[n]), self.quotes) == 1.0

    def _see(self, spoken: Spoken) -> None:
        self._spoken.append(spoken)
        self.people[spoken.who].seen.append(spoken)
        self.people[spoken.who].named += spoken.way == "name"

    # -- people ---------------------------------------------------------------------------------------------------------------

    def _first_names(self) -> dict[str, str]:
        """First names that stand beside one surname only, and that surname's key."""
        found: dict[str, set[str]] = {}
        for tree in self.trees:
            for run in name_runs(tree):
                bare = _bare(tree, *run)
                if len(bare) >= 2 and fold(bare[-1]) in self.known:
                    found.setdefault(fold(bare[0]), set()).add(fold(bare[-1]))
        return {first: next(iter(keys)) for first, keys in found.items() if len(keys) == 1}

    def _roles(self) -> dict[str, str]:
        """Roles that one person of the article bears, and that person's key: "the governor" is he."""
        bearers: dict[str, set[str]] = {}
        for key, person in self.known.items():
            for role in person.roles:
                bearers.setdefault(role, set()).add(key)
        return {role: next(iter(keys)) for role, keys in bearers.items() if len(keys) == 1}

    def _key(self, tree: Tree, start: int, end: int) -> str:
        """By what a run of proper nouns is kept: the folded last name, with the first name where another sex bears that last name."""
        title, bare = strip_titles(list(tree.words[start:end]))
        key = fold(bare[-1])
        if key not in self.known:
            return self._firsts.get(key, key) if len(bare) == 1 else key
        sexes = {self.known[key].sex, sex_of(title, bare[0])}
        return f"{fold(bare[0])} {key}" if len(bare) > 1 and sexes == {"m", "f"} else key

    def _is_person(self, tree: Tree, start: int, end: int) -> bool:
        """Somebody whom the article introduces, or a name that is a person's by its form."""
        bare, key = _bare(tree, start, end), self._key(tree, start, end)
        if not key or key.rstrip(".") in CALENDAR:
            return False
        if key in self.known or fold(bare[-1]) in self.known:
            return True
        label = next((lab for s, e, lab in tree.parsed.entities if s < end and e > end - 1), "")
        if label in {"LOC", "ORG"} or tree.lower[end - 1] in lex.BODY_NOUNS or not bare[-1][:1].isupper():
            return False
        return label == "PERSON" or fold(bare[0]) in MEN | WOMEN or is_address(strip_titles(list(tree.words[start:end]))[0])

    def _names(self, number: int, tree: Tree) -> Iterator[Spoken]:
        for start, end in self._runs[number]:
            key = self._key(tree, start, end)
            head = next((n for n in range(start, end) if not start <= tree.heads[n] < end), end - 1)
            body = "for" in tree.lower[end : end + 1] and any(tree.lower[k] == "the" for k in tree.kids(head, "det"))  # "the Lind for Mayor committee"
            if key not in self._named or body:
                continue
            title, bare = strip_titles(list(tree.words[start:end]))
            who = self._whose(key)
            somebody = self.people[who]
            somebody.name = somebody.name if somebody.known else max(somebody.name, " ".join(bare), key=len)
            somebody.sex = somebody.sex or sex_of(title, bare[0] if len(bare) > 1 or key == fold(bare[0]) else "")
            yield Spoken(number, head, "name", role_of(tree, head), self._quoted(tree, head), who)

    def _whose(self, key: str) -> int:
        """The place of the person of this name among the people, made when it is the first time."""
        if key not in self._by_key:
            self._by_key[key] = len(self.people)
            person = self.known.get(key, Person(""))
            self.people.append(Somebody(key, person.name, sex=person.sex, known=key in self.known))
        return self._by_key[key]

    def _nouns(self, number: int, tree: Tree) -> Iterator[Spoken]:
        for n in range(len(tree)):
            lemma = tree.lemmas[n]
            if tree.tags[n] != "NN" or lemma not in _PEOPLE or _says_what_one_is(tree, n):
                continue
            opening = {tree.lower[k] for k in tree.kids(n, "det")}
            possessed = any(tree.deps[k] == "nmod:poss" for k in tree.children[n])
            if not opening and not possessed:
                continue  # "spokesman Ed Lee", "as chairman": a title, not somebody one goes on to speak of
            definite = possessed or bool(opening & {"the", "that", "this"})
            who = self._whose(self._bearers[lemma]) if definite and not possessed and lemma in self._bearers else self._described(lemma, definite)
            yield Spoken(number, n, "noun", role_of(tree, n), self._quoted(tree, n), who)

    def _described(self, lemma: str, definite: bool) -> int:
        """The place of somebody called by this noun: the last one if it is definite, else somebody new."""
        if not definite or lemma not in self._by_noun:
            self._by_noun[lemma] = len(self.people)
            self.people.append(Somebody("", "", lemma, "f" if lemma in FEMALE_WORDS else "m" if lemma in MALE_WORDS else ""))
        return self._by_noun[lemma]

    # -- choosing -------------------------------------------------------------------------------------------------------------

    def _choose(self, asked: Asked, tree: Tree, later: Sequence[Spoken]) -> None:
        sex, start = SEX[tree.lower[asked.token]], tree.parsed.starts[asked.token]
        options = self._options(asked, {"", sex}, later)
        rows = [(s.who, tuple(features(self.trees, asked, s, self.people[s.who], rank, len(options)))) for rank, s in enumerate(options)]
        best, probability = self._pick(start, [*rows, (-1, none_features(asked, len(options)))])
        if best >= 0:
            self.chosen[start] = Chosen(self.people[best], probability)
            self._see(Spoken(asked.sentence, asked.token, "pronoun", asked.role, asked.quoted, best))
            if probability >= SURE:
                self.people[best].sex = self.people[best].sex or sex

    def _pick(self, start: int, rows: Sequence[tuple[int, tuple[str, ...]]]) -> tuple[int, float]:
        """The likeliest of the people (-1: none of them) and its probability; of equals the first. `start` is where the pronoun stands."""
        scores = [sum(self.weights.get(f, 0.0) for f in named) for _, named in rows]
        parts = [math.exp(s - max(scores)) for s in scores]
        best = max(range(len(rows)), key=lambda k: (parts[k], -k))
        return rows[best][0], parts[best] / sum(parts)

    def _options(self, asked: Asked, sexes: Collection[str], later: Sequence[Spoken]) -> list[Spoken]:
        """Where the people who may be meant were last spoken of, the nearest first; then those whom the sentence goes on to name."""
        found: dict[int, Spoken] = {}
        for spoken in reversed(self._spoken):
            if asked.sentence - spoken.sentence >= REACH or len(found) >= MOST:
                break
            if self.people[spoken.who].sex in sexes:
                found.setdefault(spoken.who, spoken)
        for spoken in later:
            if spoken.way == "name" and self.people[spoken.who].sex in sexes:
                found.setdefault(spoken.who, spoken)
        return list(found.values())


def _bare(tree: Tree, start: int, end: int) -> list[str]:
    """The words of a run of proper nouns without titles."""
    return strip_titles(list(tree.words[start:end]))[1]


def _says_what_one_is(tree: Tree, n: int) -> bool:
    """A noun that describes somebody named beside it, or is what its subject is said to be: no further person."""
    top, steps = n, 0
    while tree.base(top) == "conj" and steps < len(tree):
        top, steps = tree.heads[top], steps + 1
    if tree.base(n) in {"compound", "nmod:desc", "amod", "flat"} or tree.first(top, "cop") is not None:
        return True
    above = tree.heads[top]
    if tree.base(top) in {"appos", "flat"} and (tree.is_name(above) or tree.tags[above].startswith("NN")):
        return True
    if any(tree.is_name(k) for k in tree.kids(n, "appos", "flat", "nmod:desc")):
        return True
    below = (k for k in tree.subtree(n) if k > n)  # "an aide to the mayor, Ann Lee": wherever the parser hung the name
    return any(tree.is_name(k) and tree.base(k) == "appos" and "," in tree.words[max(0, k - 3) : k] for k in below)
