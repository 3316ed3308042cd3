"""Stretches of a sentence that could be the source or the content of an attribution, each with named features of how it stands to the cue.

A candidate is a span of tokens (first, one past the last) or, for a content cut in two by "X said", two such spans. Features are short
strings ("path=nsubj", "quoted=all"), so that a decision can be read; `tracker.extract.learned` weighs them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.extract import lexicon as lex
from tracker.extract.tree import WEEKDAYS, Tree

Span = tuple[int, int]
Spans = tuple[Span, ...]

_EDGE = frozenset({",", ":", ";", ".", "-", "--", "—", "–", "(", ")", "...", "…", "!", "?", "―"})
_MARKS = frozenset({'"', "''", "``", "“", "”"})
_NOUNS = frozenset("NN NNS NNP NNPS PRP PRP$ WP WDT DT CD WP$ FW".split())
LONGEST_PATH = 4  # steps; longer paths are all "far"


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence with what a reading of it needs: which tokens are quoted, what it is in its paragraph, its neighbours."""

    tree: Tree
    quoted: frozenset[int]
    runs: tuple[Span, ...]
    """Runs of quoted tokens, marks included."""
    opens_paragraph: bool
    headline: bool


def quoted_runs(quoted: frozenset[int]) -> tuple[Span, ...]:
    """Unbroken runs of these tokens."""
    out: list[Span] = []
    for n in sorted(quoted):
        if out and out[-1][1] == n:
            out[-1] = (out[-1][0], n + 1)
        else:
            out.append((n, n + 1))
    return tuple(out)


def path(tree: Tree, a: int, b: int) -> str:
    """The labels on the way from token a up to the common head and down to b: "^ccomp.nsubj"; "far" beyond LONGEST_PATH."""
    ups = [a, *tree.up(a)]
    downs = [b, *tree.up(b)]
    where = {n: k for k, n in enumerate(ups)}
    for k, n in enumerate(downs):
        if n in where:
            if where[n] + k > LONGEST_PATH:
                return "far"
            return ".".join(["^" + tree.base(m) for m in ups[: where[n]]] + [tree.deps[m] for m in reversed(downs[:k])])
    return "none"


def trimmed(tree: Tree, span: Span) -> Span:
    """The span without punctuation at its edges; quotation marks stay where both or one of a pair stand inside."""
    start, end = span
    while start < end and tree.words[start] in _EDGE:
        start += 1
    while end > start and tree.words[end - 1] in _EDGE:
        end -= 1
    return start, end


def block(tree: Tree, n: int, without: Sequence[int] = ()) -> Span:
    """The unbroken run of tokens of n's subtree round n."""
    inside = set(tree.subtree(n, without))
    left = right = n
    while left - 1 in inside:
        left -= 1
    while right + 1 in inside:
        right += 1
    return trimmed(tree, (left, right + 1))


def source_candidates(place: Place, cue: int) -> list[Span]:
    """Noun phrases of the sentence, each in up to three lengths: bare, without clauses, whole."""
    tree = place.tree
    out: dict[Span, None] = {}
    for n in range(len(tree)):
        if tree.tags[n] not in _NOUNS and not (tree.tags[n] == "JJ" and tree.base(n) in {"nsubj", "obl"}):
            continue
        if tree.base(n) in {"compound", "flat", "det", "nummod"} and tree.heads[n] != cue:
            continue
        below = [cue] if tree.under(cue, n) and cue != n else []
        while below and tree.heads[below[0]] != n:
            below = [tree.heads[below[0]]]
        case = [c for c in tree.kids(n, "case", "mark", "cc", "cop", "nsubj", "aux") if c < n]
        late = [c for c in tree.kids(n, "acl", "appos", "parataxis", "advcl", "dep", "conj", "cc", "ccomp") if c > n]
        variants = ([*case, *below], [*case, *below, *tree.kids(n, "acl", "parataxis", "advcl", "dep", "ccomp")], [*case, *below, *late])
        phrase = tree.phrase(n)
        for span in (*(block(tree, n, v) for v in variants), (phrase[0], phrase[-1] + 1)):
            if span[1] > span[0] and not span[0] <= cue < span[1]:
                out[span] = None
            elif span[1] > span[0] and cue != n and span[0] < cue < span[1]:
                out[trimmed(tree, (span[0], cue))] = None
    return [s for s in out if s[1] > s[0]]


