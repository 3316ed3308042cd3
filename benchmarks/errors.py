"""The commonest kinds of error on hand-annotated cases, with counts, told by rule from the ledger and the gold.

    python benchmarks/errors.py CASES_DIR [--scorer SCORE_CASE_PY] [--top 10] [--examples 0] [--write docs/accuracy.md]

Every report of the gold, every claim of it and every passage that must not be a claim is looked at once for each question (found? origin? stance?
together? count? flags?), and each wrong answer is put under one kind. --write puts the table between the markers <!-- errors --> and
<!-- /errors --> of a file. The kinds are printed in words; the cases' own words only with --examples.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml
from cases import load_scorer

from tracker.export.json import to_ledger
from tracker.extract.sentences import split_paragraphs, split_sentences
from tracker.pipeline import build, read_articles

Row = dict[str, Any]
Error = tuple[str, str, str]
"""Question, kind, example."""
_NEGATION = re.compile(r"\b(?:no|not|never|neither|nor|nothing|none|n['’]t|without)\b|n['’]t\b", re.IGNORECASE)
_DENIAL = re.compile(r"\b(?:den(?:y|ies|ied)|disput|dismiss|reject|refut|false|untrue|phony|fake|innocent|clear(?:ed|s)|inaccura|fabricat)", re.IGNORECASE)
NAMED = {"unnamed": "somebody unnamed", "credited-outlet": "another outlet", "person": "a person", "body": "a body", "document": "a document"}
TITLE = "| question | kind of error | count | share |"


class Case:
    """One case: gold, ledger, and which mention stands for which report."""

    def __init__(self, folder: Path, scorer: ModuleType) -> None:
        self.scorer = scorer
        manifest = folder / "manifest.csv"
        self.ledger = json.loads(json.dumps(to_ledger(build(read_articles([str(folder / "articles"), *([str(manifest)] if manifest.exists() else [])])))))
        self.gold: Row = yaml.safe_load((folder / "gold.yaml").read_text(encoding="utf-8"))
        self.texts = {p.stem: p.read_bytes().decode("utf-8") for p in sorted((folder / "articles").iterdir()) if p.is_file()}
        stems = {a["id"]: Path(a["file"]).stem for a in self.ledger["articles"]}
        self.claims = {c["id"]: c for c in self.ledger["claims"]}
        self.mentions: dict[str, list[Row]] = defaultdict(list)
        for m in self.ledger["mentions"]:
            self.mentions[stems[m["article"]]].append(m)
        self.found = {c["id"]: [(r, self.best(r)) for r in c["reports"]] for c in self.gold["claims"]}

    def span(self, report: Row) -> tuple[int, int]:
        """Where the report's quote stands."""
        at = self.texts[report["article"]].find(report["quote"])
        return at, at + len(report["quote"])

    def best(self, report: Row) -> Row | None:
        """The mention that covers the report by half, as the scorer picks it."""
        span = self.span(report)
        best = max(self.mentions[report["article"]], key=lambda m: self.scorer.overlap(span, (m["start"], m["end"])), default=None)
        return best if best is not None and self.scorer.overlap(span, (best["start"], best["end"])) >= 0.5 * len(report["quote"]) else None

    def same(self, report: Row, mention: Row) -> bool:
        """The mention's origin is the report's."""
        want = report["origin"] if isinstance(report["origin"], list) else [report["origin"]]
        got = mention.get("origins") or [{"name": "own", "kind": "own"}]
        return any(self.scorer.same_origin(w, o) for w in want for o in got)


def origin_kind(case: Case, report: Row, mention: Row) -> str:
    """Why the origin is another than the annotator's."""
    want = report["origin"] if isinstance(report["origin"], list) else [report["origin"]]
    got = mention.get("origins") or [{"name": "own", "kind": "own", "via": []}]
    kinds = {o.get("kind") for o in got}
    if "own" in want:
        kind = next(iter(sorted(str(k) for k in kinds)))
        return f"own reporting credited to {NAMED.get(kind, kind)}"
    if kinds == {"own"}:
        return f"credit missed: it stands {where(case, report, want)}"
    relays = [str(v) for v in report.get("via") or []]
    if any(case.scorer.same_origin(v, o) for v in relays for o in got):
        return "stopped at the relay: the voice behind it not read"
    if any(case.scorer.same_origin(w, {"name": v, "kind": "outlet"}) for w in want for o in got for v in o.get("via") or []):
        return "one hop too far: a voice put behind the right one"
    wanted, read = ([words_in_order(n, case.scorer) for n in names] for names in (want, [o["name"] for o in got]))
    heads = {w[-1] for w in wanted if w} & {w[-1] for w in read if w}
    return "right kind of voice, other words for it" if heads else "another voice credited"


