"""Source, cue and content spans: the learned reading and what layout adds to it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pandas as pd
import pytest

from tracker.errors import LanguageError
from tracker.extract.chains import read_chains
from tracker.extract.layout import after_colon, signed_quotations, transcript_turns
from tracker.extract.learned import hashed, score
from tracker.extract.reading import read_attributions, read_page
from tracker.extract.sentences import find_quotes, split_paragraphs
from tracker.language import load_weights
from tracker.language import weights as stored
from tracker.model import WEIGHT_ROWS, Parser
from tracker.registry import Registry

Read = Callable[[str], list[tuple[str, str, str]]]


@pytest.fixture(scope="module")
def spans(parser: Parser) -> Read:
    """A function from a text to (source, cue, content) of each attribution, parts of a content joined by "|"."""

    def run(text: str) -> list[tuple[str, str, str]]:
        found = read_attributions(read_page(text, parser), load_weights())
        return [("|".join(text[s:e] for s, e in a.source), "|".join(text[s:e] for s, e in a.cue), "|".join(text[s:e] for s, e in a.content)) for a in found]

    return run


@pytest.mark.parametrize(("text", "source", "content"), [
    ("The mayor said the bridge would close on Friday.", "The mayor", "the bridge would close on Friday"),
    ("The bridge will close on Friday, the mayor said.", "the mayor", "The bridge will close on Friday"),
    ("According to the port authority, two cranes fell into the basin.", "the port authority", "two cranes fell into the basin"),
    ("Anna Reyes, a spokeswoman for the port, told reporters that two cranes had fallen.", "Anna Reyes, a spokeswoman for the port", "two cranes had fallen"),
    ("\"We lost two cranes,\" said Reyes, who runs the port.", "Reyes", "We lost two cranes"),
])
def test_plain_sentences(spans: Read, text: str, source: str, content: str) -> None:
    """One voice, one content, wherever they stand."""
    assert any(source in s and content in c for s, _, c in spans(text)), spans(text)


def test_a_quotation_runs_over_sentence_ends(spans: Read) -> None:
    """The content goes on with the quoted sentences beside it, in the paragraph only."""
    text = "\"We lost two cranes,\" Reyes said. \"Nobody was hurt. We were lucky.\"\n\n\"It was loud,\" said a clerk."
    first = next(c for s, _, c in spans(text) if s == "Reyes")
    assert "Nobody was hurt" in first and "lucky" in first and "loud" not in first


def test_a_colon_hands_over_to_the_paragraphs_below(spans: Read) -> None:
    """A cue before a colon owns the next paragraph, and those a running quotation joins to it."""
    text = "The mayor wrote:\n\n\"The bridge is old.\n\n\"It will close.\"\n\nTraffic was light."
    assert any(s == "The mayor" and "is old" in c and "will close" in c and "Traffic" not in c for s, _, c in spans(text)), spans(text)


def test_a_transcript_is_read_by_its_labels() -> None:
    """Labelled paragraphs are turns, with the unlabelled ones after them; one label alone is none."""
    text = "HOST: What fell into the basin?\n\nREYES: Two cranes fell.\n\nNobody was hurt.\n\nHOST: Were you there at all?\n\nREYES: I was not there."
    turns = [(text[a:b], [text[s:e] for s, e in said]) for (a, b), _, said in transcript_turns(text, split_paragraphs(text))]
    assert turns[1] == ("REYES", ["Two cranes fell.", "Nobody was hurt."]) and len(turns) == 4
    note = "Editor's note: this text was shortened.\n\nTwo cranes fell."
    assert list(transcript_turns(note, split_paragraphs(note))) == []


def test_signed_quotations() -> None:
    """A name after a dash signs the quotation before it, on its line or the next."""
    text = "“The bridge is far too old for this.” — Ann Lee, clerk\n\n“It shook.”\n― Bo Ek\n\nTraffic - Ann said - was light."
    paragraphs = split_paragraphs(text)
    signed = [(text[a:b], text[said[0][0] : said[0][1]]) for (a, b), _, said in signed_quotations(text, paragraphs, find_quotes(text, paragraphs))]
    assert signed == [("Ann Lee, clerk", "“The bridge is far too old for this.”"), ("Bo Ek", "“It shook.”")]


def test_nothing_below_a_last_colon() -> None:
    """A colon at the very end owns nothing."""
    assert after_colon("He said:", [(0, 8)], 7) == []


def test_typewriter_quotation_marks() -> None:
    """Two apostrophes quote; the apostrophes after a plural do not."""
    text = "''We lost it,'' he said of the boys'' boat."
    assert [text[s:e] for s, e in find_quotes(text, [(0, len(text))])] == ["''We lost it,''"]


def test_features_hash_alike_in_every_process() -> None:
    """The row of a feature does not hang on the hash seed."""
    code = "from tracker.extract.learned import hashed; print(hashed('c.lemma=say'))"
    rows = {subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True).stdout for seed in "12"}
    assert rows == {f"{hashed('c.lemma=say')}\n"} and 0 <= hashed("x") < WEIGHT_ROWS


def test_a_feature_counts_once() -> None:
    """Scores are sums over distinct features."""
    table = [0.0] * WEIGHT_ROWS
    table[hashed("a")] = 1.5
    assert score(table, ["a", "a", "b"]) == 1.5


def test_weights_that_cannot_be_read_say_so(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged file is told as such."""
    from pathlib import Path

    bad = Path(str(tmp_path)) / "weights.npz"
    bad.write_bytes(b"no weights")
    monkeypatch.setattr(stored, "WEIGHTS", bad)
    stored.load_weights.cache_clear()
    with pytest.raises(LanguageError, match="Install the tracker again"):
        stored.load_weights()
    stored.load_weights.cache_clear()


