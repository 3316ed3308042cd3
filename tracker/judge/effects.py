"""What judgements change: which mentions are put together, whose word a mention rests on, what stands beside a claim.

The machine's own findings stay visible: a judged credit says so in `detail`, a judged claim carries the judgement's id.
"""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import pandas as pd

from tracker.ids import content_id
from tracker.judge.resolve import Resolved
from tracker.tables import lookup, make, records

Row = dict[str, Any]

_RANK: Final = {"outlet": 0, "person": 1, "body": 2, "document": 3, "unnamed": 4}  # the name that one voice goes by, best first


def link_constraints(resolved: Resolved) -> pd.DataFrame:
    """Frame (left_id, right_id, relation): pairs of mentions that people put together or apart, in the order of the verdicts."""
    rows = [{"left_id": r["left_now"], "right_id": r["right_now"], "relation": r["verdict"]} for r in resolved.used
            if r["verdict"] in ("same", "different", "rival")]
    return pd.DataFrame(rows, columns=["left_id", "right_id", "relation"], dtype="str")


def judge_claims(claims: pd.DataFrame, members: pd.DataFrame, resolved: Resolved) -> pd.DataFrame:
    """The claims with people's verdicts and wordings beside, and never in the place of, status, belief and full wording."""
    claim_of = lookup(members, "mention_id", "claim_id")
    given: dict[str, Row] = {}
    for row in resolved.used:
        claim_id = claim_of.get(row["left_now"], "")
        if row["verdict"] in ("verified", "refuted", "withdrawn"):
            given.setdefault(claim_id, {}).update(verdict=row["verdict"], verdict_id=row["judgement_id"])
        elif row["verdict"] == "wording":
            given.setdefault(claim_id, {}).update(wording=row["value"], wording_id=row["judgement_id"])
    if not given:
        return claims
    return make("claims", [{**c, **given.get(c["claim_id"], {})} for c in records(claims)])


def judge_credits(attributions: pd.DataFrame, mentions: pd.DataFrame, articles: pd.DataFrame, members: pd.DataFrame, resolved: Resolved) -> pd.DataFrame:
    """The attributions as people judged them; each changed row says by whom in `detail`.

    own-reporting: the mention credits nobody. copied: it rests on the earliest other report of its claim, or on somebody unnamed if there is none.
    same-voice: the two are one speaker everywhere; an outlet's own reporting judged one with a voice rests on that voice in that claim.
    """
    credits = [r for r in resolved.used if r["verdict"] in ("own-reporting", "copied")]
    voices = [r for r in resolved.used if r["verdict"] == "same-voice"]
    if not credits and not voices:
        return attributions
    pile = _Pile(attributions, mentions, articles, members)
    for row in credits:
        pile.chains[row["left_now"]] = [] if row["verdict"] == "own-reporting" else pile.copied(row)
    pile.join_voices(voices)
    return make("attributions", pile.rows())


