"""`tracker report`: the corroboration brief, put together from what the rooms give."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from tracker.cli.terminal import note, put
from tracker.cli.written import format_of
from tracker.export.briefing import Section, to_html, to_markdown
from tracker.export.figures import draw_figures
from tracker.score.calibration import calibration_table
from tracker.score.phrases import admiralty, confidence, likelihood
from tracker.tables import Case, tuples
from tracker.view.evidence import bounds
from tracker.view.report import fragile_first, origins_table, outlets_table

ABOUT = ("Likelihood says how probable the claim looks from who brings it; confidence says how firm the ground for that is. Neither says that it is true. "
         "The code joins the best letter behind the claim (A to E, F cannot be judged) and the digit for how far it is borne out (1 to 5, 6 cannot be judged).")


def write_report(case: Case, output: str | None, title: str, *, quiet: bool) -> None:
    """The brief as Markdown or HTML by the ending of the name; figures go into the HTML, or beside the Markdown as SVG files."""
    form = format_of(output, ("md", "html"), "md")
    claims = fragile_first(case)
    calibration = verdicts(case)
    try:
        figures = draw_figures(case, claims, calibration) if output not in (None, "-") else {}
    except ImportError:
        figures = {}
        note("figures left out: they need matplotlib (pip install 'corroboration-tracker[report]')", quiet=quiet)
    title, sections = title or "Corroboration brief", brief_sections(case, claims, calibration)
    if form == "html":
        put(to_html(title, sections, figures), output)
        return
    beside = {name: f"{Path(output or '').stem}-{name}.svg" for name in figures}
    for name, svg in figures.items():
        put(svg, str(Path(output or "").with_name(beside[name])))
    put(to_markdown(title, sections, {name: address.replace(" ", "%20") for name, address in beside.items()}), output)


def brief_sections(case: Case, claims: list[dict[str, Any]], calibration: pd.DataFrame) -> list[Section]:
    """Key judgements, claims, dates, outlets, voices, calibration."""
    count = {status: sum(c["status"] == status for c in claims) for status in ("corroborated", "possibly-corroborated", "single-origin")}
    key = [f"{len(claims)} claims in {len(case['articles'])} articles: {count['corroborated']} with at least two independent origins, "
           f"{count['possibly-corroborated']} with perhaps more than one, {count['single-origin']} that rest on one.", ABOUT]
    shaky = ("Verdicts of people on claims, against the tracker's belief." if len(calibration)
             else "No claim here has a verdict, so belief cannot be held against what came out; its weights are not fitted. Read it as an order.")
    return [Section("Key judgements", key), Section("Claims", (), claims_brief(case, claims), "origins"), Section("Dates", (), None, "timeline"),
            Section("Outlets", ("The letter is from before these articles; the record is on these articles alone.",), outlets_table(case), "outlets"),
            Section("Voices", (), origins_table(case).drop(columns="claim ids")), Section("Calibration", (shaky,), calibration.round(3), "calibration")]


def claims_brief(case: Case, claims: list[dict[str, Any]]) -> pd.DataFrame:
    """Code, likelihood, confidence, outlets, origins, status, what it hangs on, claim."""
    letters: dict[str, set[str]] = {}
    for claim_id, letter in tuples(case["origins"], "claim_id", "reliability"):
        letters.setdefault(claim_id, set()).add(letter)
    rows = [{"code": admiralty(c, min(letters.get(c["claim_id"], set()) - {"", "F"}, default="")), "likelihood": likelihood(c["belief"]),
             "confidence": confidence(c), "outlets": c["n_outlets"], "origins": bounds(c["independent_min"], c["independent_max"]), "status": c["status"],
             "claim": c["wording"]} for c in claims]
    return pd.DataFrame(rows, columns=["code", "likelihood", "confidence", "outlets", "origins", "status", "claim"], dtype=object)


def verdicts(case: Case) -> pd.DataFrame:
    """Calibration of belief on claims that people verified or refuted."""
    claims = case["claims"]
    found = [(b, v == "verified") for b, v in tuples(claims, "belief", "verdict") if v in ("verified", "refuted")]
    return calibration_table([b for b, _ in found], [t for _, t in found], bins=5)
