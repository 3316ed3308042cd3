"""From the frames over a clause to the voices it is credited to, with the relays between."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tracker.extract import lexicon as lex
from tracker.extract.attribution import Frame
from tracker.extract.clauses import Clause, subject_of
from tracker.extract.drafts import Credit, Draft
from tracker.extract.people import Directory, Voice
from tracker.extract.tree import Tree
from tracker.registry import Registry
from tracker.text import fold

_MENTAL = frozenset({"believe", "think", "know", "hope", "expect", "fear"})
_IMPERSONAL = frozenset("report say claim allege believe think rumor rumour".split())
_QUOTED = frozenset({"quote", "cite"})
_TOLD = frozenset({"tell", "confirm", "say", "write"})
_BEYOND = frozenset({"beyond", "except", "than", "besides"})
Voices = Mapping[int, list[Voice]]
"""The resolved voices of each frame, by the frame's place in its sentence."""
Hop = tuple[Frame, list[Voice]]


class CreditReader:
    """Turns the frames of an article's clauses into credits; `outlet_id` is the article's own outlet, which is never a relay."""

    def __init__(self, directory: Directory, registry: Registry, outlet_id: str) -> None:
        self.directory, self.registry, self.outlet_id = directory, registry, outlet_id

    def credits(self, tree: Tree, covering: Sequence[tuple[Frame, list[Voice]]]) -> list[Credit]:
        """The credited voices of a clause under these frames, outer frame first; a denial stops the chain at the denier."""
        chain: list[Hop] = []
        for frame, voices in sorted(covering, key=lambda fv: _outer_first(fv[0])):
            if chain and (chain[-1][0].rule == "quotation" or any(tree.lemmas[n] in _MENTAL for n in frame.cue)):
                continue
            owner = chain[-1][1][0].name if chain else self._named_outlet(covering) if frame.rule == "citing" else ""
            audience = self._audience(tree, frame)
            chain.extend([(frame, [audience])] if audience is not None else [])
            found = [_owned(v, owner) for v in voices if not self._is_self(v)]
            chain.extend([(frame, found)] if found else [])
            if frame.stance == "denies":
                break
        return _branches(tree, sorted(chain, key=lambda c: c[0].rule == "citing")) if chain else []

    def public_act(self, tree: Tree, clause: Clause, number: int) -> list[Credit]:
        """Promising, praising, urging: the act is the news and its named doer is whom it comes from. A joint act is seen by all: nobody's word."""
        subject = subject_of(tree, clause.head)
        if tree.lemmas[clause.head] not in lex.SPEECH_ACTS or subject is None or tree.first(clause.head, "nsubj:pass") is not None:
            return []
        out = []
        doers = tree.conjuncts(subject)
        for n in doers if len(doers) == 1 else ():
            voice = self.directory.resolve(tree, n, number)
            named = voice is not None and (voice.kind == "person" or (voice.kind == "body" and tree.is_name(n)))
            if voice is not None and named and not self._is_self(voice):
                out.append(Credit([voice], tree.words[clause.head], tree.chars([clause.head]), "public-act"))
        return out

    def denier(self, tree: Tree, run: Sequence[int], number: int) -> list[Credit]:
        """Who denies a clause in its title ("X disputes report that ..."): the subject of the verb of denial before the clause.

        A title's verb is often tagged as a noun; then it is the noun right before it.
        """
        for n in range(1, run[0]):
            if lex.known_verb(tree.lower[n], tree.lemmas[n]) in lex.DENY:
                subject = subject_of(tree, n) if tree.is_verb(n) else None
                voice = self.directory.resolve(tree, n - 1 if subject is None or subject > n else subject, number)
                return [Credit([voice], tree.words[n], tree.chars([n]), "title")] if voice is not None and voice.name else []
        return []

    def impersonal(self, tree: Tree, covering: Sequence[Frame]) -> list[Credit]:
        """ "It was reported that ...": somebody not named says it, so it is not the outlet's own word."""
        for frame in covering:
            verb = next((n for n in frame.cue if tree.lemmas[n] in _IMPERSONAL and tree.first(n, "aux:pass") is not None), None)
            if frame.rule == "verb" and verb is not None and not frame.voices and tree.first(verb, "obl:agent") is None:
                voice = Voice(f"those who {tree.lemmas[verb]} so", "unnamed", how="impersonal")
                return [Credit([voice], tree.text(frame.cue), tree.chars(frame.cue), "impersonal")]
        return []

    def bound(self, draft: Draft, covering: Sequence[Frame]) -> None:
        """ "not confirmed beyond a single source": the text itself bounds the count and names the one voice there is."""
        tree = draft.tree
        for n, child in ((k, c) for f in covering if f.stance == "unverified" for k in f.cue for c in tree.kids(k, "obl", "nmod")):
            if any(tree.lower[k] in _BEYOND for k in tree.kids(child, "case")):
                voice = self.directory.resolve(tree, child, draft.sentence)
                if voice is not None:
                    draft.confirmed_max = max(1, voice.number)
                    draft.credits = [Credit([voice], tree.words[n], tree.chars([n]), "confirmation")]

    def _named_outlet(self, covering: Sequence[tuple[Frame, list[Voice]]]) -> str:
        """The outlet a sentence speaks of, for "its own sources": one it names, else the article's."""
        return next((v.name for _, voices in covering for v in voices if v.kind == "outlet"), self.registry.name(self.outlet_id))

    def _audience(self, tree: Tree, frame: Frame) -> Voice | None:
        """ "told X": an outlet that was told it first stands between, unless it is this one."""
        for child in _listeners(tree, frame):
            outlet_id = self.registry.by_name(tree.text(tree.phrase(child)))
            if outlet_id and outlet_id != self.outlet_id and self.registry.kind(outlet_id) != "official":
                return Voice(self.registry.name(outlet_id), "outlet", outlet_id=outlet_id, how="audience")
        return None

    def _is_self(self, voice: Voice) -> bool:
        """The article credits its own outlet, which is no relay."""
        return bool(voice.outlet_id) and voice.outlet_id == self.outlet_id


