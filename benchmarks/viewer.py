"""Measure the page in headless Chromium: how soon it is there, how it moves, how long an action takes, how large it is; beside stock pyvis.

    python benchmarks/viewer.py [--sizes 22x5,200x50,2000x300,10000x1000] [--runs 3] [--stock 2]

Graphs are made up (seeded), with sentences of about fifty words, so that the printed words weigh what they do in news. Every figure is the median
of --runs.

`build` is the processor time Python takes from tables to HTML. `first frame` runs from the start of navigation to the first painted frame with cards.
`panning` is frames a second while the wheel turns for two seconds. `search`, `filter` (a tile), `off` (an outlet switched off, all claims counted
again) and `select` (a claim opened with its printed words) run from the event to the next painted frame. `heap` is JavaScript's, after all words
are unpacked. Stock pyvis draws the same nodes and edges with its own template and defaults, for the first --stock sizes; its first frame is the
first one after it has settled.
Times are wall-clock on this machine, drawn in software, and depend on what else runs: compare them inside one run.
"""
from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pyvis.network

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from worlds import make_case

from tracker.tables import Case
from tracker.view.graph import to_graph
from tracker.view.page import render_page

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
COLUMNS = ("build s", "file MB", "first frame s", "panning fps", "search ms", "filter ms", "off ms", "select ms", "heap MB")
PADDING = 35  # words added to the ten or so of each made-up sentence

# From an action to the frame after it, as the page itself sees it.
TIMED = """async action => { const from = performance.now(); await (0, eval)(action);
  await new Promise(done => requestAnimationFrame(() => setTimeout(done))); return performance.now() - from; }"""
FRAMES = """async () => { let frames = 0, from = performance.now(), until = from + 2000; const box = document.querySelector('BOX');
  await new Promise(done => { const step = now => { frames++; box.dispatchEvent(new WheelEvent('wheel',
      { deltaY: now % 2000 < 1000 ? 40 : -40, clientX: 500, clientY: 400, bubbles: true, cancelable: true }));
    if (now < until) requestAnimationFrame(step); else done(); }; requestAnimationFrame(step); });
  return frames / (performance.now() - from) * 1000; }"""
TYPED = "(text => { const box = document.getElementById('search'); box.value = text; box.dispatchEvent(new Event('input')); })"
STOCK = """Object.defineProperty(window, 'network', { configurable: true, get() { return this.drawn; }, set(net) { this.drawn = net;
  if (net) net.once('stabilizationIterationsDone', () => net.once('afterDrawing', () => { window.first = performance.now(); })); } });"""


def ours(browser: Any, case: Case, folder: Path) -> list[float]:
    """One run of the page: the figures in the order of COLUMNS."""
    from_ = time.process_time()
    html = render_page(case, title="Benchmark")
    build = time.process_time() - from_
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8", newline="\n")
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(file.as_uri())
    first = page.evaluate("tracker.ready.then(() => performance.now())") / 1000
    page.evaluate("tracker.words()")
    page.wait_for_timeout(300)
    page.evaluate("document.getElementById('v-columns').click()")
    fps = page.evaluate(FRAMES.replace("BOX", "#net"))
    search = [page.evaluate(TIMED, f"{TYPED}({text!r})") for text in ("har", "harbour", "harbour master", "")][1:]
    tile = [page.evaluate(TIMED, "document.querySelector('.t-1').click()") for _ in range(2)]
    off = [page.evaluate(TIMED, f"tracker.off({ids})") for ids in ("['outlet:outlet-1']", "[]")]
    select = [page.evaluate(TIMED, f"tracker.open('claim:' + tracker.visible()[{n}])") for n in (1, 9, 15)]
    client = page.context.new_cdp_session(page)
    client.send("HeapProfiler.collectGarbage")
    heap = page.evaluate("performance.memory ? performance.memory.usedJSHeapSize : 0") / 1e6
    page.close()
    actions = [statistics.median(times) for times in (search, tile, off, select)]
    return [build, len(html.encode()) / 1e6, first, fps, *actions, heap]


def stock(browser: Any, case: Case, folder: Path) -> list[float]:
    """One run of pyvis as it comes, on the same nodes and edges; what it cannot do is not a number."""
    from_ = time.process_time()
    net = pyvis.network.Network(directed=True, cdn_resources="in_line")
    graph = to_graph(case)
    for node, found in graph.nodes(data=True):
        net.add_node(node, label=str(found["label"]))
    for start, end in graph.edges():
        net.add_edge(start, end)
    html = net.generate_html()
    build = time.process_time() - from_
    file = folder / "stock.html"
    file.write_text(html, encoding="utf-8")
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.route("http*://**", lambda route: route.abort())
    page.add_init_script(STOCK)
    page.goto(file.as_uri(), wait_until="commit")
    page.wait_for_function("window.first > 0", timeout=300_000)
    first = page.evaluate("window.first") / 1000
    fps = page.evaluate(FRAMES.replace("BOX", "#mynetwork canvas"))
    heap = page.evaluate("performance.memory ? performance.memory.usedJSHeapSize : 0") / 1e6
    page.close()
    nan = float("nan")
    return [build, len(html.encode()) / 1e6, first, fps, nan, nan, nan, nan, heap]


def main() -> None:
    """Print one row a size and kind of page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="22x5,200x50,2000x300,10000x1000")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--stock", type=int, default=2)
    options = parser.parse_args()
    from playwright.sync_api import sync_playwright

    path = next(p for p in CHROMIUM if Path(p).exists())
    print(f"{'':22}" + "".join(f"{c:>15}" for c in COLUMNS))
    with sync_playwright() as play, tempfile.TemporaryDirectory() as folder:
        browser = play.chromium.launch(executable_path=path, args=["--headless", "--no-sandbox", "--disable-gpu", "--enable-precise-memory-info"])
        for n, size in enumerate(options.sizes.split(",")):
            case = make_case(*map(int, size.split("x")), 7, padding=PADDING)
            for name, run in (("page", ours), ("stock pyvis", stock))[: 2 if n < options.stock else 1]:
                runs = [run(browser, case, Path(folder)) for _ in range(options.runs if name == "page" else 1)]
                print(f"{size + ' ' + name:22}" + "".join(f"{statistics.median(values):>15.2f}" for values in zip(*runs, strict=True)), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
