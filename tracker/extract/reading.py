"""Who is credited with which words: source, cue and content spans of a text, as PolNeAR (Newell et al. 2018) draws them.

Three learned decisions over the parse: is this word the head of a cue, which stretch is its content, which noun phrase its source. What
a single sentence cannot show is added by rule: quotations that run over sentence ends, transcripts, signed quotations, colons.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.extract.candidates import (
    Place,
    Spans,
    content_candidates,
    content_features,
    cue_features,
    none_features,
    quoted_runs,
    source_candidates,
    source_features,
)
from tracker.extract.headlines import lower_headlines
from tracker.extract.layout import after_colon, signed_quotations, transcript_turns
from tracker.extract.learned import score
from tracker.extract.sentences import Sentence, Span, find_quotes, quoted_share, split_paragraphs, split_sentences
from tracker.extract.tree import Tree
from tracker.model import CueWeights, Parser

LEAST_CUE = -0.6  # log-odds from which a word counts as a cue's head; set on PolNeAR dev, where linked F1 is flat from -0.9 to 0
WHOLLY_QUOTED = 0.95  # share of a sentence in quotation marks from which it goes on with the quotation beside it


@dataclass(frozen=True, slots=True)
class Attribution:
    """One attribution as character spans; `source` is empty when nobody is named. `how` names the decision that made it."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]
    how: str
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Page:
    """A text cut and parsed: what the decisions are taken over."""

    text: str
    sentences: list[Sentence]
    places: list[Place]
    shares: list[float]
    quotes: list[Span]
    paragraphs: list[Span]


def read_page(text: str, parser: Parser, skipped: Sequence[Span] = ()) -> Page:
    """Cut and parse a text; `skipped` stretches are left out."""
    sentences = split_sentences(text, skipped)
    parsed = {p.start: p for p in parser(lower_headlines(text, sentences), [(s.start, s.end) for s in sentences]) if p.words}
    kept = [s for s in sentences if s.start in parsed]
    return make_page(text, kept, [Tree(parsed[s.start]) for s in kept], skipped)


def make_page(text: str, sentences: list[Sentence], trees: Sequence[Tree], skipped: Sequence[Span] = ()) -> Page:
    """A Page from sentences already parsed."""
    paragraphs = split_paragraphs(text, skipped)
    quotes = find_quotes(text, paragraphs)
    shares = [quoted_share((s.start, s.end), quotes) for s in sentences]
    places = [_place(n, sentences, trees[n], quotes) for n in range(len(sentences))]
    return Page(text, sentences, places, shares, quotes, paragraphs)


def _place(n: int, sentences: Sequence[Sentence], tree: Tree, quotes: Sequence[Span]) -> Place:
    quoted = frozenset(k for k in range(len(tree)) if quoted_share((tree.parsed.starts[k], tree.parsed.ends[k]), quotes) == 1.0)
    opens = n == 0 or sentences[n - 1].paragraph != sentences[n].paragraph
    return Place(tree, quoted, quoted_runs(quoted), opens, sentences[n].paragraph == 0)


def read_attributions(page: Page, weights: CueWeights) -> list[Attribution]:
    """All attributions of a page in order of their cues; contents may nest."""
    found = list(_by_layout(page))
    for n in range(len(page.sentences)):
        found.extend(_of_sentence(page, n, weights))
    return sorted(found, key=lambda a: (a.cue, a.content))


def _by_layout(page: Page) -> Iterator[Attribution]:
    for name, mark, said in transcript_turns(page.text, page.paragraphs):
        yield Attribution([name], [mark], said, "transcript")
    for name, mark, said in signed_quotations(page.text, page.paragraphs, page.quotes):
        yield Attribution([name], [mark], said, "signed")


