"""The evidence ledger: what a case rests on, as a hash-chained file that grows and is never edited. docs/evidence.md describes each record.

A sealing is a head record, the records that are new or changed since the sealing before, those that are gone, and an end record. The text of the
articles is not in it, only digests and quotes. Equal cases give equal bytes: no clock but the one handed in.
"""
from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import pandas as pd

from tracker import __version__
from tracker.errors import UsageError
from tracker.export.anchors import selectors
from tracker.export.chain import Record, chain_lines, clean, content_digest
from tracker.export.credits import credits_of
from tracker.export.records import FORMAT, KINDS, given_digest, state_digest
from tracker.export.verify import Checked, check_ledger
from tracker.ids import digest
from tracker.model import FLAGS
from tracker.tables import TABLES, Case, dumps, listed, records

LEDGER_BYTES: Final = 400_000_000  # of a whole ledger; 120,000 records have 72 MB, and checking takes 2.2 bytes a byte beside the 120 MB of the program

def seal_case(case: Case, known: Checked | None = None, *, settings: Mapping[str, Any] | None = None, at: str = "") -> tuple[bytes, str]:
    """The bytes to append to a ledger (`known`, from `sound_ledger`), and the hash of its last record; no bytes when nothing is new.

    `settings` go into the head if they are those the case was made with; `at` is a date or time that the caller vouches for.
    Raises UsageError when the ledger would become too large to be checked.
    """
    known = known or Checked()
    state = {(r["kind"], r["id"]): r for r in _records(case)}
    new = [r for key, r in state.items() if known.content(key) != content_digest(r)]
    gone = [{"kind": "gone", "of": kind, "id": name} for kind, name in sorted(known.state, key=_order) if (kind, name) not in state]
    head = _head(case, state.values(), settings or {}, at)
    if not new and not gone and known.head and content_digest(known.head) == content_digest(head):
        return b"", known.last
    body = sorted(new, key=lambda r: _order((r["kind"], r["id"]))) + gone
    count = Counter(str(r["kind"]) for r in body)
    end = {"kind": "end", "written": {k: count[k] for k in (*KINDS, "gone")}, "held": _held(state)}
    linked = list(chain_lines([head, *body, end], known.last))
    out = "".join(f"{line}\n" for line, _ in linked).encode("utf-8")
    if len(known.raw) + len(out) > LEDGER_BYTES:
        raise UsageError(f"the ledger would have more than {LEDGER_BYTES // 1_000_000} MB; seal into a new file")
    return out, linked[-1][1]


def sound_ledger(raw: bytes) -> Checked:
    """What a ledger that is to grow holds; no bytes are a ledger not begun. Raises UsageError when it does not verify."""
    if not raw:
        return Checked()
    found = check_ledger(raw)
    if found.faults:
        first = found.faults[0]
        more = f" (and {len(found.faults) - 1} more; tracker verify lists them)" if len(found.faults) > 1 else ""
        raise UsageError(f"the ledger does not verify, so nothing is added to it: line {first.line}: {first.what}{more}; {_way_out(found)}")
    return found


def _way_out(found: Checked) -> str:
    if found.whole_until and all(f.line == 0 or f.line > found.whole_until for f in found.faults):
        return f"its first {found.whole_until} lines are sound: keep a copy, cut it after them and seal again, or seal into a new file"
    return "bring back an untouched copy, or seal into a new file"


def _order(key: tuple[str, str]) -> tuple[int, str]:
    return KINDS.index(key[0]), key[1]


def _held(state: Iterable[tuple[str, str]]) -> dict[str, int]:
    count = Counter(kind for kind, _ in state)
    return {kind: count[kind] for kind in KINDS}


def _head(case: Case, state: Iterable[Record], settings: Mapping[str, Any], at: str) -> Record:
    """What the sealing was made with. The case digest is over all records that hold after it."""
    runs = records(case["runs"])
    run: Mapping[Any, Any] = runs[-1] if runs else {}
    fits = bool(settings) and digest(dumps(settings)) == run.get("settings_digest")
    return {
        "kind": "head", "format": FORMAT, "tool": "corroboration-tracker", "version": __version__, "at": at, "as_of": str(run.get("as_of", "")),
        "settings": clean(_no_reals(settings)) if fits else {}, "settings_digest": str(run.get("settings_digest", "")),
        "registry_digest": digest("\n".join(dumps(r) for r in _rows(case["outlets"]))), "case_digest": state_digest(content_digest(r) for r in state),
    }


