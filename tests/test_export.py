"""What is written for other tools: the ledger, CSV, Parquet, graph files and the words of the reports."""
from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import networkx as nx
import pandas as pd
import pytest
from worlds import World, make_case, poison, strike

from tracker.cells import cell, markdown
from tracker.errors import UsageError
from tracker.export import claims_csv, to_gexf, to_graphml, to_json, to_ledger, write_csv_folder, write_parquet_folder
from tracker.export.tables import CLAIM_COLUMNS
from tracker.tables import TABLES, Case
from tracker.view.claim_sheet import brief, claim_evidence, claim_text
from tracker.view.graph import to_graph
from tracker.view.report import claims_table, failing, find_claim, origins_table, outlets_table
from tracker.view.sheets import SHEET_FORMATS, render_sheet

DOCS = Path(__file__).parents[1] / "docs"
SCHEMA = json.loads((DOCS / "ledger.schema.json").read_text(encoding="utf-8"))
HOSTILE = ("=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "<script>alert(1)</script>", "[x](javascript:alert(1))",
           "\x1b[31mred\x1b[0m", "a\nb|c", "\u202egnp.exe", "\x00nul", "`code`", "![i](http://x.example/i.png)")


def by_id(rows: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in rows}


@pytest.mark.parametrize("case", [strike(), make_case(20, 6, 1), Case(), poison(strike(), "\x1b[31m<b>\x00")], ids=["strike", "made", "empty", "hostile"])
def test_the_ledger_fits_its_schema(case: Case) -> None:
    """Every field is described, none is missing, and none is there that is not described."""
    ledger = json.loads(to_json(case))
    for word in ("stance", "kind", "status", "strength"):  # a poisoned value is no member of a list of words; its type is still held
        if case["claims"]["status"].str.contains("\x1b").any():
            ledger = json.loads(re.sub(rf'("{word}": )"[^"]*"', r'\1"supports"', json.dumps(ledger)))
    problems = [p for p in jsonschema.Draft202012Validator(SCHEMA).iter_errors(ledger) if p.validator != "enum"]
    assert problems == []


def test_every_field_is_documented() -> None:
    """docs/formats.md explains each field of the schema, and the schema describes each."""
    text = (DOCS / "formats.md").read_text(encoding="utf-8")

    def fields(part: dict[str, Any]) -> list[tuple[str, str]]:
        own = [(name, p["description"]) for name, p in part.get("properties", {}).items()]
        return own + [f for p in [*part.get("properties", {}).values(), part.get("items", {})] if p for f in fields(p)]

    assert len(fields(SCHEMA)) > 100
    assert [name for name, what in fields(SCHEMA) if f"| `{name}` |" not in text or what not in text] == []
    assert [c for c in CLAIM_COLUMNS if f"`{c}`" not in text] == []
    assert [t for t in TABLES if f"`{t}`" not in text] == []


def test_the_ledger_tells_the_strike() -> None:
    """Two outlets, one unnamed and unverified origin; whom each mention credits; what was denied."""
    ledger = to_ledger(strike())
    claim = by_id(ledger["claims"])["c-strike"]
    assert (claim["n_outlets"], claim["independent_min"], claim["independent_max"], claim["unverified"], claim["echo"]) == (2, 1, 1, True, True)
    mentions = [m for m in ledger["mentions"] if m["claim"] == "c-strike"]
    assert sorted(m["origins"][0]["name"] for m in mentions) == ["an intelligence source", "its intelligence source"]
    assert {m["stance"] for m in ledger["mentions"] if m["claim"] == "c-plan"} == {"supports", "denies"}
    assert [m["origins"] for m in ledger["mentions"] if m["claim"] == "c-bill"] == [[{"name": "own", "kind": "own", "id": "", "via": [], "cue": ""}]] * 3


def test_chains_branches_and_credited_outlets() -> None:
    """The innermost voice of each branch is the origin, relays stand in `via`, and a credited outlet is not own reporting."""
    world = World()
    found = world.mention("c-1", "post", "It sank.", credits=[("Tern News", "outlet"), ("two officers", "unnamed")])
    world.add("attributions", mention_id=found, branch=1, hop=0, speaker="Tern News", speaker_kind="outlet", cue="reported")
    credits = to_ledger(world.case())["mentions"][0]["origins"]
    assert [(c["name"], c["kind"], c["via"]) for c in credits] == [("two officers", "unnamed", ["Tern News"]), ("Tern News", "credited-outlet", [])]


