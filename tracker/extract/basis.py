"""How a credited voice comes to know: it saw it, it is its own act, it was told, it holds the document, it infers; or the text does not say."""

from __future__ import annotations

import re

from tracker.extract.drafts import Credit, Draft
from tracker.extract.people import Voice
from tracker.text import fold

_PAPERS = (
    r"(?:document|letter|memo|memorandum|filing|record|report|email|e-mail|transcript|indictment|affidavit|draft|text|copy|copies|footage|video"
    r"|recording|image|photo|contract)s?"
)
_SAW = r"(?:saw|seen|watched|witnessed|heard|filmed|photographed)"
_HELD = re.compile(rf"\b(?:seen|saw|read|reviewed|viewed|obtained|holds?|held|access to|possession of)\b[^.;]{{0,40}}\b{_PAPERS}\b", re.I)
_WAS_THERE = re.compile(
    rf"\b(?:eye)?witness(?:es)?\b|\bwho\s+(?:had\s+)?{_SAW}\b|\bwho (?:was|were) (?:there|present|in the room|at the scene|on board)\b", re.I
)
_BY_HEARSAY = re.compile(r"\b(?:briefed|familiar|told|informed|aware|with (?:direct )?knowledge|close to|in the know)\b", re.I)
_I_SAW = re.compile(rf"\b(?:I|we)\s+(?:could\s+|have\s+|had\s+|just\s+)?(?:see|hear|watch|{_SAW})\b", re.I)
_INFERRING = frozenset("believe think suspect suggest indicate conclude estimate assess determine infer calculate predict forecast expect speculate".split())
_ACTING = frozenset("announce sign issue declare decree order proclaim rule approve adopt ratify appoint dismiss publish release".split())


def basis_of(draft: Draft, credit: Credit, voice: Voice) -> str:
    """One of BASES for a voice of a credit: what the printed words allow, else "unknown". A relay outlet knows from whom it cites: "unknown"."""
    if voice.kind == "document":
        return "documented"
    if voice.kind == "outlet":
        return "unknown"
    lemmas = {draft.tree.lemmas[n] for n in range(len(draft.tree)) if draft.tree.chars([n])[0] in range(*credit.span)}
    if _HELD.search(voice.name):
        return "documented"
    if _WAS_THERE.search(voice.name) or draft.quoted and _I_SAW.search(draft.tree.text(draft.run)):
        return "witnessed"
    if lemmas & _INFERRING:
        return "inferred"
    if credit.rule == "public-act" or (voice.kind == "body" and lemmas & _ACTING and _is_actor(draft, voice)):
        return "official-act"
    return "told" if _BY_HEARSAY.search(voice.name) else "unknown"


def _is_actor(draft: Draft, voice: Voice) -> bool:
    """The voice itself does what the clause says: by name, or as the "it" and "they" of a clause put in its mouth."""
    actor = fold(str(draft.parts.get("actor", "")))
    return bool(actor) and (actor in fold(voice.name) or fold(voice.name) in actor or actor in {"it", "they", "he", "she", "we", "i"})
