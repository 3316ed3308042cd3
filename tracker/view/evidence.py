"""Tables to the plain values that the page shows: words for each claim, its quotes in their sentences, and the reasons given.

Nothing is counted here: the numbers are those of the claims table, and words only put them side by side, the apparent number of
outlets always with the effective number of origins ("5 outlets, 1-2 origins").
"""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tracker.tables import Case, listed
from tracker.text import squeeze
from tracker.view.graph import clean, node_of, outlet_node, printed_by, rows, voices_of
from tracker.view.provenance import parties_of
from tracker.view.together import joined

CONTEXT = 600  # characters of a sentence shown on each side of a quote; news sentences end long before, a broken page's do not

STATUS_WORDS: Mapping[str, str] = {
    "corroborated": "Corroborated: at least two independent origins",
    "possibly-corroborated": "Possibly corroborated: one origin for certain, perhaps more",
    "single-origin": "Single origin: everything rests on one",
    "unsupported": "Unsupported: only denials were found",
    "cannot-tell": "Cannot tell: nothing readable to judge by",
}
FLAG_WORDS: Mapping[str, str] = {"unverified": "unverified", "unnamed_only": "unnamed", "circular": "circular reporting"}

_SHOWN = ("mention_id", "article_id", "start", "end", "quote", "sentence_start", "sentence_end", "stance", "hedge", "event_at", "confirmed_max")

Row = dict[str, Any]


def page_data(case: Case, *, redact: bool = False) -> Row:
    """Everything the page knows beside the drawn nodes and lines: claims with their evidence, and the articles they stand in.

    With `redact` quotes, what stands round them, and titles are empty, and of a claim only its short wording is left.
    """
    articles = rows(case["articles"], "article_id", "outlet_id", "text", "title", "url", "file", "file_offset", "published_at", "revision_of")
    by = printed_by(case)
    voices = voices_of(case, by)
    parties, ends = parties_of(case, voices, by)
    index = {a["article_id"]: i for i, a in enumerate(articles)}
    texts = {a["article_id"]: a["text"] for a in articles}
    # A mention whose article is gone has no printed words to show, and a quote nobody can look up is no evidence.
    shown = _by_claim(case, [{**_mention(m, texts[m["article_id"]], index[m["article_id"]], redact), "ends": ends.get(m["mention_id"], [])}
                             for m in _mentions(case) if m["article_id"] in index])
    names = {o["outlet_id"]: clean(o["name"]) for o in rows(case["outlets"], "outlet_id", "name")}
    origins, why = _origins(case, voices), _reasons(case)
    outlet = {a["article_id"]: _article(a, names, redact)["name"] for a in articles}
    together = {} if redact else joined(case, {m["mention_id"]: outlet.get(m["article_id"], "") for m in _mentions(case)})
    for claim_id, reasons in together.items():
        why[claim_id].extend(reasons)
    claims = [{**_claim(c, shown[c["claim_id"]], origins[c["claim_id"]], why[c["claim_id"]]), "parties": parties.get(c["claim_id"], [])}
              for c in rows(case["claims"])]
    judged = _judged(case)
    for claim in claims:
        claim["judged"] = judged.get(claim["verdict_id"], "")
    data = {"claims": claims, "articles": [_article(a, names, redact) for a in articles]}
    for claim in claims:
        claim["full_wording"] = "" if redact else claim["full_wording"]
        claim["says"] = says(claim, data["articles"])
    return data


def bounds(low: int, high: int) -> str:
    """An interval as people read it: "1", "1-2"."""
    return str(low) if low == high else f"{low}-{high}"


def plural(count: int | str, noun: str) -> str:
    """A count with its noun: "1 outlet", "2 outlets", "1-2 origins"."""
    return f"{count} {noun}" if str(count) == "1" else f"{count} {noun}s"


def says(claim: Row, articles: Sequence[Row]) -> list[list[str]]:
    """The words under a claim's title: [kind, words], apparent and effective counts first, then what weakens it."""
    number = f"{plural(claim['n'], 'outlet')}, {'but ' if claim['echo'] else ''}{plural(bounds(claim['lo'], claim['hi']), 'origin')}"
    out = [["echo" if claim["echo"] else "count", number]]
    out += [["warn", words] for flag, words in FLAG_WORDS.items() if claim[flag]]
    if claim["judged"]:
        out.append(["judged", claim["judged"]])
    if claim["disputed"]:
        who = sorted({denier(m, articles) for m in claim["mentions"] if m["stance"] == "denies"})
        out.append(["dispute", f"disputed by {', '.join(who)}" if who else "disputed by another claim"])
    return out


def headline(data: Row) -> Row:
    """The sentence at the top: how many claims rest on one origin, and the one that most looks stronger than it is."""
    claims = data["claims"]
    single = [c for c in claims if c["status"] == "single-origin"]
    perhaps = sum(c["status"] == "possibly-corroborated" for c in claims)
    outlets = len({a["outlet"] for a in data["articles"]})
    echoes = sorted((c for c in claims if c["echo"]), key=lambda c: (not c["unverified"], -c["n"], c["id"]))
    rest = f"{'rests' if len(single) == 1 else 'rest'} on a single origin"
    return {"single": len(single), "all": len(claims), "outlets": plural(outlets, "outlet"), "rest": rest, "perhaps": perhaps,
            "looks": echoes[0] if echoes else None, "from": ", ".join(o["label"] for o in echoes[0]["origins"]) if echoes else ""}