class _Pile:
    """Attributions by mention, with what is needed to put them elsewhere."""

    def __init__(self, attributions: pd.DataFrame, mentions: pd.DataFrame, articles: pd.DataFrame, members: pd.DataFrame) -> None:
        self.chains: dict[str, list[Row]] = {}
        for row in records(attributions):
            self.chains.setdefault(row["mention_id"], []).append(row)
        self.mention = {m["mention_id"]: m for m in records(mentions, "mention_id", "article_id", "start", "stance")}
        self.article = {a["article_id"]: a for a in records(articles, "article_id", "outlet_id", "published_at")}
        self.claim_of = lookup(members, "mention_id", "claim_id")
        self.members: dict[str, list[str]] = {}
        for mention_id, claim_id in self.claim_of.items():
            self.members.setdefault(claim_id, []).append(mention_id)

    def rows(self) -> Iterator[Row]:
        for chain in self.chains.values():
            yield from chain

    def outlet(self, mention_id: str) -> str:
        article = self.mention[mention_id]["article_id"]
        return str(self.article.get(article, {}).get("outlet_id", "")) or str(article)

    def copied(self, row: Row) -> list[Row]:
        """One hop to where it was copied from."""
        mention_id = row["left_now"]
        others = [m for m in self.members.get(self.claim_of.get(mention_id, ""), ()) if self.outlet(m) != self.outlet(mention_id)
                  and self.mention[m]["stance"] != "denies"]
        first = min(others, key=self._when, default="")
        note = f"judged a copy by {row['who'] or 'a reader'}"
        if first and self.outlet(first).startswith("a-"):  # an outlet nobody knows cannot be credited by name: whatever it rests on, this rests on
            taken = [{**hop, "mention_id": mention_id, "start": 0, "end": 0, "detail": note} for hop in self.chains.get(first, ())]
            return taken or self._unnamed(mention_id, note)
        return [self._hop(mention_id, self.outlet(first), "outlet", note)] if first else self._unnamed(mention_id, note)

    def _when(self, mention_id: str) -> tuple[bool, str, str]:
        day = str(self.article.get(self.mention[mention_id]["article_id"], {}).get("published_at", ""))
        return not day, day, mention_id

    def _unnamed(self, mention_id: str, note: str) -> list[Row]:
        return [{**self._hop(mention_id, "", "unnamed", note), "speaker": "an unknown original", "speaker_id": content_id("s", "unnamed", mention_id)}]

    def _hop(self, mention_id: str, outlet_id: str, kind: str, note: str) -> Row:
        return {"mention_id": mention_id, "branch": 0, "hop": 0, "speaker": outlet_id, "speaker_kind": kind,
                "speaker_id": content_id("s", "outlet", outlet_id), "speaker_outlet_id": outlet_id, "detail": note}

    def join_voices(self, verdicts: Iterable[Row]) -> None:
        """Rewrite the rows of voices judged one, all at once, so that the order of the verdicts does not matter."""
        parent: dict[str, str] = {}
        why: dict[str, str] = {}

        def top(x: str) -> str:
            while parent.setdefault(x, x) != x:
                x = parent[x]
            return x

        owns: list[tuple[str, str, str]] = []
        for row in verdicts:
            note = f"judged one voice by {row['who'] or 'a reader'}"
            ends = [self._voice(row["left_at"], row["left_now"]), self._voice(row["right_at"], row["right_now"])]
            for (key, at), (other, _) in (ends, ends[::-1]):
                if key.startswith("own:"):
                    owns.append((at, other, note))
            a, b = sorted(top(k) for k, _ in ends)
            parent[b] = a
            why |= {k: note for k, _ in ends}
        groups: dict[str, list[str]] = {}
        for key in sorted(parent):
            groups.setdefault(top(key), []).append(key)
        faces = {key: self._face(keys) for keys in groups.values() for key in keys}
        for row in [r for chain in self.chains.values() for r in chain]:
            face, key = faces.get(_key(row)), _key(row)
            if face and _key(face) != key:
                row.update({k: face[k] for k in ("speaker_id", "speaker_outlet_id", "speaker_kind")}, detail=_with(row["detail"], why[key]))
        for mention_id, other, note in owns:
            self._own_rests_on(mention_id, faces[other], other, note)

    def _voice(self, span: Mapping[str, Any], mention_id: str) -> tuple[str, str]:
        """The voice meant: the party of that id if the mention credits it, else the credit under the printed name, else the party as it was called."""
        party, name = str(span.get("party") or ""), str(span.get("name") or "")
        chain = self.chains.get(mention_id, [])
        named = [_key(h) for h in chain if name and h["speaker"] == name]
        return (party if not named or any(_key(h) == party for h in chain) else named[0]), mention_id

    def _face(self, keys: Iterable[str]) -> Row:
        """Under which speaker a joined voice goes: the best known of its rows."""
        rows = [r for chain in self.chains.values() for r in chain if _key(r) in set(keys)]
        return min(rows, key=lambda r: (_RANK.get(r["speaker_kind"], 9), r["speaker_id"], r["mention_id"], r["hop"]), default={})

    def _own_rests_on(self, mention_id: str, face: Row, other: str, note: str) -> None:
        """All own reports of the outlet in the claim credit the other voice, or the other outlet."""
        claim_id, outlet = self.claim_of.get(mention_id, ""), self.outlet(mention_id)
        if other == f"own:{outlet}":
            return
        for m in self.members.get(claim_id, ()):
            if self.outlet(m) == outlet and not self.chains.get(m):
                if other.startswith("own:"):
                    if outlet > other.removeprefix("own:"):  # of two own reports judged one, the later name rests on the earlier
                        self.chains[m] = [self._hop(m, other.removeprefix("own:"), "outlet", note)]
                elif face:
                    kept = ("speaker", "speaker_kind", "speaker_id", "speaker_outlet_id", "affiliation", "number", "basis")
                    self.chains[m] = [{"mention_id": m, "branch": 0, "hop": 0, **{k: face[k] for k in kept}, "detail": note}]


def _key(row: Mapping[str, Any]) -> str:
    """What a party is known by in table `parties`."""
    return f"outlet:{row['speaker_outlet_id']}" if row["speaker_outlet_id"] else str(row["speaker_id"])


def _with(detail: str, note: str) -> str:
    return f"{detail}; {note}" if detail else note
