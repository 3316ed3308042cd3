"""Articles to mentions and attributions: every place where a claim is put, and whom the article credits for it."""
from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

import pandas as pd

from tracker.extract import lexicon as lex
from tracker.extract.attribution import Frame, find_frames
from tracker.extract.checkable import WEAK, why_not
from tracker.extract.clauses import Clause, find_clauses, subject_of, unit_span
from tracker.extract.describe import describe
from tracker.extract.headlines import lower_headlines
from tracker.extract.hedges import find_hedge
from tracker.extract.people import Directory, Voice
from tracker.extract.sentences import Sentence, Span, find_quotes, quoted_share, split_paragraphs, split_sentences
from tracker.extract.tree import Tree
from tracker.ids import content_id
from tracker.model import Parser
from tracker.registry import Registry
from tracker.tables import dumps, make
from tracker.text import fold, squeeze

METHOD = "frames@1"
_MENTAL = frozenset({"believe", "think", "know", "hope", "expect", "fear"})


class Extracted(NamedTuple):
    """Frames conforming to the tables mentions and attributions."""

    mentions: pd.DataFrame
    attributions: pd.DataFrame


@dataclass(slots=True)
class Credit:
    """One credited voice of a mention with the relays before it, outer first, and the cue it was read from."""

    chain: list[Voice]
    cue: str
    span: Span
    rule: str


@dataclass(slots=True)
class Draft:
    """A mention while its article is being read."""

    sentence: int
    paragraph: int
    tree: Tree
    head: int
    run: list[int]
    start: int
    end: int
    stance: str
    credits: list[Credit]
    hedge: str
    quoted: bool
    refers: int = -1
    confirmed_max: int = 0
    allegation: bool = False
    weak: bool = False
    parts: dict[str, Any] = field(default_factory=dict)
    proposition: str = ""


def extract_mentions(articles: pd.DataFrame, *, parser: Parser, registry: Registry) -> Extracted:
    """Mentions and attributions of these articles; each article is read for itself, so how they are cut cannot matter."""
    mentions: list[dict[str, Any]] = []
    attributions: list[dict[str, Any]] = []
    for article in articles.to_dict("records"):
        reader = _Reader(article, parser, registry)
        for draft_id, draft in reader.ids():
            mentions.append(reader.mention_row(draft_id, draft))
            attributions.extend(_credit_rows(draft_id, draft))
    return Extracted(make("mentions", mentions), make("attributions", attributions))


