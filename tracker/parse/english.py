"""Whether a text is English: the share of the commonest words, against those of its neighbours."""
from __future__ import annotations

import re
from collections import Counter
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+")
_FOREIGN_LETTER: Final = re.compile(r"[^\W\d_\x00-\u024f]")
_ENGLISH: Final = frozenset(
    "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which one you were all her she there would "
    "their we him been has when who will more if out so said what its about into than them can only other new some could these two may then do first any "
    "my".split())
# Words of other languages that are no English ones; enough to tell them apart, not to name them.
_OTHERS: Final = {
    "fr": "le la les des une est que qui dans pour pas sur sont avec par au aux plus ce cette ses ont été mais nous vous leur du et".split(),
    "es": "el la los las del que una por con para es se lo su al como más pero sus le ya o este fue ha sí porque esta entre y en".split(),
    "de": "der die das und den von zu mit sich des auf für ist im dem nicht ein eine als auch es werden aus hat dass sie nach wird bei einer".split(),
    "it": "il di che la e un una per in non del della dei con sono si le gli alla nel anche come più al da ha dal ma".split(),
    "pt": "o os as um uma do da dos das que em para com não por mais como mas foi ao ele tem seu sua ou quando muito nos já".split(),
    "nl": "de het een en van ik te dat die in is niet zijn op aan met voor er maar om hem dan zou wat mijn men dit zo door ze".split(),
    "pl": "i w na z do nie się że jest to o jak po co tak za od przez oraz ale przy dla był są jego".split(),
    "sv": "och att det som en på är av för med till den har de inte om ett han var jag från vi kan men".split(),
    "tr": "ve bir bu da de için ile olarak daha çok olan gibi en sonra kadar ancak oldu ise".split(),
    "id": "yang dan di dari untuk dengan ini itu pada dalam tidak akan ke oleh juga sebagai ada telah".split(),
    "ro": "și în de la cu pe care nu un o este din au fost pentru mai să că ale".split(),
}
_SHORT: Final = 40  # words below which names may outweigh the common words: then only another language's words speak against English
_LATIN: Final = 0.5
_SAMPLE: Final = 20_000  # characters; a text does not change its language after that


def is_english(text: str, *, share: float) -> bool:
    """English by its common words: at least `share` of all words in a longer text, and more than any neighbour has of its own."""
    found = Counter(_WORD.findall(text[:_SAMPLE].lower()))
    size = found.total()
    if not size or len(_FOREIGN_LETTER.findall(text[:_SAMPLE])) > (1 - _LATIN) * sum(len(w) * n for w, n in found.items()):
        return False
    english = sum(found[w] for w in found.keys() & _ENGLISH)
    other = max(sum(found[w] for w in found.keys() & words) for words in _FOREIGN)
    if size < _SHORT:
        return english >= other or other < 3
    return english > other and english >= share * size


_FOREIGN: Final = tuple(frozenset(words) - _ENGLISH for words in _OTHERS.values())