def _no_reals(value: Any) -> Any:
    """Fractions as text, as Python writes them: a ledger holds whole numbers only."""
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, Mapping):
        return {str(k): _no_reals(v) for k, v in value.items()}
    return [_no_reals(v) for v in value] if isinstance(value, list | tuple) else value


def _rows(frame: pd.DataFrame) -> list[Record]:
    return [clean(row) for row in records(frame)]


def _records(case: Case) -> Iterator[Record]:
    documents = {d["document_id"]: d for d in _rows(case["documents"])}
    articles = {a["article_id"]: a for a in _rows(case["articles"])}
    yield from (_article(a, documents.get(a["document_id"], {})) for a in articles.values())
    used = {a["document_id"] for a in articles.values()}
    yield from _asides([d for d in documents.values() if d["document_id"] not in used], _rows(case["rejects"]), {a["file"] for a in articles.values()})
    claim_of = {m["mention_id"]: m["claim_id"] for m in _rows(case["members"])}
    credits = credits_of(case["attributions"])
    for row in _rows(case["mentions"]):
        if row["mention_id"] in claim_of:
            yield _mention(row, articles[row["article_id"]], claim_of[row["mention_id"]], clean(credits(row["mention_id"])))
    members: dict[str, list[str]] = defaultdict(list)
    for mention_id in sorted(claim_of):
        members[claim_of[mention_id]].append(mention_id)
    yield from (_claim(row, members[row["claim_id"]]) for row in _rows(case["claims"]))
    yield from ({"kind": "judgement", "id": row["judgement_id"], **{c: row[c] for c in TABLES["judgements"].columns if c != "judgement_id"}}
                for row in _rows(case["judgements"]))


def _article(row: Record, document: Record) -> Record:
    """Ids, outlet, address and digests of an article; digests of its document are empty where the case does not hold it."""
    kept = ("file", "url", "title", "byline", "text_digest", "file_offset", "revision_of")
    return {
        "kind": "article", "id": row["article_id"], **{k: row[k] for k in kept}, "outlet": row["outlet_id"], "outlet_how": row["outlet_how"],
        "published": row["published_at"], "credit": listed(row["credit"]), "length": len(row["text"]), **_digests(document),
    }


def _digests(document: Record) -> Record:
    """Digests of the file's bytes, of its manifest, of the decoded body, and of what manifest, front matter or columns say."""
    body = {"body_digest": digest(document["body"]), "given_digest": given_digest(document)} if document else {"body_digest": "", "given_digest": ""}
    return {"file_digest": document.get("file_digest", ""), "manifest_digest": document.get("manifest_digest", ""), **body}


def _asides(documents: Iterable[Record], rejects: Iterable[Record], used: set[str]) -> Iterator[Record]:
    """What was met beside the articles: documents that are none (repeats, too short, too late), and items that could not be read."""
    unread = {r["item_id"]: r["reason"] for r in rejects if r["stage"] == "read"}
    unparsed = {r["item_id"]: r["reason"] for r in rejects if r["stage"] == "parse"}
    made = {d["path"]: {"kind": "aside", "id": d["path"], "reason": unparsed.get(d["path"], "not used"), **_digests(d)} for d in documents}
    for item, reason in unread.items():
        made.setdefault(item, {"kind": "aside", "id": item, "reason": reason, **_digests({})})
    yield from (record for item, record in sorted(made.items()) if item not in used)


def _mention(row: Record, article: Record, claim: str, credits: list[Record]) -> Record:
    """A quote with its claim, stance and credits; its place counts in the article's text."""
    target = {"source": row["article_id"], "selector": selectors(article["text"], row["start"], row["end"])}
    return {"kind": "mention", "id": row["mention_id"], "claim": claim, "stance": row["stance"], "hedge": row["hedge"], "credits": credits, "target": target,
            "method": row["method"]}


def _claim(row: Record, members: list[str]) -> Record:
    kept = ("wording", "status", "independent_min", "independent_max", "n_outlets", *FLAGS, "verdict", "verdict_id", "wording_id")
    return {"kind": "claim", "id": row["claim_id"], **{k: row[k] for k in kept}, "question": row["question_id"], "cut": json.loads(row["cut"]),
            "cut_low": json.loads(row["cut_low"]), "members": members}
