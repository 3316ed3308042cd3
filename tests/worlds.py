"""Seeded worlds: plausible tables of any size for tests and benchmarks, made without reading a single article.

`make_case(200, 50, 7)` gives the same Case in every process. The numbers in `claims` are drawn together with the rows that
they count, so that a viewer or an export can be checked against them.
"""
from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tracker.ids import content_id, digest
from tracker.tables import TABLES, Case, dumps, listed, make

_DEEDS = ("closed the ferry line", "raised the water tax", "moved the archive", "sold the old mill", "opened the dam", "halted the night trains")
_ACTORS = ("the port office", "the council of Vell", "the salt union", "the harbour master", "the Orrin ministry", "the weather service")
_NAMES = ("Courier", "Herald", "Ledger", "Mirror", "Post", "Signal", "Tribune", "Voice")
_VOICES = (("Mara Quill", "person", False), ("Orrin ministry", "body", False), ("Vell gazette", "document", False),
           ("two officials", "unnamed", True), ("a port source", "unnamed", True), ("Tern News", "outlet", False))
_DAYS = ("2031-03-01", "2031-03-02", "2031-03-04", "2031-03-09", "")

Row = dict[str, Any]


@dataclass
class World:
    """Rows by table while a world is being made; `case()` turns them into conforming tables."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in TABLES})

    def add(self, table: str, **columns: Any) -> Row:
        """One more row of a table; gives the row back."""
        self.rows[table].append(columns)
        return columns

    def case(self) -> Case:
        """The world as a Case."""
        return Case({name: make(name, rows) for name, rows in self.rows.items() if rows})

    def outlet(self, outlet_id: str, name: str, **columns: Any) -> Row:
        """One outlet."""
        return self.add("outlets", outlet_id=outlet_id, name=name, kind=columns.pop("kind", "newspaper"), **columns)

    def mention(self, claim_id: str, outlet_id: str, sentence: str, *, stance: str = "supports", credits: Sequence[tuple[str, str]] = (),
                day: str = "2031-03-01", file: str = "", **columns: Any) -> str:
        """One article of an outlet that puts the claim in one sentence, crediting the voices given; gives the mention's id."""
        start = len("Lead sentence. ")
        text = f"Lead sentence. {sentence} Last sentence."
        article_id = content_id("a", outlet_id, claim_id, text, len(self.rows["articles"]))
        self.add("articles", article_id=article_id, outlet_id=outlet_id, file=file or f"{outlet_id or 'unknown'}.txt", title=f"On {claim_id}", text=text,
                 url=columns.pop("url", f"https://{outlet_id or 'unknown'}.example/{article_id}"), published_at=day, published_grain="day" if day else "",
                 lang="en", text_digest=digest(text), file_offset=columns.pop("file_offset", 0))
        quote = sentence.rstrip(".")
        mention_id = content_id("m", article_id, start, start + len(quote), 0)
        self.add("mentions", mention_id=mention_id, article_id=article_id, start=start, end=start + len(quote), quote=quote, proposition=quote,
                 sentence_start=start, sentence_end=start + len(sentence), stance=stance, **columns)
        self.add("members", mention_id=mention_id, claim_id=claim_id)
        for hop, (speaker, kind) in enumerate(credits):
            self.add("attributions", mention_id=mention_id, branch=0, hop=hop, speaker=speaker, speaker_kind=kind, cue="said")
        return mention_id

    def origin(self, claim_id: str, label: str, mentions: Sequence[str], *, kind: str = "body", unnamed: bool = False, may_be: str = "", **columns: Any) -> str:
        """One independent origin of a claim and the mentions that rest on it; gives the origin's id."""
        origin_id = content_id("o", claim_id, label, kind, len(self.rows["origins"]))
        self.add("origins", origin_id=origin_id, claim_id=claim_id, kind=kind, label=label, unnamed=unnamed, speakers=dumps(columns.pop("speakers", [label])),
                 may_be_origin_id=may_be or origin_id, root_mention_id=mentions[0] if mentions else "", **columns)
        for mention_id in mentions:
            self.add("supports", mention_id=mention_id, origin_id=origin_id, hop=0, via="[]")
        return origin_id


    def party(self, origin_id: str, place: int, mentions: Sequence[str], *, may_be: Sequence[int] = (), **columns: Any) -> None:
        """The party that an origin is made of, in the provenance graph of its claim."""
        row = next(r for r in self.rows["origins"] if r["origin_id"] == origin_id)
        given = {"kind": row["kind"], "label": row["label"], "controller_id": row.get("controller_id", ""), **columns}
        self.add("parties", claim_id=row["claim_id"], place=place, party_id=content_id("s", origin_id), origin_id=origin_id, entry=True, fed_by="[]",
                 mentions=dumps(list(mentions)), may_be=dumps(list(may_be)), **given)


