// What is visible and what it counts. Every count that the page shows comes from live(claim): the tables' numbers while everything is on,
// and those of recount() once an outlet, an origin, a controller or a part of the time is switched off.
const state = { view: "columns", tile: "", topic: "", least: 0, query: "", ego: "", page: 0, selected: "", hover: "", sort: "lo", down: false, tab: "claims",
  off: new Set(), distrust: "", asof: "" };

// -- what is switched off --------------------------------------------------------------------------------------------------------
const LETTERS = "ABCDE"; // F means "cannot be judged", which is no reason to distrust
let version = 0, articleOff = null, gone = new Map();
const allOn = () => !state.off.size && !state.distrust && !state.asof;
const poor = letter => state.distrust !== "" && letter !== "" && LETTERS.includes(letter) && letter >= state.distrust;
function outletOff(id) {
  const known = OUTLETS.get(id) || { letter: "", controller: "" };
  return state.off.has(id) || (known.controller !== "" && state.off.has("controller:" + known.controller)) || state.off.has("controller:" + id.slice(7)) || poor(known.letter);
}
function partyOff(p) {
  if (state.off.has(p.voice) || (p.controller && state.off.has("controller:" + p.controller))) return true;
  if (!p.outlet) return false;
  if (!gone.has(p.outlet)) gone.set(p.outlet, outletOff(p.outlet));
  return gone.get(p.outlet);
}
const inTime = i => !state.asof || (articles[i].date !== "" && articles[i].date.slice(0, 10) <= state.asof);
// To be called after any change of what is off.
function changed() {
  version++; gone = new Map();
  const off = new Map();
  for (const a of articles) if (!off.has(a.outlet)) off.set(a.outlet, outletOff(a.outlet));
  articleOff = allOn() ? null : articles.map((a, i) => off.get(a.outlet) || !inTime(i));
}

// -- counts ----------------------------------------------------------------------------------------------------------------------
const STATUS = (lo, hi) => (lo >= 2 ? "corroborated" : hi >= 2 ? "possibly-corroborated" : hi === 1 ? "single-origin" : "unsupported");
function asRead(c) {
  c.base ||= { same: true, alive: c.mentions, origins: c.origins, n: c.n, lo: c.lo, hi: c.hi, status: c.status, cut: c.cut, cut_low: c.cut_low, disputed: c.disputed,
    unverified: c.unverified, echo: c.echo, unnamed_only: c.unnamed_only, circular: c.circular, first: c.first, last: c.last, in: ins.get(nodeOf(c)) || [], out: outs.get(nodeOf(c)) || [] };
  return c.base;
}
function live(c) {
  if (!articleOff || !(c.mentions.some(m => articleOff[m.article]) || c.parties.some(partyOff))) return asRead(c);
  if (c.version !== version) { c.version = version; c.now = again(c, recount(c, i => !articleOff[i], p => !partyOff(p), i => articles[i].date)); }
  return c.now;
}
function again(c, found) {
  const carriers = new Set(found.alive.filter(m => m.stance !== "denies").map(m => articles[m.article].outlet)), n = carriers.size;
  const voices = new Set(), origins = found.origins.map(o => seen(c, o, voices)), days = found.alive.map(m => articles[m.article].date).filter(Boolean).sort();
  for (const group of found.groups) for (const i of group.slice(1)) origins[i].maybe = origins[group[0]];
  const denied = found.alive.some(m => m.stance === "denies"), byRival = c.disputed && !c.mentions.some(m => m.stance === "denies");
  const lines = new Map(found.alive.map(m => [articles[m.article].outlet + "|" + m.stance, { from: articles[m.article].outlet, to: nodeOf(c), kind: told({ denies: "denies", unverified: "unverified" }, m.stance, "carries") }]));
  return { same: false, alive: found.alive, origins, n, lo: found.lo, hi: found.hi, status: STATUS(found.lo, found.hi), cut: origins.map(o => o.label), cut_low: found.groups.map(g => origins[g[0]].label),
    disputed: n > 0 && (denied || byRival), unverified: found.alive.some(m => m.stance === "unverified"), echo: n > 1 && found.hi === 1,
    unnamed_only: origins.length > 0 && origins.every(o => o.unnamed), circular: c.circular && found.hi > 0, first: days[0] || "", last: days.at(-1) || "",
    in: [...lines.values()], out: origins.map(o => ({ from: nodeOf(c), to: o.voice, kind: "rests-on" })) };
}
// An origin as counted again: the one of the tables if it is made of the same parties, else one named after its first party.
function seen(c, { keys, mentions }, voices) {
  const known = c.origins.find(o => o.parties.length === keys.length && o.parties.every(k => keys.includes(k))), p = c.parties[keys[0]];
  const unnamed = keys.every(k => c.parties[k].kind === "unnamed");
  const origin = known ? { ...known } : { ...ORIGIN, id: "", kind: p.kind, label: p.label, voice: p.voice, unnamed, speakers: keys.map(k => c.parties[k].label), parties: keys };
  while (voices.has(origin.voice)) origin.voice += "'";
  voices.add(origin.voice);
  if (!nodes.has(origin.voice)) nodes.set(origin.voice, { id: origin.voice, kind: "voice", label: origin.label, unnamed: origin.unnamed, own: origin.kind === "own", once: [], by: p.by, state: false, made: true });
  return Object.assign(origin, { mentions, maybe: null });
}
const linesIn = c => live(c).in, linesOut = c => live(c).out;
const bandOf = c => Math.min(3, live(c).lo);
const between = (lo, hi) => (lo === hi ? String(lo) : lo + "-" + hi);
const bounds = c => between(live(c).lo, live(c).hi);
const restsOn = (c, origin) => live(c).alive.filter(m => m.stance !== "denies" && (origin.mentions ? origin.mentions.has(m.place) : m.origins.includes(c.origins.indexOf(origin))));
const TESTS = { 3: c => bandOf(c) === 3, 2: c => bandOf(c) === 2, 1: c => bandOf(c) === 1, echo: c => live(c).echo, disputed: c => live(c).disputed };
// Claims that lose their only support, and those that stand in another band than with everything on.
let fell = { at: -1 };
function fallen() {
  if (fell.at === version) return fell;
  const lost = [], moved = [];
  if (!allOn()) for (const c of claims) {
    const now = live(c);
    if (now.same || !c.mentions.some(m => inTime(m.article))) continue;
    if (c.hi > 0 && now.hi === 0) lost.push(c); else if (Math.min(3, c.lo) !== Math.min(3, now.lo)) moved.push(c);
  }
  fell = { at: version, lost, moved };
  return fell;
}