def _outer_first(frame: Frame) -> tuple[bool, int, bool, tuple[int, ...]]:
    """Frames that hold more stand further out; "according to" stands outside all."""
    return frame.rule != "according-to", -len(frame.content), frame.rule != "citing", frame.cue


def _listeners(tree: Tree, frame: Frame) -> Iterator[int]:
    """Names that stand as hearers of a verb of telling: "told X", "confirmed to X", "was quoted by X as saying"."""
    for n in (n for n in frame.cue if tree.lemmas[n] in _QUOTED and tree.first(n, "aux:pass") is not None):
        for verb in (n, *tree.kids(n, "advcl")):
            yield from (c for c in tree.kids(verb, "obl") if any(tree.lower[k] == "by" for k in tree.kids(c, "case")))
    for n in (n for n in frame.cue if tree.lemmas[n] in _TOLD):
        for child in tree.kids(n, "obj", "iobj", "obl"):
            to = tree.base(child) != "obl" or any(tree.lower[k] == "to" for k in tree.kids(child, "case"))
            if to and tree.is_name(child):
                yield child


def _branches(tree: Tree, chain: list[Hop]) -> list[Credit]:
    """One credit for each innermost voice, with the outer ones as relays before it, each named once."""
    frame, inner = chain[-1]
    outer = [found[0] for _, found in chain[:-1]]
    cue = " ".join(tree.words[n] for n in frame.cue)
    out = []
    for voice in inner:
        path: list[Voice] = []
        for relay in outer:
            if fold(relay.name) not in {fold(voice.name), *(fold(p.name) for p in path)}:
                path.append(relay)
        out.append(Credit([*path, voice], cue, tree.chars(frame.cue), frame.rule))
    return out


def _owned(voice: Voice, owner: str) -> Voice:
    """ "its own sources", said of an outlet or body that the sentence names, as that outlet's sources."""
    found = re.match(r"(?:its|their)\s+(?:own\s+)?", voice.name, re.I) if voice.kind == "unnamed" and owner else None
    return replace(voice, name=f"{owner}’s {voice.name[found.end() :]}") if found else voice
