"""Body of `review`: the queue of questions, asked on a terminal or answered from a file."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import click
import pandas as pd

from tracker.cells import plain
from tracker.cli.casebook import answers_text
from tracker.cli.judging import decide
from tracker.cli.terminal import colour, note, put, table_width
from tracker.errors import UsageError
from tracker.judge import VERDICTS, Doubt, rank_doubts
from tracker.pipeline.cases import CaseFile
from tracker.settings import LinkSettings
from tracker.tables import Case, records
from tracker.text import safe, shorten
from tracker.view.evidence import plural
from tracker.view.sheets import render_sheet

_KEYS = {"s": "same", "d": "different", "r": "rival", "v": "same-voice"}
_WIDTH = 96


def doubts(case: CaseFile, made: Case) -> list[Doubt]:
    """The open questions of a case, most valuable first; what was judged, either way, is not asked again."""
    resolved = case.resolved(made)
    judged = {frozenset((r["left_now"], r["right_now"])) for r in resolved.used} | {frozenset((r["left_id"], r["right_id"])) for r in resolved.used}
    origin_of = {(p["claim_id"], p["party_id"]): p["origin_id"] for p in records(made["parties"]) if p["origin_id"]}
    voices = [r for r in resolved.used if r["verdict"] == "same-voice"]
    claims = set(made["claims"]["claim_id"]) if voices else set()
    judged |= {frozenset((origin_of.get((c, v["left_id"]), ""), origin_of.get((c, v["right_id"]), ""))) for v in voices for c in claims}
    return rank_doubts(made, judged, threshold=LinkSettings().threshold)


def questions(case: CaseFile, limit: int, form: str) -> str:
    """The queue as a table."""
    made = case.case()
    found = doubts(case, made)[:limit or None]
    rows = [(f"{d.value:.2f}", d.kind, d.left_id, d.right_id, d.why, _short(made, d.left_id), _short(made, d.right_id)) for d in found]
    frame = pd.DataFrame([[plain(c) for c in row] for row in rows], columns=["value", "kind", "left", "right", "now", "one", "other"], dtype=object)
    return render_sheet(frame, form, width=table_width(), colour=colour())


def review_case(case: CaseFile, *, answers: str | None, limit: int, who: str, quiet: bool) -> None:
    """Ask, or take the answers from a file; each answer is kept before the next question."""
    made = case.case()
    queue = doubts(case, made)[:limit or None]
    kept = list(_scripted(case, made, queue, answers_text(answers), who) if answers is not None else _asked(case, made, queue, who))
    note(f"{plural(len(kept), 'judgement')} kept, {plural(len(queue), 'question')} in the queue", quiet=quiet)


def _asked(case: CaseFile, made: Case, queue: Sequence[Doubt], who: str) -> Iterator[str]:
    for n, doubt in enumerate(queue, 1):
        put(f"\n[{n}/{len(queue)}] {plain(doubt.why)}\n{_shown(made, doubt)}")
        letters = "/".join(k for k, v in _KEYS.items() if v in doubt.verdicts)
        while True:
            line = click.prompt(f"{letters}/k/q", prompt_suffix="> ", default="k", show_default=False)
            key, _, why = line.strip().partition(" ")
            if key in ("k", "q") or _KEYS.get(key) in doubt.verdicts:
                break
            note(f"{safe(key)!r} is none of {letters}, k (skip), q (stop)")
        if key == "q":
            return
        if key != "k":
            done = decide(case, _KEYS[key], [doubt.left_id, doubt.right_id], why=why, who=who)
            put(done + "\n")
            yield done


def _scripted(case: CaseFile, made: Case, queue: Sequence[Doubt], text: str, who: str) -> Iterator[str]:
    """A line is a letter for the next question, or a verdict with its ids; either with a reason after it. Blank lines and # are passed over."""
    waiting = iter(queue)
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        head, _, rest = line.partition(" ")
        try:
            if head in VERDICTS:
                count = len(VERDICTS[head].subjects)
                parts = rest.split(None, count)
                done = decide(case, head, parts[:count], why=parts[count] if len(parts) > count else "", who=who)
            elif head in _KEYS or head in ("k", "q"):
                doubt = next(waiting, None)
                if head == "q" or doubt is None:
                    return
                if head == "k":
                    continue
                if _KEYS[head] not in doubt.verdicts:
                    raise UsageError(f"the question is about {doubt.kind}s and takes {', '.join(doubt.verdicts)}")
                done = decide(case, _KEYS[head], [doubt.left_id, doubt.right_id], why=rest, who=who)
            else:
                raise UsageError(f"{shorten(safe(head), 40)!r} is no answer; say {', '.join(_KEYS)}, k, q, or a verdict with its ids")
        except UsageError as error:
            note(f"line {number} of the answers: {error}")
            continue
        put(done + "\n")
        yield done


def _shown(made: Case, doubt: Doubt) -> str:
    if doubt.kind == "voice":
        return ""
    return "".join(f"  {letter}: {_row(made, i)}\n" for letter, i in (("A", doubt.left_id), ("B", doubt.right_id)))


def _row(made: Case, mention_id: str) -> str:
    mention: dict[Any, Any] = made["mentions"].set_index("mention_id").loc[mention_id].to_dict()
    article: dict[Any, Any] = made["articles"].set_index("article_id").loc[mention["article_id"]].to_dict()
    head = f"{article['outlet_id'] or 'unknown outlet'}, {article['published_at'][:10] or 'undated'} ({mention_id})"
    return f"{plain(head)}\n     “{plain(shorten(mention['quote'], 4 * _WIDTH))}”"


def _short(made: Case, item: str) -> str:
    if item.startswith("m-"):
        quotes = made["mentions"].loc[made["mentions"]["mention_id"] == item, "quote"]
        return shorten(str(quotes.iloc[0]), _WIDTH) if len(quotes) else ""
    labels = made["origins"].loc[made["origins"]["origin_id"] == item, "label"]
    return shorten(str(labels.iloc[0]), _WIDTH) if len(labels) else ""