def tiles(data: Row) -> list[Row]:
    """The five tiles: how many claims stand in each band, how many are echoes, how many disputed."""
    claims = data["claims"]
    parts = (("3", "3+ origins", lambda c: c["lo"] >= 3), ("2", "2 origins", lambda c: c["lo"] == 2), ("1", "1 origin", lambda c: c["lo"] == 1),
             ("echo", "echo: many outlets, one origin", lambda c: c["echo"]), ("disputed", "disputed", lambda c: c["disputed"]))
    return [{"key": key, "label": label, "count": sum(map(test, claims))} for key, label, test in parts]


def _mentions(case: Case) -> list[Row]:
    credits, supports = _credits(case), defaultdict(list)
    for row in rows(case["supports"]):
        supports[row["mention_id"]].append(clean(row["origin_id"]))
    return [{**m, "credits": credits[m["mention_id"]], "origins": sorted(supports[m["mention_id"]])} for m in rows(case["mentions"], *_SHOWN)]


def _mention(m: Row, text: str, article: int, redact: bool) -> Row:
    start, end = m["start"], m["end"]
    left = max(min(m["sentence_start"], start), start - CONTEXT, 0)
    right = min(max(m["sentence_end"], end), end + CONTEXT)
    words = {"before": text[left:start], "quote": m["quote"], "after": text[end:right]}
    return {"id": clean(m["mention_id"]), "key": m["mention_id"], "article": article, **{k: "" if redact else clean(v) for k, v in words.items()},
            "start": start, "end": end, "stance": clean(m["stance"]), "hedge": clean(m["hedge"]), "credits": m["credits"], "origins": m["origins"],
            "event": clean(m["event_at"]), "cap": m["confirmed_max"]}


def _by_claim(case: Case, mentions: Iterable[Row]) -> dict[str, list[Row]]:
    claim_of = {m["mention_id"]: m["claim_id"] for m in rows(case["members"])}
    out: dict[str, list[Row]] = defaultdict(list)
    for mention in mentions:
        key = mention.pop("key")
        if key in claim_of:
            out[claim_of[key]].append(mention)
    return out


def _credits(case: Case) -> dict[str, list[Row]]:
    """Mention id to the innermost voice of each branch and the relays between; none is the outlet's own reporting."""
    hops: dict[tuple[str, int], list[str]] = defaultdict(list)
    for row in rows(case["attributions"]):
        hops[row["mention_id"], row["branch"]].append(squeeze(clean(row["speaker"])))
    out: dict[str, list[Row]] = defaultdict(list)
    for (mention_id, _), chain in sorted(hops.items()):
        out[mention_id].append({"who": chain[-1], "via": chain[:-1]})
    return out


def _origins(case: Case, voices: Mapping[str, str]) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = defaultdict(list)
    for row in rows(case["origins"]):
        may = row["may_be_origin_id"]
        out[row["claim_id"]].append({
            "id": clean(row["origin_id"]), "voice": node_of("voice", voices[row["origin_id"]]), "label": clean(row["label"]), "kind": clean(row["kind"]),
            "unnamed": row["unnamed"], "basis": clean(row["basis"]), "reliability": clean(row["reliability"]),
            "speakers": [clean(str(s)) for s in listed(row["speakers"])], "may": clean(may) if may != row["origin_id"] else ""})
    return out


def _reasons(case: Case) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = defaultdict(list)
    for row in rows(case["reasons"].sort_values(["subject_id", "measure", "rank"], kind="stable")):
        if row["subject_kind"] == "claim":
            texts = {name: clean(row[name]) for name in ("measure", "part", "detail")}
            out[row["subject_id"]].append({**texts, "effect": row["effect"]})
    return out


def _claim(c: Row, mentions: list[Row], origins: list[Row], why: list[Row]) -> Row:
    texts = {name: clean(c[name]) for name in ("wording", "full_wording", "status")}
    flags = {name: c[name] for name in ("disputed", "unverified", "echo", "unnamed_only", "single_outlet", "circular")}
    return {"id": clean(c["claim_id"]), "question": clean(c["question_id"]), "topic": squeeze(clean(c["topic_id"])), **texts, **flags,
            "status_words": STATUS_WORDS.get(c["status"], clean(c["status"])), "n": c["n_outlets"], "lo": c["independent_min"], "hi": c["independent_max"],
            "first": clean(c["first_seen_at"]), "last": clean(c["last_seen_at"]), "credibility": c["credibility"],
            "belief": [c["belief"], c["belief_low"], c["belief_high"]], "cut": [clean(str(x)) for x in listed(c["cut"])],
            "cut_low": [clean(str(x)) for x in listed(c["cut_low"])], "mentions": mentions, "origins": origins, "why": why,
            "near": [clean(str(m)) for m in listed(c["near"])], "verdict_id": c["verdict_id"]}


def _judged(case: Case) -> dict[str, str]:
    """Judgement id to what a person decided about a claim, as a phrase: never the machine's own words."""
    kept = rows(case["judgements"], "judgement_id", "verdict", "who", "decided_at")
    return {j["judgement_id"]: f"{clean(j['verdict'])} by {squeeze(clean(j['who'])) or 'a reader'}, {clean(j['decided_at'])[:10]}" for j in kept}


def _article(a: Row, names: Mapping[str, str], redact: bool) -> Row:
    name = names.get(a["outlet_id"]) or clean(a["outlet_id"]) or "unknown outlet"
    return {"outlet": outlet_node(a["outlet_id"], a["article_id"]), "name": name, "title": "" if redact else squeeze(clean(a["title"])),
            "url": clean(a["url"]), "file": clean(a["file"]), "offset": a["file_offset"], "date": clean(a["published_at"]),
            "mends": bool(a["revision_of"])}


def denier(mention: Row, articles: Sequence[Row]) -> str:
    """Who denies: the voice credited for the denial, or the outlet that prints it."""
    return str(mention["credits"][0]["who"] if mention["credits"] else articles[mention["article"]]["name"])