def strike() -> Case:
    """Two outlets carry a strike report that rests on one unnamed, unverified voice; a second claim is denied; a third has two origins."""
    world = World()
    world.outlet("post", "Harbour Post")
    world.outlet("courier", "Courier")
    world.outlet("signal", "Signal", kind="state-media", controller_id="orrin-state")
    first = world.mention("c-strike", "post", "A strike killed six officers.", credits=[("its intelligence source", "unnamed")])
    world.mention("c-strike", "courier", "The report of a strike is not confirmed beyond one source.", stance="unverified", day="",
                  credits=[("an intelligence source", "unnamed")])
    world.party(world.origin("c-strike", "its intelligence source", [first], kind="unnamed", unnamed=True), 0, [first])
    _claim(world, "c-strike", "A strike killed six officers", (1, 1), 2, 2, unverified=True, echo=True, unnamed_only=True, cut=["its intelligence source"])
    said = world.mention("c-plan", "post", "The ministry will send troops.", credits=[("Mara Quill", "person")])
    world.mention("c-plan", "signal", "The plan is fake news.", stance="denies", credits=[("the Orrin spokesman", "person")])
    world.party(world.origin("c-plan", "Mara Quill", [said], kind="person"), 0, [said])
    _claim(world, "c-plan", "The ministry will send troops", (1, 1), 1, 2, disputed=True, single_outlet=True, cut=["Mara Quill"])
    own = [world.mention("c-bill", o, "The bill was filed.") for o in ("post", "courier", "signal")]
    one = world.origin("c-bill", "Harbour Post", own[:1], kind="own")
    two = world.origin("c-bill", "Courier", own[1:2], kind="own")
    three = world.origin("c-bill", "Signal", own[2:], kind="own", controller_id="orrin-state", may_be=one)
    for n, (origin_id, outlet_id, near) in enumerate(((one, "post", [2]), (two, "courier", []), (three, "signal", [0]))):
        world.party(origin_id, n, own[n: n + 1], may_be=near, outlet_id=outlet_id)
    _claim(world, "c-bill", "The bill was filed", (2, 3), 3, 3, cut=["Harbour Post", "Courier", "Signal"])
    return world.case()


