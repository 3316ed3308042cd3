// Time: the "as known on" slider with its histogram, a lane a claim, and when the second independent origin came.
const days = []; // days on which something was printed, in order
// The first day on which what was printed by then has two independent origins: for certain (fewest) and perhaps (most).
function secondOrigin(claim) {
  const l = live(claim);
  if (l.second) return l.second;
  const dates = [...new Set(l.alive.filter(m => m.stance === "supports").map(m => articles[m.article].date.slice(0, 10)).filter(Boolean))].sort();
  const there = new Set(l.alive.map(m => m.article)), out = { first: dates[0] || "", perhaps: "", sure: "", undated: l.alive.filter(m => !articles[m.article].date).length };
  if (l.hi > 1) for (const day of dates) {
    const at = recount(claim, i => there.has(i) && articles[i].date !== "" && articles[i].date.slice(0, 10) <= day, p => l.same || !partyOff(p), i => articles[i].date);
    if (!out.perhaps && at.hi >= 2) out.perhaps = day;
    if (!out.sure && at.lo >= 2) { out.sure = day; break; }
  }
  l.second = out;
  return out;
}
function secondWords(claim) {
  const { first, perhaps, sure, undated } = secondOrigin(claim), l = live(claim);
  const after = day => { const n = daysBetween(first, day); return (n ? "after " + plural(n, "day") : "on the same day") + " (" + day + ")"; };
  if (sure) return "Time to second independent origin: " + after(sure).replace(/^after /, "") + "." + (perhaps && perhaps !== sure ? " Perhaps already " + after(perhaps) + "." : "");
  if (perhaps) return "A second origin that may be independent came " + after(perhaps) + ".";
  if (l.hi > 1) return "When the second origin came cannot be told: " + (undated ? "what would tell is undated." : "the dates do not say.");
  return "No second independent origin came.";
}
function events(claim) {
  const l = live(claim), fresh = new Map();
  for (const o of l.origins) {
    const mine = restsOn(claim, o).filter(m => articles[m.article].date).sort((x, y) => compare([articles[x.article].date, x.place], [articles[y.article].date, y.place]))[0];
    if (mine) fresh.set(mine, o);
  }
  return l.alive.map(m => ({ m, a: articles[m.article], origin: fresh.get(m) || null })).sort((x, y) => compare([x.a.date || "~", x.m.place], [y.a.date || "~", y.m.place]));
}
function whenList(claim, l) {
  if (!l.alive.length) return [];
  const line = ({ m, a, origin }) => el("li", {}, a.date ? el("time", {}, name(a.date.slice(0, 10))) : el("span", { class: "undated" }, "undated"), name(a.name),
    el("span", { class: m.stance === "denies" ? "dispute" : "dim" }, told({ denies: " · denies it", unverified: " · not verified" }, m.stance, origin ? " · new origin: " : "")), origin && m.stance === "supports" ? name(origin.label) : null, a.mends ? el("span", { class: "dim" }, " · corrected version") : null);
  return [el("h3", {}, "When"), el("p", {}, secondWords(claim)), el("ol", { class: "when" }, ...events(claim).map(line))];
}

// -- the slider ------------------------------------------------------------------------------------------------------------------
let playing = 0;
function wireTime() {
  days.push(...[...new Set(articles.map(a => a.date.slice(0, 10)).filter(d => !Number.isNaN(dayOf(d))))].sort());
  if (days.length < 2) return;
  $("time").hidden = false;
  const slider = $("asof");
  slider.max = days.length; slider.value = days.length;
  drawHistogram();
  slider.addEventListener("input", () => { stop(); asOf(Number(slider.value)); });
  $("play").addEventListener("click", () => (playing ? stop() : play()));
}
function asOf(at) {
  state.asof = at >= days.length ? "" : days[at];
  $("asof").value = at; state.page = 0;
  counted();
}
function showTime() {
  if (days.length < 2) return;
  const undated = articles.filter(a => !a.date).length, words = state.asof || "today";
  $("asof").value = state.asof ? days.indexOf(state.asof) : days.length;
  $("asof-words").textContent = state.asof ? state.asof + (undated ? " (without " + undated + " undated)" : "") : "everything";
  $("asof").setAttribute("aria-valuetext", words);
  for (const bar of $("bars").children) bar.setAttribute("class", state.asof && bar.dataset.day > state.asof ? "later" : "");
}
function play() {
  let at = state.asof ? days.indexOf(state.asof) : -1;
  const hop = Math.max(1, Math.round(days.length / 40));
  playing = setInterval(() => { at = Math.min(days.length, at + hop); asOf(at); if (at >= days.length) stop(); }, 650);
  $("play").textContent = "❚❚"; $("play").setAttribute("aria-label", "Pause");
}
function stop() { clearInterval(playing); playing = 0; $("play").textContent = "▶"; $("play").setAttribute("aria-label", "Play from the first day to the last"); }
const svg = (tag, given) => { const node = document.createElementNS("http://www.w3.org/2000/svg", tag); for (const [k, v] of Object.entries(given)) node.setAttribute(k, v); return node; };
function drawHistogram() {
  const count = new Map(), bins = Math.min(days.length, 60), rows = [];
  for (const c of claims) for (const m of c.mentions) { const at = days.indexOf(articles[m.article].date.slice(0, 10)); if (at >= 0) { const bin = Math.floor(at * bins / days.length); count.set(bin, (count.get(bin) || 0) + 1); } }
  const most = Math.max(1, ...count.values());
  for (let i = 0; i < bins; i++) {
    const h = 18 * (count.get(i) || 0) / most, bar = svg("rect", { x: i * 100 / bins + .3, y: 18 - h, width: 100 / bins - .6, height: h });
    bar.dataset.day = days[Math.ceil(i * days.length / bins)] || days.at(-1);
    rows.push(bar);
  }
  $("bars").replaceChildren(...rows);
}

