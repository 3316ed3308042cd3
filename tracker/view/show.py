"""The page inside a notebook."""
from __future__ import annotations

from html import escape

from tracker.tables import Case
from tracker.view.page import render_page


class Shown:
    """A page that a notebook shows when it is the value of a cell; `html` is the page itself."""

    def __init__(self, html: str, height: int) -> None:
        self.html, self.height = html, height

    def _repr_html_(self) -> str:
        # Sandboxed: what the articles say must not reach the notebook, whatever it is.
        return (f'<iframe title="What these claims rest on" width="100%" height="{self.height}" style="border:1px solid #8888" loading="lazy" '
                f'sandbox="allow-scripts allow-downloads allow-popups allow-modals" srcdoc="{escape(self.html, quote=True)}"></iframe>')

    def __repr__(self) -> str:
        return f"<page of {len(self.html)} characters; a notebook shows it>"


def show(case: Case, *, height: int = 640, title: str = "", theme: str = "auto", redact_quotes: bool = False) -> Shown:
    """The page of a case, shown in Jupyter: `tracker.show(case)` as the last line of a cell. `height` in pixels; the rest as in `render_page`.

    The page stands inside the notebook in a frame of its own and needs no file and no network.
    """
    return Shown(render_page(case, title=title, theme=theme, redact_quotes=redact_quotes, embed=True), max(240, int(height)))
