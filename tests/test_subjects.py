"""The measure of subjects: what is wanted, given and right, on trees written here."""

from __future__ import annotations

import gzip
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "benchmarks"))

from subjects import count, gold_tree, read_tree, sentences, shown, text_kind

from tracker.extract.tree import Tree
from tracker.language.pipeline import load_pipeline

BANK = """# newdoc id = GUM_news_harbour
1\tGuards\tguard\tNNS\tNNS\t_\t5\tnsubj\t_\t_
2\twho\twho\tPRON\tWP\t_\t3\tnsubj\t_\t_
3\tslept\tsleep\tVERB\tVBD\t_\t1\tacl:relcl\t_\t_
4\tlater\tlate\tADV\tRB\t_\t5\tadvmod\t_\t_
5\twoke\twake\tVERB\tVBD\t_\t0\troot\t_\t_
6\tand\tand\tCCONJ\tCC\t_\t7\tcc\t_\t_
7\tran\trun\tVERB\tVBD\t_\t5\tconj\t_\tSpaceAfter=No
8\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_

"""


def trees(tmp_path: Path) -> tuple[Tree, list[list[str]]]:
    path = tmp_path / "bank.conllu.gz"
    path.write_bytes(gzip.compress(BANK.encode()))
    ((document, rows),) = sentences(path)
    assert text_kind(document) == "news"
    return gold_tree(rows, read_tree(load_pipeline(), rows)), rows


def test_the_gold_against_itself_is_all_right(tmp_path: Path) -> None:
    gold, _ = trees(tmp_path)
    assert count(gold, gold) == Counter({(k, w): 1 for k in ("own", "relative", "shared") for w in ("wanted", "given", "right")})


def test_a_verb_hung_on_another_noun_has_a_wrong_subject(tmp_path: Path) -> None:
    gold, _ = trees(tmp_path)
    heads = list(gold.heads)
    heads[2] = 3  # "slept" under "later"
    found = count(gold, Tree(replace(gold.parsed, heads=tuple(heads))))
    assert found["relative", "given"] == 1 and found["relative", "right"] == 0 and found["own", "right"] == 1


def test_a_subject_that_was_not_found_is_wanted_and_not_given(tmp_path: Path) -> None:
    gold, _ = trees(tmp_path)
    deps = tuple("dep" if d == "nsubj" else d for d in gold.deps)
    found = count(gold, Tree(replace(gold.parsed, deps=deps)))
    assert found["own", "wanted"] == 1 and found["own", "given"] == 0 and found["shared", "given"] == 0


def test_a_subject_where_there_is_none_counts_against_precision(tmp_path: Path) -> None:
    gold, _ = trees(tmp_path)
    bare = Tree(replace(gold.parsed, deps=tuple("dep" if d in {"nsubj", "conj"} else "acl" if d.startswith("acl") else d for d in gold.deps)))
    found = count(bare, gold)
    assert found["none", "given"] == 2 and found["none", "wanted"] == 0
    assert "precision 0.333" in shown(found)


def test_the_pipeline_reads_the_gold_words_as_they_are_cut(tmp_path: Path) -> None:
    gold, rows = trees(tmp_path)
    assert list(gold.words) == [r[1] for r in rows]
    assert gold.parsed.ends[-1] == len("Guards who slept later woke and ran.")