class _Reader:
    """Reads one article from top to bottom."""

    def __init__(self, article: dict[str, Any], parser: Parser, registry: Registry) -> None:
        self.article, self.registry = article, registry
        self.text: str = article["text"]
        skipped = [(int(s), int(e)) for s, e in json.loads(article["furniture"]) or []]
        self.sentences = split_sentences(self.text, skipped)
        self.quotes = find_quotes(self.text, split_paragraphs(self.text, skipped))
        parsed = {p.start: p for p in parser(lower_headlines(self.text, self.sentences), [(s.start, s.end) for s in self.sentences])}
        self.sentences = [s for s in self.sentences if s.start in parsed and len(parsed[s.start].words)]
        self.trees = [Tree(parsed[s.start]) for s in self.sentences]
        self.directory = Directory(self.trees, registry)
        self.drafts: list[Draft] = []
        self.quote_voice: dict[int, list[Credit]] = {}
        for number, (sentence, tree) in enumerate(zip(self.sentences, self.trees, strict=True)):
            self._read_sentence(number, sentence, tree)
        self._credit_loose_quotes()
        self._settle_references()

    # -- one sentence ---------------------------------------------------------------------------------------------------------

    def _read_sentence(self, number: int, sentence: Sentence, tree: Tree) -> None:
        quoted = frozenset(n for n in range(len(tree)) if quoted_share((tree.parsed.starts[n], tree.parsed.ends[n]), self.quotes) == 1.0)
        frames = find_frames(tree, quoted)
        voices = {id(f): self._frame_voices(tree, f, number) for f in frames}
        clauses = find_clauses(tree)
        kept: list[Draft] = []
        dropped: set[int] = set()
        for clause in clauses:
            draft = self._draft(number, sentence, tree, clause, frames, voices, quoted)
            if draft is None:
                dropped.add(clause.head)
            else:
                kept.append(draft)
        for frame in frames:
            for voice in voices[id(frame)]:
                self.directory.heard(voice, number)
            if frame.rule == "quotation" or frame.content & quoted:
                credits = self._credits(tree, [frame], voices)
                if credits:
                    self.quote_voice.setdefault(sentence.paragraph, credits)
        self.drafts.extend(self._whole_quotes(tree, quoted, kept))

    def _whole_quotes(self, tree: Tree, quoted: frozenset[int], kept: list[Draft]) -> list[Draft]:
        """A quoted sentence with at most one checkable clause is one mention: the whole quoted stretch."""
        inside = [d for d in kept if d.quoted]
        strong = [d for d in inside if not d.weak]
        if not inside or len(strong) > 1:
            return [d for d in kept if not d.weak]
        stretch = _stretch(quoted, inside[0].head)
        chosen = strong[0] if strong else max(inside, key=lambda d: (len(d.run), -d.start))
        if len(stretch) >= len(chosen.run) and chosen.head in stretch:
            chosen.run = [n for n in stretch if tree.tags[n] not in {"``", "''"} or n not in (stretch[0], stretch[-1])]
            chosen.start, chosen.end = tree.chars(chosen.run)
            stand_in = self._stand_in(tree, chosen.sentence)
            chosen.parts = describe(tree, chosen.head, chosen.run, self.article["published_at"], stand_in)
            chosen.proposition = squeeze(_filled(tree, [n for n in chosen.run if tree.words[n] != '"'] or chosen.run, stand_in, self.text))
        if sum(tree.tags[n][:2] in {"NN", "VB", "JJ", "CD"} for n in chosen.run) < 2:
            inside = [d for d in inside if d is not chosen]
            return [d for d in kept if not d.quoted]
        return [d for d in kept if not d.quoted or d is chosen]

    def _frame_voices(self, tree: Tree, frame: Frame, number: int) -> list[Voice]:
        out = []
        for n in frame.voices:
            voice = self.directory.resolve(tree, n, number - 1)
            if voice is not None and voice.name:
                out.append(voice)
        return out

    def _draft(self, number: int, sentence: Sentence, tree: Tree, clause: Clause, frames: Sequence[Frame], voices: dict[int, list[Voice]],
               quoted: frozenset[int]) -> Draft | None:
        """The mention a clause makes; None when the clause only frames another one or holds nothing checkable."""
        if any(clause.head in f.cue and not f.object_only for f in frames if f.rule not in {"noun"}):
            return None
        cues = {n for f in frames if f.rule in {"verb", "quotation"} and not f.object_only for n in f.cue}
        if cues & set(clause.tokens) and not any(tree.tags[n] in {"VBD", "VBZ", "VBP", "MD"} for n in clause.tokens if n not in cues):
            return None
        attribution = {n for f in frames for n in f.phrase}
        if clause.head in attribution:
            return None
        covering = [f for f in frames if (_same_act(tree, f, clause.head) if f.object_only else clause.head in f.content)]
        run = unit_span(tree, clause, set(clause.tokens) - attribution)
        if not run:
            return None
        in_quote = clause.head in quoted
        reason = why_not(tree, clause, run, in_quote)
        weak = bool(reason) and in_quote and reason in WEAK
        if reason and not weak and not any(f.stance != "supports" for f in covering):
            return None
        if reason in {"no comment", "question"} and not any(f.stance == "unverified" for f in covering):
            return None
        start, end = tree.chars(run)
        stance = "denies" if any(f.stance == "denies" for f in covering) else "unverified" if any(f.stance == "unverified" for f in covering) else "supports"
        credits = self._credits(tree, covering, voices)
        if not credits:
            credits = self._public_act(tree, clause, number)
        cues = [tree.lemmas[n] for f in covering for n in f.cue]
        draft = Draft(number, sentence.paragraph, tree, clause.head, run, start, end, stance, credits, find_hedge(tree, clause.head, run, cues), in_quote)
        draft.weak = weak
        draft.allegation = any(tree.lemmas[n] in lex.REFERRING_NOUNS | lex.ACCUSE for f in covering for n in f.cue)
        self._bounds(draft, covering)
        stand_in = self._stand_in(tree, number)
        draft.parts = describe(tree, clause.head, run, self.article["published_at"], stand_in)
        draft.proposition = self._proposition(tree, clause, run, stand_in)
        return draft

    def _credits(self, tree: Tree, covering: Sequence[Frame], voices: dict[int, list[Voice]]) -> list[Credit]:
        """The credited voices of a clause under these frames, outer frame first; a denial stops the chain at the denier."""
        chain: list[tuple[Frame, list[Voice]]] = []
        for frame in sorted(covering, key=lambda f: (f.rule != "according-to", -len(f.content), f.rule != "citing", f.cue)):
            if chain and (chain[-1][0].rule == "quotation" or any(tree.lemmas[n] in _MENTAL for n in frame.cue)):
                continue
            owner = chain[-1][1][0].name if chain else next((v.name for f in covering for v in voices[id(f)] if v.kind == "outlet"), self.registry.name(self.article["outlet_id"]))
            found = [_owned(v, owner) for v in voices[id(frame)] if not self._is_self(v)]
            audience = self._audience(tree, frame)
            if audience is not None:
                chain.append((frame, [audience]))
            if found:
                chain.append((frame, found))
            if frame.stance == "denies":
                break
        if not chain:
            return []
        chain = _citing_last(chain)
        inner_frame, inner = chain[-1]
        outer = [v for _, found in chain[:-1] for v in found[:1]]
        out = []
        for voice in inner:
            path = [v for n, v in enumerate(outer) if fold(v.name) != fold(voice.name) and fold(v.name) not in {fold(o.name) for o in outer[:n]}]
            cue = " ".join(tree.words[n] for n in inner_frame.cue)
            out.append(Credit([*path, voice], cue, tree.chars(inner_frame.cue), inner_frame.rule))
        return out

    def _audience(self, tree: Tree, frame: Frame) -> Voice | None:
        """"told X": an outlet that was told it first stands between, unless it is this one."""
        for n in frame.cue:
            if tree.lemmas[n] in {"tell", "confirm", "say", "write"}:
                for child in tree.kids(n, "obj", "iobj", "obl"):
                    if tree.base(child) == "obl" and not any(tree.lower[k] == "to" for k in tree.kids(child, "case")):
                        continue
                    if not tree.is_name(child):
                        continue
                    outlet_id = self.registry.by_name(tree.text(tree.phrase(child)))
                    if outlet_id and outlet_id != self.article["outlet_id"] and self.registry.kind(outlet_id) != "official":
                        return Voice(self.registry.name(outlet_id), "outlet", outlet_id=outlet_id, how="audience")
        return None

    def _is_self(self, voice: Voice) -> bool:
        """The article credits its own outlet, which is no relay."""
        return bool(voice.outlet_id) and voice.outlet_id == self.article["outlet_id"]

    def _public_act(self, tree: Tree, clause: Clause, number: int) -> list[Credit]:
        """Promising, praising, urging: the act is the news and its named doer is whom it comes from."""
        if tree.lemmas[clause.head] not in lex.SPEECH_ACTS:
            return []
        subject = subject_of(tree, clause.head)
        if subject is None or tree.first(clause.head, "nsubj:pass") is not None:
            return []
        out = []
        for n in tree.conjuncts(subject):
            voice = self.directory.resolve(tree, n, number)
            if voice is not None and (voice.kind == "person" or voice.kind == "body" and tree.is_name(n)) and not self._is_self(voice):
                out.append(Credit([voice], tree.words[clause.head], tree.chars([clause.head]), "public-act"))
        return out

    def _bounds(self, draft: Draft, covering: Sequence[Frame]) -> None:
        """"not confirmed beyond a single source": the text itself bounds the count and names the one voice there is."""
        tree = draft.tree
        for frame in covering:
            if frame.stance != "unverified":
                continue
            for n in frame.cue:
                for child in tree.kids(n, "obl", "nmod"):
                    if any(tree.lower[k] in {"beyond", "except", "than", "besides"} for k in tree.kids(child, "case")):
                        voice = self.directory.resolve(tree, child, draft.sentence)
                        if voice is not None:
                            draft.confirmed_max = max(1, voice.number)
                            draft.credits = [Credit([voice], tree.words[n], tree.chars([n]), "confirmation")]

    def _stand_in(self, tree: Tree, number: int) -> Any:
        known: dict[int, str] = {}

        def name(n: int) -> str:
            if n not in known:
                known[n] = ""
                if tree.tags[n].startswith("PRP") and tree.lower[n] in {"he", "she", "him", "her", "his", "hers"}:
                    voice = self.directory.resolve(tree, n, number)
                    known[n] = voice.name if voice is not None and voice.kind == "person" else ""
            return known[n]

        return name

    def _proposition(self, tree: Tree, clause: Clause, run: Sequence[int], stand_in: Any) -> str:
        """The clause made readable: its subject in front when it stands elsewhere, the first pronoun for a person replaced by the name."""
        subject = subject_of(tree, clause.head)
        relative = [n for n in run[:2] if tree.tags[n] in {"WP", "WDT"} and tree.base(n) == "nsubj"]
        rest = [n for n in run if n not in relative and not (n < min(relative, default=0))]
        front = ""
        if subject is not None and subject not in rest and tree.lower[subject] not in {"it", "there"}:
            front = stand_in(subject) or self._printed(tree, tree.phrase(subject))
        return squeeze(f"{front} {_filled(tree, rest or run, stand_in, self.text, known=front)}")

    def _printed(self, tree: Tree, tokens: Sequence[int]) -> str:
        start, end = tree.chars(tokens)
        return self.text[start:end]

    # -- the whole article ----------------------------------------------------------------------------------------------------

    def _credit_loose_quotes(self) -> None:
        """Quoted clauses that no frame covers belong to the voice of their paragraph, or of the quotation running on from above."""
        last: list[Credit] = []
        by_paragraph: dict[int, list[Credit]] = {}
        for number, sentence in enumerate(self.sentences):
            paragraph = sentence.paragraph
            if paragraph in by_paragraph:
                continue
            here = self.quote_voice.get(paragraph, []) or self._introduced(number)
            by_paragraph[paragraph] = here or last
            last = here or last
        for draft in self.drafts:
            if draft.quoted and not draft.credits:
                draft.credits = [replace(c, rule="running-quote") for c in by_paragraph.get(draft.paragraph, [])]

    def _introduced(self, number: int) -> list[Credit]:
        """Who the sentence before a quoted paragraph introduces: its subject, if it quotes nothing itself."""
        before = number - 1
        if before < 0 or quoted_share((self.sentences[number].start, self.sentences[number].end), self.quotes) < 0.6:
            return []
        if self.sentences[before].paragraph in self.quote_voice or self.sentences[before].paragraph == 0:
            return []
        tree = self.trees[before]
        subject = subject_of(tree, tree.root)
        voice = self.directory.resolve(tree, subject, before) if subject is not None else None
        if voice is None or voice.kind not in {"person", "body"}:
            return []
        return [Credit([voice], tree.words[tree.root], tree.chars([tree.root]), "introduced")]

    def _settle_references(self) -> None:
        """Denials of and remarks on "these reports" refer to the mention they speak about."""
        for at, draft in enumerate(self.drafts):
            if draft.stance == "supports" or not self._is_remark(draft):
                continue
            target = self._antecedent(at)
            if target < 0:
                continue
            draft.refers = target
            spoken_of = self.drafts[target]
            vague = all(c.rule in {"noun"} or c.chain[-1].kind == "unnamed" for c in spoken_of.credits) and not any(c.chain[-1].how == "named" for c in spoken_of.credits)
            if draft.stance == "unverified" and spoken_of.stance == "supports" and vague and spoken_of.allegation:
                spoken_of.stance = "unverified"
            if draft.confirmed_max:
                spoken_of.confirmed_max = draft.confirmed_max
                spoken_of.credits = draft.credits
                spoken_of.stance = "unverified"

    def _is_remark(self, draft: Draft) -> bool:
        """The clause speaks about a report or an allegation and does not put one itself."""
        tree = draft.tree
        for child in tree.kids(draft.head, "obj", "nsubj:pass", "nsubj"):
            noun = child
            if tree.tags[noun] in {"WDT", "WP"} and tree.base(draft.head) == "acl":
                noun = tree.heads[draft.head]
            if tree.lemmas[noun] in lex.REFERRING_NOUNS | {"it", "this", "that", "involvement", "wrongdoing"} and tree.first(noun, "acl", "ccomp") in {None, draft.head}:
                return True
        return False

    def _antecedent(self, at: int) -> int:
        """The nearest earlier mention that was put as a report or allegation; else the nearest credited one of the sentences just before."""
        draft = self.drafts[at]
        names = {w for w in draft.parts.get("names", [])}
        best = -1
        for back in range(at - 1, -1, -1):
            other = self.drafts[back]
            if other.refers >= 0:
                if draft.sentence - other.sentence <= 1:
                    return other.refers
                continue
            credited = {fold(w) for c in other.credits for v in c.chain for w in v.name.split()}
            if other.allegation and other.stance != "denies" and (draft.sentence - other.sentence <= 2 or names & credited):
                return back
            if best < 0 and other.credits and draft.sentence - other.sentence == 1:
                best = back
        return best

    # -- rows -----------------------------------------------------------------------------------------------------------------

    def ids(self) -> list[tuple[str, Draft]]:
        """(mention id, draft) in reading order; clauses with the same span are told apart by their number."""
        seen: dict[Span, int] = {}
        out = []
        for draft in self.drafts:
            nth = seen.get((draft.start, draft.end), 0)
            seen[(draft.start, draft.end)] = nth + 1
            draft.parts["nth"] = nth
            out.append((content_id("m", self.article["article_id"], draft.start, draft.end, nth), draft))
        self._ids = [i for i, _ in out]
        return out

    def mention_row(self, mention_id: str, draft: Draft) -> dict[str, Any]:
        """The mention as a row of its table."""
        sentence = self.sentences[draft.sentence]
        parts = dict(draft.parts)
        nth = parts.pop("nth")
        dates = [d for d in parts["dates"] if not d.startswith("--")]
        event = dates[0] if dates else ""
        return {
            "mention_id": mention_id, "article_id": self.article["article_id"], "start": draft.start, "end": draft.end, "nth": nth,
            "quote": self.text[draft.start:draft.end], "proposition": draft.proposition, "frame": dumps({**parts, "quoted": draft.quoted, "weak": draft.weak, "title": sentence.paragraph == 0}),
            "sentence_start": sentence.start, "sentence_end": sentence.end, "stance": draft.stance, "hedge": draft.hedge,
            "event_at": event, "event_grain": {10: "day", 7: "month", 4: "year"}.get(len(event), ""),
            "refers_id": self._ids[draft.refers] if draft.refers >= 0 else "", "confirmed_max": draft.confirmed_max, "method": METHOD,
        }


