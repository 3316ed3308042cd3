"""Other stories' teasers: what follows a heading like "Related stories" and does not share the story's names and words."""
from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

from tracker.parse.lines import Line

_TOKEN: Final = re.compile(r"[^\W\d_][\w’'-]+")
_FEW: Final = 2  # paragraphs of story that must stand before a footer: a heading above the first is a menu
# Share of a line's words and names that the story has used before. On 18 political articles, later paragraphs of the same story have .30 in the
# middle (.08-.60), first paragraphs of other stories .06 (0-.27). At .22 boxes and footers of bare paragraphs put into these articles cost about 6 of 675
# paragraphs of story, and 190 of 510 such teasers of the same beat stay; .28 keeps 87 and costs 99. Teasers with headlines do not depend on it.
_LIKE: Final = 0.22
_VOCABULARY: Final = 150  # words of a story from which its vocabulary is full; a shorter story has used fewer of its own
_STRETCH: Final = 3  # paragraphs from which a likely stretch is believed; fewer must be twice as like the story
_WHOLE: Final = 25  # words from which a line counts fully; shorter ones say less
_TERMS: Final = 10  # words and names from which a line says what it is about; "It gave no details." belongs to either story
_BOXES: Final = 12  # headings followed up in one text; more are an attack on the clock
_COMMON: Final = frozenset(
    "about above after again against also among another around because been before being between both could does doing down during each even ever every first "
    "from further have "
    "having here hers himself however into itself just last like made make many more most much must next only other over people same says said several shall "
    "should since some "
    "still such than that their them then there these they this those through time told under until very well were what when where which while whom will with "
    "within without "
    "would year years your monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november "
    "december".split())


def mark_teasers(lines: Sequence[Line], kinds: list[str]) -> None:
    """Turns the kinds of lines after the headings of a footer, or in a box inside the story, to "teaser"; the story's own lines stay."""
    paragraphs = list(accumulate((int(not k and line.full) for k, line in zip(kinds, lines, strict=True)), initial=0))
    headings = [n for n, kind in enumerate(kinds) if kind == "heading" and paragraphs[n] >= _FEW]
    for heading in headings[:_BOXES]:
        words, names = _vocabulary(lines[m].text for m in range(heading) if kinds[m] in {"", "title"})
        after = [m for m in range(heading + 1, len(lines)) if not kinds[m]]
        start, headlines = _listed(lines, after)
        resumes = _resumption([_likeness(lines[m], words, names) for m in after[start:]])
        if resumes < len(after) - start and headlines:
            resumes = 0  # below a list of bare headlines the next paragraph is the story's, whatever its words
        for m in after[: start + resumes]:
            kinds[m] = "teaser"


def _listed(lines: Sequence[Line], after: Sequence[int]) -> tuple[int, bool]:
    """How many of the lines after a heading are a list of headlines, each alone or with one paragraph below it; and whether all stand alone."""
    headline = [not lines[m].stopped and lines[m].words >= 4 for m in after]
    at, paired = 0, False
    while at < len(after) and headline[at]:
        at += 1
        teased = at < len(after) and not headline[at]
        if teased and (paired or (at + 1 < len(after) and headline[at + 1])):
            at, paired = at + 1, True
    return at, at > 0 and not paired


def _resumption(likeness: Sequence[tuple[float, float]]) -> int:
    """Where the story goes on: the start of the stretch to the end that is most like it; the number of lines when none is."""
    best, total, start = 0.0, 0.0, len(likeness)
    for at in range(len(likeness) - 1, -1, -1):
        like, weight = likeness[at]
        total += (like - _LIKE) * weight
        if total >= best:
            best, start = total, at
    long = [like for like, weight in likeness[start:] if weight >= 0.5]
    mean = sum(long) / len(long) if long else 0.0
    return start if mean >= (_LIKE if len(long) >= _STRETCH else 2 * _LIKE) else len(likeness)


def _likeness(line: Line, words: set[str], names: set[str]) -> tuple[float, float]:
    """How far a line speaks of what the story speaks of, from 0 on, and how much that weighs; 0 for a line that does not end as a sentence does."""
    if not line.stopped:
        return 0.0, 0.5
    own_words, own_names = _vocabulary([line.text])
    terms = len(own_words) + len(own_names)
    shared = len(own_words & words) + len(own_names & names)
    return shared / max(1, terms) / min(1.0, max(len(words), 1) / _VOCABULARY), min(1.0, line.words / _WHOLE) if terms >= _TERMS else 0.0


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