def where(case: Case, report: Row, want: list[str]) -> str:
    """How far from the passage its credit is printed."""
    text, span = case.texts[report["article"]], case.span(report)
    sentences = split_sentences(text, [])
    here = next((n for n, s in enumerate(sentences) if s.start <= span[0] < s.end), -1)
    needed = [case.scorer.words(w) for w in want]

    def names(n: int) -> bool:
        there = case.scorer.words(text[sentences[n].start : sentences[n].end]) if 0 <= n < len(sentences) else set()
        return any(w and len(w & there) >= 0.5 * len(w) for w in needed)

    if names(here):
        inside = case.scorer.words(report["quote"])
        return "in the passage itself" if any(w and len(w & inside) >= 0.5 * len(w) for w in needed) else "in the same sentence"
    if names(here - 1) or names(here + 1):
        return "in the next or last sentence"
    return "further off" if any(names(n) for n in range(len(sentences))) else "nowhere in these words"


def stance_kind(report: Row, mention: Row) -> str:
    """How the stance went wrong."""
    if report["stance"] == "denies":
        how = "a verb or adjective of denial" if _DENIAL.search(report["quote"]) else "a negation" if _NEGATION.search(report["quote"]) else "other words"
        return f"denial in {how} read as {mention['stance']}"
    return f"{report['stance']} read as {mention['stance']}" + (", the claim is itself negative" if _NEGATION.search(report["quote"]) else "")


def missing_kind(case: Case, report: Row) -> str:
    """Why no mention stands for a report."""
    start, end = case.span(report)
    overlaps = [case.scorer.overlap((start, end), (m["start"], m["end"])) for m in case.mentions[report["article"]]]
    title = split_paragraphs(case.texts[report["article"]], [])[0]
    if start < title[1] and title[0] == 0:
        return "headline not read"
    if sum(overlaps) >= 0.5 * (end - start):
        return "the passage is cut into several mentions"
    return "mentions cover less than half of the passage" if max(overlaps, default=0) else "no mention in the passage"


def errors_of(case: Case) -> Iterator[Error]:
    """Every error of a case."""
    owner: dict[str, set[str]] = defaultdict(set)
    for claim_id, reports in case.found.items():
        for _, m in reports:
            if m is not None:
                owner[m["claim"]].add(claim_id)
    for claim in case.gold["claims"]:
        reports = case.found[claim["id"]]
        for report, m in reports:
            if m is None:
                yield "found", missing_kind(case, report), report["quote"]
                continue
            if not case.same(report, m):
                yield "origin", origin_kind(case, report, m), f"{report['origin']} read as {[o['name'] for o in m.get('origins') or []]}: {report['quote']}"
            if m["stance"] != report["stance"]:
                yield "stance", stance_kind(report, m), report["quote"]
        votes = Counter(m["claim"] for _, m in reports if m is not None)
        if not votes:
            continue
        chosen = votes.most_common(1)[0][0]
        if len(votes) > 1:
            yield "together", f"a report is left out that shares {shared(case, reports, chosen)}", claim["text"]
        if len(owner[chosen]) > 1:
            yield "together", "reports of two claims lie in one", claim["text"]
        yield from count_errors(case, claim, chosen, mixed=len(owner[chosen]) > 1)
        for flag in ("unverified", "disputed"):
            if claim.get(flag) and not case.claims[chosen].get(flag):
                stance = "unverified" if flag == "unverified" else "denies"
                read = any(m is not None and m["stance"] == stance for r, m in reports if r["stance"] == stance)
                yield "flag", f"{flag} missed: the remark is {'in another claim' if read else 'not read as one'}", claim["text"]
    for passage in case.gold.get("not_claims", []):
        if case.best(passage) is not None:
            yield "furniture", "a passage that puts no claim is one", passage["quote"]


