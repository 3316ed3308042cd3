"""The commands of the tracker."""
from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from tracker import __version__
from tracker.cli.options import METHODS, Pile, Sheet, as_sheet, reading
from tracker.cli.terminal import Group, colour, has_screen, note, put, table_width
from tracker.cli.written import CLAIM_WRITERS, EXPORTS, GRAPHS, Look, format_of, write_folder, write_pages, written
from tracker.errors import UsageError
from tracker.store.builtin import builtin_path
from tracker.tables import dumps
from tracker.view.claim_sheet import claim_evidence, quotes_table
from tracker.view.page import THEMES
from tracker.view.report import claims_table, failing, find_claim, origins_table, outlets_table
from tracker.view.sheets import render_sheet
from tracker.view.why import find_mention, why_text

PATHS = "PATHS are files, folders, patterns such as 'news/*.html', or - for stdin: .txt .md .html .json .jsonl .csv, also .gz (docs/reading.md)."


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}, examples=[
    ("tracker demo", "the example articles as a page"),
    ("tracker graph articles/ -o graph.html", "your own articles as a page"),
    ("tracker claims articles/", "all claims, most fragile first"),
])
@click.version_option(__version__, "-V", "--version", prog_name="tracker")
def cli() -> None:
    """Tell which claims in a pile of articles have several independent origins, which rest on one, and why."""


@cli.command(epilog=PATHS, examples=[
    ("tracker graph articles/ -o graph.html", "a page that opens in any browser, offline"),
    ("tracker graph articles/ --registry mine.yaml -o graph.gexf", "with outlets of your own, for Gephi"),
    ("tracker graph articles/ --redact-quotes -o share.html", "to pass on without the text of the articles"),
    ("cat story.txt | tracker graph - --format md", "one story from a pipe, as a brief"),
])
@click.option("--format", "form", type=click.Choice(GRAPHS), help="What to make; else from the ending of FILE; else html.")
@click.option("-o", "--output", metavar="FILE", help="Write here; else to stdout, a page on a terminal to graph.html.")
@click.option("--title", default="", help="Title of the page or brief.")
@click.option("--theme", type=click.Choice(THEMES), default="auto", show_default=True, help="Colours of the page; auto follows the reader's system.")
@click.option("--redact-quotes", is_flag=True, help="Leave sentences and titles of the articles out of the page; places stay.")
@click.option("--embed", is_flag=True, help="A compact page, for an <iframe> from 480 x 360.")
@reading
def graph(pile: Pile, form: str | None, output: str | None, title: str, theme: str, redact_quotes: bool, embed: bool) -> None:
    """Draw what claims rest on, as a page or a graph.

    Outlets, the claims they carry, and the independent origins behind each claim.
    """
    look = Look(title, theme, redact_quotes, embed)
    form = form or format_of(output, GRAPHS, "html")
    if form != "html" and look != Look(title):
        raise UsageError(f"--theme, --redact-quotes and --embed are about the page, and {form} is none")
    if form == "html" and output is None and sys.stdout.isatty():
        output = "graph.html"
    case = pile.case()
    parts = write_pages(case, look, output) if form == "html" and output else 0
    if parts:
        note(f"too many claims for one page: {parts} pages by topic stand beside it", quiet=pile.quiet)
    else:
        put(written(case, form, look), output)
    if output not in (None, "-"):
        note(f"wrote {output}", quiet=pile.quiet)


@cli.command(epilog=PATHS, examples=[
    ("tracker claims articles/", "a table for the eye"),
    ("tracker claims articles/ --format jsonl | grep single-origin", "a line a claim, for pipes"),
])
@as_sheet
@reading
def claims(pile: Pile, sheet: Sheet) -> None:
    """List all claims, most fragile first.

    With the outlets that carry each, its independent origins, its status, and what it hangs on.
    """
    sheet.put(claims_table(pile.case()))


@cli.command(epilog=PATHS, examples=[
    ("tracker show c-1f2e3d4c5b6a articles/", "a claim by its id, or the beginning of it"),
    ("tracker show 'missile strike' articles/", "by words of its wording"),
])
@click.argument("claim")
@as_sheet
@reading
def show(pile: Pile, sheet: Sheet, claim: str) -> None:
    """Show what one claim rests on, and why.

    Its origins, what it hangs on, the exact quotes with outlet, date and place in the file, and why they were counted so.
    """
    case = pile.case()
    evidence = claim_evidence(case, find_claim(case, claim))
    if sheet.form in CLAIM_WRITERS:
        put(CLAIM_WRITERS[sheet.form](evidence), sheet.output)
    else:
        sheet.put(quotes_table(evidence))


