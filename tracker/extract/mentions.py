"""Articles to mentions and attributions: every place where a claim is put, and whom the article credits for it."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import pandas as pd

from tracker.extract import lexicon as lex
from tracker.extract.antecedents import SURE
from tracker.extract.attribution import Frame, find_frames
from tracker.extract.candidates import quoted_runs
from tracker.extract.checkable import WEAK, neither_confirms, why_not
from tracker.extract.clauses import Clause, find_clauses, quote_span, subject_of, unit_span
from tracker.extract.credits import CreditReader
from tracker.extract.denials import clears, opens_with_verb, read_denial, read_title, rebuts
from tracker.extract.describe import describe
from tracker.extract.drafts import Credit, Draft, Row
from tracker.extract.headlines import blank_scare_quotes, lower_headlines
from tracker.extract.hedges import disowns, find_hedge
from tracker.extract.learned_frames import complete_frames
from tracker.extract.people import Directory, Voice
from tracker.extract.propositions import StandIn, filled, proposition, stand_ins, tail
from tracker.extract.references import settle_references
from tracker.extract.rows import attribution_rows, mention_rows
from tracker.extract.sentences import Sentence, find_quotes, quoted_share, split_paragraphs, split_sentences
from tracker.extract.tree import Tree
from tracker.model import CueWeights, Parser
from tracker.registry import Registry
from tracker.tables import make
from tracker.text import squeeze

LEAST_REREAD = 5  # words of a content worth parsing again; shorter ones hold no clause that would be a claim
_READ = frozenset({"verb", "learned"})
_REREAD = _READ | {"according-to"}
_UNQUOTED = frozenset[int]()
_DONE = frozenset("identify document record establish release publish".split())  # of the verbs with an object those that do more than say
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
QUOTED_PARAGRAPH = 0.6  # share of a sentence in quotation marks from which it opens a quoted paragraph that the sentence before introduces
LONGEST_TITLE = 200  # characters; a longer first paragraph is the lead of an article without a title
Framed = tuple[Frame, list[Voice]]


class Extracted(NamedTuple):
    """Frames conforming to the tables mentions and attributions."""

    mentions: pd.DataFrame
    attributions: pd.DataFrame


def extract_mentions(articles: pd.DataFrame, *, parser: Parser, weights: CueWeights, registry: Registry) -> Extracted:
    """Mentions and attributions of these articles; each article is read for itself, so how they are cut cannot matter."""
    mentions: list[Row] = []
    attributions: list[Row] = []
    for row in articles.to_dict("records"):
        article = {str(k): v for k, v in row.items()}
        reader = _Reader(article, parser, weights, registry)
        mentions.extend(mention_rows(article, reader.sentences, reader.drafts))
        attributions.extend(attribution_rows(article, reader.drafts))
    return Extracted(make("mentions", mentions), make("attributions", attributions))


class _Reader:
    """Reads one article from top to bottom into drafts."""

    def __init__(self, article: dict[str, Any], parser: Parser, weights: CueWeights, registry: Registry) -> None:
        self.article, self.weights = article, weights
        self.text: str = article["text"]
        skipped = [(int(s), int(e)) for s, e in json.loads(article["furniture"]) or []]
        sentences = split_sentences(self.text, skipped)
        self.quotes = find_quotes(self.text, split_paragraphs(self.text, skipped))
        self.parser, self.lowered = parser, blank_scare_quotes(self.text, lower_headlines(self.text, sentences), self.quotes)
        parsed = {p.start: p for p in parser(self.lowered, [(s.start, s.end) for s in sentences]) if p.words}
        self.sentences = [s for s in sentences if s.start in parsed]
        self.trees = [Tree(parsed[s.start]) for s in self.sentences]
        self.directory = Directory(self.trees, registry, self.quotes)
        self.reader = CreditReader(self.directory, registry, article["outlet_id"])
        self.drafts: list[Draft] = []
        self.quote_voice: dict[int, list[Credit]] = {}
        for number, (sentence, tree) in enumerate(zip(self.sentences, self.trees, strict=True)):
            self._read_sentence(number, sentence, tree)
        self._credit_loose_quotes()
        settle_references(self.drafts)

    def _read_sentence(self, number: int, sentence: Sentence, tree: Tree) -> None:
        quoted = frozenset(n for n in range(len(tree)) if quoted_share((tree.parsed.starts[n], tree.parsed.ends[n]), self.quotes) == 1.0)
        framed = [(f, self._voices(tree, f, number)) for f in complete_frames(tree, quoted, find_frames(tree, quoted), self.weights)]
        clauses = find_clauses(tree)
        drafts = [self._draft(number, sentence, tree, c, framed, quoted) for c in clauses]
        for frame, voices in framed:
            for voice in voices:
                self.directory.heard(voice)
            credits = self.reader.credits(tree, [(frame, voices)]) if frame.rule == "quotation" or frame.content & quoted else []
            if credits:
                self.quote_voice.setdefault(sentence.paragraph, credits)
        kept = self._whole_quotes(tree, quoted, [d for d in drafts if d is not None])
        self.drafts.extend(kept or self._reread(number, sentence, tree, framed, quoted))

    def _reread(self, number: int, sentence: Sentence, tree: Tree, framed: Sequence[Framed], quoted: frozenset[int]) -> list[Draft]:
        """The mentions of a content that was lost: parsed again by itself, without the "X said" that led the parser astray."""
        lost = [(f, v) for f, v in framed if v and f.stance == "supports" and not f.object_only and f.rule in _REREAD and not f.content & quoted]
        for frame, voices in lost[-1:]:
            start, stop = max(quoted_runs(frame.content), key=lambda r: r[1] - r[0])
            span = tree.chars(range(start, stop))
            for parsed in self.parser(self.lowered, [_content_span(self.text, span)]):
                inner = Tree(parsed)
                if len(inner) >= LEAST_REREAD and (parsed.start, parsed.end) != (sentence.start, sentence.end):
                    return self._of_content(number, sentence, inner, self.reader.credits(tree, [(frame, voices)]))
        return []

    def _of_content(self, number: int, sentence: Sentence, inner: Tree, outer: list[Credit]) -> list[Draft]:
        """The mentions of a content read by itself; whom it credits inside stands behind whom the sentence credits."""
        framed = [(f, self._voices(inner, f, number)) for f in complete_frames(inner, _UNQUOTED, find_frames(inner, _UNQUOTED), self.weights)]
        drafts = [self._draft(number, sentence, inner, c, framed, _UNQUOTED) for c in find_clauses(inner)]
        for draft in (kept := [d for d in drafts if d is not None and not d.weak]):
            own = [c for c in draft.credits if c.rule != "public-act"]
            draft.credits = [replace(c, chain=[*outer[0].chain, *c.chain]) for c in own] if own and outer else outer
        return kept

    def _voices(self, tree: Tree, frame: Frame, number: int) -> list[Voice]:
        """Whom a frame credits; a pronoun that speaks is looked for in the sentences before."""
        found = (self.directory.resolve(tree, n, number - 1) for n in frame.voices)
        return [v for v in found if v is not None and v.name]

    def _draft(self, number: int, sentence: Sentence, tree: Tree, clause: Clause, framed: Sequence[Framed], quoted: frozenset[int]) -> Draft | None:
        """The mention a clause makes; None when the clause only frames another one or holds nothing checkable."""
        frames = [f for f, _ in framed]
        inserted = {n for f in frames for n in f.phrase}
        if clause.head in inserted or _is_frame(tree, clause, frames):
            return None
        run = unit_span(tree, clause, set(clause.tokens) - inserted)
        covering = [(f, v) for f, v in framed if (_same_act(tree, f, clause.head) if f.object_only else clause.head in f.content)]
        stances = {f.stance for f, _ in covering}
        in_quote = clause.head in quoted
        reason = why_not(tree, clause, run, in_quote) if run else "empty"
        asked = reason == "question" and sentence.paragraph == 0 and opens_with_verb(tree)
        rebutting, clearing = rebuts(tree, clause.head, clause.tokens), clears(tree, clause.head)
        weak = asked or (in_quote and reason in WEAK and not rebutting and not clearing)
        stances |= ({"unverified"} if asked else set()) | ({"denies"} if rebutting else set())
        silent = reason in {"no comment", "question"} and "unverified" not in stances
        silent = silent or any(neither_confirms(tree, n) for f, _ in covering for n in f.cue)
        if not run or silent or (reason and not weak and not clearing and stances <= {"supports"}):
            return None
        over = [f for f, _ in covering]
        if disowns(tree, clause.head, [v for _, voices in covering for v in voices]):
            stances.add("denies")
        titled = self._titled(run, tree) if sentence.paragraph == 0 else ""
        stances |= {titled, read_denial(tree, clause.head, over)}
        stance = "denies" if "denies" in stances else "unverified" if "unverified" in stances else "supports"
        shown = tree.chars((*quote_span(tree, clause.head, run), *_turned_by(tree, run, covering)))
        draft = Draft(number, sentence.paragraph, tree, clause.head, run, *shown, stance, in_quote, weak=weak, rebuts=rebutting)
        draft.absorbs = rebutting or clearing
        read = self.reader
        draft.credits = read.credits(tree, _said(tree, covering)) or read.impersonal(tree, over) or read.public_act(tree, clause, number)
        if titled == "denies":
            draft.credits = read.denier(tree, run, number)
            draft.start, draft.end = tree.chars((0, *run))
        self._describe(draft, over)
        return draft

    def _titled(self, run: list[int], tree: Tree) -> str:
        """What the title does to one of its clauses."""
        lines = [s for s in self.sentences if s.paragraph == 0]
        first, (start, end) = lines[0].start, tree.chars(run)
        title = self.text[first : lines[-1].end]
        return "" if len(title) > LONGEST_TITLE else read_title(title, start - first, end - first)

    def _describe(self, draft: Draft, covering: Sequence[Frame]) -> None:
        """Fill in what a draft says and how far its words hold back."""
        tree = draft.tree
        cues = [tree.lemmas[n] for f in covering for n in f.cue]
        draft.hedge = find_hedge(tree, draft.head, draft.run, cues)
        draft.allegation = any(c in lex.REFERRING_NOUNS | lex.ACCUSE for c in cues)
        self.reader.bound(draft, covering)
        stand_in = self._take_apart(draft)
        draft.proposition = proposition(tree, draft.head, draft.run, stand_in, self.text)
        draft.tail = tail(tree, draft.head, draft.run, stand_in, self.text)

    def _take_apart(self, draft: Draft) -> StandIn:
        """Fill in a draft's parts by what its pronouns likely stand for; what they surely stand for, which may be printed, comes back."""
        likely = stand_ins(draft.tree, self.directory, 0.0)
        draft.parts = describe(draft.tree, draft.head, draft.run, self.article["published_at"], likely)
        if draft.absorbs:
            draft.parts["negated"] = False
        return stand_ins(draft.tree, self.directory, SURE)

    def _whole_quotes(self, tree: Tree, quoted: frozenset[int], kept: list[Draft]) -> list[Draft]:
        """A quoted sentence with at most one checkable clause is one mention: the whole quoted stretch, cut at a pause."""
        inside = [d for d in kept if d.quoted]
        strong = [d for d in inside if not d.weak]
        if not inside or len(strong) > 1:
            return [d for d in kept if not (d.weak and d.quoted)]
        spoken, whole = quoted - _pauses(tree, inside), _stretch(quoted, inside[0].head)
        parts: dict[int, list[Draft]] = {}
        for draft in (d for d in inside if d.head in whole) if not strong or strong[0].head in whole else strong:
            parts.setdefault(_stretch(spoken, draft.head)[0], []).append(draft)
        chosen = [max(listed, key=lambda d: (not d.weak, len(d.run), -d.start)) for listed in parts.values()]
        for draft in (d for d in chosen if d.head in whole):
            part = _stretch(spoken, draft.head)
            if len(part) >= len(draft.run):
                self._widen(draft, [n for n in part if tree.tags[n] not in {"``", "''"} or n not in (whole[0], whole[-1])])
        return [d for d in kept if not d.quoted or (any(d is c for c in chosen) and _told(d) >= 2)]

    def _widen(self, draft: Draft, run: list[int]) -> None:
        """Let a draft stand for these tokens."""
        tree = draft.tree
        draft.run, draft.tail = run, ""
        draft.start, draft.end = tree.chars(run)
        stand_in = self._take_apart(draft)
        draft.proposition = squeeze(filled(tree, [n for n in run if tree.words[n] != '"'] or run, stand_in, self.text))

    def _credit_loose_quotes(self) -> None:
        """Quoted clauses that no frame covers belong to the voice of their paragraph, or of the quotation running on from above."""
        last: list[Credit] = []
        by_paragraph: dict[int, list[Credit]] = {}
        for number, sentence in enumerate(self.sentences):
            if sentence.paragraph not in by_paragraph:
                last = self.quote_voice.get(sentence.paragraph, []) or self._introduced(number) or last
                by_paragraph[sentence.paragraph] = last
        for draft in self.drafts:
            if draft.quoted and not draft.credits:
                draft.credits = [replace(c, rule="running-quote") for c in by_paragraph.get(draft.paragraph, [])]

    def _introduced(self, number: int) -> list[Credit]:
        """Who the sentence before a quoted paragraph introduces: its subject, if it quotes nothing itself."""
        sentence, before = self.sentences[number], number - 1
        if before < 0 or quoted_share((sentence.start, sentence.end), self.quotes) < QUOTED_PARAGRAPH:
            return []
        if self.sentences[before].paragraph in self.quote_voice or self.sentences[before].paragraph == 0:
            return []
        tree = self.trees[before]
        subject = subject_of(tree, tree.root)
        voice = self.directory.resolve(tree, subject, before) if subject is not None else None
        if voice is None or voice.kind not in {"person", "body"}:
            return []
        return [Credit([voice], tree.words[tree.root], tree.chars([tree.root]), "introduced")]


