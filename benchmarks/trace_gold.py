"""Measure the rules of independence alone: hand-made mentions and credits in, the counted bounds against the annotator's.

    python benchmarks/trace_gold.py CASES_DIR [--misses]

Every gold claim is one claim, every report one mention; the printed origin is read by a few crude rules into a kind of voice, and whom a voice
speaks for is looked up in what the extract stage reads from the same article. Prints, per case and annotator, how often the bounds overlap with
the annotator's and how often they are equal.
"""
from __future__ import annotations

import argparse
import csv
import re
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from tracker.extract import extract_mentions
from tracker.extract import lexicon as lex
from tracker.language import load_parser, load_weights
from tracker.registry import Registry, parse_registry
from tracker.settings import TraceSettings
from tracker.store.builtin import builtin_text
from tracker.tables import make
from tracker.text import fold
from tracker.trace import resolve_voices, trace_origins, trace_ties

Row = dict[str, Any]

_DOCUMENTS = re.compile(r"\b(report by|report|memo|filing|records|data|emails|treaty text|code|law(?! enforcement)|census|log|letter)\b", re.IGNORECASE)
_PEOPLE = lex.PEOPLE_NOUNS | lex.SOURCE_NOUNS | {"reports", "media"}


def read_articles(case: Path) -> pd.DataFrame:
    """The case's articles; outlet and date from its manifest, or the outlet from the gold where there is none."""
    manifest = case / "manifest.csv"
    given = {r["file"]: r for r in csv.DictReader(manifest.read_text(encoding="utf-8").splitlines())} if manifest.exists() else {}
    gold = yaml.safe_load((case / "gold.yaml").read_text(encoding="utf-8"))["outlets"]
    rows = []
    for path in sorted((case / "articles").glob("*.*")):
        meta = given.get(path.name, {})
        outlet = meta.get("outlet") or (gold.get(path.stem) or {}).get("outlet") or ""
        rows.append({"article_id": f"a-{path.stem}", "outlet_id": outlet, "file": path.name, "text": path.read_bytes().decode("utf-8"), "furniture": "[]",
                     "published_at": meta.get("published", "")})
    return make("articles", rows)


def voice(name: str, registry: Registry, heard: list[Row]) -> Row:
    """A crude reading of a printed origin."""
    words = re.findall(r"[^\W_]+", fold(name))
    known = registry.by_name(name)
    by = re.search(r"^report by .*?(\w+ \w+)$", name)
    if by:
        return voice(by.group(1), registry, heard)
    singular = {w[:-1] if w.endswith("s") else w for w in words} | set(words)
    capital = [w for w in name.split() if w[:1].isupper() and w.lower() not in {"the", "a", "mr.", "ms.", "sen."}]
    if known:
        kind = "body" if registry.kind(known) == "official" else "outlet"
    elif _DOCUMENTS.search(name):
        kind = "document"
    elif singular & _PEOPLE and (not capital or name[:1].islower() or "’s" in name or words[-1].endswith("s")) and not singular & {"director", "secretary"}:
        kind = "unnamed"
    elif singular & (lex.BODY_NOUNS | {"campaign", "club", "fws", "fbi", "white", "department", "doj"}) or (len(words) == 1 and name.isupper()):
        kind = "body"
    else:
        kind = "person"
    near = [h for h in heard if h["affiliation"] and h["speaker_kind"] == kind and set(words[-1:]) & set(fold(h["speaker"]).split())]
    full = max((h["speaker"] for h in heard if h["speaker_kind"] == kind == "person" and fold(h["speaker"]).split()[-1:] == words[-1:]), key=len, default=name)
    spokes = re.search(r"spokes\w+ for (.+)|^an? (.+) spokes|representative for (.+)", name)
    printed = next((g for g in spokes.groups() if g), "") if spokes else ""
    affiliation = printed or (near[0]["affiliation"] if near else "")
    return {"speaker": full, "speaker_kind": kind, "speaker_outlet_id": known, "affiliation": affiliation, "speaker_id": "?"}


