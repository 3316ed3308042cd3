"""A case that is kept: documents and judgements are added, everything else follows from them and is remade when they change.

Adding ten articles reads ten: what reading a document gave is kept with it. Counting is done again over all, so that a case that grew has the
same tables as one built at once.
"""
from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Final

import pandas as pd

from tracker import __version__
from tracker.collector import no_collector
from tracker.engines import Aside, Engine
from tracker.errors import OldCase, StoreError, UsageError
from tracker.extract import Extracted
from tracker.extract.rows import METHOD
from tracker.fetch import read_documents, read_text
from tracker.ids import content_id, digest, digest_all
from tracker.judge import Resolved, resolve_judgements
from tracker.language import load_parser
from tracker.link import COMPARING, Kept, pack, unpack
from tracker.model import Ask, when_asked
from tracker.parse import parse_document, settle_articles
from tracker.pipeline.runs import ASIDE_FROM, Counted, Progress, as_of_day, ask_copied, beside, derive, extract_articles, extracting, load_registry, worth_two
from tracker.registry import Registry, extend, parse_registry
from tracker.settings import Settings
from tracker.store.builtin import builtin_text
from tracker.store.place import size_of
from tracker.store.sql import Lying, SqlStore
from tracker.tables import TABLES, Case, conform, dumps, empty, lookup, loose, make, records, tuples, union
from tracker.trace import OF_CLAIMS, Earlier

BATCH: Final = 200  # articles after which what was read is kept; a killed run reads at most so many again
_FORM: Final = 2  # of what is kept of a reading: mentions and attributions lie by columns
LARGE: Final = 40_000_000  # bytes of a case file that is likely to hold ASIDE_FROM articles: with all that follows from one it takes some 80,000
POOL_FROM: Final = 150  # articles to read from which processes are worth their start
ATTEMPTS: Final = 5  # times that a case is counted again because somebody else added to it meanwhile; then it is left to them

Row = dict[str, Any]


@dataclass(frozen=True)
class Added:
    """What adding did: documents that are new, that were there, that had been forgotten and are back; and what could not be read."""

    new: int
    known: int
    back: int
    rejects: pd.DataFrame


