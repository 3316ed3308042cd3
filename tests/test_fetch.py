"""Files to documents: what is read, under which name, and that nothing broken stops a run."""
from __future__ import annotations

import gzip
import json
import os
from pathlib import Path

import pandas as pd
import pytest
from fuzz_read import STORY, write_mutations

from tracker.errors import UsageError
from tracker.fetch import read_documents, read_text
from tracker.parse import parse_articles
from tracker.registry import Registry
from tracker.settings import ReadSettings
from tracker.tables import dumps

SETTINGS = ReadSettings()


def read(*paths: Path | str, **kwargs: object) -> tuple[dict[str, dict[str, object]], dict[str, str]]:
    """Documents by path, with `given` unpacked, and reasons of rejects by item."""
    documents, rejects = read_documents([str(p) for p in paths], settings=ReadSettings(**kwargs))  # type: ignore[arg-type]
    rows = {r["path"]: {**r, "given": json.loads(r["given"])} for r in documents.to_dict("records")}
    return rows, dict(zip(rejects["item_id"], rejects["reason"], strict=True))


def put(folder: Path, **files: str | bytes) -> Path:
    """Writes files named with "__" for "." and "___" for "/"."""
    for name, body in files.items():
        path = folder / name.replace("___", "/").replace("__", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body if isinstance(body, bytes) else body.encode())
    return folder


def test_folder_is_read_with_all_below_it(tmp_path: Path) -> None:
    """Files are named by their path from the folder; hidden ones and other formats are passed over in silence."""
    put(tmp_path, b__txt=STORY, a__html=f"<p>{STORY}</p>", sub___c__md=STORY, **{"__git___d__txt": STORY, "notes__yaml": "a: 1"})
    documents, rejects = read(tmp_path)
    assert sorted(documents) == ["a.html", "b.txt", "sub/c.md"] and not rejects


def test_text_counts_as_the_file_does(tmp_path: Path) -> None:
    """Line ends and marks stay as they are: an offset into the body is an offset into the decoded file."""
    raw = "\ufeffA “title”\r\n\r\nBody\rline\n".encode()
    documents, _ = read(put(tmp_path, a__txt=raw))
    body = documents["a.txt"]["body"]
    assert body == raw.decode("utf-8") and documents["a.txt"]["given"] == {"text_from": 1}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "cp1252", "utf-8-sig"])
def test_encodings_of_english_text(tmp_path: Path, encoding: str) -> None:
    """Typographic marks survive every encoding that English is stored in."""
    text = "“Quoted,” she said – at the café. " * 5
    documents, rejects = read(put(tmp_path, a__txt=text.encode(encoding)))
    assert not rejects and str(documents["a.txt"]["body"]).removeprefix("\ufeff") == text


def test_page_may_name_its_encoding(tmp_path: Path) -> None:
    """A page that is not UTF-8 is decoded as it declares; a wrong declaration does no harm."""
    page = '<meta charset="{}"><p>Новость дня</p>'
    put(tmp_path, a__html=page.format("windows-1251").encode("cp1251"), b__html=page.format("undefined").encode("cp1251"))
    documents, _ = read(tmp_path)
    assert "Новость" in str(documents["a.html"]["body"]) and "b.html" in documents


def test_front_matter_is_known_and_not_text(tmp_path: Path) -> None:
    """YAML at the head gives metadata; the article starts behind it."""
    raw = "---\r\noutlet: rt\r\ndate: 2024-10-14\r\nauthor: [Ann Lee, Bo Ek]\r\n---\r\nThe story."
    documents, rejects = read(put(tmp_path, a__md=raw))
    assert documents["a.md"]["given"] == {"outlet": "rt", "published": "2024-10-14", "byline": "Ann Lee, Bo Ek", "text_from": raw.index("The story")}
    assert not rejects