def _turned_by(tree: Tree, run: Sequence[int], covering: Sequence[Framed]) -> list[int]:
    """The words right before a clause that deny or ask it and their subject: without them "the mayor sold the ferry" would read as a report of it."""
    over = [(f, v) for f, v in covering if f.stance == "denies" and not f.object_only and f.rule == "verb" and v and max(f.cue) < run[0]]
    asking = [subject_of(tree, max(f.cue)) for f, _ in covering if f.stance == "unverified" and f.rule in _READ and max(f.cue) == run[0] - 1]
    for top in (n for n in asking if n is not None and n < run[0]):
        return [min(tree.phrase(top))]
    for frame, _ in over:
        first = min(min(tree.phrase(n)) for n in frame.voices)
        if first < run[0] and not any(tree.words[n] == '"' for n in range(first, run[0])):
            return [first]
    return []


def _content_span(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The span without an opening "that" and without commas at its edges."""
    start, end = span
    opening = re.match(r"[\s,:;]*(?:that\b[\s,]*)?", text[start:end])
    start += opening.end() if opening else 0
    while end > start and text[end - 1] in " ,;:-—–":
        end -= 1
    return start, end


def _said(tree: Tree, covering: Sequence[Framed]) -> list[Framed]:
    """The frames that say who says so: "the police identified the man, officials said" rests on the officials; alone it rests on the police."""
    outer = any(v and not f.object_only for f, v in covering)
    return [(f, v) for f, v in covering if not (outer and f.object_only and any(tree.lemmas[n] in _DONE for n in f.cue))]


def _is_frame(tree: Tree, clause: Clause, frames: Sequence[Frame]) -> bool:
    """The clause only says who says the rest: its predicate is a cue, or it has no finite verb beside one."""
    if any(clause.head in f.cue and not f.object_only for f in frames if f.rule != "noun"):
        return True
    if any(_only_leads(tree, clause.head, n) for f in frames if f.rule in _READ and not f.object_only for n in f.cue):
        return True
    cues = {n for f in frames if f.rule in {"verb", "quotation"} and not f.object_only for n in f.cue}
    return bool(cues & set(clause.tokens)) and not any(tree.tags[n] in FINITE for n in clause.tokens if n not in cues)


def _only_leads(tree: Tree, head: int, cue: int) -> bool:
    """The predicate does nothing but lead to the cue: "is still seeking to learn", "went on to say"."""
    above = [cue]
    while above[-1] != head and tree.tags[above[-1]] == "VB" and tree.base(above[-1]) in {"xcomp", "advcl", "csubj"}:
        above.append(tree.heads[above[-1]])
    return len(above) > 1 and above[-1] == head and all(tree.first(n, "obj", "obl") is None for n in above[1:])


def _same_act(tree: Tree, frame: Frame, head: int) -> bool:
    """The frame's cue is the clause's own predicate, or an infinitive that completes it ("continued to deny")."""
    for cue in frame.cue:
        n = cue
        while n != head and tree.heads[n] != n and (tree.base(n) in {"xcomp", "conj"} or (tree.base(n) == "advcl" and tree.tags[n] == "VB")):
            n = tree.heads[n]
        if n == head:
            return True
    return False


def _told(draft: Draft) -> int:
    """How many words of a draft tell something."""
    return sum(draft.tree.tags[n][:2] in {"NN", "VB", "JJ", "CD"} for n in draft.run)


def _pauses(tree: Tree, drafts: Sequence[Draft]) -> frozenset[int]:
    """Ellipses between two statements, each with a subject of its own: "the port is closed...the crews are sent home"."""
    opened = [n for d in drafts for n in tree.kids(d.head, "nsubj", "csubj")]
    dots = (n for n in range(len(tree)) if tree.words[n] in {"...", "…", "...."})
    return frozenset(n for n in dots if any(d.head < n for d in drafts) and any(n < s for s in opened))


def _stretch(quoted: frozenset[int], n: int) -> list[int]:
    """The unbroken run of quoted tokens round n."""
    left = right = n
    while left - 1 in quoted:
        left -= 1
    while right + 1 in quoted:
        right += 1
    return list(range(left, right + 1))
