"""What a headline does to a claim, as named numbers: its cues, where they stand beside the claim's words, and how much of the claim it prints."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tracker.extract.stance_words import AUXILIARIES, CUES, FUNCTION, HARM, TURNS
from tracker.text import straight

Features = dict[str, float]
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)?|[?!:]")
_FIGURE = re.compile(r"\d+")
_QUOTED = re.compile(r"\"|(?:^| )'\w")
_COLON = re.compile(r"^([^:]{2,40}):\s")
_ENDINGS = ("ing", "edly", "ed", "es", "s", "ly")
_PAIRS = (
    ("not", "untrue"), ("deny", "untrue"), ("not", "deny"), ("not", "vouch"), ("untrue", "claim"), ("untrue", "rumour"), ("deny", "claim"),
    ("deny", "rumour"), ("deny", "report"), ("untrue", "report"), ("not", "rumour"),
)  # fmt: skip
_TELLING = ("untrue", "deny", "not", "doubt", "rumour", "report", "claim", "maybe", "think", "plan", "probe")
STRONG = 1.5  # size of the features that stand for a whole reading, against 1 for a word; 1 to 2.5 are within .001 on Emergent's folds
_KEPT = frozenset("not no n't never".split())  # stay themselves although the claim has them


def tokens(text: str) -> list[str]:
    """Words in small letters, and the marks ? ! :"""
    return [t.lower() for t in _TOKEN.findall(straight(text))]


def stem(word: str) -> str:
    """The word without a regular ending."""
    return next((word[: -len(e)] for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= 4), word)


class Pair:
    """A claim and a headline cut into words, with the places where they agree."""

    def __init__(self, claim: str, headline: str) -> None:
        self.claim, self.headline = straight(claim), straight(headline)
        self.ours, self.theirs = tokens(claim), tokens(headline)
        self.our_stems, self.stems = [stem(w) for w in self.ours], [stem(w) for w in self.theirs]
        self.content = [s for s, w in zip(self.our_stems, self.ours, strict=True) if w not in FUNCTION]
        core = set(self.content)
        self.shared = [n for n, s in enumerate(self.stems) if s in core]
        self.turns = {name: pattern.search(self.headline) is not None for name, pattern in TURNS.items()}
        self.places = {name: [n for n, w in enumerate(self.theirs) if w in cue] for name, cue in CUES.items()}
        self.names = {stem(w.lower()) for w in _TOKEN.findall(self.claim)[1:] if w[0].isupper()}
        self.asks = "?" in self.headline


def features(claim: str, headline: str) -> Features:
    """Named numbers about a headline beside a claim; those that are 0 are left out."""
    pair = Pair(claim, headline)
    found = {**_words(pair), **_cues(pair), **_pairs(pair), **_marks(pair), **_coverage(pair)}
    found |= _readings(pair, found.get("covered", 0.0))
    return {k: float(v) for k, v in found.items() if v}


def _words(pair: Pair) -> Features:
    """The headline's words, a word of the claim as "="; and the claim's words that are no names."""
    ours = set(pair.our_stems)
    line = ["=" if s in ours and s not in _KEPT and len(s) > 1 else s for s in pair.stems]
    found: Features = {f"word {w}": 1.0 for w in line}
    found |= {f"claim word {w}": 0.3 for w in pair.our_stems if w not in pair.names}
    if line:
        found[f"first {line[0]}"] = 0.5
    return found


def _cues(pair: Pair) -> Features:
    """Each kind of cue: there, how often, in the claim too, how near to the claim's words, on which side, at which end."""
    found: Features = {}
    for name, places in pair.places.items():
        in_claim = any(w in CUES[name] for w in pair.ours)
        if not places:
            found[f"{name} in the claim only"] = in_claim
            continue
        found[name] = 1.0
        found[f"{name}, times"] = min(len(places), 3) / 2
        found[f"{name} in both" if in_claim else f"{name} added"] = 1.0
        found[f"{name} at the end"] = places[-1] >= len(pair.theirs) - 2
        found[f"{name} at the start"] = places[0] <= 1
        if pair.shared:
            found[f"{name} near"] = 1 / (1 + min(abs(a - b) for a in places for b in pair.shared))
            found[f"{name} before"] = places[0] < pair.shared[0]
            found[f"{name} behind"] = places[-1] > pair.shared[-1]
    return found


def _pairs(pair: Pair) -> Features:
    """Cues that change each other: "not a hoax", "denies rumours"."""
    found: Features = {}
    for a, b in _PAIRS:
        gaps = [y - x for x in pair.places[a] for y in pair.places[b]]
        found[f"{a} and {b}"] = bool(gaps)
        found[f"{a} before {b}"] = min((g for g in gaps if g >= 0), default=9) <= 3
    found["asks, untrue"] = pair.asks and bool(pair.places["untrue"])
    found["asks, not"] = pair.asks and bool(pair.places["not"])
    return found


