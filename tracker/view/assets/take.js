// What can be taken along: the visible claims as CSV and JSON, the drawing as PNG and SVG, the whole as print, the reader's judgements.
const cell = value => { const text = String(value); return '"' + (/^[=+\-@\t\r]/.test(text) ? "'" : "").concat(text.replace(/"/g, '""')) + '"'; };
function asCsv() {
  const head = ["claim_id", "claim", "status", "independent_min", "independent_max", "outlets", "flags", "hangs_on", "first_seen", "last_seen", "credibility", "belief", "outlet_names", "origins"];
  const line = c => { const l = live(c); return [c.id, c.wording, l.status, l.lo, l.hi, l.n, says(c).slice(1).map(s => s[1]).join("; "), l.cut.join("; "), l.first, l.last, l.same ? c.credibility : "", l.same ? c.belief[0] : "",
    [...new Set(l.in.map(e => nodes.get(e.from).label))].join("; "), l.origins.map(o => o.label).join("; ")]; };
  return [head, ...list.map(line)].map(row => row.map(cell).join(",")).join("\r\n") + "\r\n";
}
function asJson() {
  const origin = o => ({ id: o.id, label: o.label, kind: o.kind, unnamed: o.unnamed, basis: o.basis, may_be: o.maybe ? o.maybe.label : null });
  const mention = (c, m) => ({ id: m.id, outlet: articles[m.article].name, published: articles[m.article].date || null, url: articles[m.article].url, file: articles[m.article].file, start: m.start, end: m.end, stance: m.stance, hedge: m.hedge, quote: m.quote,
    credits: m.credits, origins: live(c).origins.filter(o => restsOn(c, o).includes(m)).map(o => o.label) });
  const claim = c => { const l = live(c); return { id: c.id, wording: c.full, topic: c.topic, question: c.question, status: l.status, outlets: l.n, independent_min: l.lo, independent_max: l.hi, says: says(c).map(s => s[1]), cut: l.cut, cut_low: l.cut_low,
    first_seen: l.first || null, last_seen: l.last || null, as_read: { outlets: c.n, independent_min: c.lo, independent_max: c.hi }, origins: l.origins.map(origin), mentions: c.words ? l.alive.map(m => mention(c, m)) : [] }; };
  return JSON.stringify({ switched_off: [...state.off].sort(), distrust: state.distrust || null, as_known_on: state.asof || null, claims: list.map(claim) }, null, 1) + "\n";
}
function saveBlob(blob, file) {
  const url = URL.createObjectURL(blob), link = el("a", { href: url, download: file });
  document.body.append(link); link.click(); link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 2000);
}
const save = (text, file, type) => saveBlob(new Blob([text], { type }), file);

// The drawing as a whole, not only what fits the screen. A canvas higher than this is not made by every browser.
const HIGHEST = 16000;
const sheet = () => ({ x: WORLD.left - 20, y: -44, w: WORLD.right - WORLD.left + 30, h: place.bottom + 64 });
function drawSheet(ctx) {
  const { x, y, w, h } = sheet();
  ctx.fillStyle = paint.bg; ctx.fillRect(x, y, w, h);
  write(ctx, document.title, WORLD.left, -26, { size: 15, bold: true, width: 620 });
  write(ctx, [$("note").textContent, place.pages > 1 && "page " + (state.page + 1) + " of " + place.pages, offWords(), state.asof && "as known on " + state.asof].filter(Boolean).join(" · "), WORLD.right, -26, { size: 11, align: "right", color: paint.muted, width: 320 });
  draw(ctx, true);
}
function asPng() {
  if (state.view === "network") return new Promise(done => box.querySelector("canvas").toBlob(done, "image/png"));
  const { x, y, w, h } = sheet(), scale = Math.min(2, HIGHEST / h), canvas = el("canvas", { width: Math.ceil(w * scale), height: Math.ceil(h * scale) }), ctx = canvas.getContext("2d");
  ctx.scale(scale, scale); ctx.translate(-x, -y); drawSheet(ctx);
  return new Promise(done => canvas.toBlob(done, "image/png"));
}
// Records what is painted as SVG: text stays text. Only what canvas.js and lanes.js use.
class Recorder {
  constructor() { this.out = []; this.path = ""; this.dash = []; this.globalAlpha = 1; this.measure = document.createElement("canvas").getContext("2d"); }
  set font(font) { this.measure.font = font; } get font() { return this.measure.font; }
  measureText(text) { return this.measure.measureText(text); }
  setLineDash(dash) { this.dash = dash; }
  beginPath() { this.path = ""; }
  moveTo(x, y) { this.path += "M" + num(x) + " " + num(y); }
  lineTo(x, y) { this.path += "L" + num(x) + " " + num(y); }
  bezierCurveTo(...p) { this.path += "C" + p.map(num).join(" "); }
  closePath() { this.path += "Z"; }
  roundRect(x, y, w, h, r) { this.path += `M${num(x + r)} ${num(y)}h${num(w - 2 * r)}a${r} ${r} 0 0 1 ${r} ${r}v${num(h - 2 * r)}a${r} ${r} 0 0 1 -${r} ${r}h-${num(w - 2 * r)}a${r} ${r} 0 0 1 -${r} -${r}v-${num(h - 2 * r)}a${r} ${r} 0 0 1 ${r} -${r}Z`; }
  rect(x, y, w, h) { return `M${num(x)} ${num(y)}h${num(w)}v${num(h)}h${num(-w)}Z`; }
  fill(path = this.path) { this.add("path", { d: path, fill: this.fillStyle }); }
  stroke(path = this.path) { this.add("path", { d: path, fill: "none", stroke: this.strokeStyle, "stroke-width": this.lineWidth, "stroke-dasharray": this.dash.length ? this.dash.join(" ") : null }); }
  fillRect(x, y, w, h) { this.fill(this.rect(x, y, w, h)); }
  strokeRect(x, y, w, h) { this.stroke(this.rect(x, y, w, h)); }
  fillText(text, x, y) {
    const [, bold, size] = /^(600 |bold )?.*?([\d.]+)px/.exec(this.font) || [];
    this.add("text", { x: num(x), y: num(y), fill: this.fillStyle, "font-size": size, "font-weight": bold ? 600 : null, "text-anchor": { center: "middle", right: "end" }[this.textAlign] || null, "dominant-baseline": "central", "unicode-bidi": "plaintext" }, text);
  }
  add(tag, given, text) {
    const node = svg(tag, Object.fromEntries(Object.entries(given).filter(([, v]) => v != null)));
    if (this.globalAlpha < 1) node.setAttribute("opacity", num(this.globalAlpha));
    if (text !== undefined) node.textContent = text;
    this.out.push(node);
  }
}
const num = x => String(Math.round(x * 100) / 100);
function asSvg() {
  const { x, y, w, h } = sheet(), recorder = new Recorder(), root = svg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: [x, y, w, h].map(num).join(" "), width: num(w), height: num(h), "font-family": "system-ui, sans-serif" });
  drawSheet(recorder);
  root.append(...recorder.out);
  return new XMLSerializer().serializeToString(root) + "\n";
}

const PRINTED = 300; // claims in the printed appendix: a hundred sheets
function appendix() {
  const shown = list.slice(0, PRINTED);
  $("appendix").replaceChildren(el("h2", {}, "Evidence"), list.length > PRINTED ? el("p", {}, "Of the first " + PRINTED + " of " + list.length + " claims.") : "", ...shown.map(c => el("article", {}, ...claimSheet(c).filter(n => !(n.classList && n.classList.contains("judge"))))));
}
async function printAll() { await Promise.all(list.slice(0, PRINTED).map(wordsReady)); window.print(); }
async function take(what) {
  if (what === "csv") save("\ufeff" + asCsv(), "claims.csv", "text/csv;charset=utf-8");
  if (what === "json") { await Promise.all(list.map(wordsReady)); save(asJson(), "claims.json", "application/json"); }
  if (what === "png") saveBlob(await asPng(), "graph.png");
  if (what === "svg") { if (state.view === "network") setView("columns"); save(asSvg(), "graph.svg", "image/svg+xml"); }
  if (what === "print") await printAll();
  if (what === "judgements") save(asJsonl(), "judgements.jsonl", "application/x-ndjson");
}
