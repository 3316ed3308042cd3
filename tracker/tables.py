"""The tables that are the seams between the stages: columns, kinds, keys, and the one way to make a frame fit.

Kinds: `text` (str, never null: missing is ""), `whole` (int64), `real` (float64), `flag` (bool), `list` (a JSON array of strings
as text, "[]" when empty), `json` (a JSON value as text with sorted keys), `time` (UTC as ISO 8601 text: "2024-10-14" at day grain,
"2024-10-14T09:30Z" at minute grain, "" when unknown; text order is time order).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from itertools import islice, pairwise
from operator import itemgetter, lt
from typing import Any, Final

import numpy as np
import pandas as pd

from tracker.errors import TableError


@dataclass(frozen=True, slots=True)
class Table:
    """A table's name, its key columns and the kind of every column, keys first."""

    name: str
    keys: tuple[str, ...]
    columns: Mapping[str, str]


def _table(name: str, keys: str, rest: str) -> Table:
    columns = {}
    for item in f"{keys} {rest}".split():
        column, _, kind = item.partition(":")
        columns[column] = kind or "text"
    return Table(name, tuple(k.partition(":")[0] for k in keys.split()), columns)


TABLES: Final[Mapping[str, Table]] = {
    t.name: t
    for t in (
        # controller_id: an outlet id or a free slug ("russian-state"); carries: outlet ids of the wires it prints.
        _table("outlets", "outlet_id", "name kind country lang controller_id domains:list aliases:list handles:list carries:list reliability note"),
        # body: decoded text of the file, entry or page; path: as the user named it, with "/" and relative to what was given. file_digest: SHA-256 of the
        # bytes of the file on disk, packed as they are, the same for all rows of one table file; manifest_digest: of the manifest that was used, or "".
        _table("documents", "document_id", "url path fetched_at:time media_type body fetcher given:json file_digest manifest_digest"),
        # What was done with a document and when: verb is add or forget, and the last one counts. Nothing is ever taken out of `documents`.
        _table("intake", "document_id at:time verb", "why"),
        # text is what every offset counts in; file_offset: where text[0] stands in the decoded file, -1 when the text was made from markup.
        # furniture: [[start, end], ...] of text that is the site's and not the story's; dateline: [[start, end], ...] place-and-agency openings.
        _table(
            "articles",
            "article_id",
            "document_id outlet_id outlet_how file file_offset:whole url title byline credit:list published_at:time published_grain "
            "lang text text_digest fingerprint:json furniture:json revision_of",
        ),
        # sentence_start/_end: the sentence round the quote. proposition: the clause made readable (pronouns filled in). frame: its parts for comparing.
        # refers_id: the mention of the same article that this one speaks about (a denial, a remark on verification), "" if none.
        # confirmed_max: the most independent origins the text itself allows ("not confirmed beyond a single source" = 1), 0 if it says nothing.
        _table(
            "mentions",
            "mention_id",
            "article_id start:whole end:whole nth:whole quote proposition frame:json sentence_start:whole sentence_end:whole stance "
            "hedge event_at:time event_grain refers_id confirmed_max:whole method",
        ),
        # hop 0 is nearest the article (a relay), the last hop is the innermost voice. No row: the outlet's own reporting.
        # branch: independent credited voices of one mention ("A and B said") have branches 0, 1, ...; hops count inside a branch.
        # affiliation: the body a person or unnamed voice speaks for, as printed or from the registry.
        _table(
            "attributions",
            "mention_id branch:whole hop:whole",
            "speaker speaker_kind speaker_id speaker_outlet_id affiliation number:whole basis cue start:whole end:whole detail",
        ),
        _table("links", "left_id right_id", "relation score:real detail:json"),
        # A person's verdict; never edited: taking one back is a row of its own, whose `withdraws` names it. left_span and right_span: the printed words
        # that the ids meant when it was decided, so that it finds them again under another reader. value: what the verdict brings, such as a wording.
        _table("judgements", "judgement_id", "verdict left_id right_id left_span:json right_span:json value who why decided_at:time withdraws"),
        _table("members", "mention_id", "claim_id"),
        # near: mentions of other claims and articles in nearly the same words, likest first: not counted, but worth a look.
        # cut: labels of the canonical minimum cut, upper reading; cut_low: the same for the lower reading. verdict: a person's (verified, refuted or
        # withdrawn), beside the machine's status and never in its place; verdict_id and wording_id: the judgements that verdict and wording come from.
        _table(
            "claims",
            "claim_id",
            "question_id topic_id wording full_wording first_mention_id first_seen_at:time last_seen_at:time n_mentions:whole n_outlets:whole "
            "independent_min:whole independent_max:whole status disputed:flag unverified:flag echo:flag unnamed_only:flag single_outlet:flag "
            "circular:flag near:list cut:list cut_low:list belief:real belief_low:real belief_high:real credibility:whole verdict verdict_id wording_id",
        ),
        _table("aliases", "old_claim_id", "claim_id since_run"),
        _table("ties", "later_id earlier_id kind", "strength weight:real detail"),
        # One row per independent origin of the upper reading; may_be_origin_id: the canonical origin of the same claim that the lower reading
        # merges it into (itself when it stands alone). speakers: names merged into it. unnamed: nobody named stands behind it.
        _table(
            "origins",
            "origin_id",
            "claim_id kind label controller_id reliability unnamed:flag basis speakers:list may_be_origin_id root_mention_id first_seen_at:time",
        ),
        # How a supporting mention reaches an origin; via: names of the relays between.
        _table("supports", "mention_id origin_id", "hop:whole via:list"),
        # The provenance graph of each claim; place: the party's number in its claim. fed_by and may_be: places of the same claim; mentions: those that
        # it feeds directly; entry: it is fed from outside; origin_id: the origin that it is part of, "" for a relay that the cut does not take.
        _table(
            "parties",
            "claim_id place:whole",
            "party_id kind label controller_id outlet_id origin_id entry:flag fed_by:json mentions:list may_be:json",
        ),
        _table("assessments", "subject_kind subject_id measure", "value:real low:real high:real n:whole method"),
        _table("reasons", "subject_kind subject_id measure rank:whole", "part effect:real detail"),
        _table("rejects", "stage item_id", "reason detail"),
        _table("runs", "run_id", "started_at:time version settings_digest inputs_digest as_of:time"),
    )
}

