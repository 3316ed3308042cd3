// State to screen, and events to state.
let list = [];
function refresh() {
  const kept = surviving(), test = TESTS[state.tile];
  list = sorted(test ? kept.filter(test) : kept);
  for (const tile of document.querySelectorAll(".tile")) {
    tile.setAttribute("aria-pressed", String(tile.dataset.tile === state.tile));
    tile.querySelector("b").textContent = kept.filter(TESTS[tile.dataset.tile]).length;
  }
  const ego = nodes.get(state.ego);
  $("note").textContent = list.length < claims.length ? list.length + " of " + plural(claims.length, "claim") + (ego ? " around " + ego.label.slice(0, 60) : "") : "";
  drawTable(list); drawEvidence(); drawGraph();
}
function drawGraph() {
  for (const view of ["columns", "network"]) $("v-" + view).setAttribute("aria-pressed", String(state.view === view));
  $("heads").hidden = state.view !== "columns";
  if (state.view === "network") { drawNetwork(); return; }
  place = layout(list);
  $("pager").hidden = place.pages < 2;
  $("pager").querySelector("span").textContent = "page " + (state.page + 1) + " of " + place.pages;
  if (network && network.columns) network.redraw(); else columns();
}
function make(data, more) {
  if (network) network.destroy();
  network = new vis.Network(box, data, { ...OPTIONS, ...more });
}
function columns() {
  make({ nodes: [], edges: [] }, {});
  network.columns = true;
  network.on("afterDrawing", ctx => { draw(ctx); placeHeads(); });
  network.on("click", event => { if (network.columns) chosen(hit(event.pointer.canvas)); });
  network.on("doubleClick", event => { const id = hit(event.pointer.canvas); if (nodes.has(id)) { state.ego = id; refresh(); home(); } });
  home();
}
function chosen(id) {
  if (id.startsWith("topic:")) { state.topic = id.slice(6); $("topic").value = state.topic; state.page = 0; refresh(); home(); } else select(id);
}
function home() {
  if (!network || !network.columns || !box.clientWidth) return;
  const scale = Math.min(1.15, box.clientWidth / (WORLD.right - WORLD.left));
  moveTo(-8 + box.clientHeight / 2 / scale, scale);
}
function moveTo(y, scale) { network.moveTo({ position: { x: (WORLD.left + WORLD.right) / 2, y }, scale, animation: false }); }
function scrollBy(pixels) {
  const scale = network.getScale(), half = box.clientHeight / 2 / scale, { x, y } = network.getViewPosition();
  const low = half - 8, high = Math.max(low, place.bottom - half + 60);
  network.moveTo({ position: { x, y: Math.min(high, Math.max(low, y + pixels / scale)) }, scale, animation: false });
}
function reveal(id) {
  const card = place.cards.find(c => c.id === id);
  if (!card || !network || !network.columns) return;
  const scale = network.getScale(), top = network.canvasToDOM({ x: 0, y: card.y }).y;
  if (top < 60) scrollBy(top - 120); else if (top > box.clientHeight - 60) scrollBy(top - box.clientHeight + 160);
}
function placeHeads() {
  const spots = [WORLD.left + 20, 0, ORIGIN_X - 8];
  [...$("heads").children].forEach((span, i) => { span.style.left = network.canvasToDOM({ x: spots[i], y: 0 }).x + "px"; });
}
const LIMIT = 150; // a force drawing of more claims than this takes minutes and shows nothing
function drawNetwork() {
  const shown = list.slice(0, LIMIT), inside = new Set(shown.map(nodeOf));
  const edges = EDGES.filter(e => inside.has(e.to) || inside.has(e.from)), ids = new Set(shown.map(nodeOf));
  for (const e of edges) { ids.add(e.from); ids.add(e.to); }
  const dots = [...ids].map(id => dress(nodes.get(id))), lines = edges.concat(maybes.filter(e => ids.has(e.from) && ids.has(e.to))).map(dressLine);
  make({ nodes: dots, edges: lines }, { physics: { enabled: true, stabilization: { iterations: 200 }, barnesHut: { gravitationalConstant: -9000, avoidOverlap: 0.8, springLength: 150, springConstant: 0.02 } }, interaction: { zoomView: true, dragNodes: true, hover: false } });
  network.once("stabilizationIterationsDone", () => network.setOptions({ physics: false }));
  network.on("click", event => select(String(event.nodes[0] || "")));
  $("pager").hidden = true;
  if (list.length > LIMIT) $("note").textContent = "first " + LIMIT + " of " + plural(list.length, "claim");
}
function dress(node) {
  const short = node.label.length > 44 ? node.label.slice(0, 43) + "…" : node.label, claim = node.kind === "claim" ? byId.get(node.id.slice(6)) : null;
  const [rim, fill] = claim ? look(bandOf(claim)) : node.kind === "outlet" ? [paint.outlet, paint.outlet] : [paint.origin, node.unnamed ? paint.bg : paint.origin];
  return { id: node.id, shape: node.shape, label: claim ? short + "\n" + claim.says[0][1] : node.unnamed ? "? " + short : short, color: { background: fill, border: rim, highlight: { background: fill, border: paint.ink } },
    font: { color: paint.ink, size: 13 }, shapeProperties: { borderDashes: claim && claim.lo < 2 || node.unnamed ? [4, 3] : false } };
}
function dressLine(e) {
  const color = e.kind === "denies" ? paint.dispute : e.kind === "rests-on" ? paint.origin : e.kind === "may-be" ? paint.origin : paint.outlet;
  return { from: e.from, to: e.to, color, arrows: e.kind === "may-be" ? "" : e.kind === "denies" ? { to: { enabled: true, type: "bar" } } : "to", dashes: e.kind === "denies" ? [5, 3] : e.kind === "carries" || e.kind === "rests-on" ? false : [2, 4] };
}

