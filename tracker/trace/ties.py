"""The evidence that one mention rests on another or on the same voice, as rows: certain ties join origins, possible ones lower the fewest."""
from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from tracker.registry import Registry
from tracker.settings import TraceSettings
from tracker.tables import from_rows, records
from tracker.trace.claims import Pile, TracedClaim
from tracker.trace.copies import Copy, find_copies
from tracker.trace.parties import Party, Press

Row = tuple[str, str, str, str, float, str]
"""A row of `ties`."""

POSSIBLE = 0.5  # weight of a possible tie that has no measured share: a mark of rank below certain, not a probability


def trace_ties(mentions: pd.DataFrame, attributions: pd.DataFrame, members: pd.DataFrame, articles: pd.DataFrame, registry: Registry, *,
               settings: TraceSettings) -> pd.DataFrame:
    """Ties between mentions of one claim; mentions of one voice are each tied to the earliest, so rows grow with mentions and not with pairs; of
    possible ties, each origin's first and those that put it in its group at the lower reading.

    `attributions` must have gone through resolve_voices. One row a pair and kind, the certain one if there are both.
    """
    press = Press(records(articles), registry)
    pile = Pile(mentions, attributions, members, press)
    copies = find_copies(mentions, members, articles, settings=settings)
    return ties_of(pile.trace([(c.later_id, c.earlier_id) for c in copies]), copies, pile)


def ties_of(traced: Iterable[TracedClaim], copies: Iterable[Copy], pile: Pile) -> pd.DataFrame:
    """The frame of the ties of traced claims and of the copies among them."""
    best: dict[tuple[str, str, str], Row] = {}
    for row in _rows(traced, copies, pile):
        key, known = row[:3], best.get(row[:3])
        if known is None or (row[3], row[5]) < (known[3], known[5]):
            best[key] = row
    return from_rows("ties", best.values())


def _rows(traced: Iterable[TracedClaim], copies: Iterable[Copy], pile: Pile) -> Iterator[Row]:
    yield from _copy_rows(copies, pile)
    for claim in traced:
        yield from _certain(claim, pile)
        yield from _possible(claim, pile)


def _copy_rows(copies: Iterable[Copy], pile: Pile) -> Iterator[Row]:
    for copy in copies:
        later, earlier = (pile.press.name(pile.outlet(m)) for m in (copy.later_id, copy.earlier_id))
        what = "story" if copy.whole else "passage"
        order = "" if copy.dated else "; which came first is not known"
        yield (copy.later_id, copy.earlier_id, "near-copy", "possible", round(copy.share, 4),
               f"{round(100 * copy.share)} % of the word runs of {later}'s {what} stand in {earlier}'s{order}")


def _certain(claim: TracedClaim, pile: Pile) -> Iterator[Row]:
    """Mentions of one voice, and mentions that credit an outlet which carries the claim itself."""
    for _, party in sorted(claim.provenance.parties.items()):
        if party.own:
            continue
        mentions = sorted(party.mentions, key=pile.when)
        carrier = sorted(claim.provenance.carriers.get(party.outlet_id, ()), key=pile.when) if party.outlet_id else []
        for mention_id in mentions:
            kind = _kind(party, mention_id, pile)
            if carrier and mention_id not in carrier:
                sentence = f"{pile.press.name(pile.outlet(mention_id))} credits {party.label}, which carries it too"
                yield mention_id, carrier[0], kind, "certain", 1.0, sentence
            elif mention_id != mentions[0] and not carrier:
                yield mention_id, mentions[0], kind, "certain", 1.0, _both(mention_id, mentions[0], party, pile)


def _kind(party: Party, mention_id: str, pile: Pile) -> str:
    if party.outlet_id and party.outlet_id in pile.press.credits(pile.article_of[mention_id])[0]:
        return "wire-credit"
    return "credited-outlet" if party.kind == "outlet" else "same-speaker"


def _both(later: str, earlier: str, party: Party, pile: Pile) -> str:
    one, other = (pile.press.name(pile.outlet(m)) for m in (earlier, later))
    return f"both credit {party.label}: {one} and {other}" if one != other else f"{one} credits {party.label} twice"


def _possible(claim: TracedClaim, pile: Pile) -> Iterator[Row]:
    first_of = {place: group[0] for group in claim.groups for place in group}
    pairs = {(first, place) for place in first_of for first in (first_of[place], claim.ties.first(place)) if 0 <= first != place}
    roots = pile.roots(claim.origins)
    for i, j in sorted(pairs):
        doubt = claim.ties.doubt(i, j)
        earlier, later = sorted((roots[i], roots[j]), key=pile.when)
        if doubt is not None and doubt.kind != "near-copy" and earlier != later:
            yield later, earlier, doubt.kind, "possible", POSSIBLE, doubt.sentence
