"""What a person means by an id, the beginning of an id, or words: the mention, claim or voice of a case, and its printed words."""
from __future__ import annotations

from typing import Any

from tracker.errors import UsageError
from tracker.judge import span_of_mention, span_of_voice
from tracker.tables import Case, listed, records
from tracker.text import safe, shorten, words
from tracker.view.report import find_claim
from tracker.view.why import find_mention

Row = dict[str, Any]
_LISTED = 8  # candidates named before "and more"


def name_subject(case: Case, subject: str, wanted: str) -> tuple[str, Row]:
    """(id, span) of the mention, claim or voice that is meant; a claim stands for its first mention where a mention is asked for.

    Raises UsageError that lists the candidates when several or none fit.
    """
    if subject == "voice":
        return _voice(case, wanted)
    if subject == "claim" or (wanted.startswith("c-") and len(wanted) >= 4):
        claim_id = find_claim(case, wanted)
        first = next(c["first_mention_id"] for c in records(case["claims"]) if c["claim_id"] == claim_id)
        mention = _row(case, "mentions", "mention_id", first)
        span = span_of_mention(mention, _row(case, "articles", "article_id", mention["article_id"]))
        return (claim_id if subject == "claim" else first), span
    mention = find_mention(case, wanted)
    return mention["mention_id"], span_of_mention(mention, _row(case, "articles", "article_id", mention["article_id"]))


def _row(case: Case, table: str, key: str, value: str) -> Row:
    frame = case[table]
    return {str(k): v for k, v in frame[frame[key] == value].iloc[0].to_dict().items()}


def _voice(case: Case, wanted: str) -> tuple[str, Row]:
    """A credited party by its id, an origin's id, or words of its name."""
    parties = [p for p in records(case["parties"]) if listed(p["mentions"])]
    start = wanted if len(wanted) >= 4 else "?"
    inside = set(words(wanted))
    fits = [p for p in parties if p["party_id"].startswith(start) or p["origin_id"].startswith(start)] or \
           [p for p in parties if inside and inside <= set(words(p["label"]))]
    if any(p["origin_id"] == wanted for p in fits):  # an origin of several parties: any of them stands for it
        fits = fits[:1]
    names = {p["party_id"]: p["label"] for p in reversed(fits)}
    if not names:
        raise UsageError(f"no voice fits {safe(wanted)!r}; `tracker origins` lists the voices, `tracker show CLAIM` those of a claim with their ids")
    if len(names) > 1 and wanted not in names:
        lines = "".join(f"\n  {i}  {shorten(label, 90)}" for i, label in sorted(names.items())[:_LISTED])
        more = f"\n  and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
        raise UsageError(f"{len(names)} voices fit {safe(wanted)!r}; name one by its id:{lines}{more}")
    party = next(p for p in fits if wanted not in names or p["party_id"] == wanted)
    mention = _row(case, "mentions", "mention_id", listed(party["mentions"])[0])
    article = _row(case, "articles", "article_id", mention["article_id"])
    credits = case["attributions"][case["attributions"]["mention_id"] == mention["mention_id"]].to_dict("records")
    own = [{str(k): v for k, v in c.items()} for c in credits
           if party["party_id"] in (c["speaker_id"], f"outlet:{c['speaker_outlet_id']}")]
    return party["party_id"], span_of_voice(party["party_id"], mention, own[0] if own else None, article)
