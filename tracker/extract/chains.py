"""Nested voices over a stretch of text: who says or holds it, citing whom, each by the fullest name the text has.

The innermost voice is a choice among the noun phrases of the sentence, the voice last heard, and the writer: a conditional logit over named
features, fitted on MPQA's chains (Wiebe et al. 2005; `training/fit_chains.py`). The voices outside it are read off the attributions it stands in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.extract.candidates import Place, cue_features, path, who
from tracker.extract.learned import score
from tracker.extract.learned_frames import voices_in
from tracker.extract.people import Directory
from tracker.extract.reading import Attribution, Page, can_be_cue, read_attributions
from tracker.extract.sentences import Span, quoted_share
from tracker.extract.tree import Tree
from tracker.model import CueWeights
from tracker.registry import Registry

MOSTLY = 0.8  # share of the stretch that a content must cover to be about it
WRITER, RUNNING = -1, -2
_FIRST_PERSON = frozenset("i we our us my".split())
_NOUNS = frozenset("NN NNS NNP NNPS PRP PRP$ WP CD DT".split())


@dataclass(frozen=True, slots=True)
class Option:
    """A possible innermost voice: its name, the token that heads it (or WRITER, RUNNING), what speaks for it."""

    name: str
    head: int
    features: tuple[str, ...]


class ChainReader:
    """Reads the chains of one page; `page` is cut and parsed, names are resolved inside it."""

    def __init__(self, page: Page, weights: CueWeights, registry: Registry) -> None:
        self.page, self.weights = page, weights
        self.directory = Directory([p.tree for p in page.places], registry, page.quotes)
        self.found = read_attributions(page, weights)
        self.names = [self._name_of(a) for a in self.found]
        self.cue_odds: dict[tuple[int, int], float] = {}

    def read(self, span: Span) -> list[str]:
        """The voices over a stretch of the page, outermost first; empty when only the writer says it."""
        options = self.options(span)
        scored = [(score(self.weights.voice, o.features), -n) for n, o in enumerate(options)]
        if not scored:
            return []
        best = options[-max(scored)[1]]
        if best.head == WRITER:
            return []
        return [n for n in self._outside(span, best) if n != best.name] + [best.name]

    def options(self, span: Span) -> list[Option]:
        """The possible innermost voices over a stretch, the writer first."""
        number = self._sentence(span[0])
        if number is None:
            return []
        place = self.page.places[number]
        tree = place.tree
        inside = [n for n in range(len(tree)) if tree.parsed.starts[n] < span[1] and tree.parsed.ends[n] > span[0]]
        if not inside:
            return []
        top = next((n for n in inside if tree.heads[n] not in inside or tree.heads[n] == n), inside[0])
        state = self._state(span, number, tree)
        before = self._heard_before(number)
        out = [Option("", WRITER, tuple(f"v.writer.{f}" for f in state))]
        if before:
            out.append(Option(before, RUNNING, tuple(f"v.running.{f}" for f in state)))
        for n in range(len(tree)):
            if tree.tags[n] in _NOUNS and tree.base(n) not in {"compound", "flat", "det", "nummod"} and n not in inside:
                out.append(Option(self._name(number, n), n, tuple(self._features(place, number, n, top, span, state))))
        return out

    def _state(self, span: Span, number: int, tree: Tree) -> list[str]:
        quoted = "quoted" if quoted_share(span, self.page.quotes) == 1.0 else "plain"
        first = "first" if any(tree.lower[n] in _FIRST_PERSON for n in range(len(tree))) else "third"
        over = min(2, sum(1 for a in self.found if a.source and _covers(a, span)))
        marks = "marks" if self.page.places[number].quoted else "no"
        return ["", quoted, first, f"{quoted}.{first}.{over}", f"over={over}", f"{marks}.{over}", f"verb={tree.is_verb(tree.root)}.{over}"]

    def _features(self, place: Place, number: int, n: int, top: int, span: Span, state: Sequence[str]) -> Iterator[str]:
        tree = place.tree
        way = path(tree, top, n)
        above = tree.heads[n]
        over = [a for a in self.found if a.source and _covers(a, span)]
        start, end = tree.parsed.starts[n], tree.parsed.ends[n]
        mine = sorted((k for k, a in enumerate(sorted(over, key=_size)) if a.source[0][0] <= start and end <= a.source[-1][1]))
        rank = f"{min(mine[0], 2)}of{min(len(over), 3)}" if mine else f"none.of{min(len(over), 3)}"
        odds = self._odds(number, place, above) if above != n else -9.0
        level = "yes" if odds > 0.6 else "maybe" if odds > -1.0 else "weak" if odds > -3.0 else "no"
        under = tree.under(top, above)
        role = tree.deps[n]
        yield "v"
        yield f"v.path={way}"
        yield f"v.rank={rank}"
        yield f"v.rank={rank}.{state[1]}"
        yield f"v.role={role}.{under}.{level}"
        yield f"v.who={who(tree, n)}.{role}"
        yield f"v.who={who(tree, n)}.{rank}"
        yield f"v.level={level}.{under}"
        yield f"v.lemma={tree.lemmas[above]}.{role}.{under}"
        yield f"v.down={path(tree, above, top)}.{role}"
        yield f"v.down={path(tree, above, top)}.{level}"
        yield f"v.side={n < top}.{role}"
        yield f"v.far={min(abs(n - top) // 4, 5)}.{n < top}"
        yield f"v.quoted={n in place.quoted}.{state[1]}"
        own = tree.first(top, "nsubj") == n or tree.heads[top] == above and tree.base(top) in {"xcomp", "obj", "ccomp"}
        yield f"v.own={own}.{tree.tags[top]}.{tree.base(top)}"

    def _odds(self, number: int, place: Place, n: int) -> float:
        if (number, n) not in self.cue_odds:
            known = place.tree.lemmas[n] in self.weights.lemmas and can_be_cue(place.tree, n)
            self.cue_odds[number, n] = score(self.weights.cue, cue_features(place, n)) if known else -9.0
        return self.cue_odds[number, n]

    def _sentence(self, at: int) -> int | None:
        return next((n for n, s in enumerate(self.page.sentences) if s.start <= at < s.end), None)

    def _heard_before(self, number: int) -> str:
        start = self.page.sentences[number].start
        return next((n for a, n in zip(reversed(self.found), reversed(self.names), strict=True) if n and a.cue[0][0] < start), "")

    def _outside(self, span: Span, best: Option) -> list[str]:
        """The voices of attributions over the stretch, outermost first, down to the chosen one."""
        out: list[str] = []
        for a, name in sorted(zip(self.found, self.names, strict=True), key=lambda an: (-_size(an[0]), an[0].cue)):
            if name == best.name:
                break
            if name and _covers(a, span) and name not in out:
                out.append(name)
        return out

    def _name_of(self, a: Attribution) -> str:
        """The source of an attribution by its fullest name; "" without a source."""
        number = self._sentence(a.source[0][0]) if a.source else None
        if number is None:
            return ""
        tree = self.page.places[number].tree
        inside = [n for n in range(len(tree)) if a.source[0][0] <= tree.parsed.starts[n] < a.source[-1][1]]
        voices = voices_in(tree, (inside[0], inside[-1] + 1)) if inside else ()
        printed = self.page.text[a.source[0][0] : a.source[-1][1]]
        if len(voices) != 1:
            return printed
        voice = self.directory.resolve(tree, voices[0], number)
        if voice is None:
            return printed
        self.directory.heard(voice)
        return _fuller(voice.name, printed)

    def _name(self, number: int, n: int) -> str:
        """The noun phrase at n by its fullest name."""
        tree = self.page.places[number].tree
        voice = self.directory.resolve(tree, n, number)
        printed = tree.text(tree.phrase(n))
        return _fuller(voice.name, printed) if voice is not None and voice.name else printed


def _fuller(resolved: str, printed: str) -> str:
    """The printed phrase when it holds the whole resolved name, else the name."""
    return printed if resolved in printed else resolved


def _covers(a: Attribution, span: Span) -> bool:
    inside = sum(max(0, min(e, span[1]) - max(s, span[0])) for s, e in a.content)
    return inside >= MOSTLY * max(1, span[1] - span[0])


def _size(a: Attribution) -> int:
    return sum(e - s for s, e in a.content)


def read_chains(page: Page, spans: Sequence[Span], weights: CueWeights, registry: Registry) -> list[list[str]]:
    """The chain over each of these stretches of a page."""
    reader = ChainReader(page, weights, registry)
    return [reader.read(span) for span in spans]