@cli.command(epilog=PATHS, examples=[
    ("tracker why m-3f2a m-91bc articles/", "two mentions by the beginnings of their ids"),
    ("tracker why 'closed the ferry' 'boats stopped' articles/", "by words of their quotes"),
])
@click.argument("mention")
@click.argument("other")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True, help="Form of the output.")
@click.option("-o", "--output", metavar="FILE", help="Write here instead of to stdout.")
@reading
def why(pile: Pile, mention: str, other: str, form: str, output: str | None) -> None:
    """Show why two mentions are one claim or two.

    Both quotes, how alike they are, and what each comparison adds.
    """
    case = pile.case()
    left, right = find_mention(case, mention), find_mention(case, other)
    found = pile.why(case, left["mention_id"], right["mention_id"])
    put(dumps(found) + "\n" if form == "json" else why_text(left, right, found), output)


@cli.command(epilog=PATHS, examples=[
    ("tracker outlets articles/", "who published, and how much of it rests on one origin"),
    ("tracker outlets articles/ --explain reuters", "one outlet: its letter, and its record on these articles"),
    ("tracker outlets articles/ --format csv -o outlets.csv", "for a spreadsheet"),
])
@click.option("--explain", default="", metavar="ID", help="One outlet by id or name: its letter and its record, each share with its interval.")
@as_sheet
@reading
def outlets(pile: Pile, sheet: Sheet, explain: str) -> None:
    """List the outlets and how they have done.

    With the claims each carries, and how many of those rest on one origin or only echo it.
    """
    if not explain:
        sheet.put(outlets_table(pile.case()))
        return
    from tracker.score.records import explain_outlet  # loads scipy

    sheet.put(explain_outlet(pile.case(), explain))


@cli.command(epilog=PATHS, examples=[
    ("tracker origins articles/", "whose word the pile rests on"),
    ("tracker origins articles/ --format md", "as a Markdown table"),
])
@as_sheet
@reading
def origins(pile: Pile, sheet: Sheet) -> None:
    """List the voices behind the claims.

    With the number of claims that rest on each, and on it alone.
    """
    sheet.put(origins_table(pile.case()))


@cli.command(epilog=PATHS, examples=[
    ("tracker assess articles/", "belief in every claim as the tracker has it"),
    ("tracker assess articles/ --method truthfinder", "by a published method, with outlets and with independent voices"),
])
@click.option("--method", type=click.Choice(["log-odds", *METHODS]), default="log-odds", show_default=True, help="docs/credibility.md says what each does.")
@as_sheet
@reading
def assess(pile: Pile, sheet: Sheet, method: str) -> None:
    """Weigh the claims by a method of your choice.

    Belief with every outlet as a voice of its own, and between the fewest and the most independent voices.
    """
    from tracker.score.assess import assess_claims  # loads scipy

    sheet.put(assess_claims(pile.case(), method))


@cli.command(epilog="TABLE is a CSV file (also .gz, or - for stdin) with a row a statement: party, item, value, perhaps kind.", examples=[
    ("tracker fuse who-says-what.csv", "the likeliest value of every item, by our default"),
    ("tracker fuse shops.csv --method truthfinder --columns source,isbn,authors", "by a published method, columns by name"),
    ("tracker fuse shops.csv --columns source,isbn,authors --separator ';'", "values that are lists, judged by their parts too"),
    ("tracker fuse shops.csv --what groups", "who copies whom, and what shows it"),
])
@click.argument("table", type=str)
@click.option("--method", type=click.Choice(METHODS), default=METHODS[0], show_default=True, help="docs/credibility.md says what each does.")
@click.option("--columns", default="party,item,value", show_default=True, metavar="A,B,C[,D]",
              help="Names of the columns for party, item and value; a fourth names the kind of question, so that trust is found for each kind.")