def _marks(pair: Pair) -> Features:
    """Question, colon, quotation marks, capitals, figures, length."""
    line, content = pair.headline, set(pair.content)
    colon = _COLON.match(line)
    front = tokens(colon.group(1)) if colon else []
    theirs, ours = set(_FIGURE.findall(line)), set(_FIGURE.findall(pair.claim))
    return {
        "asks": pair.asks,
        "asks at the end": line.rstrip(" '\"").endswith("?"),
        "asks with a verb first": bool(pair.theirs) and pair.theirs[0] in AUXILIARIES and pair.asks,
        "asks after a break": pair.asks and ":" in pair.theirs[:-1],
        "front": bool(colon),
        "front names the claim's words": any(stem(w) in content for w in front),
        f"front ends with {front[-1]}" if front else "front": 1.0 if front else bool(colon),
        "colon late": ": " in line[len(line) // 2 :],
        "quotes": bool(_QUOTED.search(line)),
        "capitals": sum(w.isupper() and len(w) > 2 for w in line.split()) > 3,
        "exclaims": "!" in line,
        "addresses": bool({"i", "i'm", "my", "we", "you", "your"} & set(pair.theirs)),
        "figure agrees": bool(theirs & ours),
        "figure added": bool(theirs - ours) and bool(ours),
        "figure lost": bool(ours - theirs),
        "length": len(pair.theirs) / 10,
        "claim's length": len(pair.ours) / 10,
        "claim of the future": "will" in pair.ours,
    }


def _coverage(pair: Pair) -> Features:
    """How much of the claim the headline prints."""
    if not pair.content:
        return {}
    theirs = set(pair.stems)
    hits = [s in theirs for s in pair.content]
    words = _TOKEN.findall(pair.claim)
    plain = [stem(w.lower()) for w in words if w[0].islower() and w.lower() not in FUNCTION]
    neighbours = set(zip(pair.our_stems, pair.our_stems[1:], strict=False))
    ours = set(pair.our_stems)
    return {
        "covered": 2 * sum(hits) / len(hits),
        "covered, first words": sum(hits[:2]) / len(hits[:2]),
        "covered, last words": sum(hits[-2:]) / len(hits[-2:]),
        "covered whole": all(hits),
        "covered nowhere": not any(hits),
        "covered little": sum(hits) < 0.3 * len(hits),
        "covered, names": len(pair.names & theirs) / max(1, len(pair.names)),
        "covered, other words": sum(w in theirs for w in plain) / max(1, len(plain)),
        "covered, neighbours": len(neighbours & set(zip(pair.stems, pair.stems[1:], strict=False))) / max(1, len(pair.ours) - 1),
        "headline's share": sum(s in ours for s in pair.stems) / max(1, len(pair.stems)),
    }


def _readings(pair: Pair, covered: float) -> Features:
    """The whole headline read: it refutes, it holds back, or it plainly puts the claim."""
    turns, ours = pair.turns, set(pair.ours)
    negated = not ours & CUES["not"] and _negates(pair.theirs, pair.stems, set(pair.content))
    well = bool(pair.places["well"]) and bool(HARM & ours)
    untrue = bool(CUES["untrue"] & set(pair.theirs) - ours) and not turns["vouching"]
    denying = turns["denying"] and not turns["denying a denial"]
    refutes = (negated or well or untrue or denying or turns["refuting"]) and not turns["vouching"] and not turns["leaving open"]
    held = not refutes and (turns["holding back"] or turns["said at the end"] or turns["said at the start"] or pair.asks)
    plain = not refutes and not held
    telling = any(pair.places[n] for n in _TELLING) or pair.asks
    read: dict[str, float] = {
        "reads as refuting": 2 * refutes,
        "reads as not refuting": not refutes,
        "reads as refuting and asking": refutes and pair.asks,
        "reads as refuting and holding back": refutes and (turns["holding back"] or turns["said at the end"] or turns["said at the start"] or pair.asks),
        "reads as holding back": held,
        "reads as holding back, as the claim does": held and bool(TURNS["holding back"].search(pair.claim)),
        "reads as plain": plain,
        "negates the claim's words": negated,
        "well, against harm": well,
        "untrue, said plainly": untrue,
        "denies, said plainly": denying,
        "covered and refuting": covered * 2 * refutes,
        "covered and holding back": covered * held,
        "covered and plain": covered * plain,
        **{f"turn: {name}": there for name, there in turns.items()},
    }
    return {**{k: STRONG * v for k, v in read.items()}, "no cue": not telling, "covered without a cue": covered * (not telling)}


def _negates(line: Sequence[str], stems: Sequence[str], content: set[str]) -> bool:
    """A negation with a word of the claim within four words behind it."""
    return any(w in CUES["not"] and any(s in content for s in stems[n + 1 : n + 5]) for n, w in enumerate(line))
