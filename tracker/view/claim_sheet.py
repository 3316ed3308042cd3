"""One claim in words: what it rests on, the exact quotes, and why they were counted so; and a brief of the whole case in Markdown."""
from __future__ import annotations

from typing import Any

import pandas as pd

from tracker.cells import markdown, plain
from tracker.tables import Case
from tracker.view.evidence import Row, headline, page_data, plural
from tracker.view.graph import clean
from tracker.view.report import claims_table, fragile_first
from tracker.view.sheets import render_sheet
from tracker.view.together import MEASURE

QUOTE_COLUMNS = ("stance", "outlet", "date", "file", "start", "end", "credits", "via", "hedge", "quote", "mention")


def claim_evidence(case: Case, claim_id: str) -> Row:
    """The claim as plain values: counts, cut, origins, reasons, rivals and one row a quote."""
    return _evidence(page_data(case), clean(claim_id))


def _evidence(data: Row, claim_id: str) -> Row:
    claim = next(c for c in data["claims"] if c["id"] == claim_id)
    rivals = [{"id": c["id"], "claim": c["wording"]} for c in data["claims"] if c["question"] and c["question"] == claim["question"] and c["id"] != claim_id]
    counts = {"outlets": claim["n"], "independent_min": claim["lo"], "independent_max": claim["hi"]}
    return {
        "id": claim_id, "claim": claim["full_wording"] or claim["wording"], "status": claim["status"],
        "says": [words for kind, words in claim["says"] if kind != "judged"], "judged": claim["judged"], **counts,
        "hangs_on": claim["cut"], "hangs_on_at_the_fewest": claim["cut_low"], "belief": claim["belief"], "credibility": claim["credibility"],
        "first_seen": claim["first"], "last_seen": claim["last"], "origins": [_origin(o, claim["origins"]) for o in claim["origins"]],
        "why": [{"of": w["measure"], "because": w["detail"] or w["part"], "effect": w["effect"]} for w in claim["why"]], "rivals": rivals,
        "quotes": [_quote(m, data["articles"][m["article"]]) for m in claim["mentions"]],
        "near": [_close(m, c, data["articles"]) for c in data["claims"] for m in c["mentions"] if m["id"] in claim["near"]],
    }


def _close(m: Row, claim: Row, articles: list[Row]) -> Row:
    return {"claim": claim["id"], "mention": m["id"], "outlet": articles[m["article"]]["name"], "quote": m["quote"]}


def quotes_table(evidence: Row) -> pd.DataFrame:
    """The quotes of a claim, one a row."""
    return pd.DataFrame([[q[c] for c in QUOTE_COLUMNS] for q in evidence["quotes"]], columns=list(QUOTE_COLUMNS), dtype=object)


def claim_text(evidence: Row) -> str:
    """The claim as plain text."""
    says = "; ".join(plain(s) for s in evidence["says"])
    lines = [plain(evidence["claim"]), f"  {plain(evidence['id'])}", "", f"  {plain(evidence['status'])}: {says}", *_facts(evidence), ""]
    lines += _part("Origins", [_origin_words(o) for o in evidence["origins"]])
    lines += _part("Why counted so", _why(evidence))
    lines += _part("Why put together", _why(evidence, together=True))
    lines += ["Quotes"]
    for q in evidence["quotes"]:
        lines += [f"  {_quote_words(q)}", f"    \"{plain(q['quote'])}\""]
    lines += ["", *_part("Close in words, not counted", [f"{plain(n['outlet'])}: \"{plain(n['quote'])}\"  ({n['claim']})" for n in evidence["near"]])]
    lines += [*_part("Excludes, or is excluded by", [f"{plain(r['claim'])}  ({r['id']})" for r in evidence["rivals"]])]
    return "\n".join(lines).rstrip() + "\n"


def claim_markdown(evidence: Row, level: int = 1) -> str:
    """The claim as Markdown under a heading of the given level."""
    says = markdown("; ".join(evidence["says"]))
    lines = [f"{'#' * level} {markdown(evidence['claim'])}", "", f"{markdown(evidence['id'])}, **{markdown(evidence['status'])}**: {says}", ""]
    lines += [f"- {markdown(fact.strip())}" for fact in _facts(evidence)]
    for title, found in (("Origins", [_origin_words(o) for o in evidence["origins"]]), ("Why counted so", _why(evidence)),
                         ("Why put together", _why(evidence, together=True)),
                         ("Excludes, or is excluded by", [plain(r["claim"]) for r in evidence["rivals"]])):
        lines += ["", f"{'#' * (level + 1)} {title}", "", *(f"- {markdown(item)}" for item in found)] if found else []
    lines += ["", f"{'#' * (level + 1)} Quotes", ""]
    lines += [f"- {markdown(_quote_words(q))}:\n  “{markdown(q['quote'])}”" for q in evidence["quotes"]]
    return "\n".join(lines) + "\n"