@click.option("--separator", default="", metavar="TEXT", help="Values are lists with this between their parts; for the method 'merged'.")
@click.option("--what", type=click.Choice(["beliefs", "trust", "pairs", "groups"]), default="beliefs", show_default=True,
              help="Beliefs in values, trust in parties, or who depends on whom.")
@click.option("--all-values", is_flag=True, help="All values of an item, not only the likeliest.")
@click.option("--rounds", type=click.IntRange(min=1), default=100, show_default=True, metavar="N", help="Stop after so many rounds at the latest.")
@click.option("--tolerance", type=click.FloatRange(min=0), default=1e-6, show_default=True, metavar="X", help="Stop when no trust moves by more.")
@click.option("-q", "--quiet", is_flag=True, help="Nothing on stderr but errors.")
@as_sheet
def fuse(sheet: Sheet, **asked: Any) -> None:
    """Weigh a plain table of who says what.

    Finds who depends on whom, then how far each party can be trusted and each value believed.
    """
    from tracker.cli.fusing import fused_table  # loads scipy

    sheet.put(fused_table(**asked))


@cli.command(epilog=PATHS + " Exit code 0: all hold; 1: some do not; 2: nothing to judge, or a mistake in the call.", examples=[
    ("tracker check articles/ --min-origins 2", "fails while any claim rests on fewer than two origins"),
    ("tracker check articles/ --claims '*treaty*' -q", "only claims with that word, for cron and CI"),
])
@click.option("--min-origins", type=click.IntRange(min=1), default=2, show_default=True, metavar="N", help="Origins a claim must have at the fewest.")
@click.option("--claims", "pattern", default="", metavar="GLOB", help="Only claims whose id or wording fits, such as 'c-1f*' or '*treaty*'.")
@as_sheet
@reading
@click.pass_context
def check(ctx: click.Context, pile: Pile, min_origins: int, pattern: str, sheet: Sheet) -> None:
    """Fail when claims have too few origins.

    Prints the claims whose fewest independent origins are below the number, and exits with 1 if there are any.
    """
    failed = failing(pile.case(), min_origins=min_origins, claims=pattern)
    if len(failed) or sheet.form != "table":
        sheet.put(failed)
    some = f"{len(failed)} {'claim has' if len(failed) == 1 else 'claims have'}" if len(failed) else "no claim has"
    note(f"{some} fewer than {min_origins} independent origins", quiet=pile.quiet)
    ctx.exit(1 if len(failed) else 0)


@cli.command(epilog=PATHS, examples=[
    ("tracker timeline 'missile strike' articles/", "one claim, by words of its wording or by its id"),
    ("tracker timeline '*' articles/", "a row a claim: how long until its second independent origin came"),
])
@click.argument("claim")
@as_sheet
@reading
def timeline(pile: Pile, sheet: Sheet, claim: str) -> None:
    """Tell what happened to a claim when.

    Its reports by day, when each origin came, and how the count stood after each day, as --as-of that day has it.
    """
    from tracker.cli.asking import timeline_of  # loads the pipeline

    sheet.put(timeline_of(pile, claim))


@cli.command(epilog=PATHS, examples=[
    ("tracker revisions articles/", "articles printed again in another version, and what that did to their claims"),
])
@as_sheet
@reading
def revisions(pile: Pile, sheet: Sheet) -> None:
    """List what changed in revised articles.

    Claims that only the old or only the new version has, and figures that changed.
    """
    from tracker.ask import list_revisions

    sheet.put(list_revisions(pile.case()))


@cli.command(epilog=PATHS, examples=[
    ("tracker weak articles/", "on whom claims hang alone, most first"),
    ("tracker weak articles/ --format json", "with the ids of the claims"),
])
@as_sheet
@reading
def weak(pile: Pile, sheet: Sheet) -> None:
    """List the parties on which claims hang alone.

    Outlets, controllers and voices, with the claims that hang on each and those that would fall without it.
    """
    from tracker.ask import list_weak_parties

    sheet.put(list_weak_parties(pile.case()))


@cli.command(epilog=PATHS, examples=[
    ("tracker gaps articles/", "which claims to chase, and what would raise them"),
    ("tracker gaps articles/ --format md -o todo.md", "as a list to work off"),
])
@as_sheet
@reading
def gaps(pile: Pile, sheet: Sheet) -> None:
    """List what to chase, nearest to the next status first.

    For each claim that is not settled: what to do, and which kind of origin would raise it.
    """
    from tracker.ask import list_gaps

    sheet.put(list_gaps(pile.case()))