def shared(case: Case, reports: list[tuple[Row, Row | None]], chosen: str) -> str:
    """How many of its words the nearest report left out has in common with those that lie together."""
    inside = [case.scorer.words(r["quote"]) for r, m in reports if m is not None and m["claim"] == chosen]
    outside = [case.scorer.words(r["quote"]) for r, m in reports if m is not None and m["claim"] != chosen]
    most = max(len(a & b) / max(1, min(len(a), len(b))) for a in outside for b in inside)
    return "under a quarter of its words" if most < 0.25 else "under half of its words" if most < 0.5 else "half of its words or more"


def count_errors(case: Case, claim: Row, chosen: str, *, mixed: bool) -> Iterator[Error]:
    """Why the interval is another than the annotator's, by the first cause that applies."""
    lo, hi = case.claims[chosen]["independent_min"], case.claims[chosen]["independent_max"]
    want = tuple(claim["independent"])
    if (lo, hi) == want:
        return
    reports = [(r, m) for r, m in case.found[claim["id"]] if r["stance"] == "supports"]
    apart = "too low" if hi < want[1] or (hi == want[1] and lo < want[0]) else "too high"
    if any(m is None or m["claim"] != chosen for _, m in reports):
        cause = "a report of it is left out"
    elif mixed:
        cause = "reports of another claim are in it"
    elif any(m is not None and not case.same(r, m) for r, m in reports):
        cause = "an origin is misread"
    elif any(m is not None and m["stance"] != r["stance"] for r, m in case.found[claim["id"]]):
        cause = "a stance is misread"
    elif sum(m["claim"] == chosen for ms in case.mentions.values() for m in ms) > len({m["id"] for _, m in case.found[claim["id"]] if m is not None}):
        cause = "mentions that the gold does not list are in it"
    else:
        cause = "the rules of counting, all else right"
    yield "count", f"{apart}: {cause}", f"{claim['text']} {want} counted ({lo}, {hi})"


def table(errors: list[Error], top: int) -> str:
    """The commonest kinds as a Markdown table."""
    counts = Counter((question, kind) for question, kind, _ in errors)
    rows = sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:top]
    lines = [TITLE, "|---|---|---|---|", *(f"| {q} | {k} | {n} | {n / len(errors):.2f} |" for (q, k), n in rows)]
    rest = len(errors) - sum(n for _, n in rows)
    return "\n".join([*lines, f"| | {len(counts) - len(rows)} other kinds | {rest} | {rest / max(1, len(errors)):.2f} |"])


def words_in_order(name: str, scorer: ModuleType) -> list[str]:
    """The words of a name that the scorer compares, in the order printed."""
    return [w for w in re.findall(r"[a-z0-9]+", name.lower()) if w not in scorer.STOP]


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("cases", type=Path)
    ap.add_argument("--scorer", type=Path)
    ap.add_argument("--top", type=int, default=10)
    ap.add_argument("--examples", type=int, default=0)
    ap.add_argument("--write", type=Path)
    args = ap.parse_args()
    scorer = load_scorer(args.scorer or args.cases.resolve().parent / "eval" / "score_case.py")
    folders = sorted(p for p in args.cases.iterdir() if (p / "gold.yaml").exists()) or [args.cases]
    cases = [Case(p, scorer) for p in folders]
    errors = [e for case in cases for e in errors_of(case)]
    reports = sum(len(c["reports"]) for case in cases for c in case.gold["claims"])
    summary = f"{len(errors)} errors on {reports} reports of {sum(len(c.gold['claims']) for c in cases)} claims in {len(cases)} cases."
    print(summary, table(errors, args.top), sep="\n\n")
    if args.examples:
        for question, kind in sorted({(q, k) for q, k, _ in errors}):
            print(f"\n{question}: {kind}", *[f"   {e}" for q, k, e in errors if (q, k) == (question, kind)][: args.examples], sep="\n")
    if args.write:
        text = args.write.read_text(encoding="utf-8")
        made = f"<!-- errors -->\n{summary}\n\n{table(errors, args.top)}\n<!-- /errors -->"
        new, times = re.subn(r"<!-- errors -->.*?<!-- /errors -->", lambda _: made, text, flags=re.DOTALL)
        if not times:
            ap.error(f"{args.write} has no markers <!-- errors --> and <!-- /errors -->")
        args.write.write_text(new, encoding="utf-8")


if __name__ == "__main__":
    main()