def cues_in(place: Place, weights: CueWeights) -> list[tuple[int, float]]:
    """(head token, log-odds) of each cue of a sentence."""
    tree = place.tree
    out = []
    for k in range(len(tree)):
        if tree.lemmas[k] in weights.lemmas and can_be_cue(tree, k):
            value = score(weights.cue, cue_features(place, k))
            if value >= LEAST_CUE:
                out.append((k, value))
    return out


def can_be_cue(tree: Tree, n: int) -> bool:
    """Verbs, nouns, adjectives, "according", "per", "for", "against"."""
    return tree.tags[n][:2] in {"VB", "NN", "JJ"} or tree.lower[n] in {"according", "per", "for", "against"}


def _of_sentence(page: Page, n: int, weights: CueWeights) -> Iterator[Attribution]:
    place, sentence = page.places[n], page.sentences[n]
    tree = place.tree
    cues = cues_in(place, weights)
    colon = page.text[sentence.start : sentence.end].rstrip("\"”").endswith(":")
    for k, value in cues:
        content = choose_content(place, k, weights)
        below = after_colon(page.text, page.paragraphs, sentence.end - 1) if colon and k == cues[-1][0] and tree.is_verb(k) else []
        if not content and not below:
            continue
        source = choose_source(place, k, content, weights)
        spans = below or _spread(page, n, [tree.chars(range(*s)) for s in content], content)
        yield Attribution([tree.chars(range(*source))] if source else [], [tree.chars(range(*cue_span(tree, k)))], spans, "learned", value)


def choose_content(place: Place, cue: int, weights: CueWeights) -> Spans:
    """The best content of a cue, () without any candidate."""
    options = content_candidates(place, cue)
    scored = [(score(weights.content, content_features(place, cue, spans)), -n) for n, spans in enumerate(options)]
    return options[-max(scored)[1]] if scored else ()


def choose_source(place: Place, cue: int, content: Spans, weights: CueWeights) -> tuple[int, int] | None:
    """The best source of a cue with this content; None when nobody is named."""
    options = source_candidates(place, cue)
    scored = [(score(weights.source, source_features(place, cue, span, content)), -n) for n, span in enumerate(options)]
    nobody = score(weights.source, none_features(place, cue))
    if not scored or nobody >= max(scored)[0]:
        return None
    return options[-max(scored)[1]]


def cue_span(tree: Tree, n: int) -> tuple[int, int]:
    """The head of a cue with its auxiliaries, negation and particle."""
    if tree.lower[n] == "according" and n + 1 < len(tree):
        return n, n + 2
    near = [c for c in tree.kids(n, "aux", "compound:prt", "advmod", "cop") if n - 3 <= c <= n + 1]
    return min([n, *near]), max([n, *near]) + 1


def _spread(page: Page, n: int, spans: list[Span], content: Spans) -> list[Span]:
    """The content with the sentences its quotation runs over: before and behind, inside the paragraph."""
    place, sentences = page.places[n], page.sentences
    out = list(spans)
    if not any(k in place.quoted for s, e in content for k in range(s, e)):
        return out
    start, end = sentences[n].start, sentences[n].end
    for quote in page.quotes:
        if quote[0] < end < quote[1] and out[-1][1] > quote[0]:
            out[-1] = (out[-1][0], max(out[-1][1], quote[1]))
        if quote[0] < start < quote[1] and out[0][0] < quote[1]:
            out[0] = (min(out[0][0], quote[0]), out[0][1])
    after = n + 1
    while after < len(sentences) and sentences[after].paragraph == sentences[n].paragraph and page.shares[after] >= WHOLLY_QUOTED:
        if sentences[after].end > out[-1][1]:
            out.append((sentences[after].start, sentences[after].end))
        after += 1
    before = n - 1
    while before >= 0 and sentences[before].paragraph == sentences[n].paragraph and page.shares[before] >= WHOLLY_QUOTED:
        if sentences[before].start < out[0][0]:
            out.insert(0, (sentences[before].start, sentences[before].end))
        before -= 1
    return out