function select(id, { quiet = false, tab = true } = {}) {
  if (id && !nodes.has(id)) return;
  state.selected = id; state.hover = "";
  const hash = id ? "#" + id.replace(/^claim:/, "c:").split(":").map(encodeURIComponent).join(":") : "#";
  if (location.hash !== hash && (id || location.hash)) { if (quiet) history.replaceState(null, "", hash); else history.pushState(null, "", hash); }
  if (id && tab) show("evidence");
  for (const row of document.querySelectorAll("#claims tbody tr")) row.setAttribute("aria-selected", String("claim:" + row.dataset.id === id));
  drawEvidence();
  if (network && network.columns) { turnTo(id); network.redraw(); reveal(id); }
}
// A claim chosen from the table or a link may stand on another page of cards.
function turnTo(id) {
  if (!id.startsWith("claim:") || place.byTopic || place.pages < 2 || place.cards.some(c => c.id === id)) return;
  for (let page = 0; page < place.pages; page++) { state.page = page; place = layout(list); if (place.cards.some(c => c.id === id)) break; }
  drawGraph();
}
function fromHash() {
  let id = "";
  try { id = location.hash.slice(1).split(":").map(decodeURIComponent).join(":").replace(/^c:/, "claim:"); } catch { return; }
  if (id !== state.selected && (id === "" || nodes.has(id))) select(id, { quiet: true });
}
function show(tab) {
  state.tab = tab;
  for (const name of ["claims", "evidence", "graph"]) $("tab-" + name).setAttribute("aria-selected", String(name === tab));
  $("claims").hidden = tab !== "claims"; $("evidence").hidden = tab !== "evidence"; $("stage").classList.toggle("off", tab !== "graph");
  if (tab === "graph" && network) { network.redraw(); home(); }
}
function tile(key) { state.tile = state.tile === key ? "" : key; state.page = 0; shownRows = ROWS; if (state.tab === "graph") show("claims"); refresh(); home(); }
function reset() {
  Object.assign(state, { tile: "", topic: "", least: 0, query: "", ego: "", page: 0 });
  $("search").value = ""; $("topic").value = ""; $("least").value = "0"; refresh(); home();
}
function step(by) {
  if (!list.length) return;
  const at = list.findIndex(c => nodeOf(c) === state.selected), next = at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + by));
  select(nodeOf(list[next]), { quiet: true, tab: false });
  const row = document.querySelectorAll("#claims tbody tr")[next];
  if (row) row.scrollIntoView({ block: "nearest" });
}
function setView(view) { state.view = view; if (network) { network.destroy(); network = null; } drawGraph(); }
function zoom(factor) { if (network) network.moveTo({ scale: Math.min(4, Math.max(0.2, network.getScale() * factor)), animation: false }); }
function flip() {
  const root = document.documentElement, dark = getComputedStyle(root).colorScheme === "dark";
  root.dataset.theme = dark ? "light" : "dark"; palette(); drawGraph();
}