// -- a lane a claim --------------------------------------------------------------------------------------------------------------
const LANE = { left: -240, from: 70, to: 690, h: 46 };
function layoutLanes(list) {
  const all = sorted(list, "lo", false).sort((a, b) => compare([live(a).first || "~"], [live(b).first || "~"]) || live(b).n - live(a).n || compare([a.id], [b.id]));
  const pages = Math.max(1, Math.ceil(all.length / MOST));
  state.page = Math.min(state.page, pages - 1);
  const shown = all.slice(state.page * MOST, (state.page + 1) * MOST), dates = shown.flatMap(c => live(c).alive.map(m => articles[m.article].date)).map(d => dayOf(d)).filter(d => !Number.isNaN(d));
  const out = { cards: [], bands: [], sides: [], lines: [], maybes: [], at: new Map(), byTopic: false, pages, total: all.length, bottom: 0, lanes: true, from: Math.min(...dates), to: Math.max(...dates) };
  let y = 34;
  for (const claim of shown) { out.cards.push({ kind: "lane", id: nodeOf(claim), claim, band: bandOf(claim), h: LANE.h, y: y + LANE.h / 2 }); y += LANE.h + 4; }
  out.bottom = y;
  return out;
}
const laneX = date => (place.to > place.from ? LANE.from + (dayOf(date) - place.from) / (place.to - place.from) * (LANE.to - LANE.from) : (LANE.from + LANE.to) / 2);
function drawAxis(ctx) {
  if (!Number.isFinite(place.from)) return;
  const span = (place.to - place.from) / DAY, step = Math.max(1, Math.ceil(span / 6));
  for (let day = 0; day <= span; day += step) {
    const at = new Date(place.from + day * DAY), x = laneX(at.toISOString());
    write(ctx, at.toISOString().slice(0, 10), x, 14, { size: 11, align: "center", color: paint.muted, width: 90 });
    ctx.strokeStyle = paint.rule; ctx.lineWidth = 1; ctx.setLineDash([]); ctx.beginPath(); ctx.moveTo(x, 24); ctx.lineTo(x, place.bottom); ctx.stroke();
  }
}
function drawLane(ctx, card) {
  const { claim, y } = card, [rim, fill] = look(card.band), chosen = state.selected === card.id, { sure, perhaps } = secondOrigin(claim), list = events(claim), stacks = new Map();
  panel(ctx, LANE.left, y - 21, 290, 42, fill, chosen ? paint.ink : rim, chosen || card.band > 1 ? [] : [5, 3], chosen ? 3 : 1.5);
  write(ctx, claim.wording, LANE.left + 10, y - 7, { size: 12.5, bold: true, width: 270 });
  write(ctx, says(claim)[0][1], LANE.left + 10, y + 10, { size: 11, color: live(claim).echo ? paint.one : paint.muted, width: 270 });
  ctx.strokeStyle = paint.rule; ctx.lineWidth = 1.5; ctx.beginPath(); ctx.moveTo(LANE.from - 8, y); ctx.lineTo(LANE.to + 8, y); ctx.stroke();
  for (const [day, dashes] of [[sure, []], [sure ? "" : perhaps, [3, 3]]]) if (day) {
    const x = laneX(day);
    ctx.strokeStyle = paint["two-ink"]; ctx.lineWidth = 2; ctx.setLineDash(dashes); ctx.beginPath(); ctx.moveTo(x, y - 21); ctx.lineTo(x, y + 21); ctx.stroke(); ctx.setLineDash([]);
    const late = x > LANE.to - 60;
    write(ctx, "2nd origin" + (dashes.length ? "?" : ""), late ? x - 4 : x + 4, y + 17, { size: 10, bold: true, color: paint["two-ink"], width: 80, align: late ? "right" : "left" });
  }
  let undated = 0;
  for (const { m, a, origin } of list) {
    if (Number.isNaN(dayOf(a.date))) { undated++; continue; }
    // What came on one day stands side by side, towards the middle of the lane.
    const on = laneX(a.date), n = stacks.get(a.date.slice(0, 10)) || 0, x = on + (on > (LANE.from + LANE.to) / 2 ? -1 : 1) * 14 * Math.min(n, 12), up = y;
    stacks.set(a.date.slice(0, 10), n + 1);
    if (m.stance === "denies") write(ctx, "×", x, up, { size: 20, bold: true, align: "center", color: paint.dispute, width: 20 });
    else if (origin) diamond(ctx, x, up, 8, origin.unnamed);
    else { ctx.fillStyle = m.stance === "unverified" ? paint.bg : paint.outlet; ctx.fillRect(x - 5, up - 5, 10, 10); ctx.strokeStyle = paint.outlet; ctx.lineWidth = 1.2; ctx.strokeRect(x - 5, up - 5, 10, 10); }
    if (a.mends) write(ctx, "corr.", x, y - 16, { size: 9, align: "center", color: paint.muted, width: 40 });
  }
  if (undated) write(ctx, "+" + undated + " undated", LANE.to + 30, y - 14, { size: 9.5, align: "right", color: paint.muted, width: 80 });
}
