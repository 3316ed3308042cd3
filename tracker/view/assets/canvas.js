// Painting on the canvas that vis-network pans, zooms and redraws. Text reaches it as canvas text only.
const FONT = 'system-ui, "Noto Sans", "Segoe UI", sans-serif';
const box = document.getElementById("net");
let network = null, place = { cards: [], bands: [], sides: [], lines: [], maybes: [], at: new Map() }, paint = {};

// Asks for a new frame; several in one frame are one.
const repaint = () => network.body.emitter.emit("_requestRedraw");

function palette() {
  const css = getComputedStyle(document.documentElement);
  for (const name of ["bg", "soft", "ink", "muted", "rule", "accent", "outlet", "on-outlet", "origin", "on-origin", "one", "one-bg", "two", "two-ink", "two-bg", "three", "three-bg", "dispute", "zero", "zero-bg"]) {
    paint[name] = css.getPropertyValue("--" + name).trim();
  }
}
const look = band => [["zero", "zero-bg"], ["one", "one-bg"], ["two", "two-bg"], ["three", "three-bg"]][band].map(n => paint[n]);

const fits = new Map();
function fit(ctx, text, width) {
  const key = ctx.font + "|" + width + "|" + text;
  if (!fits.has(key)) {
    if (fits.size > 20000) fits.clear();
    let shown = text.slice(0, 400);
    if (ctx.measureText(shown).width > width || shown.length < text.length) {
      let low = 0, high = shown.length;
      while (low < high) { const mid = (low + high + 1) >> 1; if (ctx.measureText(shown.slice(0, mid) + "…").width <= width) low = mid; else high = mid - 1; }
      shown = shown.slice(0, low).trimEnd() + "…";
    }
    fits.set(key, shown);
  }
  return fits.get(key);
}
function write(ctx, text, x, y, { size = 12, bold = false, color = paint.ink, align = "left", width = 300 } = {}) {
  ctx.font = (bold ? "600 " : "") + size + "px " + FONT;
  ctx.fillStyle = color; ctx.textAlign = align; ctx.textBaseline = "middle"; ctx.direction = "ltr";
  const shown = fit(ctx, text.replace(/\s+/g, " "), width);
  ctx.fillText(shown, x, y);
  return ctx.measureText(shown).width;
}
function panel(ctx, x, y, w, h, fill, rim, dash, thick = 1.5) {
  ctx.beginPath(); ctx.roundRect(x, y, w, h, 7);
  if (fill) { ctx.fillStyle = fill; ctx.fill(); }
  if (rim) { ctx.strokeStyle = rim; ctx.lineWidth = thick; ctx.setLineDash(dash || []); ctx.stroke(); ctx.setLineDash([]); }
}
function diamond(ctx, x, y, r, hollow) {
  ctx.beginPath(); ctx.moveTo(x, y - r); ctx.lineTo(x + r, y); ctx.lineTo(x, y + r); ctx.lineTo(x - r, y); ctx.closePath();
  ctx.fillStyle = hollow ? paint.bg : paint.origin; ctx.fill();
  ctx.strokeStyle = paint.origin; ctx.lineWidth = 1.5; ctx.setLineDash(hollow ? [3, 2] : []); ctx.stroke(); ctx.setLineDash([]);
}

// What is lit: everything, or what the hovered or selected item is joined to.
function lit() {
  const focus = place.at && (state.hover || state.selected);
  if (!focus) return null;
  if (place.lit && place.lit.focus === focus) return place.lit.on;
  const mine = place.lines.filter(l => joins(l, focus)), on = new Set([focus]);
  for (const l of mine) { on.add(l.side); on.add(l.card.id); }
  place.lit = { focus, mine, on: on.size > 1 || place.cards.some(c => c.id === focus) ? on : null };
  return place.lit.on;
}
// A line belongs to what it joins; among topics, also to the claim that it is drawn for.
const joins = (line, focus) => line.side === focus || line.card.id === focus || (place.byTopic && nodeOf(line.claim) === focus);
const DIM = 0.16;

