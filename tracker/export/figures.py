"""Figures of a case as SVG text, drawn by matplotlib (the extra `report`); equal cases give equal bytes."""
from __future__ import annotations

import io
import warnings
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pandas as pd

from tracker.cells import plain
from tracker.tables import Case, lookup, records
from tracker.text import shorten

ROWS = 25  # bars that fit one figure; the table beside it has all
LABEL = 46  # characters of a wording
STYLE: Final[dict[Any, Any]] = {"text.parse_math": False, "svg.hashsalt": "tracker", "svg.fonttype": "path", "font.family": ["DejaVu Sans"], "font.size": 9.0,
         "axes.spines.top": False, "axes.spines.right": False}
DARK, MIDDLE, LIGHT = "#1f4e79", "#7aa6cf", "#d5dde5"


def draw_figures(case: Case, claims: list[dict[str, Any]], calibration: pd.DataFrame) -> dict[str, str]:
    """Name to SVG of what can be drawn: origins, timeline, outlets, calibration. `claims` are rows of the claims table in the order wanted.

    Raises ImportError without matplotlib.
    """
    import matplotlib

    drawn = {"origins": _origins, "timeline": _timeline, "outlets": _outlets, "calibration": _calibration}
    dated = [c for c in claims if _day(c["first_seen_at"]) and _day(c["last_seen_at"])]
    data: dict[str, Any] = {"origins": claims[:ROWS], "timeline": dated[:ROWS], "outlets": _shares(case), "calibration": records(calibration)}
    with matplotlib.rc_context(STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")  # another script's letters: a box in the figure, the words in the table
        return {name: _svg(draw, data[name]) for name, draw in drawn.items() if data[name]}


def _svg(draw: Callable[[Any, Any], None], rows: list[Any]) -> str:
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 1.2 + 0.26 * max(len(rows), 6)), layout="constrained")
    draw(figure.add_subplot(), rows)
    out = io.StringIO()
    FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None, "Creator": None})  # type: ignore[no-untyped-call]
    return out.getvalue()


def _labels(axes: Any, names: list[str]) -> None:
    axes.set_yticks(range(len(names)), [shorten(plain(n), LABEL) for n in names])
    axes.invert_yaxis()


def _origins(axes: Any, claims: list[dict[str, Any]]) -> None:
    """Outlets that carry each claim, and the independent origins behind it at most and at the fewest."""
    for key, colour, height, label in (("n_outlets", LIGHT, 0.8, "outlets"), ("independent_max", MIDDLE, 0.5, "origins, at most"),
                                       ("independent_min", DARK, 0.25, "origins, at the fewest")):
        axes.barh(range(len(claims)), [c[key] for c in claims], height=height, color=colour, label=label)
    _labels(axes, [c["wording"] for c in claims])
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_title("Who carries each claim, and what it rests on")
    axes.legend(loc="lower right", fontsize=8)


def _day(text: str) -> date | None:
    """The day of a time as the tables hold it; None for anything else."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _timeline(axes: Any, claims: list[dict[str, Any]]) -> None:
    """From the first to the last dated article of each claim."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num

    days = [[float(date2num(_day(c[k]))) for k in ("first_seen_at", "last_seen_at")] for c in claims]  # type: ignore[no-untyped-call]
    axes.hlines(range(len(days)), [d[0] for d in days], [d[1] for d in days], color=MIDDLE, linewidth=3)
    axes.plot([d[0] for d in days], range(len(days)), "o", color=DARK, label="first seen")
    axes.plot([d[1] for d in days], range(len(days)), "|", color=DARK, markersize=10, label="last seen")
    locator = AutoDateLocator(minticks=2, maxticks=8)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    _labels(axes, [c["wording"] for c in claims])
    axes.set_title("When each claim was printed")
    axes.legend(loc="lower right", fontsize=8)


def _shares(case: Case) -> list[dict[str, Any]]:
    """Relayed and single-origin shares of the outlets with most claims."""
    names = lookup(case["outlets"], "outlet_id", "name")
    found = case["assessments"]
    rows = found[(found["subject_kind"] == "outlet") & (found["measure"] == "relayed")].sort_values(["n", "subject_id"], ascending=[False, True])
    return [{**{str(k): v for k, v in r.items()}, "name": names.get(r["subject_id"]) or r["subject_id"]} for r in rows.head(ROWS).to_dict("records")]


def _outlets(axes: Any, rows: list[dict[str, Any]]) -> None:
    """Share of each outlet's claims that it only takes from others, with its interval; pale where there is too little data."""
    for k, r in enumerate(rows):
        colour = LIGHT if "too little data" in r["method"] else DARK
        axes.hlines(k, r["low"], r["high"], color=colour, linewidth=2)
        axes.plot([r["value"]], [k], "o", color=colour)
    _labels(axes, [f"{r['name']} ({r['n']} claims)" for r in rows])
    axes.set_xlim(0, 1)
    axes.set_title("Share of claims only relayed from other outlets")
    axes.set_xlabel("share with 90 % interval; pale: too few to judge")


def _calibration(axes: Any, rows: list[dict[str, Any]]) -> None:
    """The share that came true beside the belief, with its interval."""
    axes.plot([0, 1], [0, 1], color=LIGHT)
    for r in rows:
        axes.vlines(r["chance"], r["low"], r["high"], color=MIDDLE)
        axes.plot([r["chance"]], [r["share"]], "o", color=DARK)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    axes.set_xlabel("belief")
    axes.set_ylabel("share that came true")
    axes.set_title("Calibration on claims with a verdict")
