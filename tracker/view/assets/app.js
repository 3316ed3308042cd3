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
  drawSentence(); drawBanner(); showTime(); drawTable(list); drawEvidence(); drawGraph();
  if (state.tab === "whatif") drawWhatIf();
}
// The sentence at the top is written by Python for everything; once something is off it is written again.
let sentence = null;
function drawSentence() {
  const into = $("sentence");
  sentence ||= [...into.childNodes];
  if (allOn()) { if (into.firstChild !== sentence[0]) into.replaceChildren(...sentence); return; }
  const there = claims.filter(c => c.mentions.some(m => inTime(m.article))), { single, perhaps, looks } = headline(there);
  into.replaceChildren(el("b", {}, single + " of " + plural(there.length, "claim") + (single === 1 ? " rests" : " rest") + " on a single origin"), " with what is left" + (state.asof ? " and was known on " + state.asof : "") + (perhaps ? "; " + perhaps + " more may have a second one" : "") + ". ",
    ...(looks ? ["Looks stronger than it is: ", el("a", { class: "looks", href: "#c:" + encodeURIComponent(looks.id) }, name(looks.wording)), " — " + plural(live(looks).n, "outlet") + ", all from one origin: ", name(live(looks).origins.map(o => o.label).join(", ")), live(looks).unverified ? "; " : "", live(looks).unverified ? el("b", { class: "warn" }, "unverified") : "", "."] : []));
}
function drawGraph() {
  for (const view of ["columns", "time", "network"]) $("v-" + view).setAttribute("aria-pressed", String(state.view === view));
  $("heads").hidden = state.view !== "columns";
  $("legend").dataset.view = state.view;
  if (state.view === "network") { drawNetwork(); return; }
  place = layout(list);
  $("pager").hidden = place.pages < 2;
  $("pager").querySelector("span").textContent = "page " + (state.page + 1) + " of " + place.pages;
  if (network && network.columns) repaint(); else columns();
}
const OPTIONS = () => JSON.parse($("d-options").textContent);
function make(data, more) {
  if (network) network.destroy();
  network = new vis.Network(box, data, { ...OPTIONS(), ...more });
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
  const edges = shown.flatMap(c => [...linesIn(c), ...linesOut(c)]), ids = new Set(inside);
  for (const e of edges) { ids.add(e.from); ids.add(e.to); }
  const dots = [...ids].map(id => dress(nodes.get(id))), lines = edges.concat(maybesOf(shown).map(e => ({ ...e, kind: "may-be" }))).map(dressLine);
  make({ nodes: dots, edges: lines }, { physics: { enabled: true, stabilization: { iterations: 200 }, barnesHut: { gravitationalConstant: -9000, avoidOverlap: 0.8, springLength: 150, springConstant: 0.02 } }, interaction: { zoomView: true, dragNodes: true, hover: false }, nodes: { ...OPTIONS().nodes, scaling: { label: { drawThreshold: 2 } } } });
  network.once("stabilizationIterationsDone", () => network.setOptions({ physics: false }));
  network.on("click", event => select(String(event.nodes[0] || "")));
  $("pager").hidden = true;
  if (list.length > LIMIT) $("note").textContent = "first " + LIMIT + " of " + plural(list.length, "claim");
}
function dress(node) {
  const short = node.label.length > 44 ? node.label.slice(0, 43) + "…" : node.label, claim = node.kind === "claim" ? byId.get(node.id.slice(6)) : null;
  const [rim, fill] = claim ? look(bandOf(claim)) : node.kind === "outlet" ? [paint.outlet, paint.outlet] : [paint.origin, node.unnamed ? paint.bg : paint.origin];
  return { id: node.id, shape: { outlet: "square", claim: "box", voice: "diamond" }[node.kind], label: claim ? short + "\n" + says(claim)[0][1] : node.unnamed ? "? " + short : short, color: { background: fill, border: rim, highlight: { background: fill, border: paint.ink } },
    font: { color: paint.ink, size: 13 }, shapeProperties: { borderDashes: claim && live(claim).lo < 2 || node.unnamed ? [4, 3] : false } };
}
function dressLine(e) {
  const color = e.kind === "denies" ? paint.dispute : e.kind === "rests-on" ? paint.origin : e.kind === "may-be" ? paint.origin : paint.outlet;
  return { from: e.from, to: e.to, color, arrows: e.kind === "may-be" ? "" : e.kind === "denies" ? { to: { enabled: true, type: "bar" } } : "to", dashes: e.kind === "denies" ? [5, 3] : e.kind === "carries" || e.kind === "rests-on" ? false : [2, 4] };
}