def brief(case: Case, *, title: str = "") -> str:
    """The case as a Markdown brief: the sentence of the page's head, all claims most fragile first, then each with what it rests on."""
    data = page_data(case)
    head = headline(data)
    summary = f"{head['single']} of {plural(head['all'], 'claim')} {head['rest']}"
    perhaps = f"; {head['perhaps']} may have more than one" if head["perhaps"] else ""
    parts = [f"# {markdown(title) or 'What these claims rest on'}\n", f"{summary}{perhaps}. Articles of {head['outlets']} were read.\n",
             render_sheet(claims_table(case), "md"), *(claim_markdown(_evidence(data, clean(c["claim_id"])), 2) for c in fragile_first(case))]
    return "\n".join(parts)


def _facts(evidence: Row) -> list[str]:
    value, low, high = evidence["belief"]
    dates = f"first seen {plain(evidence['first_seen'])}, last seen {plain(evidence['last_seen'])}"
    seen = dates if evidence["first_seen"] else "no article that carries it is dated"
    facts = [f"  judged by a person: {plain(evidence['judged'])}"] if evidence["judged"] else []
    facts += [f"  hangs on: {plain(evidence['hangs_on'])}"] if evidence["hangs_on"] else []
    facts += [f"  at the fewest it hangs on: {plain(evidence['hangs_on_at_the_fewest'])}"] if evidence["hangs_on_at_the_fewest"] != evidence["hangs_on"] else []
    return [*facts, f"  belief {value:.2f} ({low:.2f}-{high:.2f}), credibility {evidence['credibility']} of 6 (1 is best, 6 cannot be judged)",
            f"  {seen}"]


def _part(title: str, found: list[str]) -> list[str]:
    return [title, *(f"  - {item}" for item in found), ""] if found else []


def _why(evidence: Row, *, together: bool = False) -> list[str]:
    kept = [w for w in evidence["why"] if (w["of"] == MEASURE) == together]
    return [plain(w["because"]) + (f" ({w['effect']:+.2f})" if w["of"] == "belief" else "") for w in kept]


def _origin(o: Row, all_of: list[Row]) -> Row:
    may = next((other["label"] for other in all_of if other["id"] == o["may"]), "")
    return {**{k: o[k] for k in ("id", "label", "kind", "unnamed", "reliability", "speakers")}, "may_be": may}


def _origin_words(o: Row) -> str:
    told = "(unnamed)" in o["label"] or o["kind"] == "own"  # the label says it already
    marks = [*([] if told else [o["kind"]]), *(["unnamed"] if o["unnamed"] and not told and o["kind"] != "unnamed" else []),
             *([f"reliability {o['reliability']}"] if o["reliability"] else []), *([f"may be the same as {o['may_be']}"] if o["may_be"] else [])]
    return plain(o["label"]) + (f" ({plain(', '.join(marks))})" if marks else "")


def _quote(m: Row, article: Row) -> Row:
    """Offsets count in the file where the text stands there as it is, otherwise in the text taken from the page."""
    offset = max(0, article["offset"])
    credits = [c["who"] for c in m["credits"]] or ["own reporting"]
    return {"stance": m["stance"], "hedge": m["hedge"], "outlet": article["name"], "date": article["date"], "file": article["file"], "url": article["url"],
            "start": m["start"] + offset, "end": m["end"] + offset, "offsets": "file" if article["offset"] >= 0 else "text", "credits": credits,
            "via": [name for c in m["credits"] for name in c["via"]], "before": m["before"], "quote": m["quote"], "after": m["after"], "mention": m["id"]}


def _quote_words(q: dict[str, Any]) -> str:
    via = f" via {plain(q['via'])}" if q["via"] else ""
    where = "" if q["offsets"] == "file" else " of its text"
    hedge = f", {plain(q['hedge'])}" if q["hedge"] else ""
    place = f"{plain(q['file'])} characters {q['start']}-{q['end']}{where}"
    return f"{plain(q['stance'])}{hedge}: {plain(q['outlet'])}, {plain(q['date']) or 'undated'}, {place}, credits {plain(q['credits'])}{via}"