def content_candidates(place: Place, cue: int) -> list[Spans]:
    """Clauses, objects, quotations and the rest of the sentence round an inserted "X said"."""
    tree = place.tree
    out: dict[Spans, None] = {}

    def add(*spans: Span) -> None:
        kept = tuple(t for t in (trimmed(tree, s) for s in spans) if t[1] > t[0])
        if kept and not any(s <= cue < e for s, e in kept):
            out[kept] = None

    size = len(tree)
    kids = tree.children[cue]
    for child in kids:
        if tree.base(child) in {"punct", "aux", "det", "cop"}:
            continue
        add(block(tree, child))
        add(block(tree, child, list(tree.kids(child, "case", "mark"))))
        loose = [c for c in tree.kids(child, "advcl", "parataxis", "conj", "cc", "acl", "dep") if c > child]
        if loose:
            add(block(tree, child, loose))
    rights = [c for c in kids if c > cue and tree.base(c) not in {"punct", "aux", "cc"}]
    starts = [block(tree, c) for c in rights]
    for i in range(len(starts)):
        for j in range(i + 1, min(len(starts), i + 3)):
            add((starts[i][0], starts[j][1]))
        add((starts[i][0], size))
        bare = block(tree, rights[i], list(tree.kids(rights[i], "case", "mark")))
        add((bare[0], starts[-1][1]))
    lefts = [c for c in kids if c < cue and tree.base(c) not in {"punct", "aux", "cc", "nsubj"}]
    for c in lefts:
        add((0, block(tree, c)[1]))
    own = set(tree.subtree(cue))
    top = cue
    for _ in range(3):
        if tree.heads[top] == top:
            break
        top = tree.heads[top]
        inside = set(tree.subtree(top))
        low, high = min(inside), max(inside) + 1
        add(block(tree, top, [c for c in tree.children[top] if tree.under(cue, c)]))
        first = min(own)
        last = max(own) + 1
        if low < first:
            add((low, first))
            if last < high:
                add((low, first), (last, high))
        if last < high:
            add((last, high))
        kid = next((c for c in tree.children[top] if tree.under(cue, c)), None)
        if kid is not None:
            for c in tree.children[top]:
                if c != kid and tree.base(c) in {"nsubj", "obj", "ccomp", "xcomp", "obl", "advcl", "parataxis"}:
                    add(block(tree, c))
    breaks = [n for n in range(size) if tree.words[n] in {",", ":", "--", "—", *_MARKS}]
    before = [n for n in breaks if n < cue]
    for n in before[-3:]:
        add((0, n))
        if place.runs:
            for s, e in place.runs:
                if s >= cue:
                    add((0, n), (s, e))
                    add((0, n), (s, size))
    after = [n for n in breaks if n > cue]
    for n in after[:3]:
        add((n, size))
        for m in before[-2:]:
            add((0, m), (n, size))
    add((cue + 1, size))
    for n in after[:2]:
        add((cue + 1, n))
    for s, e in place.runs:
        add((s, e))
    if len(place.runs) > 1:
        add(*place.runs)
        add(place.runs[0], place.runs[-1])
        add((place.runs[0][0], place.runs[-1][1]))
    for n in range(cue + 1, min(size, cue + 9)):
        if tree.lower[n] in {"that", "whether", "if"}:
            add((n, size))
            break
    return list(out)