def tables(gold: Row, articles: pd.DataFrame, heard: dict[str, list[Row]], registry: Registry) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Mentions, attributions, members and claims as the gold has them."""
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    mentions: list[Row] = []
    credits: list[Row] = []
    for claim in gold["claims"]:
        for report in claim["reports"]:
            article_id = f"a-{report['article']}"
            at = texts[article_id].find(report["quote"])
            end = at + len(report["quote"])
            start = max(texts[article_id].rfind(mark, 0, at) for mark in (". ", "\n", ".” ")) + 1
            stop = min((p for mark in (". ", "\n", ".”") if (p := texts[article_id].find(mark, end)) >= 0), default=end) + 1
            for origin in report["origin"] if isinstance(report["origin"], list) else [report["origin"]]:
                mention_id = f"m-{len(mentions):03}"
                mentions.append({"mention_id": mention_id, "article_id": article_id, "start": at, "end": end, "quote": report["quote"], "sentence_start": start,
                                 "sentence_end": stop, "stance": report["stance"], "claim": claim["id"]})
                names = [] if origin == "own" else [*report.get("via", []), origin]
                credits.extend({"mention_id": mention_id, "hop": hop, **voice(n, registry, heard.get(article_id, []))} for hop, n in enumerate(names))
    members = make("members", [{"mention_id": m["mention_id"], "claim_id": m.pop("claim")} for m in mentions])
    return make("mentions", mentions), make("attributions", credits), members, make("claims", [{"claim_id": c["id"]} for c in gold["claims"]])


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("cases", type=Path)
    ap.add_argument("--misses", action="store_true")
    args = ap.parse_args()
    registry = parse_registry(builtin_text("sources.yaml"))
    parser = load_parser()
    totals = {"gold.yaml": [0, 0, 0], "second.yaml": [0, 0, 0]}
    for case in sorted(p for p in args.cases.iterdir() if (p / "gold.yaml").exists()):
        articles = read_articles(case)
        found = extract_mentions(articles, parser=parser, weights=load_weights(), registry=registry)
        article_of = dict(zip(found.mentions["mention_id"], found.mentions["article_id"], strict=True))
        heard: dict[str, list[Row]] = {}
        for row in found.attributions.to_dict("records"):
            heard.setdefault(article_of[row["mention_id"]], []).append({str(k): v for k, v in row.items()})
        for name in totals:
            if (case / name).exists():
                run(case, name, articles, heard, registry, totals[name], args.misses)
    for name, (same, overlap, n) in totals.items():
        print(f"{name:12} all cases: overlap {overlap / n:.3f} exact {same / n:.3f} of {n}")


def run(case: Path, name: str, articles: pd.DataFrame, heard: dict[str, list[Row]], registry: Registry, total: list[int], misses: bool) -> None:
    """One annotator's reading of one case."""
    gold = yaml.safe_load((case / name).read_text(encoding="utf-8"))
    mentions, credits, members, claims = tables(gold, articles, heard, registry)
    voices = resolve_voices(credits, mentions, articles, registry)
    ties = trace_ties(mentions, voices, members, articles, registry, settings=TraceSettings())
    traced = trace_origins(mentions, voices, members, articles, claims, ties, registry, settings=TraceSettings())
    got = traced.claims.set_index("claim_id")
    same = overlap = 0
    for claim in gold["claims"]:
        low, high = int(got.loc[claim["id"], "independent_min"]), int(got.loc[claim["id"], "independent_max"])
        same += [low, high] == claim["independent"]
        overlap += low <= claim["independent"][1] and high >= claim["independent"][0]
        if misses and [low, high] != claim["independent"]:
            why = traced.reasons[(traced.reasons["subject_id"] == claim["id"]) & (traced.reasons["part"] != "cut")]["detail"].tolist()
            print(f"   {claim['id']}: {[low, high]} for {claim['independent']}", *why, sep="\n        ")
    n = len(gold["claims"])
    print(f"{case.name:20} {name:12} overlap {overlap / n:.3f} exact {same / n:.3f} of {n}")
    for i, value in enumerate((same, overlap, n)):
        total[i] += value


if __name__ == "__main__":
    main()