class CaseFile:
    """A case by its place: a SQLite file's name or a PostgreSQL URL. Several processes may hold one; who writes waits for who is writing."""

    def __init__(self, place: str, *, read_only: bool = False, growing: bool = False, workers: int = 0) -> None:
        """Opens a case that is there; an old one is brought up to date after a copy, whose name is `copy` ("" if none was made).

        `growing`: documents are about to be added; a second process for counting a large case, if so many `workers` allow one, loads meanwhile.
        Raises UsageError when there is none, StoreError when it is damaged or cannot be opened.
        """
        self.place = place
        self._early: Aside | None = None  # for the count that follows
        if growing and size_of(place) >= LARGE and worth_two(ASIDE_FROM, "pool", workers):
            self._early = Aside(partial(load_parser, ""))
        with self._or_let_go():
            self.store = SqlStore(place, read_only=read_only)
            self.copy = self.store.copy
            self._settle()

    @classmethod
    def create(cls, place: str, *, registry: str | Path | None = None, nlp: str = "") -> CaseFile:
        """A new, empty case that keeps its registry of outlets and its language pipeline; raises UsageError when the place is taken."""
        load_registry(registry)
        text = read_text(str(registry)) if registry is not None else ""
        SqlStore(place, create=True).put_state({"registry": text, "nlp": nlp})
        return cls(place)

    def _settle(self) -> None:
        state = self.store.state()
        text, self.nlp = state.get("registry", ""), state.get("nlp", "")
        base = load_registry()
        self.registry: Registry = extend(base, parse_registry(text, file="the case's registry", base=base)) if text else base
        self._registry_digest = digest_all([builtin_text("sources.yaml"), text])

    def close(self) -> None:
        """Give the connections back."""
        self._let_go()
        self.store.close()

    # -- what people do to it -------------------------------------------------------------------------------------------------

    def add(self, paths: Sequence[str | Path], *, at: str, settings: Settings | None = None, stdin: Callable[[], bytes] | None = None,
            workers: int = 0) -> Added:
        """Keep the documents at these paths; what was there stays, what had been forgotten is back. Nothing is counted yet.

        `at`: the time, UTC. `workers`: as `case` will be given; where counting will take two processes, the second one is started now.
        Raises UsageError for a path that is not there.
        """
        settings = settings or Settings()
        with self._or_let_go():
            documents, rejects = read_documents([str(p) for p in paths], settings=settings.read, stdin=stdin)
            documents = documents.assign(fetched_at=at)
            self._get_ready(set(documents["document_id"]), settings, workers)
            with self.store.transaction():
                live = self._live("")
                ever = set(self.store.read("intake")["document_id"])
                ids = list(documents["document_id"])
                entering = [d for d in ids if d not in live]
                self.store.append("documents", documents)
                self.store.append("intake", make("intake", [{"document_id": d, "at": at, "verb": "add"} for d in entering]))
                self.store.add_unread(rejects, at)
        back = len([d for d in entering if d in ever])
        return Added(len(entering) - back, len(ids) - len(entering), back, rejects)

    def forget(self, document_ids: Iterable[str], *, at: str, why: str = "") -> int:
        """Use these documents no more, as if they had never been read; adding them again brings them back. Gives how many there were."""
        with self.store.transaction():
            live = self._live("")
            gone = sorted(set(document_ids) & live)
            self.store.append("intake", make("intake", [{"document_id": d, "at": at, "verb": "forget", "why": why} for d in gone]))
        return len(gone)

    def judge(self, judgements: pd.DataFrame) -> int:
        """Keep these judgements; they are on the disk when this returns. Gives how many are new."""
        return self.store.append("judgements", judgements)

    def set_registry(self, registry: str | Path | None) -> None:
        """Another registry of outlets; all articles are read again with it when the case is next looked at."""
        load_registry(registry)
        self.store.put_state({"registry": read_text(str(registry)) if registry is not None else ""})
        self._settle()

    # -- what it holds --------------------------------------------------------------------------------------------------------

    def case(self, *, settings: Settings | None = None, known_on: str = "", engine: str | Engine = "", workers: int = 0,
             progress: Progress | None = None, as_asked: bool = False) -> Case:
        """The finished Case, counted again if anything was added, forgotten or judged since; kept for the next time where that can be done.

        `engine`: "local", "pool", or "" for a pool where enough has to be read. With `settings.as_of` nothing published later is used; with
        `known_on` (a day) nothing that was added or decided later. `as_asked`: each table is read when it is first asked for, all as they are now, which
        keeps a transaction open while the Case is held.
        """
        chosen = replace(settings or Settings(), nlp=self.nlp or (settings.nlp if settings else ""))
        if known_on and not (len(known_on) == 10 and known_on[4] == known_on[7] == "-"):
            raise UsageError(f"a day looks like 2024-10-31, not {known_on!r}")
        for _ in range(ATTEMPTS):
            with self.store.snapshot():
                inputs, kept = self._inputs(chosen, known_on), self._kept(known_on)
                tables = None if as_asked else self.store.derived(inputs)
            if as_asked:
                remake = partial(self._again, inputs, chosen, known_on, engine, workers, progress)
                found = self.store.stored(inputs, kept, remake)
                if found is not None:
                    return Case(found, registry=self.registry)
            if tables is not None:
                return Case({**tables, **kept}, registry=self.registry)
            counted, lying = self._count(chosen, known_on, engine, workers, progress)
            usual = chosen == Settings(nlp=self.nlp) and not known_on  # what another day or other numbers give is not kept
            if not usual or self.store.read_only or self._keep(inputs, chosen, counted, lying):
                return counted.case
        return counted.case

    def documents(self, known_on: str = "") -> list[Row]:
        """The rows of all documents in use, now or at the end of a day."""
        return self.store.documents(sorted(self._live(known_on)))

    def observed(self, known_on: str = "") -> dict[str, pd.DataFrame]:
        """Tables `documents`, those in use, and `intake`, now or at the end of a day."""
        intake = self.store.read("intake")
        if known_on:
            intake = intake[intake["at"].str.slice(0, 10) <= known_on].reset_index(drop=True)
        return {"documents": make("documents", self.documents(known_on)), "intake": intake}

    def article_ids(self) -> list[tuple[str, str]]:
        """(article id, document id) of all articles as last counted."""
        articles = self.last()["articles"]
        return list(tuples(articles, "article_id", "document_id"))

    def is_counted(self) -> bool:
        """What is derived is up to date with the default settings."""
        with self.store.snapshot():
            return self.store.made_from() == self._inputs(Settings(nlp=self.nlp), "")

    def last(self) -> Case:
        """The finished Case as last counted, which may lack what was added since; counted now if it never was."""
        with self.store.snapshot():
            tables = self.store.derived(self.store.made_from())
            if tables:
                return Case({**tables, **self._kept("")}, registry=self.registry)
        return self.case()

    def rebuild(self, *, settings: Settings | None = None, engine: str | Engine = "", workers: int = 0, progress: Progress | None = None) -> Case:
        """The finished Case with everything derived made again from documents and judgements."""
        self.store.drop_readings()
        return self.case(settings=settings, engine=engine, workers=workers, progress=progress)

    def resolved(self, case: Case) -> Resolved:
        """The judgements of a finished Case as they stand today, with conflicts and with those whose words are gone."""
        return resolve_judgements(case["judgements"], case["mentions"], case["articles"], case["members"])

    # -- how it is made -------------------------------------------------------------------------------------------------------

    def _live(self, known_on: str) -> set[str]:
        """Ids of the documents in use at the end of a day, or now."""
        last: dict[str, tuple[str, bool]] = {}
        for row in records(self.store.read("intake")):
            if not known_on or row["at"][:10] <= known_on:
                # Of two at one moment forgetting wins: what somebody wants out of the case is not used by accident.
                last[row["document_id"]] = max(last.get(row["document_id"], ("", False)), (row["at"], row["verb"] == "forget"))
        return {d for d, (_, forgotten) in last.items() if not forgotten}

    def _kept(self, known_on: str) -> dict[str, pd.DataFrame]:
        judgements = self.store.read("judgements")
        if known_on:
            judgements = judgements[judgements["decided_at"].str.slice(0, 10) <= known_on].reset_index(drop=True)
        return {"judgements": judgements, "aliases": self.store.read("aliases")}

    def _reader(self, settings: Settings) -> str:
        """What a reading hangs on besides its document."""
        return digest(dumps([__version__, METHOD, _FORM, self._registry_digest, settings.as_dict()["read"], settings.nlp]))

    def _counter(self, settings: Settings) -> str:
        """What a count hangs on besides documents and judgements; the day up to which it is made only chooses among the articles."""
        return digest(dumps([self._reader(settings), COMPARING, replace(settings, as_of="").digest()]))

    def _inputs(self, settings: Settings, known_on: str) -> str:
        """Digest of everything that the derived tables follow from."""
        judgements = self._kept(known_on)["judgements"]["judgement_id"]
        unread = [dumps(r) for r in self.store.unread()]
        held = [digest_all(self._live(known_on)), digest_all(judgements), digest_all(unread)]
        return digest(dumps([self._reader(settings), COMPARING, settings.digest(), *held]))

    def _again(self, inputs: str, settings: Settings, known_on: str, engine: str | Engine, workers: int,
               progress: Progress | None) -> Mapping[str, pd.DataFrame]:
        """All tables counted from these inputs once more; raises StoreError when the case has others by now: tables of two states do not go together."""
        case = self._count(settings, known_on, engine, workers, progress)[0].case
        if self._inputs(settings, known_on) != inputs:
            raise StoreError("a table of the case is damaged, and the case was changed while it was made again; run the command once more")
        return case.tables

    def _count(self, settings: Settings, known_on: str, engine: str | Engine, workers: int,
               progress: Progress | None) -> tuple[Counted, Lying | None]:
        """The finished Case with what the next count need not do again, and what lay in the derived tables where that was looked up beside."""
        ids, reader = sorted(self._live(known_on)), self._reader(settings)
        with ExitStack() as stack:
            stack.callback(self._let_go)
            two = worth_two(len(ids), engine or "pool", workers)
            few = len(ids) - len(self.store.read_by(reader) & set(ids)) < POOL_FROM  # are new: they are read beside, while the others are looked up
            there = self._early is not None
            ask = stack.enter_context(self._beside(two and few, settings.nlp))
            lying = ask(_lying, self.place) if there and ask is not when_asked else None  # before there is anything else to do
            known = {d: body for d, (by, body) in self.store.readings().items() if by == reader}
            self._parse([d for d in ids if d not in known], known, reader, settings)
            articles, rejects = settle_articles((known[d]["parsed"] for d in ids), settings=settings.read)
            articles, later = as_of_day(articles, settings.as_of)
            coming = copied = None
            if ask is not when_asked:
                if len(waiting := _to_read(articles, known)):
                    coming = ask(extract_articles, waiting, settings.nlp, self.registry)
                copied = ask_copied(articles, settings, ask)  # what was read before is looked up meanwhile
                lying = lying or ask(_lying, self.place)
            mentions, attributions = self._read(articles, known, reader, settings, engine, workers, progress, coming)
            if not few:
                ask = stack.enter_context(self._beside(two, settings.nlp))
            paths = {known[d]["path"] for d in ids}
            unread = [{"stage": "read", **{k: r[k] for k in ("item_id", "reason", "detail")}} for r in self.store.unread()
                      if r["item_id"] not in paths and (not known_on or r["at"][:10] <= known_on)]
            run = {"run_id": content_id("r", __version__, settings.digest(), digest_all(articles["article_id"])), "version": __version__,
                   "settings_digest": settings.digest(), "inputs_digest": digest_all(articles["text_digest"]), "as_of": settings.as_of}
            tables = {"articles": articles, "outlets": self.registry.outlets, "runs": make("runs", [run]), **self._kept(known_on),
                      "rejects": union("rejects", [make("rejects", _once(unread)), rejects, later])}
            earlier = partial(_earlier, self.place, self._counter(settings))
            counted = derive(Case(tables, registry=self.registry), mentions, attributions, settings=settings, progress=progress, earlier=earlier,
                             compared=self._compared(settings), copied=copied, ask=ask)
            return counted, lying() if lying is not None else None

    def _compared(self, settings: Settings) -> Kept | None:
        """What was compared in the last linking."""
        found = self.store.compared(self._counter(settings))
        return unpack(found) if found is not None else None

    @contextmanager
    def _beside(self, wanted: bool, nlp: str) -> Iterator[Ask]:
        """As `beside`: by the process that is there already, if one is, which ends with the count."""
        if wanted and self._early is not None:
            yield self._early.ask
        else:
            with beside(wanted, partial(load_parser, nlp)) as ask:
                yield ask

    def _get_ready(self, coming: Collection[str], settings: Settings, workers: int) -> None:
        """Start the second process where something new will be counted beside much that is there: it takes longer to load than to store a few documents."""
        live = self._live("")
        if not live or live.issuperset(coming) or not worth_two(len(live.union(coming)), "pool", workers):
            self._let_go()
        elif self._early is None:
            self._early = Aside(partial(load_parser, self.nlp or settings.nlp))

    @contextmanager
    def _or_let_go(self) -> Iterator[None]:
        """Where the block fails nothing will be counted."""
        try:
            yield
        except BaseException:
            self._let_go()
            raise

    def _let_go(self) -> None:
        """End the process that was started early, if it is still there."""
        early, self._early = self._early, None
        if early is not None:
            early.close()

    def _parse(self, ids: Sequence[str], known: dict[str, Row], reader: str, settings: Settings) -> None:
        for n in range(0, len(ids), BATCH):
            found = {d["document_id"]: {"path": d["path"], "parsed": parse_document(d, self.registry, settings=settings.read)}
                     for d in self.store.documents(ids[n:n + BATCH])}
            self._keep_readings(reader, found)
            known.update(found)

    def _read(self, articles: pd.DataFrame, known: dict[str, Row], reader: str, settings: Settings, engine: str | Engine, workers: int,
              progress: Progress | None, coming: Callable[[], Extracted] | None) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Mentions and attributions of the articles; of those that were not read yet what reading gives, or `coming` brings, is kept."""
        waiting = _to_read(articles, known)
        if coming is None:
            self._extract(waiting, known, reader, settings, engine, workers, progress)
        there = [known[d] for d in articles["document_id"].tolist() if "mentions" in known[d]]
        parts = {name: [_unpacked(name, [row[name] for row in there])] for name in ("mentions", "attributions")}
        if coming is not None:
            fresh = _readings(waiting, [coming()], known)
            self._keep_readings(reader, fresh)
            for name, frames in parts.items():
                frames.append(_unpacked(name, [row[name] for row in fresh.values()]))
        return _in_order("mentions", parts["mentions"]), _in_order("attributions", parts["attributions"])

    def _extract(self, waiting: pd.DataFrame, known: dict[str, Row], reader: str, settings: Settings, engine: str | Engine, workers: int,
                 progress: Progress | None) -> None:
        if not len(waiting):
            return
        engine = engine or ("pool" if len(waiting) >= POOL_FROM and workers != 1 else "local")
        with extracting(settings, self.registry, engine=engine, workers=workers) as extract:
            for n in range(0, len(waiting), BATCH):
                batch = waiting.iloc[n:n + BATCH]
                found = _readings(batch, extract(batch, None), known)
                self._keep_readings(reader, found)
                known.update(found)
                if progress is not None:
                    progress("extract", min(n + BATCH, len(waiting)), len(waiting))

    def _keep_readings(self, reader: str, found: Mapping[str, Row]) -> None:
        if not self.store.read_only:
            self.store.put_readings(reader, found)

    def _keep(self, inputs: str, settings: Settings, counted: Counted, lying: Lying | None) -> bool:
        """Store what was counted, unless somebody changed the case meanwhile; says whether it was stored."""
        case = counted.case
        with self.store.transaction():
            if self._inputs(settings, "") != inputs:
                return False
            if self.store.made_from() != inputs:
                with suppress(StoreError):  # old tables that cannot be read leave no aliases, and that is all that is lost
                    self.store.put_aliases(self._aliases(case), case["runs"]["run_id"].iloc[0])
                self.store.put_derived(inputs, {n: f for n, f in case.tables.items() if n not in ("judgements", "aliases")},
                                       counter=self._counter(settings), marks=counted.marks, compared=pack(counted.compared), lying=lying)
        case.tables["aliases"] = self.store.read("aliases")  # type: ignore[index]
        return True

    def _aliases(self, now: Case) -> dict[str, str]:
        """Claim ids that are gone to the claims in which their first mention, or the first that is left, is found now."""
        alive = set(now["claims"]["claim_id"])
        gone = {c: m for c, m in self.store.texts("claims", "claim_id", "first_mention_id") if c not in alive}
        if not gone:
            return {}
        claim_of = lookup(now["members"], "mention_id", "claim_id")
        rest: dict[str, list[str]] = {}
        for mention_id, claim_id in self.store.texts("members", "mention_id", "claim_id"):
            if claim_id in gone:
                rest.setdefault(claim_id, []).append(mention_id)
        out = {}
        for claim_id, first in gone.items():
            left = [m for m in (first, *sorted(rest.get(claim_id, ()))) if m in claim_of]
            if left:
                out[claim_id] = claim_of[left[0]]
        return out


def open_case(place: str) -> CaseFile:
    """The case for looking at: nobody is waited for and nothing is written if it is up to date; else it is counted again and kept.

    Where it cannot be written to, it is counted in memory. Raises UsageError and StoreError as CaseFile does.
    """
    try:
        found = CaseFile(place, read_only=True)
        if found.is_counted():
            return found
        found.close()
    except OldCase:
        return CaseFile(place)
    try:
        return CaseFile(place)
    except StoreError:
        return CaseFile(place, read_only=True)


def _lying(place: str) -> Lying:
    """What lies in the derived tables of the case, looked up by whichever process."""
    store = SqlStore(place, read_only=True, checked=True)
    try:
        return store.lying()
    finally:
        store.close()


def _earlier(place: str, counter: str) -> Earlier | None:
    """What was counted last, read from the case by whichever process."""
    store = SqlStore(place, read_only=True, checked=True)
    try:
        found = store.earlier(counter, OF_CLAIMS)
        return None if found is None else Earlier(*found)
    finally:
        store.close()


def _to_read(articles: pd.DataFrame, known: Mapping[str, Row]) -> pd.DataFrame:
    """The articles that are to be read still."""
    return articles[[("mentions" not in known[d]) for d in articles["document_id"]]]


def _readings(articles: pd.DataFrame, parts: Sequence[Extracted], known: Mapping[str, Row]) -> dict[str, Row]:
    """Document id to what is to be kept of its reading, for articles that were just read."""
    document_of = lookup(articles, "article_id", "document_id")
    mentions, attributions = union("mentions", [p.mentions for p in parts]), union("attributions", [p.attributions for p in parts])
    home = mentions["article_id"].map(document_of)
    home_of = pd.Series(home.to_numpy(dtype=object), index=mentions["mention_id"].to_numpy(dtype=object))
    packed = _packed(mentions, home), _packed(attributions, attributions["mention_id"].map(home_of))
    return {d: {**known[d], "mentions": packed[0].get(d, {}), "attributions": packed[1].get(d, {})} for d in articles["document_id"].tolist()}


def _packed(frame: pd.DataFrame, document: pd.Series) -> dict[str, dict[str, list[Any]]]:
    """The rows of each document by columns; a document without rows is left out."""
    return {str(d): {str(c): rows[c].tolist() for c in rows.columns} for d, rows in frame.groupby(document, sort=False)}


@no_collector()
def _unpacked(name: str, parts: Iterable[Mapping[str, list[Any]]]) -> pd.DataFrame:
    """The rows of a table from the columns of its parts, in no order."""
    full = [p for p in parts if p]
    return loose(name, {c: list(chain.from_iterable(p[c] for p in full)) for c in TABLES[name].columns})


@no_collector()
def _in_order(name: str, parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The table of these rows."""
    full = [p for p in parts if len(p)]
    return conform(name, pd.concat(full, ignore_index=True)) if full else empty(name)


def _once(rows: Iterable[Row]) -> list[Row]:
    """One reject an item: the last in order."""
    return list({r["item_id"]: r for r in rows}.values())
