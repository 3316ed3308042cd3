"""What people judged between two states, in sentences, by the claims that it touches."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from tracker.ask.ground import Ground, Row, in_order, tidy

WORDS: Mapping[str, str] = {
    "same": "judged the same", "different": "judged different", "rival": "judged rivals", "same-voice": "judged one voice", "verified": "judged verified",
    "refuted": "judged refuted", "withdrawn": "judged withdrawn", "own-reporting": "judged own reporting", "copied": "judged copied", "wording": "worded anew",
}


def standing_verdicts(ground: Ground) -> dict[str, Row]:
    """Judgements that stand, by id: nobody took them back, or that was taken back in turn."""
    found = {j["judgement_id"]: j for j in in_order(ground.case, "judgements")}
    undone: dict[str, list[str]] = defaultdict(list)
    for j in found.values():
        if j["withdraws"]:
            undone[j["withdraws"]].append(j["judgement_id"])

    def stands(judgement_id: str) -> bool:
        """An undo names what was there before it, so each chain ends; in a forged ring nothing is undone."""
        chain, seen = [judgement_id], {judgement_id}
        verdicts: dict[str, bool] = {}
        while chain:
            at = chain[-1]
            waiting = [u for u in undone.get(at, ()) if u not in verdicts and u not in seen]
            if waiting:
                chain.append(waiting[0])
                seen.add(waiting[0])
            else:
                verdicts[at] = not any(verdicts.get(u, False) for u in undone.get(at, ()))
                chain.pop()
        return verdicts[judgement_id]

    return {i: j for i, j in found.items() if not j["withdraws"] and stands(i)}


def judged_sentence(judgement: Mapping[str, Any]) -> str:
    """The judgement as a sentence: "judged the same by Ines: one press call"."""
    words = WORDS.get(judgement["verdict"], f"judged {tidy(judgement['verdict'])}")
    why = f": {tidy(judgement['why'])}" if judgement["why"] else ""
    return f"{words} by {tidy(judgement['who']) or 'somebody unnamed'}{why}"


def judged_between(before: Ground, after: Ground) -> dict[str, list[tuple[str, str]]]:
    """Id of a claim, of either state, to (verdict, sentence) of each judgement that was given or taken back between them."""
    old, new = standing_verdicts(before), standing_verdicts(after)
    given = [(j["verdict"], judged_sentence(j), j) for k, j in new.items() if k not in old]
    undone = [(j["verdict"], f"taken back: {judged_sentence(j)}", j) for k, j in old.items() if k not in new]
    holders = [_holders(before), _holders(after)]
    out: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for verdict, sentence, judgement in [*given, *undone]:
        touched = {c for hold in holders for item in (judgement["left_id"], judgement["right_id"]) for c in hold.get(item, ())}
        for claim_id in sorted(touched):
            out[claim_id].append((verdict, sentence))
    return dict(out)


def _holders(ground: Ground) -> dict[str, set[str]]:
    """What a judgement can be about (claim, mention, origin, party) to the claims in which it stands."""
    out: dict[str, set[str]] = defaultdict(set)
    pairs: Iterable[tuple[str, str]] = (
        *((c, c) for c in ground.claims), *ground.claim_of.items(), *((o["origin_id"], c) for c, found in ground.origins.items() for o in found),
        *((p["party_id"], p["claim_id"]) for p in in_order(ground.case, "parties", "party_id", "claim_id")))
    for item, claim_id in pairs:
        out[item].add(claim_id)
    return out