def _same_act(tree: Tree, frame: Frame, head: int) -> bool:
    """The frame's cue is the clause's own predicate, or an infinitive that completes it ("continued to deny")."""
    for n in frame.cue:
        while n != head and (tree.base(n) in {"xcomp", "conj"} or (tree.base(n) == "advcl" and tree.tags[n] == "VB")) and tree.heads[n] != n:
            n = tree.heads[n]
        if n == head:
            return True
    return False


def _stretch(quoted: frozenset[int], n: int) -> list[int]:
    """The unbroken run of quoted tokens round n."""
    left = right = n
    while left - 1 in quoted:
        left -= 1
    while right + 1 in quoted:
        right += 1
    return list(range(left, right + 1))


def _owned(voice: Voice, owner: str) -> Voice:
    """"its own sources", said of an outlet or body that the sentence names, as that outlet's sources."""
    found = re.match(r"(?:its|their)\s+(?:own\s+)?", voice.name, re.I) if voice.kind == "unnamed" and owner else None
    return replace(voice, name=f"{owner}’s {voice.name[found.end():]}") if found else voice


def _citing_last(chain: list[tuple[Frame, list[Voice]]]) -> list[tuple[Frame, list[Voice]]]:
    """"citing X" names the voice behind the one that reports, wherever it stands in the sentence."""
    return sorted(chain, key=lambda c: c[0].rule == "citing")


