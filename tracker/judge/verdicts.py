"""What a person can decide, about what, and the row that keeps it."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from tracker.errors import UsageError
from tracker.ids import content_id
from tracker.tables import dumps
from tracker.text import safe, shorten

LONGEST: Final = {"value": 90, "who": 120, "why": 2000}
"""Characters kept of what people write; a wording is as long as the machine's own."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A kind of judgement: what its ids name (mention, voice, claim or judgement), and what it is about when two of them meet."""

    name: str
    subjects: tuple[str, ...]
    about: str
    sentence: str


VERDICTS: Final[Mapping[str, Verdict]] = {
    v.name: v
    for v in (
        Verdict("same", ("mention", "mention"), "link", "the two put one claim"),
        Verdict("different", ("mention", "mention"), "link", "the two put different claims"),
        Verdict("rival", ("mention", "mention"), "link", "the two exclude each other: they answer one question differently"),
        Verdict("same-voice", ("voice", "voice"), "voice", "the two are one voice"),
        Verdict("verified", ("claim",), "truth", "the claim was checked and holds"),
        Verdict("refuted", ("claim",), "truth", "the claim was checked and does not hold"),
        Verdict("withdrawn", ("claim",), "truth", "whoever brought the claim took it back"),
        Verdict("own-reporting", ("mention",), "credit", "the outlet found this out by itself"),
        Verdict("copied", ("mention",), "credit", "the outlet took this from elsewhere"),
        Verdict("wording", ("claim",), "wording", "how the claim is to be put"),
        Verdict("undo", ("judgement",), "undo", "an earlier judgement is taken back"),
    )
}


def make_judgement(verdict: str, ids: Sequence[str], *, spans: Sequence[Mapping[str, Any]] = (), value: str = "", who: str = "", why: str = "",
                   when: str) -> dict[str, Any]:
    """The row of table `judgements` for a verdict on these ids (one or two, as VERDICTS says), decided at `when` (UTC, ISO 8601).

    `spans`: the printed words behind each id (spans.py). The ids of a pair are put in order, so that who is named first makes no difference.
    Raises UsageError for an unknown verdict, a wrong number of ids, the same id twice, a wording without text.
    """
    kind = VERDICTS.get(verdict)
    if kind is None:
        raise UsageError(f"there is no verdict {safe(verdict)!r}; the verdicts are {', '.join(VERDICTS)}")
    if len(ids) != len(kind.subjects) or not all(ids):
        what = " and ".join(f"a {s}" for s in kind.subjects)
        raise UsageError(f"{verdict} is about {what}, so it takes {len(kind.subjects)} {'id' if len(kind.subjects) == 1 else 'ids'}, not {len(ids)}")
    if len(set(ids)) < len(ids):
        raise UsageError(f"{verdict} is about two, and both are {safe(ids[0])}")
    told = {k: shorten(" ".join(safe(v).split()), LONGEST[k]) for k, v in (("value", value), ("who", who), ("why", why))}
    if verdict == "wording" and not told["value"]:
        raise UsageError("a wording needs its text")
    if verdict == "undo":
        return _row("undo", ["", ""], [{}, {}], told, when, ids[0])
    both = sorted(zip(ids, [*spans, *({} for _ in ids)], strict=False), key=lambda pair: pair[0])
    names, words = [i for i, _ in both], [dict(s) for _, s in both]
    return _row(verdict, [*names, ""][:2], [*words, {}][:2], told, when, "")


def _row(verdict: str, ids: list[str], spans: list[dict[str, Any]], told: Mapping[str, str], when: str, withdraws: str) -> dict[str, Any]:
    left, right = ids
    key = content_id("j", verdict, left, right, told["value"], told["who"], told["why"], when, withdraws)
    return {"judgement_id": key, "verdict": verdict, "left_id": left, "right_id": right, "left_span": dumps(spans[0]), "right_span": dumps(spans[1]),
            **told, "decided_at": when, "withdraws": withdraws}
