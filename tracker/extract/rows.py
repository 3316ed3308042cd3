"""The drafts of an article as rows of the tables mentions and attributions."""

from __future__ import annotations

from tracker.extract.basis import basis_of
from tracker.extract.drafts import Draft, Row
from tracker.extract.sentences import Sentence, Span
from tracker.ids import content_id
from tracker.tables import dumps
from tracker.text import fold

METHOD = "frames@8"
_GRAIN = {10: "day", 7: "month", 4: "year"}


def number_drafts(article_id: str, drafts: list[Draft]) -> list[tuple[str, int]]:
    """(mention id, nth) of each draft; clauses with the same span are told apart by their number."""
    seen: dict[Span, int] = {}
    out = []
    for draft in drafts:
        nth = seen.get((draft.start, draft.end), 0)
        seen[(draft.start, draft.end)] = nth + 1
        out.append((content_id("m", article_id, draft.start, draft.end, nth), nth))
    return out


def mention_rows(article: Row, sentences: list[Sentence], drafts: list[Draft]) -> list[Row]:
    """Rows of the mentions table, in reading order."""
    ids = number_drafts(article["article_id"], drafts)
    rows = []
    for (mention_id, nth), draft in zip(ids, drafts, strict=True):
        sentence = sentences[draft.sentence]
        event = next((d for d in draft.parts["dates"] if not d.startswith("--")), "")
        title = sentence.paragraph == 0 and article["text"][sentence.end - 1] not in '.!?”"'  # a first line with a full stop is the lead
        frame = {**draft.parts, "quoted": draft.quoted, "weak": draft.weak, "title": title, **({"tail": draft.tail} if draft.tail else {})}
        rows.append(
            {
                "mention_id": mention_id,
                "article_id": article["article_id"],
                "start": draft.start,
                "end": draft.end,
                "nth": nth,
                "quote": article["text"][draft.start : draft.end],
                "proposition": draft.proposition,
                "frame": dumps(frame),
                "sentence_start": sentence.start,
                "sentence_end": sentence.end,
                "stance": draft.stance,
                "hedge": draft.hedge,
                "event_at": event,
                "event_grain": _GRAIN.get(len(event), ""),
                "refers_id": ids[draft.refers][0] if draft.refers >= 0 else "",
                "confirmed_max": draft.confirmed_max,
                "method": METHOD,
            }
        )
    return rows


def attribution_rows(article: Row, drafts: list[Draft]) -> list[Row]:
    """Rows of the attributions table: one a hop of each credited branch."""
    rows = []
    for (mention_id, _), draft in zip(number_drafts(article["article_id"], drafts), drafts, strict=True):
        for branch, credit in enumerate(draft.credits):
            for hop, voice in enumerate(credit.chain):
                rows.append(
                    {
                        "mention_id": mention_id,
                        "branch": branch,
                        "hop": hop,
                        "speaker": voice.name,
                        "speaker_kind": voice.kind,
                        "speaker_id": content_id("s", voice.kind, fold(voice.name)),
                        "speaker_outlet_id": voice.outlet_id,
                        "affiliation": voice.affiliation,
                        "number": voice.number,
                        "basis": basis_of(draft, credit, voice),
                        "cue": credit.cue,
                        "start": credit.span[0],
                        "end": credit.span[1],
                        "detail": f"{credit.rule}; {voice.how}",
                    }
                )
    return rows