// -- search and filters ----------------------------------------------------------------------------------------------------------
const fold = text => (/[^\x00-\x7f]/.test(text) ? text.normalize("NFKD").replace(/\p{M}/gu, "") : text).toLowerCase();
function haystack(c) {
  if (c.hay === undefined || c.hayWords !== c.words) {
    const parts = [c.wording, c.full === c.wording ? "" : c.full, c.topic, c.id];
    for (const e of asRead(c).in) parts.push(nodes.get(e.from).label);
    for (const e of asRead(c).out) parts.push(nodes.get(e.to).label);
    for (const o of c.origins) parts.push(...o.speakers);
    if (c.words) for (const m of c.mentions) parts.push(m.quote, ...m.credits.flatMap(k => [k.who, ...k.via]));
    c.hay = fold(parts.join("\n")); c.hayWords = c.words;
  }
  return c.hay;
}
const claimsOf = id => claims.filter(c => linesIn(c).some(e => e.from === id) || linesOut(c).some(e => e.to === id));
function nearTest() {
  const ego = state.ego, own = ego.startsWith("claim:") && byId.has(ego.slice(6)) ? new Set(linesOut(byId.get(ego.slice(6))).map(e => e.to)) : null;
  if (own) return c => nodeOf(c) === ego || linesOut(c).some(e => own.has(e.to));
  return c => linesIn(c).some(e => e.from === ego) || linesOut(c).some(e => e.to === ego);
}
function surviving() {
  const asked = fold(state.query).split(/\s+/).filter(Boolean), near = state.ego ? nearTest() : null;
  return claims.filter(c => (!state.topic || c.topic === state.topic) && (!state.asof || c.mentions.some(m => inTime(m.article))) && (!state.least || live(c).lo >= state.least)
    && (!near || near(c)) && asked.every(w => haystack(c).includes(w)));
}
function visible() { const test = TESTS[state.tile], all = surviving(); return test ? all.filter(test) : all; }
const SORTS = {
  lo: c => { const l = live(c); return [l.lo || 9, l.hi, l.unverified ? 0 : 1, -l.n]; }, n: c => [live(c).n], credibility: c => [c.credibility || 9], wording: c => [fold(c.wording)], last: c => [live(c).last],
};
function sorted(list, by = state.sort, down = state.down) {
  const key = SORTS[by], keyed = list.map(c => [key(c), c]);
  keyed.sort((x, y) => (down ? -1 : 1) * compare(x[0], y[0]) || compare([x[1].id], [y[1].id]));
  return keyed.map(k => k[1]);
}