def test_hostile_texts_are_read_without_a_crash(spans: Read) -> None:
    """Empty, unclosed, huge and odd texts."""
    for text in ("", "\"", "said", ":" * 50, "“" * 30 + " said Ann", "A: B: C:\n" * 40, "said " * 400, "\u202e said \x00 Ann"):
        spans(text)


def test_figures_on_polnear(shared: object, parser: Parser) -> None:
    """On twenty articles of the development data the reading stays near its measured figures (all 84: .84 of content characters)."""
    import json
    from pathlib import Path

    data = Path(str(shared)) / "data" / "polnear" / "dev.jsonl"
    right = found = gold = 0
    for line in data.read_text(encoding="utf-8").splitlines()[:20]:
        row = json.loads(line)
        want = {i for a in row["attributions"] for s, e in a["content"] for i in range(s, e)}
        have = {i for a in read_attributions(read_page(row["text"], parser), load_weights()) for s, e in a.content for i in range(s, e)}
        right, found, gold = right + len(want & have), found + len(have), gold + len(want)
    assert 2 * right / (found + gold) > 0.78


@pytest.mark.parametrize(("text", "stretch", "chain"), [
    ("The mayor said that the port authority had warned that two cranes were unsafe.", "two cranes were unsafe", ["The mayor", "the port authority"]),
    ("Two cranes fell into the basin.", "fell into the basin", []),
])
def test_chains_run_from_outer_to_inner(parser: Parser, registry: Registry, text: str, stretch: str, chain: list[str]) -> None:
    """The writer alone is an empty chain; who cites stands before who is cited."""
    at = text.index(stretch)
    assert read_chains(read_page(text, parser), [(at, at + len(stretch))], load_weights(), registry) == [chain]


def test_a_content_that_was_lost_is_parsed_by_itself(read: Callable[..., tuple[pd.DataFrame, pd.DataFrame]]) -> None:
    """A parser led astray by the trailing "X said" still yields the claim, with X behind it."""
    claim = "Detectives identified Marlow based on a print found on the crate sent to Lund and a sample from an earlier arrest in Malmo"
    text = f"{claim}, court officials said Friday."
    mentions, credits = read(text)
    assert [q for q in mentions["quote"] if q.startswith("Detectives identified Marlow") and "said" not in q], mentions["quote"].tolist()
    assert credits["speaker"].tolist() == ["court officials"]