// A column that fits the screen moves along, so that both ends of a line are seen.
function follow() {
  const top = network.DOMtoCanvas({ x: 0, y: 0 }).y + 8, bottom = network.DOMtoCanvas({ x: 0, y: box.clientHeight }).y - 8;
  for (const kind of ["outlet", "voice"]) {
    const items = place.sides.filter(s => s.kind === kind);
    if (!items.length) continue;
    const first = Math.min(...items.map(s => s.base - s.h / 2)), last = Math.max(...items.map(s => s.base + s.h / 2));
    const shift = last - first > bottom - top ? 0 : Math.max(0, top - first) + Math.min(0, bottom - last);
    for (const item of items) item.y = item.base + shift;
  }
}

function draw(ctx, still = false) {
  if (still) for (const side of place.sides) side.y = side.base; else follow();
  if (place.lanes) drawAxis(ctx);
  const on = lit(), focus = state.hover || state.selected;
  for (const band of place.bands) drawBand(ctx, band);
  // Among topics only the lines of what is chosen are drawn; going through all of ten thousand claims' lines would take a frame.
  for (const line of place.byTopic ? (on ? place.lit.mine : []) : place.lines) {
    const mine = on && joins(line, focus);
    ctx.globalAlpha = on ? (mine ? 1 : 0.07) : line.kind === "carries" ? 0.45 : 0.85;
    drawLine(ctx, line, mine);
  }
  for (const e of place.maybes) { ctx.globalAlpha = on && !(on.has(e.from) && on.has(e.to)) ? 0.07 : on ? 1 : 0.5; drawMaybe(ctx, place.at.get(e.from), place.at.get(e.to)); }
  for (const card of place.cards) { ctx.globalAlpha = on && !on.has(card.id) ? DIM : 1; ({ topic: drawTopic, claim: drawCard, lane: drawLane })[card.kind](ctx, card); }
  for (const side of place.sides) { ctx.globalAlpha = on && !on.has(side.id) ? DIM : 1; if (side.kind === "outlet") drawOutlet(ctx, side); else drawVoice(ctx, side); }
  ctx.globalAlpha = 1;
  if (!place.cards.length) write(ctx, claims.length ? "Nothing matches. Press Esc to see everything again." : "No claim was found in these articles.", CARD.w / 2, 60, { size: 15, align: "center", width: 420, color: paint.muted });
}
function drawBand(ctx, band) {
  const [rim, fill] = band.kind === "topics" ? [paint.ink, paint.soft] : look(band.band);
  ctx.globalAlpha = 0.45; panel(ctx, -12, band.y, CARD.w + 24, band.h, fill); ctx.globalAlpha = 1;
  const w = write(ctx, band.title, 0, band.y + 15, { size: 13, bold: true, color: band.band === 2 ? paint["two-ink"] : rim, width: 230 });
  write(ctx, band.note, w + 10, band.y + 15, { size: 11, color: paint.muted, width: CARD.w - w - 75 });
  write(ctx, band.count + (band.count === 1 ? " claim" : " claims"), CARD.w, band.y + 15, { size: 11, align: "right", color: paint.muted, width: 70 });
}
function drawCard(ctx, card) {
  const { claim, y, h, lines } = card, top = y - h / 2, [rim, fill] = look(card.band), chosen = state.selected === card.id;
  panel(ctx, 0, top, CARD.w, h, paint.bg); panel(ctx, 0, top, CARD.w, h, fill, chosen ? paint.ink : rim, chosen || card.band > 1 ? [] : [5, 3], chosen ? 3 : 1.5);
  ctx.fillStyle = paint.outlet; ctx.fillRect(8, y - 9, 18, 18);
  write(ctx, String(live(claim).n), 17, y + .5, { size: 11, bold: true, align: "center", color: paint["on-outlet"], width: 20 });
  lines.forEach((text, i) => write(ctx, text, 34, top + 13 + 16 * i, { size: 13, bold: true, width: CARD.w - 34 - (live(claim).disputed ? 62 : 44) }));
  let x = tally(ctx, claim, 34, top + h - 11);
  const from = x;
  for (const [kind, words] of says(claim)) {
    const color = kind === "dispute" ? paint.dispute : kind === "count" || kind === "judged" ? paint.muted : paint.one, left = CARD.w - (live(claim).disputed ? 62 : 44) - x;
    if (left < 30) break;
    x += write(ctx, (x > from ? "· " : "") + words, x, top + h - 11, { size: 11, bold: kind === "warn", color, width: left }) + 5;
  }
  if (live(claim).disputed) write(ctx, "×", CARD.w - 50, y, { size: 19, bold: true, align: "center", color: paint.dispute, width: 20 });
  const l = live(claim), hollow = l.unnamed_only, r = 11 + 1.5 * Math.min(3, l.lo) + (l.hi > l.lo ? 3 : 0);
  diamond(ctx, CARD.w - 20, y, r, hollow || !l.hi);
  write(ctx, bounds(claim), CARD.w - 20, y + .5, { size: l.hi > l.lo ? 10 : 12, bold: true, align: "center", color: hollow || !l.hi ? paint.origin : paint["on-origin"], width: 30 });
}
// Outlets and origins as marks, one a head: an echo is seen before it is read.
const MARKS = 6;
function tally(ctx, claim, x, y) {
  const { n, lo, hi, unnamed_only } = live(claim), room = n > MARKS ? MARKS - 1 : n;
  ctx.fillStyle = paint.outlet;
  for (let i = 0; i < room; i++, x += 9) ctx.fillRect(x, y - 3.5, 7, 7);
  if (n > MARKS) x += write(ctx, "…", x, y, { size: 11, color: paint.muted, width: 12 });
  x += write(ctx, "→", x + 1, y, { size: 11, bold: true, color: paint.muted, width: 14 }) + 8;
  for (let i = 0; i < Math.min(hi, MARKS); i++, x += 11) {
    ctx.beginPath(); ctx.moveTo(x, y - 4.5); ctx.lineTo(x + 4.5, y); ctx.lineTo(x, y + 4.5); ctx.lineTo(x - 4.5, y); ctx.closePath();
    if (i < lo && !unnamed_only) { ctx.fillStyle = paint.origin; ctx.fill(); }
    ctx.strokeStyle = paint.origin; ctx.lineWidth = 1.2; ctx.setLineDash(i < lo ? [] : [1.5, 1.5]); ctx.stroke(); ctx.setLineDash([]);
  }
  return x;
}
function drawTopic(ctx, card) {
  const top = card.y - card.h / 2, most = Math.max(...place.cards.map(c => c.claims.length)), number = k => card.tally[k];
  panel(ctx, 0, top, CARD.w, card.h, paint.bg, state.hover === card.id || (state.selected.startsWith("claim:") && byId.get(state.selected.slice(6)).topic === card.topic) ? paint.ink : paint.rule);
  write(ctx, card.topic || UNTOPICAL, 10, card.y - 8, { size: 13, bold: true, width: 195 });
  let x = 10 + write(ctx, card.claims.length + (card.claims.length === 1 ? " claim" : " claims"), 10, card.y + 9, { size: 11, color: paint.muted }) + 8;
  if (number("echo")) x += write(ctx, number("echo") + " echo", x, card.y + 9, { size: 11, color: paint.one }) + 8;
  if (number("disputed")) write(ctx, number("disputed") + " disputed", x, card.y + 9, { size: 11, color: paint.dispute });
  let left = 215;
  for (const band of [3, 2, 1]) {
    const n = number(band), w = n / most * 183, [rim, fill] = look(band);
    if (!n) continue;
    ctx.fillStyle = fill; ctx.fillRect(left, card.y - 9, w, 18); ctx.strokeStyle = rim; ctx.lineWidth = 1.2; ctx.setLineDash(band === 1 ? [3, 2] : []); ctx.strokeRect(left, card.y - 9, w, 18); ctx.setLineDash([]);
    if (w > 16) write(ctx, String(n), left + w / 2, card.y + .5, { size: 10, bold: true, align: "center", width: w, color: band === 1 ? paint.one : paint.ink });
    left += w;
  }
}
const claimsWord = side => side.count + (side.count === 1 ? " claim" : " claims");
function drawOutlet(ctx, side) {
  const small = side.h < 30;
  ctx.fillStyle = paint.outlet; ctx.fillRect(side.x - 7, side.y - 7, 14, 14);
  if (state.selected === side.id) { ctx.strokeStyle = paint.ink; ctx.lineWidth = 2; ctx.strokeRect(side.x - 10, side.y - 10, 20, 20); }
  const room = small ? write(ctx, String(side.count), side.x - 13, side.y, { size: 11, align: "right", color: paint.muted, width: 40 }) + 6 : 0;
  write(ctx, side.node.label, side.x - 13 - room, small ? side.y : side.y - 7, { size: 12, bold: true, align: "right", width: 160 - room });
  if (!small) write(ctx, claimsWord(side) + (side.node.state ? " · state media" : ""), side.x - 13, side.y + 8, { size: 10.5, align: "right", color: paint.muted, width: 160 });
}
function drawVoice(ctx, side) {
  const { node } = side, small = side.h < 30, once = node.once.length > 0 && !small;
  diamond(ctx, side.x, side.y, 8 + Math.min(3, Math.log2(1 + side.count)), node.unnamed);
  if (node.unnamed) write(ctx, "?", side.x, side.y + .5, { size: 10, bold: true, align: "center", color: paint.origin, width: 12 });
  if (state.selected === side.id) { ctx.strokeStyle = paint.ink; ctx.lineWidth = 2; ctx.strokeRect(side.x - 13, side.y - 13, 26, 26); }
  const end = write(ctx, node.label, side.x + 17, small ? side.y : side.y - (once ? 14 : 7), { size: 12, bold: true, width: small ? 180 : 212 });
  if (small) { write(ctx, String(side.count), side.x + 23 + end, side.y, { size: 11, color: paint.muted, width: 40 }); return; }
  const what = (node.unnamed ? "unnamed" + (node.by ? ", in " + node.by : "") + " · " : node.own ? "own reporting · " : "") + claimsWord(side);
  write(ctx, what, side.x + 17, side.y + (once ? 1 : 8), { size: 10.5, color: paint.muted, width: 212 });
  if (once) write(ctx, "counts once: " + node.once.join(", "), side.x + 17, side.y + 15, { size: 10.5, color: paint.muted, width: 212 });
}
function drawLine(ctx, { side, card, kind, claim }, strong) {
  const at = place.at.get(side), out = kind === "rests-on", [x1, x2] = out ? [CARD.w, at.x - 9] : [at.x + 8, 0];
  const [y1, y2] = out ? [card.y, at.y] : [at.y, card.y + (kind === "denies" ? 10 : 0)], bend = (x2 - x1) / 2;
  ctx.beginPath(); ctx.moveTo(x1, y1); ctx.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
  ctx.strokeStyle = kind === "denies" ? paint.dispute : out ? look(bandOf(claim))[0] : paint.outlet;
  ctx.lineWidth = (strong ? 2.4 : kind === "unverified" ? 1.6 : 1.1); ctx.setLineDash(kind === "denies" ? [5, 3] : kind === "unverified" ? [1.5, 3] : []); ctx.stroke(); ctx.setLineDash([]);
  if (kind === "denies") { ctx.beginPath(); ctx.moveTo(x2, y2 - 6); ctx.lineTo(x2, y2 + 6); ctx.lineWidth = 2.4; ctx.stroke(); }
}
function drawMaybe(ctx, a, b) {
  ctx.beginPath(); ctx.moveTo(a.x - 9, a.y); ctx.bezierCurveTo(a.x - 34, a.y, b.x - 34, b.y, b.x - 9, b.y);
  ctx.strokeStyle = paint.origin; ctx.lineWidth = 1.8; ctx.setLineDash([1.5, 3.5]); ctx.stroke(); ctx.setLineDash([]);
}

// vis-network's own test of custom shapes misses, so ours is rectangles.
function hit({ x, y }) {
  for (const c of place.cards) if (x >= (place.lanes ? LANE.left : 0) && x <= (place.lanes ? LANE.to : CARD.w) && Math.abs(y - c.y) <= c.h / 2) return c.id;
  for (const s of place.sides) {
    const [left, right] = s.kind === "outlet" ? [s.x - 175, s.x + 12] : [s.x - 14, s.x + 230];
    if (x >= left && x <= right && Math.abs(y - s.y) <= s.h / 2) return s.id;
  }
  return "";
}
