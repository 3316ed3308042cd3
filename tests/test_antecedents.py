"""Whom "he" and "she" stand for, and that the name put for them is not a guess."""
from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tracker.extract.antecedents import MOST, SURE, Antecedents
from tracker.extract.names import Person
from tracker.extract.people import Directory
from tracker.extract.reading import read_page
from tracker.language import load_parser
from tracker.registry import Registry

sys.path.append(str(Path(__file__).resolve().parents[1] / "benchmarks"))


def told(text: str, pronoun: str, registry: Registry, nth: int = 0) -> str:
    """The name put for the nth of these pronouns as printed, "" where none is."""
    page = read_page(text, load_parser())
    directory = Directory([p.tree for p in page.places], registry, page.quotes)
    at = [t.parsed.starts[n] for t in (p.tree for p in page.places) for n in range(len(t)) if t.words[n] == pronoun]
    return directory.stands_for(at[nth], SURE)


HALE = "Mayor Carl Hale opened the new pier in Lindport on Monday. "
TWO = "Ann Lee, the harbour master, met the shipowner Tom Lind on Monday. "


@pytest.mark.parametrize(("text", "pronoun", "name"), [
    (TWO + "He told her that the pier was unsafe.", "He", "Tom Lind"),
    (TWO + "He told her that the pier was unsafe.", "her", "Ann Lee"),
    (HALE + "Mr. Lind said he would sue the town.", "he", "Lind"),
    ("In his letter to the council Tom Lind blamed the mayor for the fire.", "his", "Tom Lind"),
    (HALE + "He thanked the workers.", "He", "Carl Hale"),
    (HALE + "A shipowner sued the town. The mayor said he would not pay.", "he", "Carl Hale"),
    ("A spokeswoman for Mr. Field's office, Rebekah Moor, said on Monday that the pier was safe. She declined to say more.", "She", "Rebekah Moor"),
    (HALE + "Ann Lee wrote to the council on Friday. Its members never read her letter.", "her", "Ann Lee"),
])
def test_a_pronoun_stands_for_the_person_who_fits(text: str, pronoun: str, name: str, registry: Registry) -> None:
    assert told(text, pronoun, registry).endswith(name)


@pytest.mark.parametrize(("text", "pronoun"), [
    ("The council met on Monday. He would not pay, it was told.", "He"),
    ("A driver was taken to hospital on Monday. He had lost control of his truck.", "He"),
    (HALE + "A woman fell into the harbour. She was not hurt.", "She"),
    ("Ann Lee met Eva Stoll and Ida Moor in Lindport. The three women left at noon. Her car was found on Friday.", "Her"),
])
def test_a_pronoun_without_a_sure_name_stays(text: str, pronoun: str, registry: Registry) -> None:
    assert told(text, pronoun, registry) == ""


def test_a_couple_of_one_surname_are_two_people(registry: Registry) -> None:
    text = "Tom Lind sold his ferry on Monday. On Friday Anna Lind bought two tugs. She will run them from Lindport."
    assert told(text, "She", registry) == "Anna Lind"
    assert told(text, "his", registry) == "Tom Lind"


def test_who_speaks_a_quotation_is_not_its_he(registry: Registry) -> None:
    text = HALE + '"We ask the mayor to say what he will do," said Tom Lind, a shipowner.'
    assert told(text, "he", registry) == "Carl Hale"


def test_the_sex_of_a_person_is_learned_once_and_kept(registry: Registry) -> None:
    text = "Dr. Kim Stoll joined the ferry company in May. She leads its safety board. Tom Lind called Stoll on Friday, and she resigned."
    assert told(text, "She", registry).endswith("Stoll")
    assert told(text, "she", registry).endswith("Stoll")


def test_a_voice_is_the_likeliest_person_even_where_the_name_is_not_sure_enough_to_be_printed(registry: Registry) -> None:
    page = read_page(HALE + "He thanked the workers.", load_parser())
    directory = Directory([p.tree for p in page.places], registry, page.quotes)
    at = next(iter(directory.antecedents.chosen))
    directory.antecedents.chosen[at] = directory.antecedents.chosen[at]._replace(probability=SURE - 0.01)
    tree = page.places[1].tree
    voice = directory.resolve(tree, 0, 1)
    assert directory.stands_for(at, SURE) == ""
    assert voice is not None and voice.name == "Carl Hale"


def test_a_text_of_names_and_pronouns_alone_is_read_in_bounded_work(registry: Registry) -> None:
    weighed: list[int] = []

    class Counting(Antecedents):
        def _pick(self, start: int, rows: Sequence[tuple[int, tuple[str, ...]]]) -> tuple[int, float]:
            weighed.append(len(rows))
            return super()._pick(start, rows)

    names = [f"Tom Stone{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(60)]
    page = read_page(" ".join(f"{', '.join(names[n : n + 15])} and others left. He stayed." for n in range(0, 60, 15)), load_parser())
    Counting([p.tree for p in page.places], {n.split()[1].lower(): Person(n) for n in names}, page.quotes)
    assert weighed and max(weighed) <= 2 * MOST + 1


def test_the_benchmark_reads_entities_of_a_treebank(tmp_path: Path) -> None:
    from pronouns import read_told

    rows = [
        ("1", "Ann", "NNP", "_", "Entity=(1-person-new-cf1"), ("2", "Lee", "NNP", "_", "Entity=1)"), ("3", "left", "VBD", "_", "_"),
        ("4", "her", "PRP$", "_", "Entity=(2-object-new-cf2(1-person-giv)"), ("5", "ship", "NN", "_", "Entity=2)|SpaceAfter=No"), ("6", ".", ".", "_", "_"),
    ]
    lines = ["\t".join([n, w, w, "X", tag, feats, "0", "dep", "_", misc]) for n, w, tag, feats, misc in rows]
    path = tmp_path / "made.conllu"
    path.write_text("# newdoc id = MADE_news_pier\n# newpar\n# sent_id = 1\n" + "\n".join(lines) + "\n\n# newpar\n" + lines[0] + "\n", encoding="utf-8")
    (doc,) = read_told(path)
    assert (doc.kind, doc.text) == ("news", "Ann Lee left her ship.\n\nAnn")
    assert {(doc.text[a:b], e) for a, b, e in doc.spans} == {("Ann Lee", "1"), ("her", "1"), ("her ship", "2")}
    assert doc.names_of("1") == {"ann", "lee"}
    assert doc.entity(doc.text.index("her")) == "1"