def cue_features(place: Place, n: int) -> list[str]:
    """How a token stands as a possible cue."""
    tree = place.tree
    lemma, tag, dep = tree.lemmas[n], tree.tags[n], tree.deps[n]
    kids = sorted({tree.base(c) for c in tree.children[n] if tree.base(c) not in {"punct"}})
    subject = tree.first(n, "nsubj")
    sort_of = who(tree, subject) if subject is not None else "none"
    quoted = "in" if n in place.quoted else "beside" if place.quoted else "no"
    out = ["c", "c.lemma=" + lemma, "c.tag=" + tag, "c.dep=" + dep, "c.lemma-tag=" + lemma + tag, "c.quoted=" + quoted, "c.who=" + sort_of]
    out += ["c.kid=" + k for k in kids]
    out += ["c.lemma-kid=" + lemma + "." + k for k in kids]
    out += ["c.tag-kids=" + tag + "." + "+".join(k for k in kids if k in {"ccomp", "xcomp", "obj", "nsubj", "acl", "advcl", "obl", "nmod"})]
    head = tree.heads[n]
    out.append("c.head=" + (tree.lemmas[head] if head != n else "root"))
    out.append("c.dep-headtag=" + dep + tree.tags[head])
    out.append("c.lemma-dep=" + lemma + "." + dep)
    out.append("c.lemma-quoted=" + lemma + quoted)
    out.append("c.lemma-who=" + lemma + sort_of)
    out.append("c.headline=" + str(place.headline) + tag)
    cases = [tree.lower[k] for c in tree.kids(n, "obl", "nmod") for k in tree.kids(c, "case")]
    out += ["c.prep=" + lemma + "." + k for k in cases[:3]]
    marks = [tree.lower[k] for c in tree.kids(n, "ccomp", "acl", "advcl", "xcomp") for k in tree.kids(c, "mark")]
    out += ["c.mark=" + k for k in marks[:3]] + ["c.lemma-mark=" + lemma + k for k in marks[:2]]
    obj = tree.first(n, "obj")
    if obj is not None:
        out.append("c.obj=" + who(tree, obj))
        out.append("c.objlemma=" + tree.lemmas[obj])
        out.append("c.lemma-obj=" + lemma + who(tree, obj))
    out.append("c.next=" + (tree.lower[n + 1] if n + 1 < len(tree) else "end"))
    out.append("c.prev=" + (tree.lower[n - 1] if n else "start"))
    neg = any(tree.lower[c] in lex.NEGATIONS for c in tree.children[n])
    aux = [tree.lower[c] for c in tree.kids(n, "aux")]
    out.append(f"c.neg={neg}")
    out += ["c.aux=" + a for a in aux[:2]]
    out.append("c.runs=" + ("beside" if any(e <= n <= e + 8 or n < s <= n + 8 for s, e in place.runs) else "no") + "." + ("say" if lemma in lex.SAY else tag))
    return out


def who(tree: Tree, n: int) -> str:
    """The sort of noun at n."""
    if tree.tags[n] in {"PRP", "WP", "WDT", "DT", "PRP$"}:
        return tree.lower[n]
    for s, e, label in tree.parsed.entities:
        if s <= n < e:
            return label
    lemma = tree.lemmas[n]
    if tree.is_name(n):
        return "name"
    if lemma in lex.PEOPLE_NOUNS:
        return "people"
    if lemma in lex.BODY_NOUNS:
        return "body"
    if lemma in lex.DOCUMENT_NOUNS:
        return "document"
    if tree.tags[n] == "NNS":
        return "plural"
    return "thing"


def _head(tree: Tree, span: Span) -> int:
    """The token of the span whose head lies outside it, the first if several."""
    return next((n for n in range(*span) if not span[0] <= tree.heads[n] < span[1] or tree.heads[n] == n), span[0])


def _near(distance: int) -> str:
    size = abs(distance)
    for limit in (0, 1, 2, 4, 8, 16):
        if size <= limit:
            return str(limit)
    return "far"


def _sort(tree: Tree, cue: int) -> str:
    lemma = tree.lemmas[cue]
    if tree.is_verb(cue):
        return "say" if lemma in lex.SAY | lex.SAY_QUOTED | lex.DENY else "verb"
    return tree.tags[cue][:2]