NAMES = " NAME is a name, some words of one, an id, or its beginning; outlet:ID, controller:ID and origin:ID say which kind."


@cli.command("what-if", epilog=PATHS + NAMES, examples=[
    ("tracker what-if articles/ --without 'Coast Wire'", "without an outlet, an origin or a controller"),
    ("tracker what-if articles/ --distrust D", "without outlets rated D or worse"),
    ("tracker what-if articles/ --assume-same 'port official' 'harbour master'", "two voices taken for one"),
])
@click.option("--without", multiple=True, metavar="NAME", help="Leave out an outlet, an origin or a controller; may be given again.")
@click.option("--distrust", type=click.Choice(list("ABCDE")), default=None, help="Leave out outlets of this letter or worse; F is no letter to go by.")
@click.option("--assume-same", nargs=2, multiple=True, metavar="A B", help="Count two voices as one; may be given again.")
@click.option("--everything", is_flag=True, help="All changes, not only those of status and bounds.")
@as_sheet
@reading
def what_if(pile: Pile, sheet: Sheet, **asked: Any) -> None:
    """Show which claims would change if somebody were wrong.

    Counts again with outlets, origins or controllers switched off, or with two voices taken for one.
    """
    from tracker.cli.asking import what_if as answer  # loads the pipeline

    sheet.put(answer(pile, **{**asked, "distrust": asked["distrust"] or ""}))


TWO = "PATHS are two ledgers, or articles or a kept case as elsewhere. Exit code 0: nothing changed; 1: something did; 2: a mistake in the call."


@cli.command(epilog=TWO, examples=[
    ("tracker diff monday.json friday.json", "between two ledgers (tracker export -o monday.json)"),
    ("tracker diff articles/ --from 2024-10-12 --to 2024-10-20", "between two days of one pile"),
    ("tracker diff articles/ --from 2024-10-12", "from that day to everything"),
    ("tracker diff strike.case --from 2024-10-18 --clock known", "what was added to a kept case and judged since"),
])
@click.option("--from", "begin", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="Compare the pile as of this day ...")
@click.option("--to", "end", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="... with the pile as of this day; without it, with everything.")
@click.option("--clock", type=click.Choice(["printed", "known"]), default="printed", show_default=True,
              help="Days by which articles were printed, or by which a kept case knew of them and of judgements.")
@as_sheet
@reading
@click.pass_context
def diff(ctx: click.Context, pile: Pile, sheet: Sheet, begin: Any, end: Any, clock: str) -> None:
    """Show what changed between two ledgers or two days.

    New claims, merges and splits, changed status, bounds, flags, verdicts and wordings, each with its reason.
    """
    from tracker.cli.asking import compared, told_changes  # loads the pipeline

    found = compared(pile, begin, end, clock)
    if len(found) or sheet.form != "table":
        sheet.put(found)
    note(told_changes(found), quiet=pile.quiet)
    ctx.exit(1 if len(found) else 0)


@cli.command(epilog=PATHS, examples=[
    ("tracker export articles/ --format json -o ledger.json", "everything, with the evidence (docs/formats.md)"),
    ("tracker export articles/ --format csv -o tables/", "every table as a CSV file"),
])
@click.option("--format", "form", type=click.Choice(EXPORTS), help="What to write; else from the ending of FILE; else json.")
@click.option("-o", "--output", metavar="FILE", help="File, or a folder for all tables as csv or parquet; else stdout.")
@click.option("--title", default="", help="Title of a page or brief.")
@reading
def export(pile: Pile, form: str | None, output: str | None, title: str) -> None:
    """Write the whole case for other tools.

    The JSON ledger, tables, a graph, a brief or the page.
    """
    form = form or format_of(output, EXPORTS, "json")
    if not write_folder(form, output, pile.whole):
        put(written(pile.case(), form, Look(title)), output)
    if output not in (None, "-"):
        note(f"wrote {output}", quiet=pile.quiet)