const cell = value => { const text = String(value); return '"' + (/^[=+\-@\t\r]/.test(text) ? "'" : "") .concat(text.replace(/"/g, '""')) + '"'; };
function asCsv() {
  const head = ["claim_id", "claim", "status", "independent_min", "independent_max", "outlets", "flags", "hangs_on", "first_seen", "last_seen", "credibility", "belief", "outlet_names", "origins"];
  const line = c => [c.id, c.wording, c.status, c.lo, c.hi, c.n, c.says.slice(1).map(s => s[1]).join("; "), c.cut.join("; "), c.first, c.last, c.credibility, c.belief[0],
    [...new Set(linesIn(c).map(e => nodes.get(e.from).label))].join("; "), c.origins.map(o => o.label).join("; ")];
  return [head, ...list.map(line)].map(row => row.map(cell).join(",")).join("\r\n") + "\r\n";
}
const asJson = () => JSON.stringify({ claims: list, articles: DATA.articles }, null, 1);
function save(text, file, type) {
  const url = URL.createObjectURL(new Blob([text], { type })), link = el("a", { href: url, download: file });
  document.body.append(link); link.click(); link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
const PRINTED = 300; // claims in the printed appendix: a hundred sheets
function appendix() { $("appendix").replaceChildren(el("h2", {}, "Evidence"), ...list.slice(0, PRINTED).map(c => el("article", {}, ...claimSheet(c)))); }

const KEYS = { "/": ["search", () => $("search").focus()], j: ["next claim", () => step(1)], k: ["claim before", () => step(-1)], ArrowDown: ["next claim", () => step(1)], ArrowUp: ["claim before", () => step(-1)],
  Enter: ["open its evidence", () => state.selected && show("evidence")], Escape: ["leave the claim, then the filters", () => (state.selected ? (select(""), show("claims")) : reset())],
  1: ["one origin", () => tile("1")], 2: ["two origins", () => tile("2")], 3: ["three or more", () => tile("3")], x: ["disputed", () => tile("disputed")], e: ["echoes", () => tile("echo")],
  v: ["columns or network", () => setView(state.view === "columns" ? "network" : "columns")], t: ["light or dark", flip], "+": ["nearer", () => zoom(1.2)], "-": ["farther", () => zoom(1 / 1.2)], 0: ["whole width", home], "?": ["this list", () => $("keys").showModal()] };
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $("keys").open) return;
  const typing = event.target.matches("input, select, textarea");
  if (typing && event.key === "Escape") { event.target.blur(); if (state.query) { state.query = ""; $("search").value = ""; refresh(); } return; }
  if (typing || (event.key === "Enter" && event.target.matches("button, a")) || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault(); KEYS[event.key][1]();
}

function wire() {
  for (const t of document.querySelectorAll(".tile")) t.addEventListener("click", () => tile(t.dataset.tile));
  for (const name of ["claims", "evidence", "graph"]) $("tab-" + name).addEventListener("click", () => show(name));
  $("search").addEventListener("input", event => { state.query = event.target.value; state.page = 0; refresh(); });
  $("least").addEventListener("change", event => { state.least = Number(event.target.value); refresh(); });
  $("topic").addEventListener("change", event => { state.topic = event.target.value; state.page = 0; refresh(); home(); });
  $("v-columns").addEventListener("click", () => setView("columns")); $("v-network").addEventListener("click", () => setView("network"));
  $("reset").addEventListener("click", reset); $("theme").addEventListener("click", flip); $("help").addEventListener("click", () => $("keys").showModal());
  $("csv").addEventListener("click", () => save("\ufeff" + asCsv(), "claims.csv", "text/csv;charset=utf-8")); $("json").addEventListener("click", () => save(asJson(), "claims.json", "application/json"));
  $("more").addEventListener("click", () => { shownRows = Infinity; drawTable(list); });
  $("back").addEventListener("click", () => { state.page = Math.max(0, state.page - 1); drawGraph(); home(); }); $("next").addEventListener("click", () => { state.page++; drawGraph(); home(); });
  for (const b of document.querySelectorAll("#zoom button")) b.addEventListener("click", () => (b.dataset.zoom === "fit" ? (state.view === "columns" ? home() : network.fit()) : zoom(b.dataset.zoom === "in" ? 1.2 : 1 / 1.2)));
  box.addEventListener("wheel", event => { if (!network || !network.columns) return; event.preventDefault(); if (event.ctrlKey) zoom(event.deltaY < 0 ? 1.1 : 1 / 1.1); else scrollBy(event.deltaY); }, { passive: false });
  box.addEventListener("mousemove", event => hover(event)); box.addEventListener("mouseleave", () => { if (state.hover) { state.hover = ""; network.redraw(); } });
  document.addEventListener("keydown", onKey); addEventListener("hashchange", fromHash); addEventListener("popstate", fromHash); addEventListener("resize", () => requestAnimationFrame(home));
  addEventListener("beforeprint", appendix); addEventListener("afterprint", () => $("appendix").replaceChildren());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { palette(); drawGraph(); });
}
function hover(event) {
  if (!network || !network.columns) return;
  const edge = box.getBoundingClientRect(), id = hit(network.DOMtoCanvas({ x: event.clientX - edge.left, y: event.clientY - edge.top }));
  box.style.cursor = id ? "pointer" : "";
  if (id !== state.hover) { state.hover = id; network.redraw(); }
}
function start() {
  if (topics.length > 1 || topics[0]) {
    $("topic").append(el("option", { value: "" }, "all"), ...topics.filter(Boolean).map(t => el("option", { value: t }, t)));
    $("topic-label").hidden = false;
  }
  $("keys").querySelector("dl").append(...Object.entries(KEYS).flatMap(([key, [words]]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, words)]));
  palette(); wire(); show("claims"); refresh(); fromHash();
  // For tests and for the curious.
  window.tracker = Object.freeze({ state: () => ({ ...state }), visible: () => list.map(c => c.id), open: id => select(id, { quiet: true }), lines: id => ({ in: linesIn(byId.get(id)).filter(e => e.kind !== "denies").length, out: linesOut(byId.get(id)).length }),
    drawn: () => place.lines.map(l => [l.card.id, l.side, l.kind]), csv: asCsv, spot: id => { const c = place.cards.find(x => x.id === id) || place.at.get(id); return c && network.canvasToDOM({ x: c.x ?? 60, y: c.y }); } });
}
start();