def content_features(place: Place, cue: int, spans: Spans) -> Iterator[str]:
    """How a candidate content stands to the cue."""
    tree = place.tree
    sort = _sort(tree, cue)
    lemma = tree.lemmas[cue]
    start, end = spans[0][0], spans[-1][1]
    head = _head(tree, spans[0])
    way = path(tree, cue, head)
    side = "both" if len(spans) > 1 else "right" if start > cue else "left" if end <= cue else "round"
    size = sum(e - s for s, e in spans)
    inside = sum(n in place.quoted for s, e in spans for n in range(s, e))
    quoted = "all" if inside >= size - 1 else "none" if not inside else "some"
    whole = "cut" if any(not _same_run(spans, r) for r in place.runs) else "kept"
    first = tree.lower[start]
    key = f"{side}.{quoted}"
    yield "t." + key
    yield f"t.{sort}.{key}.{whole}"
    yield f"t.path={way}"
    yield f"t.{sort}.path={way}.{side}"
    yield f"t.{lemma}.path={way}"
    yield f"t.{lemma}.{side}"
    yield f"t.{sort}.first={first}"
    yield f"t.{sort}.firsttag={tree.tags[start]}.{side}"
    yield f"t.{sort}.headtag={tree.tags[head]}.{side}"
    yield f"t.verb={any(tree.tags[n] in _FINITE for s, e in spans for n in range(s, e))}.{sort}.{side}"
    yield f"t.size={_near(size)}.{sort}.{side}"
    yield f"t.start={_near(start)}.{side}.{sort}"
    yield f"t.end={_near(len(tree) - end)}.{side}.{sort}"
    gap = start - cue if start > cue else cue - spans[0][1]
    yield f"t.gap={_near(gap)}.{side}.{sort}"
    before = tree.words[start - 1] if start else "^"
    after = tree.words[end] if end < len(tree) else "$"
    yield f"t.before={before if before in _EDGE or before in _MARKS or before == '^' else tree.tags[start - 1]}.{side}"
    yield f"t.after={after if after in _EDGE or after in _MARKS or after == '$' else tree.tags[end]}.{side}"
    yield f"t.lasttag={tree.tags[end - 1]}.{side}"
    loose = [n for s, e in spans for n in range(s, e) if not s <= tree.heads[n] < e and tree.heads[n] != n]
    yield f"t.loose={min(len(loose), 4)}.{side}.{sort}"
    outside = [n for n in range(len(tree)) if tree.base(n) != "punct" and not tree.under(cue, n)]
    torn = sum(1 for s, e in spans for n in outside if not s <= n < e and s <= tree.heads[n] < e)
    yield f"t.torn={min(torn, 4)}.{side}.{sort}"
    yield f"t.subject={any(tree.base(n) == 'nsubj' and tree.heads[n] == cue for s, e in spans for n in range(s, e))}.{sort}"
    yield f"t.object={any(tree.base(n) == 'obj' and tree.heads[n] == cue for s, e in spans for n in range(s, e))}.{sort}"
    for c in tree.children[cue]:
        kind = tree.base(c)
        if kind in {"ccomp", "xcomp", "obj", "obl", "advcl", "nmod", "acl", "parataxis"}:
            within = any(s <= c < e for s, e in spans)
            yield f"t.has.{kind}={within}.{sort}"
            yield f"t.has.{lemma}.{kind}={within}"
            if kind in {"obl", "advcl", "nmod"}:
                mark = next((tree.lower[k] for k in tree.kids(c, "case", "mark")), "")
                yield f"t.has.{kind}.{mark}={within}.{sort}"
                yield f"t.day={within}.{any(t.rstrip('.') in _DAYS for t in (tree.lower[c],))}"
    if len(spans) > 1:
        yield f"t.two.gap={_near(spans[1][0] - spans[0][1])}.{whole}"
    if place.headline:
        yield f"t.headline.{side}.{sort}"
    if place.opens_paragraph and start == 0:
        yield f"t.opens.{side}"