@cli.command(epilog=PATHS, examples=[
    ("tracker report articles/ -o brief.html", "one file with figures, to print or send"),
    ("tracker report articles/ -o brief.md", "Markdown with figures beside it"),
])
@click.option("-o", "--output", metavar="FILE", help="A .html or .md file; else Markdown without figures to stdout.")
@click.option("--title", default="", help="Title of the brief.")
@reading
def report(pile: Pile, output: str | None, title: str) -> None:
    """Write a corroboration brief.

    Claims with Admiralty codes, likelihood and confidence apart, dates, outlets and voices, with figures.
    """
    from tracker.cli.reporting import write_report  # loads scipy and matplotlib

    write_report(pile.case(), output, title, quiet=pile.quiet)
    if output not in (None, "-"):
        note(f"wrote {output}", quiet=pile.quiet)


@cli.command(epilog=PATHS, examples=[
    ("tracker seal articles/ -o ledger.jsonl", "digests, quotes with their places, claims: chained by hashes"),
    ("tracker seal articles/ -o ledger.jsonl --at 2031-03-05", "later, onto the same file: only what is new or changed"),
])
@click.option("-o", "--output", metavar="FILE", help="Append to this ledger, or begin it; else a first one to stdout.")
@click.option("--at", type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%MZ"]), metavar="DATE", help="The day or minute (UTC) you seal at; no clock is read.")
@reading
def seal(pile: Pile, output: str | None, at: datetime | None) -> None:
    """Put the evidence into a ledger that only grows.

    Each record holds the hash of the one before, so that no later change stays unseen. Prints the last hash.
    """
    from tracker.cli.sealing import day_or_minute, seal_to

    settings = pile.settings().as_dict()
    says, last = seal_to(pile.whole, output, pile.paths, settings, day_or_minute(at))
    note(says, quiet=pile.quiet)
    if output not in (None, "-"):
        put(f"{last}\n")


@cli.command(epilog="Exit code 0: nothing differs; 1: something does; 2: a mistake in the call.", examples=[
    ("tracker verify ledger.jsonl", "the chain and every hash"),
    ("tracker verify ledger.jsonl articles/ --expect 3f1c0a9b27de", "also every file and quote, and that nothing was cut off"),
])
@click.argument("ledger", type=str)
@click.argument("paths", nargs=-1, type=str)
@click.option("--expect", default="", metavar="HASH", help="The hash that `tracker seal` printed, or its first 12 digits: some sealing must end with it.")
@click.option("-q", "--quiet", is_flag=True, help="Nothing on stderr but errors.")
@as_sheet
@click.pass_context
def verify(ctx: click.Context, ledger: str, paths: tuple[str, ...], expect: str, quiet: bool, sheet: Sheet) -> None:
    """Check a ledger, and the articles against it.

    Lists what differs: by line, record and what is wrong with it.
    """
    from tracker.cli.sealing import verify_ledger

    found = verify_ledger(ledger, paths, expect)
    if len(found.differences) or sheet.form != "table":
        sheet.put(found.differences)
    note(found.says, quiet=quiet)
    ctx.exit(1 if len(found.differences) else 0)


@cli.command(examples=[
    ("tracker demo", "five digests about a treaty"),
    ("tracker demo --story harbour --no-open", "an invented story with planted copies and echoes"),
])
@click.option("--story", type=click.Choice(["treaty", "harbour"]), default="treaty", show_default=True, help="Which of the example stories.")
@click.option("-o", "--output", default="tracker-demo.html", show_default=True, metavar="FILE", help="Where the page goes.")
@click.option("--open/--no-open", "opens", default=None, help="Open the page; else only where there is a screen.")
@click.option("-q", "--quiet", is_flag=True, help="Nothing on stderr but errors.")
def demo(story: str, output: str, opens: bool | None, quiet: bool) -> None:
    """Run on the example articles.

    Prints the most fragile claims and draws the page.
    """
    folder = builtin_path("examples") / story
    registry = folder / "sources.yaml"
    case = Pile((str(folder / "articles"),), registry=str(registry) if registry.exists() else None, quiet=quiet).case()
    put(written(case, "html", Look(f"Example: {story}")), output)
    put(render_sheet(claims_table(case).head(8), "table", width=table_width(), colour=colour()))
    page = Path(output).resolve()
    put(f"\nThe page: {page}\n")
    if opens or (opens is None and has_screen()):
        click.launch(page.as_uri())
