"""Articles that their outlet printed again in another version, and what changed in their claims."""
from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import pandas as pd

from tracker.ask.ground import Ground, Row, sheet, tidy
from tracker.tables import Case
from tracker.text import words

COLUMNS: Final = ("outlet", "first", "revised", "change", "before", "after", "id", "file", "revised file", "claim")

_FIGURE: Final = re.compile(r"\d[\d.,:]*|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|twenty|thirty|"
                            r"forty|fifty|sixty|seventy|eighty|ninety|dozens?|hundreds?|thousands?|millions?)\b", re.IGNORECASE)
ALIKE: Final = 0.6  # share of the words, figures aside, from which a sentence of the old version and one of the new say the same of other figures; not fitted


def list_revisions(case: Case) -> pd.DataFrame:
    """One row a change between an article and its revised version: outlet, days of both, change, words before and after, claim.

    change: "figure" (the same said with another figure), "dropped" (a claim only in the old version), "added" (only in the new), "stance" (put as so
    in one, denied or not verified in the other), or "none of its claims". In order of the revised version's day, then of files.
    """
    ground = Ground(case)
    pairs = [(ground.articles[a["revision_of"]], a) for a in ground.articles.values() if a["revision_of"] in ground.articles]
    pairs.sort(key=lambda p: (not p[1]["published_at"], p[1]["published_at"], p[1]["file"], p[1]["article_id"]))
    return sheet(COLUMNS, [row for old, new in pairs for row in revised_claims(ground, old, new)])


def revised_claims(ground: Ground, old: Row, new: Row) -> list[Row]:
    """The rows of one article and its revised version."""
    head = {"outlet": ground.outlet_name(new["outlet_id"] or new["article_id"]), "first": old["published_at"][:10], "revised": new["published_at"][:10],
            "file": old["file"], "revised file": new["file"]}
    found = [{**head, **row} for row in _changes(ground, _put(ground, old), _put(ground, new))]
    return found or [{**head, "change": "none of its claims", "before": "", "after": "", "id": "", "claim": ""}]


def _put(ground: Ground, article: Row) -> dict[str, Row]:
    """Claim id to the first mention in the article that puts it."""
    mine = [m for m in ground.mentions.values() if m["article_id"] == article["article_id"] and m["mention_id"] in ground.claim_of]
    return {ground.claim_of[m["mention_id"]]: m for m in sorted(mine, key=lambda m: (-m["start"], m["mention_id"]))}


def _changes(ground: Ground, old: dict[str, Row], new: dict[str, Row]) -> Iterator[Row]:
    for claim_id in sorted(old.keys() & new.keys()):
        before, after = old[claim_id], new[claim_id]
        if figures(before["quote"]) != figures(after["quote"]):
            yield _row(ground, claim_id, "figure", before["quote"], after["quote"])
        elif before["stance"] != after["stance"]:
            yield _row(ground, claim_id, "stance", before["stance"], after["stance"])
    dropped, added = [c for c in sorted(old) if c not in new], [c for c in sorted(new) if c not in old]
    for claim_id in list(dropped):
        twin = next((c for c in added if _same_but_figures(ground, claim_id, c, old[claim_id]["quote"], new[c]["quote"])), "")
        if twin:
            dropped.remove(claim_id)
            added.remove(twin)
            yield _row(ground, twin, "figure", old[claim_id]["quote"], new[twin]["quote"])
    for claim_id in dropped:
        yield _row(ground, claim_id, "dropped", old[claim_id]["quote"], "")
    for claim_id in added:
        yield _row(ground, claim_id, "added", "", new[claim_id]["quote"])


def _row(ground: Ground, claim_id: str, change: str, before: str, after: str) -> Row:
    return {"change": change, "before": tidy(before), "after": tidy(after), "id": claim_id, "claim": tidy(ground.claims.get(claim_id, {}).get("wording", ""))}


def _same_but_figures(ground: Ground, old_id: str, new_id: str, old: str, new: str) -> bool:
    """Two claims that answer one question, or that have their words in common, with other figures."""
    if figures(old) == figures(new):
        return False
    questions = {ground.claims.get(c, {}).get("question_id", "") for c in (old_id, new_id)}
    if len(questions) == 1 and "" not in questions:
        return True
    left, right = (set(words(_FIGURE.sub(" ", text))) for text in (old, new))
    return len(left & right) >= ALIKE * max(1, len(left | right))


def figures(text: str) -> list[str]:
    """The figures of a text in order of value as text, in digits or words."""
    return sorted(m.group().lower().rstrip(".,:") for m in _FIGURE.finditer(text))
