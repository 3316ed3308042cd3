"""The order of the stages: paths to articles, articles to a finished Case."""
from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final, NamedTuple

import pandas as pd

from tracker import __version__
from tracker.ask.what_if import cut_frames, plan_cut
from tracker.collector import no_collector
from tracker.engines import Aside, Engine, engine_named
from tracker.extract import Extracted, extract_mentions
from tracker.fetch import read_documents, read_text
from tracker.ids import content_id, digest_all
from tracker.judge import judge_claims, judge_credits, link_constraints, resolve_judgements
from tracker.language import load_encoder, load_parser, load_vectors, load_weights
from tracker.link import Kept, as_row, compare_mentions, explain_pair
from tracker.model import Ask, when_asked
from tracker.parse import parse_articles
from tracker.registry import Registry, extend, parse_registry
from tracker.score import ask_oddities, known_scores, score_case
from tracker.settings import Settings
from tracker.store.builtin import builtin_text
from tracker.tables import Case, among, lookup, make, union
from tracker.trace import Copied, Earlier, begin_trace, copied_articles, recount_claims, resolve_voices, second_days

Progress = Callable[[str, int, int], None]
ASIDE_FROM: Final = 500  # articles from which a process beside this one is worth its start: that takes 3 seconds, counting them 10


def load_registry(path: str | Path | None = None) -> Registry:
    """The built-in registry, extended or overridden by a user's file.

    Raises RegistryError with file, line and the mend, UsageError when the file is not there.
    """
    base = _built_in_registry()
    if path is None:
        return base
    return extend(base, parse_registry(read_text(str(path)), file=str(path), base=base))


@lru_cache(maxsize=1)
def _built_in_registry() -> Registry:
    return parse_registry(builtin_text("sources.yaml"), file="sources.yaml")


def read_articles(paths: Sequence[str | Path], *, registry: str | Path | None = None, settings: Settings | None = None,
                  stdin: Callable[[], bytes] | None = None) -> Case:
    """A Case with the articles at these paths: tables documents, articles, outlets, rejects and runs.

    Paths are files, folders, globs or "-". What cannot be read is a row of `rejects`. With `settings.as_of`, articles published later, and
    undated ones, which may have been, are left out and listed among the rejects.
    Raises UsageError for a path that is not there, RegistryError for a registry with faults.
    """
    settings = settings or Settings()
    known = load_registry(registry)
    documents, unread = read_documents([str(p) for p in paths], settings=settings.read, stdin=stdin)
    articles, unparsed = parse_articles(documents, known, settings=settings.read)
    articles, later = as_of_day(articles, settings.as_of)
    run = {"run_id": content_id("r", __version__, settings.digest(), digest_all(articles["article_id"])), "version": __version__,
           "settings_digest": settings.digest(), "inputs_digest": digest_all(articles["text_digest"]), "as_of": settings.as_of}
    return Case({"documents": documents, "articles": articles, "outlets": known.outlets, "rejects": union("rejects", [unread, unparsed, later]),
                 "runs": make("runs", [run])}, registry=known)