_EMPTY: Final[Mapping[str, Any]] = {"text": "", "time": "", "list": "[]", "json": "null", "whole": 0, "real": 0.0, "flag": False}
_DTYPE: Final[Mapping[str, str]] = {"text": "str", "time": "str", "list": "str", "json": "str", "whole": "int64", "real": "float64", "flag": "bool"}


_ENCODER: Final = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)  # made once: half of a short value's time
_DTYPES: Final = {kind: pd.api.types.pandas_dtype(dtype) for kind, dtype in _DTYPE.items()}
FEW: Final = 1_000  # rows that Python puts in order in less time than pandas


def dumps(value: object) -> str:
    """JSON text with sorted keys and no spare blanks: equal values give equal bytes."""
    return _ENCODER.encode(value)


def make(name: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """A conforming frame of the named table from row mappings; columns left out get their empty value."""
    table = TABLES[name]
    rows = list(rows)
    if len(rows) <= FEW:
        with suppress(KeyError, TypeError):  # odd keys are told by `conform`
            rows.sort(key=itemgetter(*table.keys))
    unknown = set[str]().union(*rows) - set(table.columns)
    if unknown:
        raise TableError(f"{name} has no column {', '.join(sorted(unknown))}")
    return from_columns(name, {column: _column(rows, column, _EMPTY[kind]) for column, kind in table.columns.items()})


def _column(rows: Sequence[Mapping[str, Any]], column: str, default: Any) -> list[Any]:
    try:
        return list(map(itemgetter(column), rows))
    except KeyError:  # in some rows it is left out
        return [row.get(column, default) for row in rows]


def from_rows(name: str, rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """A conforming frame of the named table from rows that hold all of its columns in their order."""
    columns = list(zip(*rows, strict=True)) or [()] * len(TABLES[name].columns)
    return from_columns(name, dict(zip(TABLES[name].columns, columns, strict=True)))


def from_columns(name: str, columns: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """A conforming frame of the named table from its columns as lists."""
    return conform(name, loose(name, columns))


def loose(name: str, columns: Mapping[str, Sequence[Any]]) -> pd.DataFrame:
    """A frame of the named table from its columns as lists, which `conform` has yet to look at."""
    texts = {c: _DTYPE[kind] == "str" for c, kind in TABLES[name].columns.items()}
    return pd.DataFrame({c: _texts(v) if texts.get(c) else v for c, v in columns.items()})


def _texts(values: Sequence[str]) -> Any:
    """A column of texts. Told that it is text, pandas need not look at every value; where it keeps texts in Arrow, that takes them in a third of the time."""
    arrow = _arrow()
    if arrow is not None:
        with suppress(arrow.ArrowException, UnicodeError):  # odd values are pandas' to settle
            return pd.array(arrow.array(values, type=arrow.large_string()), dtype="str")
    return pd.array(list(values), dtype="str")


@cache
def _arrow() -> Any:
    """The library in which pandas keeps texts, None where it keeps them as Python's."""
    if pd.StringDtype(na_value=np.nan).storage != "pyarrow":
        return None
    import pyarrow

    return pyarrow


def empty(name: str) -> pd.DataFrame:
    """The named table without rows."""
    return _blank(name).copy()


@cache
def _blank(name: str) -> pd.DataFrame:
    return make(name, [])


def conform(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with exactly the table's columns, kinds and order, sorted by key.

    Raises TableError for missing columns, null or repeated keys, values of a wrong kind. The argument is left as it is.
    """
    table = TABLES[name]
    missing = set(table.columns) - set(frame.columns)
    if missing:
        raise TableError(f"{name} lacks {', '.join(sorted(missing))}")
    out = (frame if list(frame.columns) == list(table.columns) else frame[list(table.columns)]).copy()
    nulls = out.isna().to_numpy().any(axis=0)
    if nulls.any():
        raise TableError(f"{name}.{out.columns[int(nulls.argmax())]} holds a null")
    for (column, kind), dtype in zip(table.columns.items(), out.dtypes.tolist(), strict=True):
        if dtype != _DTYPES[kind]:  # asked first: a column that is right takes longer to convert than to look at
            try:
                out[column] = out[column].astype(_DTYPE[kind])  # type: ignore[call-overload]  # the stubs want the kind spelled out
            except (TypeError, ValueError) as error:
                raise TableError(f"{name}.{column} is not {kind}: {error}") from error
    keys = list(tuples(out, *table.keys))
    if all(map(lt, keys, islice(keys, 1, None))):  # in order and none twice
        return out.reset_index(drop=True)
    if len(set(keys)) < len(keys):
        again = next(a for a, b in pairwise(sorted(keys)) if a == b)
        raise TableError(f"{name} has the key {list(again)} twice")
    return out.sort_values(list(table.keys), kind="stable", ignore_index=True)  # texts by code point, as Python does, in half of its time


def union(name: str, frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Parts made apart, merged: equal keys are one row, so order, cutting and repeating cannot matter."""
    parts = [f for f in frames if len(f)]
    if not parts:
        return empty(name)
    both = pd.concat(parts, ignore_index=True)
    return conform(name, both.drop_duplicates(list(TABLES[name].keys)))


def tuples(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """The rows of these columns, or of all, in plain Python values: many times as fast as walking the frame's own rows."""
    return zip(*(frame[c].tolist() for c in columns or frame.columns), strict=True)


def records(frame: pd.DataFrame, *columns: str) -> list[dict[str, Any]]:
    """The rows as dicts of these columns, or of all, in plain Python values."""
    names = [str(c) for c in columns or frame.columns]
    return [dict(zip(names, row, strict=True)) for row in tuples(frame, *names)]


def lookup(frame: pd.DataFrame, key: str, value: str) -> dict[Any, Any]:
    """One column to another; of rows with the same key the last counts."""
    return dict(tuples(frame, key, value))


def row_hashes(frame: pd.DataFrame) -> np.ndarray:
    """64 bits (uint64) for the cells of each row, the same in every process; a mark of change, not a check against somebody who wants two rows alike."""
    return np.asarray(pd.util.hash_pandas_object(frame, index=False), dtype=np.uint64) if len(frame) else np.zeros(0, dtype=np.uint64)


def text_hashes(texts: Sequence[str]) -> np.ndarray:
    """64 bits (uint64) for each text, the same in every process."""
    return np.asarray(pd.util.hash_array(np.asarray([*texts, ""], dtype=object)[:-1], categorize=False), dtype=np.uint64)


def listed(cell: str) -> list[Any]:
    """The list in a `list` or `json` cell."""
    value = json.loads(cell)
    return value if isinstance(value, list) else []


@dataclass(frozen=True)
class Case:
    """All tables of one run by name: what the graph, the page and the exports are drawn from.

    `case["claims"]` is the claims frame; a table nobody made is empty, not missing.
    """

    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    registry: object = None
    """The registry the articles were read with, for the stages that look names up; None is the built-in one."""

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in TABLES:
            raise TableError(f"there is no table {name!r}; the tables are {', '.join(TABLES)}")
        return self.tables[name] if name in self.tables else empty(name)


def among(column: pd.Series, ids: Collection[str]) -> np.ndarray:
    """Which rows hold one of these ids: as Series.isin, which takes a hundred times as long on texts and many ids."""
    known = ids if isinstance(ids, (set, frozenset)) else set(ids)
    return np.fromiter((v in known for v in column.tolist()), dtype=bool, count=len(column))


def of_claims(case: Case, claim_ids: Collection[str], *, out: bool = False) -> Case:
    """The case with the rows of these claims alone, or of all others; what is not of a claim stays as it is."""
    return _chosen(case, {name: ~mine if out else mine for name, mine in _rows_of_claims(case, claim_ids).items()})


def part_claims(case: Case, claim_ids: Collection[str]) -> tuple[Case, Case]:
    """The case with the rows of these claims, and with those of all others."""
    rows = _rows_of_claims(case, claim_ids)
    return _chosen(case, rows), _chosen(case, {name: ~mine for name, mine in rows.items()})


def _rows_of_claims(case: Case, claim_ids: Collection[str]) -> dict[str, np.ndarray]:
    """For each table that has rows of claims which of them are of these claims."""
    wanted = set(claim_ids)
    ids = {"claim_id": wanted, "mention_id": {m for m, c in tuples(case["members"], "mention_id", "claim_id") if c in wanted},
           "origin_id": {o for o, c in tuples(case["origins"], "origin_id", "claim_id") if c in wanted}}
    named = {"mentions": ("mention_id", "mention_id"), "attributions": ("mention_id", "mention_id"), "ties": ("later_id", "mention_id"),
             "supports": ("origin_id", "origin_id"), **dict.fromkeys(("members", "claims", "origins", "parties"), ("claim_id", "claim_id"))}
    return {name: among(case[name][column], ids[kind]) for name, (column, kind) in named.items() if name in case.tables}


def _chosen(case: Case, rows: Mapping[str, np.ndarray]) -> Case:
    return Case({**case.tables, **{name: case[name][mine].reset_index(drop=True) for name, mine in rows.items()}}, registry=case.registry)


def about_claims(frame: pd.DataFrame, claim_ids: Collection[str], measures: Collection[str]) -> pd.DataFrame:
    """The rows of `reasons` or `assessments` on these claims and measures."""
    return frame[(frame["subject_kind"] == "claim") & frame["measure"].isin(list(measures)) & among(frame["subject_id"], claim_ids)]