@pytest.mark.parametrize(("offset", "start", "counts_in"), [(0, 15, "file"), (120, 135, "file"), (-1, 15, "text")])
def test_offsets_count_in_the_file_where_they_can(offset: int, start: int, counts_in: str) -> None:
    """Front matter moves offsets; a text taken out of markup has none in its file."""
    world = World()
    world.mention("c-1", "post", "It sank.", file_offset=offset)
    ledger = to_ledger(world.case())
    assert (ledger["mentions"][0]["start"], ledger["articles"][0]["offsets"]) == (start, counts_in)


def test_an_unknown_outlet_is_null() -> None:
    """Nobody is guessed."""
    world = World()
    world.mention("c-1", "", "It sank.", day="")
    article = to_ledger(world.case())["articles"][0]
    assert (article["outlet"], article["published"]) == (None, None)


def test_only_outlets_of_the_pile() -> None:
    """The rest of the registry stays out of the ledger."""
    world = World()
    world.outlet("post", "Harbour Post")
    world.outlet("elsewhere", "Elsewhere")
    world.mention("c-1", "post", "It sank.")
    assert [o["id"] for o in to_ledger(world.case())["outlets"]] == ["post"]


def test_equal_cases_give_equal_bytes() -> None:
    """Every writer gives the same bytes for a case made twice, and row order in the tables does not matter."""
    mixed = Case({name: frame.sample(frac=1, random_state=5) for name, frame in make_case(20, 6, 1).tables.items()})
    again = Case({name: frame.sort_values(list(TABLES[name].keys)) for name, frame in mixed.tables.items()})
    for write in (to_json, claims_csv, brief, lambda c: to_graphml(to_graph(c)), lambda c: to_gexf(to_graph(c))):
        assert write(make_case(20, 6, 1)) == write(make_case(20, 6, 1)) == write(again)


@pytest.mark.parametrize("form", SHEET_FORMATS)
def test_reports_hold_hostile_text(form: str) -> None:
    """No control character, formula or markup gets out of a table, in any form."""
    for payload in HOSTILE:
        case = poison(strike(), payload)
        for frame in (claims_table(case), outlets_table(case), origins_table(case)):
            text = render_sheet(frame, form)
            lines = text.split("\n")
            if form in ("json", "jsonl"):
                assert "\x1b" not in text
                assert all(json.loads(line) for line in lines if line) if form == "jsonl" else json.loads(text)
                continue
            assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", text)
            if form == "csv":
                assert not [c for row in csv.reader(io.StringIO(text)) for c in row if c.startswith(("=", "+", "-", "@", "\t", "\r"))]
            if form == "md":
                assert not re.search(r"(?<!\\)<", text)
                assert not re.search(r"(?<!\\)\]\(", text)
                assert len(lines) == len(frame) + 3


@pytest.mark.parametrize("payload", HOSTILE)
def test_sheets_of_claims_hold_hostile_text(payload: str) -> None:
    """One claim in words, and the brief, show what was printed and nothing else."""
    case = poison(strike(), payload)
    text, page = claim_text(claim_evidence(case, case["claims"]["claim_id"].iloc[0])), brief(case, title=payload)
    assert not re.search("[\x00-\x08\x0b-\x1f\u202e]", text + page)
    assert not re.search(r"(?<!\\)<", page)
    assert not re.search(r"(?<!\\)\]\(", page)


def test_cells_and_markdown_keep_ordinary_text() -> None:
    """Ordinary words, numbers and minus inside a word stay as they are."""
    assert [cell(v) for v in ("Well-known", -3, 0.5, True, "", ["a", "b"])] == ["Well-known", "-3", "0.5", "yes", "", "a; b"]
    assert cell("-3") == "'-3"
    assert markdown("Plain words, 3-4 of them.") == "Plain words, 3-4 of them."


def test_most_fragile_first() -> None:
    """The unverified echo stands before the single outlet, and both before what has two origins."""
    assert list(claims_table(strike())["id"]) == ["c-strike", "c-plan", "c-bill"]


def test_pipes_get_both_ends_as_numbers() -> None:
    """"2-3" is for eyes: a spreadsheet would read it as a date."""
    rows = json.loads(render_sheet(claims_table(strike()), "json"))
    assert [(r["fewest"], r["most"]) for r in rows] == [(1, 1), (1, 1), (2, 3)]
    assert "2-3" not in render_sheet(claims_table(strike()), "csv")
    assert "2-3" in render_sheet(claims_table(strike()), "table")