def as_of_day(articles: pd.DataFrame, day: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Articles known to be published by the end of a day, and rejects for the others."""
    if not day:
        return articles, make("rejects", [])
    dates = articles["published_at"].str.slice(0, 10)
    keep = (dates != "") & (dates <= day)
    rows = [{"stage": "as-of", "item_id": a["article_id"], "reason": "undated" if not a["published_at"] else "published later",
             "detail": f"{a['file']}: {a['published_at'] or 'no date'}; leave --as-of out to use it"} for a in articles[~keep].to_dict("records")]
    return articles[keep].reset_index(drop=True), make("rejects", rows)


def build(case: Case, *, settings: Settings | None = None, engine: str | Engine = "local", workers: int = 0, progress: Progress | None = None) -> Case:
    """The Case with everything that follows from its articles: mentions, attributions, claims, ties, origins, scores and their reasons.

    `engine` is "local" or "pool"; both give the same tables. `progress` is called with (stage, done, total).
    """
    settings = settings or Settings()
    tell = progress or _silent
    registry = case.registry if isinstance(case.registry, Registry) else load_registry()
    load_encoder(settings.link.vectors)  # before anything is read, since it may not be there
    with extracting(settings, registry, engine=engine, workers=workers) as extract:
        parts = extract(case["articles"], lambda done, total: tell("extract", done, total))
    mentions = union("mentions", [p.mentions for p in parts])
    attributions = union("attributions", [p.attributions for p in parts])
    with beside(worth_two(len(case["articles"]), engine, workers)) as ask:
        return derive(Case(case.tables, registry=registry), mentions, attributions, settings=settings, progress=tell, ask=ask).case


def worth_two(articles: int, engine: str | Engine, workers: int) -> bool:
    """Whether a process beside this one would save time in counting so many articles, where processes may be started."""
    return articles >= ASIDE_FROM and engine == "pool" and workers != 1 and multiprocessing.cpu_count() > 1


@contextmanager
def beside(wanted: bool, prepare: Callable[[], object] | None = None) -> Iterator[Ask]:
    """How to ask for work that may be done meanwhile: by a process beside this one, which ends with the block, or by nobody else."""
    if not wanted:
        yield when_asked
        return
    aside = Aside(prepare)
    try:
        yield aside.ask
    finally:
        aside.close()


class Counted(NamedTuple):
    """A finished Case, a mark for what each claim's count follows from, and what was compared in linking."""

    case: Case
    marks: dict[str, str]
    compared: Kept


Extract = Callable[[pd.DataFrame, Callable[[int, int], None] | None], list[Extracted]]


@contextmanager
def extracting(settings: Settings, registry: Registry, *, engine: str | Engine = "local", workers: int = 0) -> Iterator[Extract]:
    """A function that reads articles into mentions and attributions, in parts; its processes live as long as the block."""
    runner = engine_named(engine, workers=workers, prepare=partial(load_parser, settings.nlp))
    work = partial(extract_articles, nlp=settings.nlp, registry=registry)
    try:
        yield lambda articles, done: runner.spread(work, articles, "article_id", done=done)
    finally:
        runner.close()


@no_collector()
def derive(case: Case, mentions: pd.DataFrame, attributions: pd.DataFrame, *, settings: Settings, progress: Progress | None = None,
           earlier: Callable[[], Earlier | None] | None = None, copied: Callable[[], Copied] | None = None,
           compared: Kept | None = None, ask: Ask = when_asked) -> Counted:
    """The finished Case from what was extracted from its articles and from the judgements in it, and what the next count need not do again.

    Claims that are marked as in an `earlier` count with the same registry and settings are not counted again, pairs of mentions that were `compared` then
    are not compared again; the tables are the same either way, and whatever `ask` does meanwhile. `copied`: what `copied_articles` gives of the articles,
    where that was asked for before.
    """
    tell = progress or _silent
    registry = case.registry if isinstance(case.registry, Registry) else load_registry()
    articles = case["articles"]
    resolved = resolve_judgements(case["judgements"], mentions, articles)
    tell("link", 0, 1)
    link = compare_mentions(mentions, vectors=load_vectors(), settings=settings.link, published=_published(articles),
                            judged=link_constraints(resolved), encoder=load_encoder(settings.link.vectors), ask=ask, earlier=compared)
    copied = copied or ask_copied(articles, settings, ask)  # not sooner: what is asked is done in order
    before = ask(earlier or _nothing)
    linked = link()
    attributions = attributions[among(attributions["mention_id"], linked.mentions["mention_id"].tolist())].reset_index(drop=True)
    tell("trace", 0, 1)
    attributions = resolve_voices(attributions, linked.mentions, articles, registry)
    attributions = judge_credits(attributions, linked.mentions, articles, linked.members, resolved)
    told = {"mentions": linked.mentions, "attributions": attributions, "members": linked.members, "claims": linked.claims}
    sharing = ask_oddities(Case({**case.tables, **told}), ask)
    trace = begin_trace(linked.mentions, attributions, linked.members, articles, linked.claims, registry, settings=settings.trace, earlier=before,
                        copied=copied(), ask=ask)
    links = linked.ask_links(ask)
    whole = trace()
    traced = whole.traced
    made = {"mentions": linked.mentions, "attributions": attributions, "links": links(), "members": linked.members, "ties": whole.ties,
            "origins": traced.origins, "supports": traced.supports, "parties": traced.parties, "claims": traced.claims}
    tell("score", 0, 1)
    known = known_scores(traced.claims, whole.same, whole.before.tables) if whole.before is not None and whole.same else None
    scored = score_case(Case({**case.tables, **made}), settings=settings.score, known=known, sharing=sharing, ask=ask)
    claims = judge_claims(scored.claims, linked.members, resolved)
    made |= {"claims": claims, "assessments": scored.assessments, "reasons": union("reasons", [traced.reasons, scored.reasons])}
    tell("done", 1, 1)
    return Counted(Case({**case.tables, **made}, registry=registry), whole.marks, linked.compared)


def ask_copied(articles: pd.DataFrame, settings: Settings, ask: Ask) -> Callable[[], Copied]:
    """Which articles are near-copies of one another, looked for by `ask`."""
    return ask(copied_articles, articles[["article_id", "outlet_id", "text", "published_at"]], settings.trace)


def _nothing() -> None:
    """Nothing was counted before."""


def _silent(stage: str, done: int, total: int) -> None:
    """Nobody watches."""


def why(case: Case, left_id: str, right_id: str, *, settings: Settings | None = None) -> dict[str, Any]:
    """Why two mentions of a built Case are in one claim or in two: together, likeness, threshold, because (sentences), parts of the score."""
    chosen = (settings or Settings()).link
    found = explain_pair(case["mentions"], case["members"], left_id, right_id, vectors=load_vectors(), settings=chosen, links=case["links"],
                         published=_published(case["articles"]), encoder=load_encoder(chosen.vectors))
    return as_row(found)


def _published(articles: pd.DataFrame) -> dict[str, str]:
    """When each article was printed, "" where that is not known."""
    return lookup(articles, "article_id", "published_at")


def extract_articles(articles: pd.DataFrame, nlp: str, registry: Registry) -> Extracted:
    """The extract stage with the pipeline of this process."""
    return extract_mentions(articles, parser=load_parser(nlp), weights=load_weights(), registry=registry)


def recount(case: Case, *, without: Sequence[str] = (), distrust: str = "", assume_same: Sequence[tuple[str, str]] = (),
            settings: Settings | None = None) -> Case:
    """A built Case traced and scored again with outlets, voices, controllers or poorly rated outlets switched off, or two voices taken for one.

    Names are those that `tracker what-if` takes. Nothing is read or linked again: what the articles told about who has it from whom stays known, as
    in the page. A claim of which nothing is left keeps its row as unsupported. Raises UsageError for names that fit nothing or several things.
    """
    cut = plan_cut(case, without=without, distrust=distrust, assume_same=assume_same)
    registry = case.registry if isinstance(case.registry, Registry) else load_registry()
    traced = recount_claims(case, registry, articles_off=cut.articles, parties_off=cut.parties, one_voice=cut.one_voice)
    found = Case({**cut_frames(case, cut).tables, **{name: getattr(traced, name) for name in ("origins", "supports", "claims", "parties")}}, registry=registry)
    scored = score_case(found, settings=(settings or Settings()).score)
    made = {"claims": scored.claims, "assessments": scored.assessments, "reasons": union("reasons", [traced.reasons, scored.reasons])}
    return Case({**found.tables, **made}, registry=registry)


def rebuilt_on(case: Case, day: str, *, settings: Settings | None = None, engine: str | Engine = "local", workers: int = 0) -> Case:
    """The Case as `--as-of` that day builds it, from one that was read without it: only articles known to be published by then."""
    settings = replace(settings or Settings(), as_of=day)
    articles, later = as_of_day(case["articles"], day)
    kept = case["rejects"][case["rejects"]["stage"] != "as-of"]
    run = {"run_id": content_id("r", __version__, settings.digest(), digest_all(articles["article_id"])), "version": __version__,
           "settings_digest": settings.digest(), "inputs_digest": digest_all(articles["text_digest"]), "as_of": day}
    read = {"documents": case["documents"], "articles": articles, "outlets": case["outlets"], "judgements": case["judgements"],
            "rejects": union("rejects", [kept, later]), "runs": make("runs", [run])}
    return build(Case(read, registry=case.registry), settings=settings, engine=engine, workers=workers)


def days_of_second_origins(case: Case) -> pd.DataFrame:
    """When each claim's second independent origin came: claim_id, first, sure and perhaps, as days; reports are not linked again for each day."""
    return second_days(case, case.registry if isinstance(case.registry, Registry) else load_registry())
