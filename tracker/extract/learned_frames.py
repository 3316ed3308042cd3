"""The learned reading put into frames: source and content of verbs of saying, and cues that no rule of `attribution` reads.

The rules decide what a frame does (denies, leaves open, is an act of its own); on PolNeAR dev the learned reading finds the right source of
.96 of contents, the rules of .89, so source and content are its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tracker.extract import lexicon as lex
from tracker.extract.attribution import Frame, can_speak, cue_tokens, stance_of
from tracker.extract.candidates import Place, Spans, quoted_runs
from tracker.extract.names import is_law
from tracker.extract.reading import choose_content, choose_source, cues_in
from tracker.extract.tree import Tree
from tracker.model import CueWeights

LEAST_CLAIM = 0.0  # log-odds from which a learned cue credits a claim: even odds, as a wrong credit costs as much as a missing one
_PUTS_CLAIMS = lex.SAY | lex.SAY_QUOTED | lex.CONTENT_NOUNS | {"according"}
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOMINAL = frozenset({"NN", "PR", "CD", "DT", "JJ", "WP"})
_BY_PLACE = frozenset({"citing", "according-to", "noun", "unclear", "accusation"})


def complete_frames(tree: Tree, quoted: frozenset[int], known: Sequence[Frame], weights: CueWeights) -> list[Frame]:
    """The frames of a sentence with what the learned reading adds, outer ones first."""
    place = Place(tree, quoted, quoted_runs(quoted), True, False)
    cued = {n: spans for n, value in cues_in(place, weights) if value >= LEAST_CLAIM and (spans := choose_content(place, n, weights))}
    out = []
    for frame in known:
        elsewhere = frozenset(n for f in known if f is not frame for n in f.phrase)
        out.append(_with_voice(place, frame, cued, elsewhere, weights))
    spoken = {n for frame in known for n in frame.cue}
    out.extend(_added(place, ((n, spans) for n, spans in cued.items() if n not in spoken and n not in quoted), weights))
    return sorted(_settled(tree, out), key=lambda f: (-len(f.content), f.cue))


def _settled(tree: Tree, frames: Sequence[Frame]) -> Iterator[Frame]:
    """The frames with inserted "X said" phrases cut out of the others' contents; what "citing" hangs on is the content of the frame it follows."""
    for frame in frames:
        others = [f for f in frames if f.phrase and f is not frame and not set(frame.cue) & f.phrase]
        content = frame.content.difference(*(f.phrase for f in others))
        if frame.rule == "citing":
            hosts = [f for f in frames if f.phrase and max(f.cue) < min(frame.cue) and max(f.phrase) + 3 >= min(frame.cue)]
            content = max(hosts, key=lambda f: f.cue).content - frame.phrase - set(frame.cue) if hosts else content
        if any(tree.base(n) != "punct" for n in content):
            bare = frame.rule == "verb" and (not any(tree.is_predicate(n) for n in content) or _tells_thing(tree, frame, content))
            if bare and not any(tree.lemmas[n] in lex.SAY_WITH_OBJECT | lex.DENY | lex.VERIFY for n in frame.cue):
                continue  # "wrote a letter": a thing made, not a thing said
            yield replace(frame, content=content, object_only=frame.object_only or bare)


def _tells_thing(tree: Tree, frame: Frame, content: frozenset[int]) -> bool:
    """The content is what the cue is done to, "described the talks as brief": a clause that trails behind it is not what was said."""
    if not any(tree.lemmas[n] in lex.SAY_WITH_OBJECT for n in frame.cue):
        return False
    kids = [k for n in frame.cue for k in tree.children[n] if k in content]
    put = any(tree.base(k) in {"xcomp", "csubj"} or (tree.base(k) == "ccomp" and tree.first(k, "mark") is not None) for k in kids)
    return not put and any(tree.base(k) == "obj" for k in kids)


def _with_voice(place: Place, frame: Frame, cued: dict[int, Spans], elsewhere: frozenset[int], weights: CueWeights) -> Frame:
    """The frame of a verb of saying with the learned content and source, if that source can speak and does not stand in another frame's phrase."""
    head = next((n for n in frame.cue if n in cued), None)
    if head is None or frame.rule in _BY_PLACE or (frame.object_only and frame.voices):
        return frame
    tree = place.tree
    learned = voices_in(tree, choose_source(place, head, cued[head], weights))
    text = not place.quoted & frame.content and any(is_law(tree, n) for n in learned)  # what a treaty says is what it is
    pronoun = any(tree.tags[n] in {"WP", "WDT"} for n in learned)  # "members who said": the rule has the members
    agent = any(tree.deps[n] == "obl:agent" for n in frame.voices)  # "he was sued by an aide, alleging ...": not he alleges
    inserted = bool(frame.voices) and set(frame.voices) <= frame.phrase  # "the office, the report said, knew": the report says it
    printed = tree.tags[head] == "VBG" and any(tree.lemmas[n] in lex.DOCUMENT_NOUNS | lex.PRESS_NOUNS for n in frame.voices)  # "an article saying"
    keeps = text or agent or inserted or printed or (pronoun and frame.voices)
    voices = frame.voices if not learned or keeps or set(learned) & elsewhere else learned
    content = frame.content if frame.object_only or frame.phrase else frozenset(n for start, end in cued[head] for n in range(start, end))
    return replace(frame, voices=voices, content=content)


def _added(place: Place, cues: Iterable[tuple[int, Spans]], weights: CueWeights) -> Iterator[Frame]:
    """Frames of cues that no rule read: verbs of saying and nouns of content over a finite clause, with a voice."""
    tree = place.tree
    for n, spans in cues:
        if tree.lemmas[n] not in _PUTS_CLAIMS or (tree.is_verb(n) and tree.lemmas[n] not in lex.SAY | lex.SAY_QUOTED):
            continue
        content = frozenset(k for s, e in spans for k in range(s, e))
        stance = stance_of(tree, n, content)
        voices = voices_in(tree, choose_source(place, n, spans, weights))
        if stance is None or not voices or not any(tree.tags[k] in _FINITE for k in content):
            continue
        tops = [k for k in content if tree.heads[k] not in content or tree.heads[k] == k]
        act = tree.lemmas[n] in lex.SAY_QUOTED - lex.SAY or not any(tree.is_predicate(k) for k in tops)
        yield Frame(cue_tokens(tree, n), voices, content, stance, "learned", act)


def voices_in(tree: Tree, source: tuple[int, int] | None) -> tuple[int, ...]:
    """Heads of the noun phrases in a source span that can speak."""
    if source is None:
        return ()
    start, end = source
    tops = [n for n in range(start, end) if not start <= tree.heads[n] < end or tree.heads[n] == n]
    top = next((n for n in tops if tree.tags[n][:2] in _NOMINAL), tops[0])
    return tuple(n for n in tree.conjuncts(top) if start <= n < end and not tree.is_verb(n) and _speaks(tree, n))


def _speaks(tree: Tree, n: int) -> bool:
    return can_speak(tree, n) or (tree.tags[n] == "NN" and lex.names_person(tree.lemmas[n]))