@pytest.mark.parametrize("width", [60, 80, 110, 130, 200])
def test_a_table_fits_its_terminal(width: int) -> None:
    """Nothing is cut off at any width; where a claim has no room beside its counts it stands below them."""
    text = render_sheet(claims_table(strike()), "table", width=width)
    flat = re.sub(r"\s+", " ", text)
    for words in ("c-strike", "unverified; echo; unnamed-only", "A strike", "officers", "The ministry will", "intelligence source"):
        assert words in flat
    assert ("claim: A strike" in text) is (width < 120)
    assert width < 120 or max(map(len, text.split("\n"))) <= width
    assert render_sheet(claims_table(Case()), "table", width=width).split()[0] == "id"


def test_the_policy_finds_what_fails() -> None:
    """Fewest origins count; a pattern narrows; a pattern that fits nothing is a mistake and no pass."""
    assert list(failing(strike(), min_origins=2)["id"]) == ["c-strike", "c-plan"]
    assert list(failing(strike(), min_origins=3, claims="*bill*")["id"]) == ["c-bill"]
    assert list(failing(strike(), min_origins=2, claims="c-bi*")["id"]) == []
    with pytest.raises(UsageError, match="no claim matches"):
        failing(strike(), min_origins=2, claims="*moon*")
    with pytest.raises(UsageError, match="no claim was found"):
        failing(Case(), min_origins=2)


@pytest.mark.parametrize(("wanted", "found"), [("c-strike", "c-strike"), ("c-str", "c-strike"), ("STRIKE killed", "c-strike"), ("bill filed", "c-bill")])
def test_a_claim_is_found(wanted: str, found: str) -> None:
    """By id, by its beginning, or by words of its wording."""
    assert find_claim(strike(), wanted) == found


def test_a_claim_is_not_guessed() -> None:
    """Several candidates are listed, none chosen; old ids still lead to their claim."""
    with pytest.raises(UsageError, match=r"(?s)2 claims fit.*c-plan.*c-bill"):
        find_claim(strike(), "the")
    with pytest.raises(UsageError, match="no claim fits"):
        find_claim(strike(), "moon")
    world = World()
    world.add("aliases", old_claim_id="c-old", claim_id="c-strike")
    assert find_claim(Case({**strike().tables, "aliases": world.case()["aliases"]}), "c-old") == "c-strike"


def test_a_claim_in_words_reaches_printed_words() -> None:
    """The sheet names outlets, dates or "undated", places in the files, whom each credits, and what all hangs on."""
    text = claim_text(claim_evidence(strike(), "c-strike"))
    for words in ("2 outlets, but 1 origin", "hangs on: its intelligence source", "Harbour Post, 2031-03-01, post.txt characters 15-43", "Courier, undated",
                  "\"A strike killed six officers\"", "credits an intelligence source", "all of it hangs on"):
        assert words in text


def test_outlets_and_origins_are_counted() -> None:
    """Claims carried, resting on one origin and echoed; voices with the claims that hang on them alone."""
    outlets = outlets_table(strike()).set_index("id")
    assert list(outlets.loc["post", ["articles", "claims", "single-origin", "echo"]]) == [3, 3, 2, 1]
    assert outlets.loc["signal", "claims"] == 1, "a denial does not carry what it denies"
    voices = origins_table(strike()).set_index("label")
    assert (voices.loc["Mara Quill", "alone"], voices.loc["Courier", "alone"]) == (1, 0)


def test_graph_files_read_back() -> None:
    """GraphML and GEXF hold the nodes, edges and their attributes."""
    graph = to_graph(strike())
    for again in (nx.parse_graphml(to_graphml(graph), force_multigraph=True), nx.read_gexf(io.BytesIO(to_gexf(graph).encode()))):
        assert (set(again), again.number_of_edges()) == (set(graph), graph.number_of_edges())
        assert again.nodes["claim:c-strike"]["independent_max"] == 1


def test_tables_as_files(tmp_path: Path) -> None:
    """Every table is a CSV file; the articles' texts stay at home."""
    files = write_csv_folder(strike(), tmp_path / "csv")
    assert {f.stem for f in files} == set(TABLES)
    rows = {f.stem: list(csv.reader(io.StringIO(f.read_text(encoding="utf-8")))) for f in files}
    assert "text" not in rows["articles"][0]
    assert "body" not in rows["documents"][0]
    assert len(rows["claims"]) == 4


def test_parquet_files(tmp_path: Path) -> None:
    """Parquet keeps kinds."""
    pytest.importorskip("pyarrow", reason="needs the parquet extra")
    write_parquet_folder(strike(), tmp_path)
    claims = pd.read_parquet(tmp_path / "claims.parquet")
    assert (claims["independent_max"].dtype, claims["echo"].dtype) == ("int64", "bool")