def make_case(n_claims: int, n_outlets: int, seed: int, *, padding: int = 0) -> Case:
    """A Case of `n_claims` claims carried by `n_outlets` outlets; equal arguments, equal bytes. `padding`: words that lengthen every sentence."""
    chance = random.Random(seed)
    world = World()
    outlets = [f"outlet-{i}" for i in range(n_outlets)]
    for i, outlet_id in enumerate(outlets):
        kind = chance.choice(("newspaper", "agency", "state-media", "broadcaster"))
        world.outlet(outlet_id, f"{_NAMES[i % len(_NAMES)]} {i}", kind=kind, country="XX", lang="en")
    for i in range(n_claims):
        _invent(world, chance, i, outlets, n_topics=max(1, min(24, n_claims // 12)), padding=padding)
    return world.case()


def _padding(chance: random.Random, words: int) -> str:
    """Made-up words, as hard to compress as news."""
    made = ("".join(chance.choice(_SYLLABLES) for _ in range(chance.choice((1, 2, 2, 3)))) for _ in range(words))
    return f", {' '.join(made)}" if words else ""


_SYLLABLES = [a + b for a in ("b", "ch", "d", "f", "k", "l", "m", "p", "r", "s", "st", "t", "v") for b in ("a", "an", "e", "er", "i", "in", "o", "on", "u")]


def _invent(world: World, chance: random.Random, i: int, outlets: Sequence[str], n_topics: int, padding: int) -> None:
    claim_id = content_id("c", i)
    wording = f"{chance.choice(_ACTORS)} {chance.choice(_DEEDS)} at site {i}"
    carriers = sorted(chance.sample(outlets, min(len(outlets), chance.choice((1, 1, 2, 2, 3, 5)))))
    n_origins = min(len(carriers), chance.choice((1, 1, 1, 2, 3)))
    voices = chance.sample(_VOICES, n_origins)
    groups: list[list[str]] = [[] for _ in voices]
    for k, outlet_id in enumerate(carriers):
        label, kind, _ = voices[k % n_origins]
        sentence = f"{wording[0].upper()}{wording[1:]}, {label} said in report {k}{_padding(chance, padding)}."
        groups[k % n_origins].append(world.mention(claim_id, outlet_id, sentence, credits=[(label, kind)], day=chance.choice(_DAYS)))
    disputed = chance.random() < 0.15
    if disputed:
        world.mention(claim_id, chance.choice(outlets), "That is false.", stance="denies", credits=[("Mara Quill", "person")])
    first = ""
    fewest = n_origins - 1 if n_origins > 1 and chance.random() < 0.3 else n_origins
    for k, ((label, kind, unnamed), mentions) in enumerate(zip(voices, groups, strict=True)):
        may_be = first if k == n_origins - 1 and fewest < n_origins else ""
        made = world.origin(claim_id, label, mentions, kind=kind, unnamed=unnamed, may_be=may_be)
        first = first or made
    _claim(world, claim_id, wording, (fewest, n_origins), len(carriers), len(carriers) + disputed, topic_id=f"topic {i % n_topics}", disputed=disputed,
           echo=len(carriers) > 1 and n_origins == 1, unnamed_only=all(u for _, _, u in voices), single_outlet=len(carriers) == 1,
           cut=[label for label, _, _ in voices], question_id=content_id("q", i // 2 if chance.random() < 0.1 else -i - 1))


def _claim(world: World, claim_id: str, wording: str, bounds: tuple[int, int], n_outlets: int, n_mentions: int, *, cut: Sequence[str], **columns: Any) -> None:
    status = "corroborated" if bounds[0] >= 2 else "possibly-corroborated" if bounds[1] >= 2 else "single-origin" if bounds[1] == 1 else "unsupported"
    found = world.rows["members"][-n_mentions:]  # a claim's mentions are made just before it
    world.add("claims", claim_id=claim_id, question_id=columns.pop("question_id", content_id("q", claim_id)), wording=wording, full_wording=wording,
              first_mention_id=found[0]["mention_id"], first_seen_at="2031-03-01", last_seen_at="2031-03-09", n_mentions=n_mentions, n_outlets=n_outlets,
              independent_min=bounds[0], independent_max=bounds[1], status=status, cut=dumps(list(cut)), cut_low=dumps(list(cut)[: bounds[0]]),
              belief=0.5 + 0.1 * bounds[0], belief_low=0.4, belief_high=0.9, credibility=3 if bounds[0] < 2 else 2, **columns)
    world.add("reasons", subject_kind="claim", subject_id=claim_id, measure="independence", rank=0, part="cut",
              detail=f"all of it hangs on: {', '.join(cut)}")


def poison(case: Case, *payloads: str) -> Case:
    """The Case with the payload in every free text cell (names, quotes, addresses, dates, ids stay linked), once for each of several payloads, side by
    side; offsets keep pointing at the quote."""
    rows = {name: [{str(k): v for k, v in row.items()} for row in frame.to_dict("records")] for name, frame in case.tables.items()}
    return Case({name: make(name, [_poisoned(name, row, payload) for payload in payloads for row in found]) for name, found in rows.items()})


_LISTS = ("speakers", "cut", "cut_low", "via")
_TEXTS = ("name", "kind", "country", "note", "url", "file", "title", "byline", "published_at", "published_grain", "speaker", "speaker_kind",
          "affiliation", "cue", "wording", "full_wording", "topic_id", "status", "first_seen_at", "last_seen_at", "label", "controller_id",
          "basis", "detail", "part", "stance", "hedge")


def _poisoned(name: str, row: Row, payload: str) -> Row:
    out = {k: (f"{payload}{v}" if k in _TEXTS else v) for k, v in row.items()}
    out.update({k: dumps([payload, *listed(row[k])]) for k in _LISTS if k in row})
    for key in (k for k in row if k.endswith("_id") and k not in ("topic_id", "controller_id")):
        out[key] = f"{row[key]}{payload}" if row[key] else ""
    if name == "parties":
        out["mentions"] = dumps([f"{m}{payload}" for m in listed(row["mentions"])])
    if name == "mentions":
        out.update(quote=payload + row["quote"], end=row["end"] + len(payload), sentence_end=row["sentence_end"] + len(payload), stance=row["stance"])
    if name == "articles":
        head, tail = row["text"][:15], row["text"][15:]
        out["text"] = head + payload + tail
    return out