function select(id, { quiet = false, tab = true } = {}) {
  if (id && !nodes.has(id)) return;
  state.selected = id; state.hover = "";
  writeHash(quiet ? "replaceState" : "pushState");
  if (id && tab) { show("evidence"); if (matchMedia("(max-width: 760px)").matches) $("panel").scrollIntoView(); }
  for (const row of document.querySelectorAll("#claims tbody tr")) row.classList.toggle("chosen", "claim:" + row.dataset.id === id);
  drawEvidence();
  if (network && network.columns) { turnTo(id); repaint(); reveal(id); }
}
// A claim chosen from the table or a link may stand on another page of cards.
function turnTo(id) {
  if (!id.startsWith("claim:") || place.byTopic || place.pages < 2 || place.cards.some(c => c.id === id)) return;
  for (let page = 0; page < place.pages; page++) { state.page = page; place = layout(list); if (place.cards.some(c => c.id === id)) break; }
  drawGraph();
}
function fromHash() {
  const asked = readHash(), same = asked.distrust === state.distrust && asked.asof === state.asof && [...asked.off].sort().join() === [...state.off].sort().join();
  if (!same) { Object.assign(state, { off: asked.off, distrust: asked.distrust, asof: asked.asof }); changed(); refresh(); }
  if (asked.id !== state.selected && (asked.id === "" || nodes.has(asked.id))) select(asked.id, { quiet: true });
}
const TABS = ["claims", "evidence", "whatif", "graph"];
function show(tab) {
  state.tab = tab;
  for (const name of TABS) { const it = $("tab-" + name); it.setAttribute("aria-selected", String(name === tab)); it.tabIndex = name === tab ? 0 : -1; }
  for (const name of ["claims", "evidence", "whatif"]) $(name).hidden = tab !== name;
  if (tab === "whatif") drawWhatIf();
  $("stage").classList.toggle("off", tab !== "graph");
  if (tab === "graph" && network) { repaint(); home(); }
}
function tile(key) { state.tile = state.tile === key ? "" : key; state.page = 0; shownRows = ROWS; if (state.tab === "graph") show("claims"); refresh(); home(); }
function reset() {
  Object.assign(state, { tile: "", topic: "", least: 0, query: "", ego: "", page: 0, asof: "", distrust: "", off: new Set() });
  stop(); whatFilter = "";
  $("search").value = ""; $("topic").value = ""; $("least").value = "0"; counted(); home();
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

const KEYS = { "/": ["search", () => $("search").focus()], j: ["next claim", () => step(1)], k: ["claim before", () => step(-1)], ArrowDown: ["next claim", () => step(1)], ArrowUp: ["claim before", () => step(-1)],
  Enter: ["open its evidence", () => state.selected && show("evidence")], Escape: ["leave the claim, then the filters", () => (state.selected ? (select(""), show("claims")) : reset())],
  1: ["one origin", () => tile("1")], 2: ["two origins", () => tile("2")], 3: ["three or more", () => tile("3")], x: ["disputed", () => tile("disputed")], e: ["echoes", () => tile("echo")],
  v: ["columns, time or network", () => setView({ columns: "time", time: "network", network: "columns" }[state.view])], w: ["what if: switch things off", () => show("whatif")], p: ["play the time", () => (days.length < 2 ? null : playing ? stop() : play())], m: ["dark or light", flip], t: ["dark or light", flip], "+": ["nearer", () => zoom(1.2)], "-": ["farther", () => zoom(1 / 1.2)], 0: ["whole width", home], "?": ["this list", () => $("keys").showModal()] };
function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $("keys").open) return;
  const typing = event.target.matches("input, select, textarea");
  if (typing && event.key === "Escape") { event.target.blur(); if (state.query) { state.query = ""; $("search").value = ""; refresh(); } return; }
  if (typing || (event.key === "Enter" && event.target.matches("button, a, summary")) || !Object.hasOwn(KEYS, event.key)) return;
  event.preventDefault(); KEYS[event.key][1]();
}