@pytest.mark.parametrize("front", ["a: &x [1]\nb: *x", "!!python/object:os.system {}", "- just\n- a list", "a: [" * 2000, "key: value: more"])
def test_bad_front_matter_is_told_and_the_article_kept(tmp_path: Path, front: str) -> None:
    """Aliases, tags and broken YAML are refused; the text is read without them."""
    documents, rejects = read(put(tmp_path, a__md=f"---\n{front}\n---\n{STORY}"))
    assert rejects == {"a.md#front-matter": "front matter not read"} and set(documents["a.md"]["given"]) == {"text_from"}  # type: ignore[call-overload]


def test_rows_of_tables_are_articles(tmp_path: Path) -> None:
    """Columns go by many names; a row is called by its file and number, lines by theirs."""
    row = {"Headline": "T", "Body": STORY, "Source": {"name": "The Tide"}, "link": "https://x.example/1", "Date": 1728898200}
    put(tmp_path, a__jsonl=json.dumps(row) + "\n\n{broken\n" + json.dumps({"content": STORY}), b__json=json.dumps({"articles": [{"article": STORY}]}),
        c__csv="title;text\nT;\"" + STORY + "\"\nonly a title;\n")
    documents, rejects = read(tmp_path)
    assert sorted(documents) == ["a.jsonl#1", "a.jsonl#4", "b.json#1", "c.csv#1"]
    assert documents["a.jsonl#1"]["given"] == {"outlet": "The Tide", "title": "T", "url": "https://x.example/1", "published": "1728898200", "text_from": -1}
    assert rejects == {"a.jsonl#3": "broken JSON", "c.csv#2": "empty"}


def test_packed_files_are_read_and_bombs_are_not(tmp_path: Path) -> None:
    """Gzip is unpacked within bounds; what packs more tightly than news can is refused."""
    put(tmp_path, a__txt__gz=gzip.compress(STORY.encode()), b__jsonl__gz=gzip.compress(bytes(30_000_000)), c__txt__gz=b"no gzip",
        d__txt__gz=gzip.compress(os.urandom(3000))[:-9])
    documents, rejects = read(tmp_path)
    assert list(documents) == ["a.txt.gz"] and documents["a.txt.gz"]["body"] == STORY
    assert rejects == {"b.jsonl.gz": "too big", "c.txt.gz": "broken archive", "d.txt.gz": "broken archive"}


def test_what_is_no_text_becomes_a_reject(tmp_path: Path) -> None:
    """Empty, binary, huge and foreign files are told, each with a reason, and the rest is read."""
    put(tmp_path, ok__txt=STORY, empty__txt=" \n\t\n", picture__txt=b"\x89PNG\r\n\x1a\n" + bytes(50), zeros__html=bytes(100) + b"a" * 100,
        big__txt="word " * 2000, paper__pdf=b"%PDF-1.4")
    documents, rejects = read(tmp_path, max_bytes=9_000)
    assert list(documents) == ["ok.txt"]
    assert rejects == {"empty.txt": "empty", "picture.txt": "binary", "zeros.html": "binary", "big.txt": "too big", "paper.pdf": "unknown format"}


def test_manifest_tells_what_is_known(tmp_path: Path) -> None:
    """The manifest in a file's folder or the one above names outlet, address, title and date; it beats front matter."""
    put(tmp_path,
        manifest__csv="file,outlet,url,title,published\na.md,kyiv-post,https://x.example/a,T,2024-10-14\n../b.txt,rt,,,\n/etc/passwd,rt,,,\na.md,rt,,,\n,rt,,,\n",
        articles___a__md=f"---\noutlet: rt\nauthor: Ann Lee\n---\n{STORY}")
    documents, rejects = read(tmp_path / "articles")
    given = documents["a.md"]["given"]
    assert isinstance(given, dict)
    assert (given["outlet"], given["byline"], given["published"]) == ("kyiv-post", "Ann Lee", "2024-10-14")
    assert rejects == {"manifest.csv#2": "leaves the folder", "manifest.csv#3": "leaves the folder", "manifest.csv#4": "named twice",
        "manifest.csv#5": "broken row"}


