"""Base forms of verbs that the lemmatizer cut in the wrong place ("retaine", "stopp", "killing"), put right with the words of the word table."""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache

import numpy as np

from tracker.language.vectors import TABLE

_SHORT = {"lied": "lie", "lying": "lie", "died": "die", "dying": "die", "tied": "tie", "tying": "tie", "vied": "vie", "vying": "vie"}
_ENDINGS = (("ied", ("y",)), ("ies", ("y",)), ("ing", ("", "e")), ("ed", ("", "e")), ("es", ("", "e")), ("s", ("",)))
LEAST = 3  # letters of a base form that is looked for: of "being" and "ring" nothing is cut off


@lru_cache(maxsize=1)
def known_words() -> frozenset[str]:
    """The whole words of the word table."""
    with np.load(TABLE) as data:
        return frozenset(w for w in bytes(data["words"]).decode("ascii").split() if w.isalpha())


def verb_lemma(form: str, lemma: str, known: Container[str]) -> str:
    """The lemma if it is a word and no inflected form of one, else the word that the form regularly comes from, else the lemma."""
    if form in _SHORT:
        return _SHORT[form]
    if lemma in known and (lemma != form or not lemma.endswith(("ing", "ed"))):
        return lemma
    for ending, stems in _ENDINGS:
        base = form[: -len(ending)]
        if form.endswith(ending) and len(base) >= LEAST:
            doubled = len(base) > LEAST and base[-1] == base[-2] and base[-1] not in "ls"
            for found in (*([base[:-1]] if doubled else []), *(base + s for s in stems), *([base[:-1]] if base[-1] == base[-2] else [])):
                if found in known:
                    return found
    return lemma