function wire() {
  for (const t of document.querySelectorAll(".tile")) t.addEventListener("click", () => tile(t.dataset.tile));
  for (const name of TABS) $("tab-" + name).addEventListener("click", () => show(name));
  $("tabs").addEventListener("keydown", event => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key], there = TABS.filter(t => $("tab-" + t).offsetParent);
    if (!by) return;
    const next = there[(there.indexOf(state.tab) + by + there.length) % there.length];
    event.preventDefault(); event.stopPropagation(); show(next); $("tab-" + next).focus();
  });
  $("search").addEventListener("input", event => { state.query = event.target.value; state.page = 0; refresh(); if (state.query && !unpackedAll) allWords().then(refresh); });
  $("least").addEventListener("change", event => { state.least = Number(event.target.value); state.page = 0; refresh(); });
  $("topic").addEventListener("change", event => { state.topic = event.target.value; state.page = 0; refresh(); home(); });
  for (const view of ["columns", "time", "network"]) $("v-" + view).addEventListener("click", () => setView(view));
  $("off").addEventListener("click", () => show("whatif"));
  $("reset").addEventListener("click", reset); $("again").addEventListener("click", reset); $("theme").addEventListener("click", flip); $("help").addEventListener("click", () => $("keys").showModal());
  for (const item of document.querySelectorAll("#take [data-take]")) item.addEventListener("click", () => { $("take").open = false; take(item.dataset.take); });
  $("take").addEventListener("keydown", event => { if (event.key === "Escape") { event.stopPropagation(); $("take").open = false; $("take").firstElementChild.focus(); } });
  document.addEventListener("click", event => { if (!$("take").contains(event.target)) $("take").open = false; });
  $("tally").addEventListener("click", () => take("judgements"));
  $("more").addEventListener("click", () => { shownRows = Infinity; drawTable(list); });
  $("back").addEventListener("click", () => { state.page = Math.max(0, state.page - 1); drawGraph(); home(); }); $("next").addEventListener("click", () => { state.page++; drawGraph(); home(); });
  for (const b of document.querySelectorAll("#zoom button")) b.addEventListener("click", () => (b.dataset.zoom === "fit" ? (state.view === "network" ? network.fit() : home()) : zoom(b.dataset.zoom === "in" ? 1.2 : 1 / 1.2)));
  box.addEventListener("wheel", event => { if (!network || !network.columns) return; event.preventDefault(); if (event.ctrlKey) zoom(event.deltaY < 0 ? 1.1 : 1 / 1.1); else scrollBy(event.deltaY); }, { passive: false });
  box.addEventListener("mousemove", event => hover(event)); box.addEventListener("mouseleave", () => { if (state.hover) { state.hover = ""; repaint(); } });
  document.addEventListener("keydown", onKey); addEventListener("hashchange", fromHash); addEventListener("popstate", fromHash); addEventListener("resize", () => requestAnimationFrame(() => { if (state.view !== "network") drawGraph(); home(); }));
  addEventListener("beforeprint", appendix); addEventListener("afterprint", () => $("appendix").replaceChildren());
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { palette(); drawGraph(); });
  const hints = store.get("tracker.hints");
  $("hints").hidden = hints === "seen" || FRAMED || document.documentElement.dataset.embed === "yes" || !claims.length;
  $("hints").querySelector("button").addEventListener("click", () => { $("hints").hidden = true; store.set("tracker.hints", "seen"); if (network && network.columns) home(); });
}
function hover(event) {
  if (!network || !network.columns) return;
  const edge = box.getBoundingClientRect(), id = hit(network.DOMtoCanvas({ x: event.clientX - edge.left, y: event.clientY - edge.top }));
  box.style.cursor = id ? "pointer" : "";
  if (id !== state.hover) { state.hover = id; repaint(); }
}
async function start() {
  if (typeof DecompressionStream === "undefined") { $("note").textContent = "This browser is too old to unpack the page: it needs one from 2023 or later. Printed from another browser, or with scripts off, the page can be read as text."; return; }
  await load();
  if (topics.length > 1 || topics[0]) {
    $("topic").append(el("option", { value: "" }, "all"), ...topics.filter(Boolean).map(t => el("option", { value: t }, t)));
    $("topic-label").hidden = false;
  }
  $("keys").querySelector("dl").append(...Object.entries(KEYS).flatMap(([key, [words]]) => [el("dt", {}, el("kbd", {}, key)), el("dd", {}, words)]));
  if (FRAMED) document.documentElement.dataset.embed = "yes";
  loadJudgements(); palette(); wire(); wireTime(); changed(); show("claims"); refresh(); fromHash(); drawTally();
  document.documentElement.dataset.ready = "yes";
}
// For tests and for the curious.
const ready = start().then(() => new Promise(done => requestAnimationFrame(done)));
window.tracker = Object.freeze({ ready, words: () => ready.then(allWords), state: () => ({ ...state, off: [...state.off] }), visible: () => list.map(c => c.id), open: id => select(id, { quiet: true }),
  lines: id => ({ in: linesIn(byId.get(id)).filter(e => e.kind !== "denies").length, out: linesOut(byId.get(id)).length }), drawn: () => place.lines.map(l => [l.card.id, l.side, l.kind]), csv: asCsv, json: asJson, svg: asSvg, judgements: asJsonl,
  says: id => says(byId.get(id)), counts: id => { const { n, lo, hi, status, cut } = live(byId.get(id)); return { n, lo, hi, status, cut }; },
  recount: (id, articleOn, partyOn) => { const { lo, hi } = recount(byId.get(id), i => articleOn.includes(i), p => partyOn.includes(byId.get(id).parties.indexOf(p)), i => articles[i].date); return [lo, hi]; },
  off: ids => { state.off = new Set(ids); counted(); }, fallen: () => { const { lost, moved } = fallen(); return { lost: lost.map(c => c.id), moved: moved.map(c => c.id) }; }, second: id => secondOrigin(byId.get(id)),
  spot: id => { const c = place.cards.find(x => x.id === id) || place.at.get(id); return c && network.canvasToDOM({ x: c.x ?? 60, y: c.y }); } });
