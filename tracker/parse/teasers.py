"""Other stories' teasers: what follows a heading like "Related stories" and does not share the story's names and words."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from tracker.parse.lines import Line

_TOKEN: Final = re.compile(r"[^\W\d_][\w’'-]+")
_FEW: Final = 2  # paragraphs of story that must stand before a footer: a heading above the first is a menu
_SHARED: Final = 0.45  # of the words that carry meaning; calibrated by docs/reading.md: paragraphs of one story share .35-.8, teasers of other stories 0-.3
_NAMES: Final = 0.6  # of the names
_COMMON: Final = frozenset(
    "about above after again against also among another around because been before being between both could does doing down during each even ever every first from further have "
    "having here hers himself however into itself just last like made make many more most much must next only other over people same says said several shall should since some "
    "still such than that their them then there these they this those through time told under until very well were what when where which while whom will with within without "
    "would year years your monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december".split())


def mark_teasers(lines: Sequence[Line], kinds: list[str]) -> None:
    """Turns the kinds of lines after the headings of a footer, or in a box inside the story, to "teaser"; the story's own lines stay."""
    n = 0
    while n < len(lines):
        if kinds[n] == "heading" and sum(not kinds[m] and lines[m].full for m in range(n)) >= _FEW:
            _close(lines, kinds, n)
        n += 1


def _close(lines: Sequence[Line], kinds: list[str], heading: int) -> None:
    """One heading: everything after it to the end, or a box up to where the story goes on."""
    words, names = _vocabulary(lines[m].text for m in range(heading) if kinds[m] in {"", "title"})
    after = [m for m in range(heading + 1, len(lines)) if not kinds[m]]
    own = [m for m in after if lines[m].full and _belongs(lines[m].text, words, names)]
    resumes = own[0] if len(own) > len([m for m in after if lines[m].full]) / 2 else len(lines)
    for m in after:
        if m < resumes or (m not in own and not lines[m].full and resumes == len(lines)):
            kinds[m] = "teaser"


def _belongs(text: str, words: set[str], names: set[str]) -> bool:
    """A paragraph speaks of what the story speaks of."""
    own_words, own_names = _vocabulary([text])
    shared = len(own_words & words) / max(1, len(own_words))
    named = len(own_names & names) / max(1, len(own_names))
    return shared >= _SHARED or (named >= _NAMES and len(own_names & names) >= 2 and shared >= _SHARED / 2)


def _vocabulary(texts: Iterable[str]) -> tuple[set[str], set[str]]:
    """Stems of the words that carry meaning, and of those that are names."""
    words, names = set(), set()
    for text in texts:
        for found in _TOKEN.finditer(text[:20_000]):
            word = found.group()
            stem = re.sub(r"['’]s?$", "", word).lower()
            if len(stem) < 3 or stem in _COMMON:
                continue
            if word[0].isupper() and not _opens(text, found.start()):
                names.add(stem[:7])
            if len(stem) >= 4:
                words.add(stem[:6])
    return words, names


def _opens(text: str, at: int) -> bool:
    """The word stands first in a sentence, where a capital says nothing."""
    before = text[:at].rstrip(" \"'“‘(")
    return not before or before[-1] in ".!?:"