def _filled(tree: Tree, run: Sequence[int], stand_in: Any, text: str, known: str = "") -> str:
    """The printed words of a run; the first pronoun that stands for a person not named before it is replaced by the name."""
    start, end = tree.chars(run)
    out, at = "", start
    named = {fold(known).split()[-1]} if known else set()
    for n in run:
        named.add(fold(tree.words[n]))
        name = stand_in(n)
        if name and fold(name).split()[-1] not in named:
            named.add(fold(name).split()[-1])
            out += text[at:tree.parsed.starts[n]] + name + ("’s" if tree.tags[n] == "PRP$" else "")
            at = tree.parsed.ends[n]
    return out + text[at:end]


def _credit_rows(mention_id: str, draft: Draft) -> list[dict[str, Any]]:
    """Rows of the attributions table: one a hop of each credited branch."""
    rows = []
    for branch, credit in enumerate(draft.credits):
        for hop, voice in enumerate(credit.chain):
            rows.append({
                "mention_id": mention_id, "branch": branch, "hop": hop, "speaker": voice.name, "speaker_kind": voice.kind,
                "speaker_id": content_id("s", voice.kind, fold(voice.name)), "speaker_outlet_id": voice.outlet_id, "affiliation": voice.affiliation,
                "number": voice.number, "basis": "documented" if voice.kind == "document" else "told" if voice.kind != "outlet" else "unknown",
                "cue": credit.cue, "start": credit.span[0], "end": credit.span[1], "detail": f"{credit.rule}; {voice.how}",
            })
    return rows