def test_links_do_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    """A link to a file outside is not followed, one inside is the same file, and a pipe does not hold up the run."""
    put(tmp_path, secret__txt=STORY, inside___a__txt=STORY)
    (tmp_path / "inside" / "b.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "inside" / "c.txt").symlink_to(tmp_path / "inside" / "a.txt")
    (tmp_path / "inside" / "d").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "inside" / "e.txt")
    documents, rejects = read(tmp_path / "inside")
    assert list(documents) == ["a.txt"] and rejects == {"b.txt": "leaves the folder", "d": "leaves the folder", "e.txt": "not a plain file"}


def test_names_are_told_apart_and_doubles_dropped(tmp_path: Path) -> None:
    """Files of one name from two folders get more of their path; a file named twice is read once; the order of arguments is nothing."""
    put(tmp_path, x___a__txt=STORY, y___a__txt=STORY + "More.")
    there, _ = read_documents([str(tmp_path / "x"), str(tmp_path / "y"), str(tmp_path / "x" / "a.txt")], settings=SETTINGS)
    back, _ = read_documents([str(tmp_path / "y" / "*.txt"), str(tmp_path / "x")], settings=SETTINGS)
    assert sorted(there["path"]) == ["x/a.txt", "y/a.txt"] and there.equals(back)


def test_standard_input_is_an_article_or_a_table() -> None:
    """What comes through a pipe is looked at: text, a page or JSON lines."""
    for raw, paths in ((STORY.encode(), ["stdin"]), (json.dumps({"text": STORY}).encode() * 1 + b"\n" + json.dumps({"text": STORY}).encode(), ["stdin#1",
        "stdin#2"])):
        documents, _ = read_documents(["-"], settings=SETTINGS, stdin=lambda raw=raw: raw)  # type: ignore[misc]
        assert sorted(documents["path"]) == paths


@pytest.mark.parametrize("path", ["nowhere.txt", "nothing/*.txt", "a\0b", ""])
def test_a_path_that_is_not_there_is_the_users_affair(path: str) -> None:
    """A wrong path is one line to the user, not a reject and not a traceback."""
    with pytest.raises(UsageError):
        read_documents([path], settings=SETTINGS)
    with pytest.raises(UsageError):
        read_text(path or "nowhere.yaml")


def test_names_of_files_are_made_safe(tmp_path: Path) -> None:
    """A file name with escapes, line breaks or broken bytes cannot reach a terminal or a table as such."""
    (tmp_path / "a\x1b[2J\nb\u202e.txt").write_text(STORY)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/c\xff.txt")).write_text(STORY)
    documents, _ = read(tmp_path)
    assert sorted(documents) == ["a[2J b.txt", "c\ufffd.txt"]


def test_mutated_files_of_every_format(tmp_path: Path, registry: Registry) -> None:
    """1,200 broken files: every one is read or told with a reason, and every document becomes an article or a reject."""
    names = write_mutations(20, 1_200, tmp_path)
    documents, unread = read_documents([str(tmp_path)], settings=SETTINGS)
    articles, unparsed = parse_articles(documents, registry, settings=SETTINGS)
    told = {i.partition("#")[0] for i in (*documents["path"], *unread["item_id"])}
    assert set(names) <= told and set(documents["path"]) == {*articles["file"], *unparsed["item_id"]}
    assert 180 < len(articles) < len(documents) and len(unread) > 180
    check_spans(articles)


def check_spans(articles: pd.DataFrame) -> None:
    for row in articles.to_dict("records"):
        at = 0
        for start, end in json.loads(row["furniture"]):
            assert at <= start < end <= len(row["text"])
            at = end
        dumps(row)
        row["text"].encode("utf-8")