_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_DAYS = WEEKDAYS | {"yesterday", "today"}


def _same_run(spans: Spans, run: Span) -> bool:
    """The quoted run lies inside one of the spans or outside all."""
    touched = [(max(s, run[0]), min(e, run[1])) for s, e in spans if max(s, run[0]) < min(e, run[1])]
    return not touched or sum(b - a for a, b in touched) >= run[1] - run[0] - 1


def source_features(place: Place, cue: int, span: Span, content: Spans) -> Iterator[str]:
    """How a candidate source stands to the cue and to the content already chosen."""
    tree = place.tree
    sort = _sort(tree, cue)
    lemma = tree.lemmas[cue]
    head = _head(tree, span)
    way = path(tree, cue, head)
    side = "right" if span[0] > cue else "left"
    sort_of = who(tree, head)
    passive = tree.first(cue, "aux:pass") is not None
    inside = any(s <= head < e for s, e in content)
    yield "s"
    yield f"s.path={way}.{passive}"
    yield f"s.{sort}.path={way}"
    yield f"s.{lemma}.path={way}"
    yield f"s.who={sort_of}.{sort}"
    yield f"s.path-who={way}.{sort_of}"
    yield f"s.side={side}.{sort}.{passive}"
    yield f"s.inside={inside}"
    yield f"s.dep={tree.deps[head]}.{side}.{sort}"
    distance = span[0] - cue if span[0] > cue else cue - span[1]
    yield f"s.distance={_near(distance)}.{side}.{sort}"
    yield f"s.case={next((tree.lower[k] for k in tree.kids(head, 'case') if k < head), '')}.{sort}.{side}"
    size = span[1] - span[0]
    yield f"s.size={_near(size)}"
    yield f"s.size-who={_near(size)}.{sort_of}"
    before = tree.words[span[0] - 1] if span[0] else "^"
    after = tree.words[span[1]] if span[1] < len(tree) else "$"
    yield f"s.before={before if before in _EDGE or before in _MARKS or before == '^' else tree.tags[span[0] - 1]}.{side}.{sort}"
    yield f"s.after={after if after in _EDGE or after in _MARKS or after == '$' else tree.tags[span[1]]}.{side}"
    yield f"s.quoted={head in place.quoted}.{cue in place.quoted}"
    rest = [c for c in tree.children[head] if not span[0] <= c < span[1]]
    for c in rest:
        yield f"s.left-out={tree.base(c)}.{side}"
    for c in tree.children[head]:
        if span[0] <= c < span[1] and tree.base(c) in {"acl", "appos", "nmod", "conj", "parataxis", "advcl", "dep", "amod", "compound", "det"}:
            yield f"s.kept={tree.base(c)}.{'after' if c > head else 'before'}.{side}"
    yield f"s.subject-of={tree.lemmas[tree.heads[head]] == lemma}.{tree.base(head)}"
    nearest = min((abs(s - span[0]) for s, _ in content), default=99)
    yield f"s.content={_near(nearest)}.{'before' if content and content[0][0] > span[0] else 'after'}"
    verbs = sum(tree.is_verb(n) for n in range(min(span[1], cue), max(span[0], cue + 1)) if n != cue)
    yield f"s.verbs-between={min(verbs, 3)}.{side}.{sort}"


def none_features(place: Place, cue: int) -> Iterator[str]:
    """Features of naming nobody."""
    tree = place.tree
    sort = _sort(tree, cue)
    yield "n"
    yield f"n.{sort}"
    yield f"n.{tree.lemmas[cue]}"
    yield f"n.passive={tree.first(cue, 'aux:pass') is not None}.{sort}"
    yield f"n.subject={tree.first(cue, 'nsubj') is not None}.{sort}"
    yield f"n.dep={tree.deps[cue]}.{tree.tags[cue]}"
    yield f"n.agent={tree.first(cue, 'obl:agent') is not None}"
    yield f"n.poss={tree.first(cue, 'nmod:poss') is not None}.{sort}"
    if place.headline:
        yield "n.headline." + sort
